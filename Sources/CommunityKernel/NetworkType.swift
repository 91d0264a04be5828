public import WireProtocol

/// A text in the two languages of the community.
public struct Bilingual: WireObject, Equatable {
    /// Italian, which comes first.
    public var it = ""
    /// English.
    public var en = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(it: String, en: String) {
        self.it = it
        self.en = en
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("it", &it, bytes: 1...200)
        visitor.text("en", &en, bytes: 1...200)
    }
}

/// The kinds of channels (domain 3).
public enum ChannelKind: String, Sendable, CaseIterable {
    /// Network members see it and may join.
    case open
    /// Invited people only; its existence is hidden from others.
    case `private`
    /// Facilitators and bots with the scope post.
    case announcement
    /// A private conversation of the same few people.
    case direct
}

/// How much of a channel a newcomer may read.
public enum HistoryRule: String, Sendable, CaseIterable {
    /// All of it.
    case shared
    /// What is written from then on.
    case fromJoining = "from_joining"
}

/// A channel that a network type makes at a network's birth.
public struct DefaultChannel: Sendable, Equatable {
    /// Its slug in the network.
    public let slug: String
    /// Its name.
    public let name: Bilingual
    /// Its kind.
    public let kind: ChannelKind

    /// Makes it.
    public init(slug: String, name: Bilingual, kind: ChannelKind = .open) {
        self.slug = slug
        self.name = name
        self.kind = kind
    }
}

/// One setting that a network type understands; unknown ones are refused.
public struct SettingRule: Sendable, Equatable {
    /// What the setting holds.
    public enum Value: Sendable, Equatable {
        /// A whole number within bounds.
        case integer(ClosedRange<Int64>)
        /// A text of at most that many bytes.
        case text(maxBytes: Int)
        /// True or false.
        case flag
        /// An organisation's id, of one of these kinds.
        case organisation(kinds: [String])
    }

    /// The name.
    public let name: String
    /// What it holds.
    public let value: Value
    /// Whether a network of the type must have it.
    public let required: Bool
    /// What it is for.
    public let label: Bilingual

    /// Makes a rule.
    public init(name: String, value: Value, required: Bool = false, label: Bilingual) {
        self.name = name
        self.value = value
        self.required = required
        self.label = label
    }
}

extension SettingRule.Value {
    /// What is wrong with a value, as far as it shows by itself; nil when nothing is.
    ///
    /// Whether an organisation exists is the store's to say.
    public func fault(in value: JSON) -> String? {
        switch self {
        case .integer(let bounds):
            guard let number = value.int else { return "wrong_type" }
            return bounds.contains(number) ? nil : "out_of_range"
        case .text(let maxBytes):
            if case .unpairedSurrogate = value { return "lone_surrogate" }
            guard let text = value.string else { return "wrong_type" }
            return text.utf8.count <= maxBytes ? nil : "too_long"
        case .flag: return value.bool == nil ? "wrong_type" : nil
        case .organisation: return value.int == nil ? "wrong_type" : nil
        }
    }
}

/// One mandate of a person, as a network type judges it: only those valid at the moment are shown.
public struct MandateFact: Sendable, Equatable {
    /// The role kind: `employee`, `administrator`, `mayor`, `anci_staff`, `monitor`, `guest`.
    public let role: String
    /// The organisation it is for.
    public let organisation: OrganisationID
    /// That organisation's kind.
    public let organisationKind: String
    /// The metropolitan city that the organisation belongs to, or the organisation itself when it is one.
    public let city: OrganisationID?
    /// When it ends, nil for open end.
    public let ends: Instant?

    /// Makes it.
    public init(
        role: String,
        organisation: OrganisationID,
        organisationKind: String,
        city: OrganisationID?,
        ends: Instant?
    ) {
        self.role = role
        self.organisation = organisation
        self.organisationKind = organisationKind
        self.city = city
        self.ends = ends
    }
}

/// A network as its type sees it.
public struct NetworkFact: Sendable {
    /// Its id.
    public let id: NetworkID
    /// Its slug.
    public let slug: String
    /// Its name for people.
    public let name: Bilingual
    private let read: @Sendable () -> JSONObject

    /// Makes it; the settings are read only when they are asked for.
    public init(
        id: NetworkID,
        slug: String,
        name: Bilingual,
        settings: @escaping @autoclosure @Sendable () -> JSONObject
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        read = settings
    }

    /// Its settings, checked against the type's rules.
    public var settings: JSONObject { read() }
}

/// A message about to be written: a *will* hook may change the text or refuse; identity and order are not its own.
public struct MessageDraft: Sendable {
    /// The network it is written in.
    public let network: NetworkFact
    /// The channel's slug.
    public let channelSlug: String
    /// The channel's kind.
    public let channelKind: ChannelKind
    /// Who writes.
    public let author: MemberID
    /// The Markdown text.
    public var text: String

    /// Makes a draft.
    public init(network: NetworkFact, channelSlug: String, channelKind: ChannelKind, author: MemberID, text: String) {
        self.network = network
        self.channelSlug = channelSlug
        self.channelKind = channelKind
        self.author = author
        self.text = text
    }
}

/// An update as a *did* hook reads it from the journal.
public struct PastUpdate: Sendable {
    /// Its place in the journal.
    public let seq: Int64
    /// Its stream.
    public let stream: StreamName
    /// Its type, such as `network.joined`.
    public let type: String
    /// When it became true.
    public let at: Instant
    /// Who did it; 0 for the server.
    public let by: MemberID
    /// Its data.
    public let data: JSONObject

    /// Makes it.
    public init(seq: Int64, stream: StreamName, type: String, at: Instant, by: MemberID, data: JSONObject) {
        self.seq = seq
        self.stream = stream
        self.type = type
        self.at = at
        self.by = by
        self.data = data
    }
}

