/// Where the minutes of an event stand.
public enum MinutesState: String, Sendable, CaseIterable {
    /// Its facilitators write; nobody else knows of them.
    case draft
    /// The members read them, and those who attended may ask for amendments.
    case shared
    /// Frozen.
    case approved
}

/// Writes the minutes (*verbale*) of an event, or writes them anew; its facilitators.
///
/// Errors: `conflict` with the newest `revision` for another one, and with the `state` for approved minutes and for an
/// event that does not take place; `too_large` for a text over its limit.
public struct WriteMinutes: ClientCommand {
    /// The name on the wire.
    public static let name = "minutes.write"
    /// What `ok` holds.
    public typealias Reply = MinutesStanding
    /// Of which event.
    public var event = EventID()
    /// What they say, Markdown.
    public var text = ""
    /// The revision that was read; 0 at first.
    public var revision: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.text("text", &text, bytes: 1...200_000)
        visitor.integer("revision", &revision, in: 0...largestID)
    }
}

/// Lets the members read the minutes; facilitators.
///
/// Errors: `conflict` with the `state` where they are shared or approved, with the newest `revision` for another one.
public struct ShareMinutes: ClientCommand {
    /// The name on the wire.
    public static let name = "minutes.share"
    /// What `ok` holds.
    public typealias Reply = MinutesStanding
    /// Of which event.
    public var event = EventID()
    /// The revision that was read.
    public var revision: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Asks for an amendment of shared minutes; those who attended the event.
///
/// It is kept beside the text until the minutes are approved: whoever writes them takes it over, or does not. Errors:
/// `forbidden` for who did not attend, `conflict` with the `state` where the minutes are approved, with the newest
/// `revision` for another one, `full` for more amendments than are kept.
public struct AmendMinutes: ClientCommand {
    /// The name on the wire.
    public static let name = "minutes.amend"
    /// What `ok` holds.
    public typealias Reply = MinutesStanding
    /// Of which event.
    public var event = EventID()
    /// The revision that was read.
    public var revision: Int64 = 0
    /// What is asked for, Markdown.
    public var text = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("revision", &revision, in: 1...largestID)
        visitor.text("text", &text, bytes: 1...20_000)
    }
}

/// Approves shared minutes of an event that is over; facilitators.
///
/// They are frozen with the SHA-256 of their text, and the event is `minuted`. Errors: `conflict` with the `state` of
/// the minutes, or of the event, where that is not allowed; with the newest `revision` for another one.
public struct ApproveMinutes: ClientCommand {
    /// The name on the wire.
    public static let name = "minutes.approve"
    /// What `ok` holds.
    public typealias Reply = MinutesStanding
    /// Of which event.
    public var event = EventID()
    /// The revision that was read.
    public var revision: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Where minutes stand after a command.
public struct MinutesStanding: WireObject {
    /// Rises with each change.
    public var revision: Int64 = 1
    /// Where they stand.
    public var state = MinutesState.draft

    /// To be read.
    public init() {}

    /// Makes it.
    public init(revision: Int64, state: MinutesState) {
        self.revision = revision
        self.state = state
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
    }
}

/// Asks for the minutes of an event; `not_found` while there are none that the caller may read.
public struct GetMinutes: ClientQuery {
    /// The name on the wire.
    public static let name = "minutes.get"
    /// What `ok` holds.
    public typealias Reply = MinutesView
    /// Of which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// The minutes of an event.
public struct MinutesView: WireObject {
    /// The minutes.
    public var id = MinutesID()
    /// Of which event.
    public var event = EventID()
    /// Rises with each change.
    public var revision: Int64 = 1
    /// Where they stand.
    public var state = MinutesState.draft
    /// What they say, Markdown.
    public var text = ""
    /// The text as safe HTML.
    public var html = ""
    /// What those who attended ask to be amended, in order.
    public var amendments: [AmendmentView] = []
    /// Whether the reader may ask for an amendment now.
    public var mayAmend = false
    /// The SHA-256 of the text, hexadecimal, once approved.
    public var hash: String?
    /// Who approved.
    public var approvedBy: NamedPerson?
    /// When.
    public var approved: Instant?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.objects("amendments", &amendments, count: 0...1_000)
        visitor.flag("mayAmend", &mayAmend)
        visitor.text("hash", &hash)
        visitor.object("approvedBy", &approvedBy)
        visitor.instant("approved", &approved)
    }
}

/// An amendment that somebody asks for.
public struct AmendmentView: WireObject {
    /// Who asks; left out for somebody who is gone.
    public var person: NamedPerson?
    /// What for, Markdown.
    public var text = ""
    /// As safe HTML.
    public var html = ""
    /// When.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.object("person", &person)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.instant("at", &at)
    }
}
