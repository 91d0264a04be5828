/// To whom of those who registered something is written.
public enum AttendeeGroup: String, Sendable, CaseIterable {
    /// To everybody whose registration is active.
    case all
    /// To those who have a seat, or came.
    case confirmed
    /// To those who wait for a seat, or to whom one is offered.
    case waiting

    /// The states of their registrations.
    public var states: [RegistrationState] {
        switch self {
        case .all: RegistrationState.allCases.filter(\.isActive)
        case .confirmed: [.confirmed, .checkedIn, .attended, .partial, .noShow]
        case .waiting: [.waitlisted, .offered]
        }
    }
}

/// Writes to those who registered for an event; facilitators.
///
/// Whom it is for is settled with the command. Each gets a notification and, unless the person chose otherwise, a mail,
/// both once. Errors: `invalid` for nobody (`with.to`, `nobody`) and for more than the configuration allows,
/// `rate_limited` after so many a day.
public struct WriteToAttendees: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.message"
    /// What `ok` holds.
    public typealias Reply = WrittenToAttendees
    /// Of which event.
    public var event = EventID()
    /// To whom.
    public var to = AttendeeGroup.all
    /// What it is about, 1–150 bytes.
    public var subject: String?
    /// The text as it is, 1–8,000 bytes.
    public var text = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.choice("to", &to)
        visitor.line("subject", &subject, bytes: 1...150)
        visitor.text("text", &text, bytes: 1...8_000)
    }
}

/// A message that goes out.
public struct WrittenToAttendees: WireObject {
    /// The message.
    public var id = AttendeeMessageID()
    /// To how many.
    public var recipients: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: AttendeeMessageID, recipients: Int64) {
        self.id = id
        self.recipients = recipients
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("recipients", &recipients)
    }
}

/// Asks what was written to those who registered for an event: its facilitators for all, others for what they got.
public struct ListAttendeeMessages: ClientQuery {
    /// The name on the wire.
    public static let name = "registration.messages"
    /// What `ok` holds.
    public typealias Reply = AttendeeMessageList
    /// Of which event.
    public var event = EventID()
    /// Only one's own, also for a facilitator.
    public var mine: Bool?
    /// Only older ones than this.
    public var before: AttendeeMessageID?
    /// At most so many, 1–100, 20 unless told.
    public var limit: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.flag("mine", &mine)
        visitor.id("before", &before)
        visitor.integer("limit", &limit, in: 1...100)
    }
}

/// One message to those who registered.
public struct AttendeeMessageView: WireObject {
    /// The message.
    public var id = AttendeeMessageID()
    /// To whom it went.
    public var to = AttendeeGroup.all
    /// What it is about.
    public var subject: String?
    /// The text.
    public var text = ""
    /// Who wrote it.
    public var by = NamedPerson()
    /// When.
    public var at = Instant(milliseconds: 0)
    /// To how many it went; told to facilitators.
    public var recipients: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.choice("to", &to)
        visitor.text("subject", &subject)
        visitor.text("text", &text)
        visitor.object("by", &by)
        visitor.instant("at", &at)
        visitor.integer("recipients", &recipients)
    }
}

/// How many a message would go to.
public struct AttendeeCounts: WireObject {
    /// Everybody whose registration is active.
    public var all: Int64 = 0
    /// Those who have a seat, or came.
    public var confirmed: Int64 = 0
    /// Those who wait, or to whom a seat is offered.
    public var waiting: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("all", &all)
        visitor.integer("confirmed", &confirmed)
        visitor.integer("waiting", &waiting)
    }
}

/// A page of messages to those who registered.
public struct AttendeeMessageList: WireObject {
    /// The newest first.
    public var messages: [AttendeeMessageView] = []
    /// Whether there are older ones.
    public var more = false
    /// To how many one written now would go; told to facilitators.
    public var recipients: AttendeeCounts?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("messages", &messages, count: 0...100)
        visitor.flag("more", &more)
        visitor.object("recipients", &recipients)
    }
}

/// The organisers wrote to those who registered for an event; on `network/N/desk`.
///
/// The text is asked for.
public struct AttendeesWrittenTo: ServerUpdate {
    /// The name on the wire.
    public static let name = "registration.messaged"
    /// The message.
    public var id = AttendeeMessageID()
    /// Of which event.
    public var event = EventID()
    /// To whom.
    public var to = AttendeeGroup.all
    /// To how many.
    public var recipients: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: AttendeeMessageID, event: EventID, to: AttendeeGroup, recipients: Int64) {
        self.id = id
        self.event = event
        self.to = to
        self.recipients = recipients
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.choice("to", &to)
        visitor.integer("recipients", &recipients)
    }
}
