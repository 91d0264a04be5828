import CommunityKernel
public import WireProtocol

/// Everything that can be set, with its default.
///
/// The same description reads the file and the environment, checks the bounds and prints the defaults (`metropoli
/// print-config`); `config/metropoli.yaml` says what each key is for.
public struct Configuration: WireObject {
    /// Address and port; port 0: the kernel picks.
    public var listen = "127.0.0.1:8080"
    /// The data folder.
    public var data = "data"
    /// The public address, empty for http:// and `listen`.
    public var publicUrl = ""
    /// Further browser origins.
    public var origins: [String] = []
    /// Proxies whose X-Forwarded-* headers are believed.
    public var trustedProxies: [String] = []
    /// Service loops; 0 chooses.
    public var loops: Int64 = 0
    /// The folder of the built browser client; empty: looked for beside the program.
    public var web = ""
    /// Name and language of the community.
    public var community = Section.Community()
    /// Direct TLS.
    public var tls = Section.TLS()
    /// The store.
    public var store = Section.Store()
    /// The limits of the doors.
    public var limits = Section.Limits()
    /// Messages.
    public var message = Section.Message()
    /// Announcements.
    public var announcement = Section.Announcement()
    /// Events.
    public var event = Section.Event()
    /// Attendance and certificates.
    public var attendance = Section.Attendance()
    /// Rooms on the network.
    public var webinar = Section.Webinar()
    /// The Jitsi server.
    public var jitsi = Section.Jitsi()
    /// The BigBlueButton server.
    public var bigbluebutton = Section.BigBlueButton()
    /// Registrations.
    public var registration = Section.Registration()
    /// Polls.
    public var poll = Section.Poll()
    /// Documents.
    public var document = Section.Document()
    /// Solutions and their kits.
    public var solution = Section.Solution()
    /// Notifications.
    public var notification = Section.Notification()
    /// Mail.
    public var mail = Section.Mail()
    /// Drafts.
    public var draft = Section.Draft()
    /// Invitations.
    public var invitation = Section.Invitation()
    /// Tables that are imported.
    public var csv = Section.CSV()
    /// Sessions.
    public var session = Section.Session()
    /// Passwords.
    public var password = Section.Password()
    /// Failed sign-ins.
    public var login = Section.Login()
    /// Uploaded files.
    public var files = Section.Files()
    /// The network types, by name: `{enabled: true}`.
    public var networkTypes: JSON?
    /// Backups.
    public var backup = Section.Backup()
    /// The log.
    public var log = Section.Log()
    /// The figures.
    public var metrics = Section.Metrics()

    /// The defaults.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.setting("listen", &listen)
        visitor.setting("data", &data)
        visitor.setting("publicUrl", &publicUrl)
        visitor.setting("origins", &origins)
        visitor.setting("trustedProxies", &trustedProxies)
        visitor.setting("loops", &loops, in: 0...64)
        visitor.setting("web", &web)
        visitor.section("community", &community)
        visitor.section("tls", &tls)
        visitor.section("store", &store)
        visitor.section("limits", &limits)
        visitor.section("message", &message)
        visitor.section("announcement", &announcement)
        visitor.section("event", &event)
        visitor.section("attendance", &attendance)
        visitor.section("webinar", &webinar)
        visitor.section("jitsi", &jitsi)
        visitor.section("bigbluebutton", &bigbluebutton)
        visitor.section("registration", &registration)
        visitor.section("poll", &poll)
        visitor.section("document", &document)
        visitor.section("solution", &solution)
        visitor.section("notification", &notification)
        visitor.section("mail", &mail)
        visitor.section("draft", &draft)
        visitor.section("invitation", &invitation)
        visitor.section("csv", &csv)
        visitor.section("session", &session)
        visitor.section("password", &password)
        visitor.section("login", &login)
        visitor.section("files", &files)
        visitor.json("networkTypes", &networkTypes)
        visitor.section("backup", &backup)
        visitor.section("log", &log)
        visitor.section("metrics", &metrics)
    }

    /// Host and port of ``listen``; nil when it is none.
    public var address: (host: String, port: Int)? {
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = String(listen[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return host.isEmpty ? nil : (host, port)
    }

    /// The settings that a type's new networks begin with, by type.
    public var networkDefaults: [String: JSONObject] {
        let types = networkTypes?.object?.members ?? []
        return Dictionary(
            types.map { ($0.name, JSONObject(($0.value.object?.members ?? []).filter { $0.name != "enabled" })) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The installed network types that are not switched off.
    public var enabledNetworkTypes: Set<String> {
        let named = networkTypes?.object
        return Set(InstalledNetworkTypes.all.map(\.id).filter { named?[$0]?["enabled"]?.bool ?? true })
    }
}

extension FieldVisitor {
    /// A text with a default.
    mutating func setting(_ name: String, _ value: inout String, choices: [String]? = nil) {
        var read: String? = value
        string(name, &read, FieldRule(required: false, choices: choices))
        if let read { value = read }
    }

    /// A whole number with a default.
    mutating func setting(_ name: String, _ value: inout Int64, in bounds: ClosedRange<Int64>) {
        var read: Int64? = value
        integer(name, &read, FieldRule(required: false, bounds: bounds))
        if let read { value = read }
    }

    /// A list of texts with a default.
    mutating func setting(_ name: String, _ value: inout [String]) {
        var read: [String]? = value
        strings(name, &read, FieldRule(required: false, bounds: 0...100))
        if let read { value = read }
    }

    /// A group of settings.
    mutating func section<Section: WireObject>(_ name: String, _ value: inout Section) {
        var read: Section? = value
        object(name, &read, FieldRule(required: false))
        if let read { value = read }
    }
}
