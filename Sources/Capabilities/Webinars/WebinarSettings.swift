/// How rooms on the network are opened.
public struct WebinarSettings: Sendable {
    /// Minutes before the start from which on one may enter.
    public var opensBefore: Int64 = 15
    /// Minutes after the end for which one may still enter.
    public var closesAfter: Int64 = 0
    /// Questions at one event.
    public var questions: Int64 = 500
    /// Questions of one person at one event.
    public var questionsPerPerson: Int64 = 20
    /// Hands raised at one event, 1–1,000.
    public var hands: Int64 = 200
    /// Polls at one event.
    public var polls: Int64 = 50
    /// Answers to choose from in one poll, 2–20.
    public var pollOptions: Int64 = 10
    /// Recordings, slides and captions of one event, 1–200.
    public var materials: Int64 = 50
    /// The Jitsi server.
    public var jitsi = JitsiSettings()

    /// The BigBlueButton server.
    public var bigBlueButton = BigBlueButtonSettings()

    /// The defaults: no server is known.
    public init() {}
}

/// A Jitsi server that admits by JSON Web Tokens.
public struct JitsiSettings: Sendable {
    /// How tokens are signed.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// HMAC with SHA-256: Prosody's `app_secret`.
        case hs256 = "HS256"
        /// RSA with SHA-256: Prosody's `asap_key_server`, and Jitsi as a service.
        case rs256 = "RS256"
    }

    /// Where its rooms are: `https://meet.example.it`; with the tenant as a path where there is one; empty for none.
    public var url = ""
    /// The application, `iss`.
    public var application = ""
    /// For whom tokens are, `aud`.
    public var audience = "jitsi"
    /// The domain or tenant, `sub`; empty for the host of the address.
    public var subject = ""
    /// How tokens are signed.
    public var algorithm = Algorithm.hs256
    /// The shared secret, for HS256.
    public var secret = ""
    /// The private key in PEM, for RS256.
    public var key = ""
    /// The key's name, `kid`; empty for none.
    public var keyName = ""

    /// No server.
    public init() {}
}

/// A BigBlueButton server.
public struct BigBlueButtonSettings: Sendable {
    /// What its callbacks are signed with.
    public enum Checksum: String, Sendable, CaseIterable {
        /// SHA-1, the default of bbb-webhooks.
        case sha1
        /// SHA-256.
        case sha256
        /// SHA-384.
        case sha384
        /// SHA-512.
        case sha512
    }

    /// Where it is: `https://bbb.example.it/bigbluebutton/`; empty for none.
    public var url = ""
    /// The shared secret, as `bbb-conf --secret` shows it.
    public var secret = ""
    /// A file with the certificates that vouch for it; empty for the system's.
    public var authority = ""
    /// Seconds that it may take to answer.
    public var timeout: Int64 = 10
    /// Seconds for which it is left alone after it failed.
    public var pause: Int64 = 5
    /// How long a room that was opened is taken to stand, before the server is asked again, seconds.
    public var trust: Int64 = 60
    /// Whether meetings may be recorded.
    public var records = false
    /// Whether it is asked to tell who came and went (bbb-webhooks).
    public var tellsAttendance = true
    /// What its callbacks are signed with.
    public var checksum = Checksum.sha256
    /// Minutes after the room closed until a meeting that goes on is ended.
    public var endsAfter: Int64 = 60
    /// Hours after the end for which recordings are looked for.
    public var recordingHours: Int64 = 48

    /// No server.
    public init() {}

    /// Whether there is one.
    public var isConfigured: Bool { !url.isEmpty && !secret.isEmpty }
}
