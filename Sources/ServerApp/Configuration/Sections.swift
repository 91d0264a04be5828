public import WireProtocol

/// The groups of settings; each field stands in `config/metropoli.yaml` with a comment.
///
/// Here those of the server itself; those of the capabilities stand in files beside this one.
public enum Section {
    /// Name and language of the community.
    public struct Community: WireObject {
        /// Its name.
        public var name = "Metropoli Strategiche"
        /// Its first language.
        public var language = "it"
        /// Its time zone.
        public var zone = "Europe/Rome"
        /// Whom to write to about it.
        public var contact = ""

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("name", &name)
            visitor.setting("language", &language, choices: ["it", "en"])
            visitor.setting("zone", &zone)
            visitor.setting("contact", &contact)
        }
    }

    /// Direct TLS; both empty for none.
    public struct TLS: WireObject {
        /// The certificate chain's file.
        public var certificate = ""
        /// The private key's file.
        public var key = ""

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("certificate", &certificate)
            visitor.setting("key", &key)
        }
    }

    /// The store.
    public struct Store: WireObject {
        /// The engine.
        public var engine = "sqlite"

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("engine", &engine, choices: ["sqlite"])
        }
    }

    /// The limits of the doors.
    public struct Limits: WireObject {
        /// `off` lifts the rates, for tests.
        public var rate = "on"
        /// A person's requests a second.
        public var personPerSecond: Int64 = 5
        /// A person's requests at once.
        public var personBurst: Int64 = 20
        /// A bot's requests a second.
        public var botPerSecond: Int64 = 20
        /// A bot's requests at once.
        public var botBurst: Int64 = 50
        /// Anybody's queries a second.
        public var queryPerSecond: Int64 = 50
        /// Anybody's queries at once.
        public var queryBurst: Int64 = 200
        /// Requests without credentials a second from one address.
        public var addressPerSecond: Int64 = 20
        /// Requests without credentials at once from one address.
        public var addressBurst: Int64 = 200
        /// Signals a second.
        public var signalPerSecond: Int64 = 5
        /// Signals at once.
        public var signalBurst: Int64 = 20
        /// A client's frame and a body of HTTP, bytes.
        public var frameBytes: Int64 = 262_144
        /// Unanswered requests on a connection.
        public var inFlight: Int64 = 32
        /// Bytes not yet sent to a connection.
        public var unsentBytes: Int64 = 262_144
        /// What is read and thrown away of a body whose request was refused.
        public var refusedBodyBytes: Int64 = 16_777_216
        /// A message's text, bytes of UTF-8.
        public var textBytes: Int64 = 16_384
        /// Sub-bodies of its network that a message or an event may be addressed to.
        public var addressed: Int64 = 50
        /// Connections from one address; 0 for no limit.
        public var connectionsPerAddress: Int64 = 0

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("rate", &rate, choices: ["on", "off"])
            visitor.setting("personPerSecond", &personPerSecond, in: 1...100_000)
            visitor.setting("personBurst", &personBurst, in: 1...100_000)
            visitor.setting("botPerSecond", &botPerSecond, in: 1...100_000)
            visitor.setting("botBurst", &botBurst, in: 1...100_000)
            visitor.setting("queryPerSecond", &queryPerSecond, in: 1...100_000)
            visitor.setting("queryBurst", &queryBurst, in: 1...100_000)
            visitor.setting("addressPerSecond", &addressPerSecond, in: 1...100_000)
            visitor.setting("addressBurst", &addressBurst, in: 1...100_000)
            visitor.setting("signalPerSecond", &signalPerSecond, in: 1...100_000)
            visitor.setting("signalBurst", &signalBurst, in: 1...100_000)
            visitor.setting("frameBytes", &frameBytes, in: 65_536...16_777_216)
            visitor.setting("inFlight", &inFlight, in: 1...1_024)
            visitor.setting("unsentBytes", &unsentBytes, in: 65_536...16_777_216)
            visitor.setting("refusedBodyBytes", &refusedBodyBytes, in: 0...1_073_741_824)
            visitor.setting("textBytes", &textBytes, in: 1_024...16_384)
            visitor.setting("addressed", &addressed, in: 1...mostAddressed)
            visitor.setting("connectionsPerAddress", &connectionsPerAddress, in: 0...1_000_000)
        }
    }

    /// Backups.
    public struct Backup: WireObject {
        /// Where `metropoli backup` writes, relative to the data folder.
        public var directory = "backups"
        /// Copies kept.
        public var keep: Int64 = 14

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("directory", &directory)
            visitor.setting("keep", &keep, in: 1...10_000)
        }
    }

    /// The log.
    public struct Log: WireObject {
        /// What is logged.
        public var level = "info"
        /// How.
        public var format = "text"

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting(
                "level",
                &level,
                choices: ["trace", "debug", "info", "notice", "warning", "error", "critical"]
            )
            visitor.setting("format", &format, choices: ["text", "json"])
        }
    }

    /// The figures.
    public struct Metrics: WireObject {
        /// Who reads `/metrics` without credentials.
        public var addresses = ["127.0.0.1", "::1"]

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("addresses", &addresses)
        }
    }
}
