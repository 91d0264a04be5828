/// Reports a message that the caller can read to the moderators, who then see that message alone.
public struct ReportMessage: ClientCommand {
    /// The name on the wire.
    public static let name = "message.report"
    /// What `ok` holds.
    public typealias Reply = CreatedReport
    /// Which message.
    public var message = MessageID()
    /// Why, 1–500 bytes.
    public var reason = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.text("reason", &reason, bytes: 1...500)
    }
}

/// The id of a report just made.
public struct CreatedReport: WireObject {
    /// The report.
    public var id = ReportID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: ReportID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Removes a message with a reason: facilitators of its network in channels that they can read, and moderators
/// whatever was reported to them.
public struct RemoveMessage: ClientCommand {
    /// The name on the wire.
    public static let name = "message.remove"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which message.
    public var message = MessageID()
    /// Why, 1–500 bytes; it is shown in the channel.
    public var reason = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("message", &message)
        visitor.text("reason", &reason, bytes: 1...500)
    }
}

/// Asks for the reports that were made, newest first; moderators and administrators.
public struct ListReports: ClientQuery {
    /// The name on the wire.
    public static let name = "report.list"
    /// What `ok` holds.
    public typealias Reply = ReportList
    /// True for those already handled too.
    public var handled: Bool?
    /// Only reports older than this one.
    public var before: ReportID?
    /// Reports in one answer, 50 unless told.
    public var limit: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.flag("handled", &handled)
        visitor.id("before", &before)
        visitor.integer("limit", &limit, in: 1...200)
    }
}

/// One report, with the reported message alone.
public struct ReportView: WireObject {
    /// The report.
    public var id = ReportID()
    /// The message.
    public var message = MessageID()
    /// Its text; left out once it is a tombstone.
    public var text: String?
    /// Who wrote it; left out for the server.
    public var author: MemberID?
    /// Who reported it.
    public var by = MemberID()
    /// When.
    public var at = Instant(milliseconds: 0)
    /// Why.
    public var reason = ""
    /// `open` or `removed`.
    public var state = "open"

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("message", &message)
        visitor.text("text", &text)
        visitor.id("author", &author)
        visitor.id("by", &by)
        visitor.instant("at", &at)
        visitor.text("reason", &reason)
        visitor.text("state", &state)
    }
}

/// Reports, newest first.
public struct ReportList: WireObject {
    /// The reports.
    public var reports: [ReportView] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ reports: [ReportView]) { self.reports = reports }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("reports", &reports, count: 0...200)
    }
}
