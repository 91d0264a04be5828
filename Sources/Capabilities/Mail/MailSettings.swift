/// How the server mails.
public struct MailSettings: Sendable {
    /// Whether the way to the mail server is encrypted.
    public enum TLS: String, Sendable, CaseIterable {
        /// By STARTTLS, or not at all: without it nothing is sent.
        case required
        /// By STARTTLS where the server offers it, whoever it is.
        case optional
        /// From the first byte on (port 465).
        case implicit
        /// Never.
        case off
    }

    /// The mail server's name; empty for none.
    public var server = ""
    /// Its port.
    public var port = 587
    /// Whether the way to it is encrypted.
    public var tls = TLS.required
    /// A file with the certificates that vouch for the server; empty for the system's.
    public var authority = ""
    /// The login; empty for none.
    public var user = ""
    /// The password.
    public var password = ""
    /// The sender's address.
    public var from = ""
    /// The sender's name.
    public var fromName = ""
    /// The community's name.
    public var community = "Metropoli Strategiche"
    /// The community's language, for whom nothing else is known.
    public var language = "it"
    /// The community's zone, for whom nothing else is known.
    public var zone = "Europe/Rome"
    /// The address of the community that links begin with, without a slash at the end.
    public var baseURL = ""
    /// How often a mail that the server cannot take now is tried again.
    public var retries = 10
    /// Seconds before the second attempt; they double.
    public var firstDelay = 30
    /// Seconds between two attempts at most.
    public var maximumDelay = 21_600
    /// Hours after which a mail is given up although no server was reached.
    public var giveUpHours = 72
    /// Mails a minute at most.
    public var perMinute = 120
    /// Seconds that the server may take to answer.
    public var timeout = 30
    /// Days for which the list of mails is kept.
    public var keepDays = 30
    /// Mails that may wait.
    public var waiting = 100_000
    /// Whether mails are sent at all.
    public var isEnabled = true

    /// The defaults: nothing is sent.
    public init() {}

    /// Whether mails can be sent.
    public var isConfigured: Bool { isEnabled && !server.isEmpty && !from.isEmpty }
}
