public import WireProtocol

extension Section {
    /// Mail.
    public struct Mail: WireObject {
        /// Whether mails are sent.
        public var enabled = "on"
        /// The mail server; empty for none.
        public var server = ""
        /// Its port.
        public var port: Int64 = 587
        /// Whether the way to it is encrypted.
        public var tls = "required"
        /// The file of the certificates that vouch for it; empty for the system's.
        public var authority = ""
        /// The login; empty for none.
        public var user = ""
        /// The password; better in `passwordFile` or in the environment.
        public var password = ""
        /// The file that holds the password.
        public var passwordFile = ""
        /// The sender's address.
        public var from = ""
        /// The sender's name; empty for the community's.
        public var fromName = ""
        /// How often a mail that the server cannot take now is tried again.
        public var retries: Int64 = 10
        /// Seconds before the second attempt; they double.
        public var firstDelay: Int64 = 30
        /// Seconds between two attempts at most.
        public var maximumDelay: Int64 = 21_600
        /// Hours after which a mail is given up although no server was reached.
        public var giveUpHours: Int64 = 72
        /// Mails a minute.
        public var perMinute: Int64 = 120
        /// Seconds that the server may take to answer.
        public var timeout: Int64 = 30
        /// Days for which the list of mails is kept.
        public var keepDays: Int64 = 30

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("enabled", &enabled, choices: ["on", "off"])
            visitor.setting("server", &server)
            visitor.setting("port", &port, in: 1...65_535)
            visitor.setting("tls", &tls, choices: ["required", "optional", "implicit", "off"])
            visitor.setting("authority", &authority)
            visitor.setting("user", &user)
            visitor.setting("password", &password)
            visitor.setting("passwordFile", &passwordFile)
            visitor.setting("from", &from)
            visitor.setting("fromName", &fromName)
            visitor.setting("retries", &retries, in: 0...100)
            visitor.setting("firstDelay", &firstDelay, in: 1...3_600)
            visitor.setting("maximumDelay", &maximumDelay, in: 1...86_400)
            visitor.setting("giveUpHours", &giveUpHours, in: 1...720)
            visitor.setting("perMinute", &perMinute, in: 1...60_000)
            visitor.setting("timeout", &timeout, in: 1...600)
            visitor.setting("keepDays", &keepDays, in: 1...3_650)
        }
    }
}
