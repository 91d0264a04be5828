/// Tries a mail that failed or waits again at once; without `mail` all that failed; administrators.
///
/// Errors: `not_found`; `conflict` with `current.state` when it was sent or discarded.
public struct RetryMail: ClientCommand {
    /// The name on the wire.
    public static let name = "mail.retry"
    /// What `ok` holds.
    public typealias Reply = RetriedMails
    /// Which one; all that failed unless told.
    public var mail: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("mail", &mail, in: 1...largestID)
    }
}

/// How many mails are tried again.
public struct RetriedMails: WireObject {
    /// The number.
    public var count: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(count: Int64) { self.count = count }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("count", &count) }
}

/// Gives a mail up: what it says is forgotten; administrators.
///
/// Errors: `not_found`; `conflict` with `current.state` when it was sent.
public struct DiscardMail: ClientCommand {
    /// The name on the wire.
    public static let name = "mail.discard"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which one.
    public var mail: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("mail", &mail, in: 1...largestID)
    }
}