/// What a *did* hook wants done; the server does it as the network's own act.
public enum HookEffect: Sendable, Equatable {
    /// Writes a message into the network's channel of that slug.
    case post(channelSlug: String, text: String)
    /// Writes a message into the channel of that slug of every network of a type.
    case announce(networksOf: String, channelSlug: String, text: String)
}

/// How often the networks of a type meet.
public struct RegularMeetings: Sendable, Equatable {
    /// The kind of event that comes again.
    public let kind: String
    /// After how many months.
    public let months: Int64

    /// Makes it.
    public init(kind: String, months: Int64) {
        self.kind = kind
        self.months = months
    }
}

/// A kind of network: rules as data and small pure functions.
///
/// Each is a module in `Plugins/`, compiled in, enabled and configured in `config/metropoli.yaml`. The core runs with
/// any of them left out.
public protocol NetworkType: Sendable {
    /// The name in configuration and on the wire, e.g. `NationalThematic`.
    var id: String { get }
    /// The level of this interface that the module was written for.
    var apiLevel: Int { get }
    /// Its name for people.
    var label: Bilingual { get }
    /// One sentence for people.
    var summary: Bilingual { get }
    /// The settings a network of this type may have.
    var settings: [SettingRule] { get }
    /// The roles in its networks and what each may do; what the type leaves out may nothing.
    var roles: [RoleRule] { get }
    /// The channels made at birth.
    var defaultChannels: [DefaultChannel] { get }
    /// The event kinds it allows (protocol 10, constants).
    var eventKinds: [String] { get }
    /// What those are asked who register for events of a kind.
    func registrationForm(for eventKind: String) -> [FormField]
    /// What becomes of solutions in its networks; where they are not written, none is begun and nothing is tried out.
    var solutions: NetworkSolutions { get }
    /// The parts of a solution's kit that may be left out when it is published (protocol 10, constants).
    var optionalKitParts: Set<String> { get }
    /// The only city whose solutions a network holds; nil for any.
    func originCity(of network: NetworkFact) -> OrganisationID?
    /// The metropolitan city whose comuni are a network's sub-bodies, to some of which a post or an event may be
    /// addressed; nil for a network that has none.
    func subBodies(of network: NetworkFact) -> OrganisationID?
    /// From how many cities other than its own a solution is approved before it counts as tested, at least 1.
    func approvals(in network: NetworkFact) -> Int64
    /// What its networks' documents may begin with.
    var documentTemplates: [DocumentTemplate] { get }
    /// Whether any network of the type meets at regular times.
    var hasRegularMeetings: Bool { get }
    /// How often a network meets; once a meeting is over, the next one is proposed to its facilitators.
    func regularMeetings(of network: NetworkFact) -> RegularMeetings?
    /// Whether one may join without being invited, by the mandates valid now.
    func mayJoin(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool
    /// Who may be added by a facilitator; the default is anybody with a valid mandate.
    func mayBeAdded(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool
    /// Whether guests, who have no other mandate, take part only while another member, the sponsor, answers for them.
    var guestsNeedSponsor: Bool { get }
    /// *will* hook before a message is written: may adjust or refuse. No I/O.
    func willPost(_ draft: inout MessageDraft) throws(WireError)
    /// The types of updates that ``didCommit(_:in:)`` reads; nil for all.
    var didCommitTypes: Set<String>? { get }
    /// *did* hook after an update of one of its networks was committed; each update once. A throw loses this hook's
    /// own work only; three faults in an hour switch the hook off for that network.
    func didCommit(_ update: PastUpdate, in network: NetworkFact) throws -> [HookEffect]
}

extension NetworkType {
    /// The first.
    public var apiLevel: Int { 1 }
    /// None.
    public var settings: [SettingRule] { [] }
    /// Nothing.
    public func registrationForm(for eventKind: String) -> [FormField] { [] }
    /// Members take part, facilitators may do everything.
    public var roles: [RoleRule] { RoleRule.standard }
    /// Their members write them.
    public var solutions: NetworkSolutions { .written }
    /// None: all parts are mandatory.
    public var optionalKitParts: Set<String> { [] }
    /// Any.
    public func originCity(of network: NetworkFact) -> OrganisationID? { nil }
    /// It has none.
    public func subBodies(of network: NetworkFact) -> OrganisationID? { nil }
    /// From one.
    public func approvals(in network: NetworkFact) -> Int64 { 1 }
    /// Notes of a meeting.
    public var documentTemplates: [DocumentTemplate] { [.notes] }
    /// None does.
    public var hasRegularMeetings: Bool { false }
    /// Not at regular times.
    public func regularMeetings(of network: NetworkFact) -> RegularMeetings? { nil }
    /// Anybody with a valid mandate.
    public func mayBeAdded(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool { !mandates.isEmpty }
    /// They come as others do.
    public var guestsNeedSponsor: Bool { false }
    /// Lets every message pass.
    public func willPost(_ draft: inout MessageDraft) throws(WireError) {}
    /// All types.
    public var didCommitTypes: Set<String>? { nil }
    /// Wants nothing done.
    public func didCommit(_ update: PastUpdate, in network: NetworkFact) throws -> [HookEffect] { [] }
}

/// The network types installed and enabled, by id.
public struct NetworkTypes: Sendable {
    private let types: [String: any NetworkType]

    /// Makes the set.
    public init(_ types: [any NetworkType]) {
        self.types = Dictionary(types.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The type of that id; nil when it is not installed or not enabled: its networks are dormant.
    public subscript(id: String) -> (any NetworkType)? { types[id] }

    /// All of them, by id.
    public var all: [any NetworkType] { types.values.sorted { $0.id < $1.id } }
}
