public import WireProtocol

extension Section {
    /// Rooms on the network.
    public struct Webinar: WireObject {
        /// Minutes before the start from which on one may enter.
        public var opensBefore: Int64 = 15
        /// Minutes after the end for which one may still enter.
        public var closesAfter: Int64 = 0
        /// Questions at one event.
        public var questions: Int64 = 500
        /// Questions of one person at one event.
        public var questionsPerPerson: Int64 = 20
        /// Hands raised at one event.
        public var hands: Int64 = 200
        /// Polls at one event.
        public var polls: Int64 = 50
        /// Answers to choose from in one poll.
        public var pollOptions: Int64 = 10
        /// Recordings, slides and captions of one event.
        public var materials: Int64 = 50

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("opensBefore", &opensBefore, in: 0...1_440)
            visitor.setting("closesAfter", &closesAfter, in: 0...1_440)
            visitor.setting("questions", &questions, in: 1...10_000)
            visitor.setting("questionsPerPerson", &questionsPerPerson, in: 1...1_000)
            visitor.setting("hands", &hands, in: 1...1_000)
            visitor.setting("polls", &polls, in: 1...500)
            visitor.setting("pollOptions", &pollOptions, in: 2...20)
            visitor.setting("materials", &materials, in: 1...200)
        }
    }

    /// A Jitsi server that admits by JSON Web Tokens.
    public struct Jitsi: WireObject {
        /// Where its rooms are; empty for none.
        public var url = ""
        /// The application, `iss`.
        public var application = ""
        /// For whom tokens are, `aud`.
        public var audience = "jitsi"
        /// The domain or tenant, `sub`; empty for the server's name.
        public var subject = ""
        /// How tokens are signed.
        public var algorithm = "HS256"
        /// The shared secret; better in `secretFile` or in the environment.
        public var secret = ""
        /// The file that holds the secret.
        public var secretFile = ""
        /// The file of the private key in PEM.
        public var keyFile = ""
        /// The key's name, `kid`.
        public var keyName = ""

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("url", &url)
            visitor.setting("application", &application)
            visitor.setting("audience", &audience)
            visitor.setting("subject", &subject)
            visitor.setting("algorithm", &algorithm, choices: ["HS256", "RS256"])
            visitor.setting("secret", &secret)
            visitor.setting("secretFile", &secretFile)
            visitor.setting("keyFile", &keyFile)
            visitor.setting("keyName", &keyName)
        }
    }

    /// A BigBlueButton server.
    public struct BigBlueButton: WireObject {
        /// Where it is; empty for none.
        public var url = ""
        /// The shared secret; better in `secretFile` or in the environment.
        public var secret = ""
        /// The file that holds the secret.
        public var secretFile = ""
        /// The file of the certificates that vouch for it; empty for the system's.
        public var authority = ""
        /// Seconds that it may take to answer.
        public var timeout: Int64 = 10
        /// Seconds for which it is left alone after it failed.
        public var pause: Int64 = 5
        /// How long a room that was opened is taken to stand, before the server is asked again, seconds.
        public var trust: Int64 = 60
        /// Whether moderators may record.
        public var recording = "off"
        /// Whether it is asked to tell who came and went.
        public var attendance = "on"
        /// What its callbacks are signed with.
        public var checksum = "sha256"
        /// Minutes after the room closed until a meeting that goes on is ended.
        public var endsAfter: Int64 = 60
        /// Hours after the end for which recordings are looked for.
        public var recordingHours: Int64 = 48

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("url", &url)
            visitor.setting("secret", &secret)
            visitor.setting("secretFile", &secretFile)
            visitor.setting("authority", &authority)
            visitor.setting("timeout", &timeout, in: 1...60)
            visitor.setting("pause", &pause, in: 1...3_600)
            visitor.setting("trust", &trust, in: 1...3_600)
            visitor.setting("recording", &recording, choices: ["on", "off"])
            visitor.setting("attendance", &attendance, choices: ["on", "off"])
            visitor.setting("checksum", &checksum, choices: ["sha1", "sha256", "sha384", "sha512"])
            visitor.setting("endsAfter", &endsAfter, in: 0...1_440)
            visitor.setting("recordingHours", &recordingHours, in: 0...720)
        }
    }
}
