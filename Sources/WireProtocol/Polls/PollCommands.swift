/// Asks a network's members when an event should take place; facilitators.
///
/// Errors: `invalid` with `with.kind` for a kind that the network's type does not allow, with
/// `with.options.N.start.local` for a time that does not exist, with `with.options.N` for a date given twice, with
/// `with.deadline` for one that is past; `full` where as many polls are open as a network may have.
public struct CreatePoll: ClientCommand {
    /// The name on the wire.
    public static let name = "poll.create"
    /// What `ok` holds.
    public typealias Reply = CreatedPoll
    /// Whose poll.
    public var network = NetworkID()
    /// What kind of event is planned.
    public var kind = EventKind.other
    /// The event's title, 1–300 bytes.
    public var title = ""
    /// The dates to choose from.
    public var options: [PollDate] = []
    /// Whose answers count: `person` unless told.
    public var weight: PollWeight?
    /// Until when one may answer: a local time with its zone, or an RFC 3339 time.
    public var deadline: LocalTime?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.choice("kind", &kind)
        visitor.line("title", &title, bytes: 1...300)
        visitor.objects("options", &options, count: 1...largestPoll)
        visitor.choice("weight", &weight)
        visitor.localOrInstant("deadline", &deadline)
    }
}

/// A date that a poll asks about: local times with their zone, or whole days.
public struct PollDate: WireObject, Equatable {
    /// When the event would begin.
    public var start = EventTime()
    /// When it would end.
    public var end = EventTime()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.object("start", &start)
        visitor.object("end", &end)
    }
}

/// The id of a poll just made.
public struct CreatedPoll: WireObject {
    /// The poll.
    public var id = PollID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: PollID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Answers a poll; the network's members.
///
/// What is said takes the place of everything that was said before, by the person or, in a poll of one answer per city,
/// by anybody for that city: the metropolitan city of the first of the person's valid mandates that has one. Dates that
/// are left out have no answer; no answer to any date takes back what was said.
///
/// Errors: `closed` after the deadline and once a date was chosen; `forbidden` without a mandate in a city, where cities
/// answer; `invalid` with `with.votes.ID` for a date that the poll does not have or a word that is no answer; `full` where
/// as many have answered as may.
public struct VoteInPoll: ClientCommand {
    /// The name on the wire.
    public static let name = "poll.vote"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which poll.
    public var poll = PollID()
    /// `yes`, `ifNeedBe` or `no` by the ids of the dates.
    public var votes: JSON?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("poll", &poll)
        visitor.json("votes", &votes)
    }
}

/// Chooses a date and makes the event, which the members know of at once; facilitators.
///
/// Who said `yes` to that date has a confirmed registration, who said `ifNeedBe` is invited, which is accepted or
/// declined. Where cities answer, that is for the person whose answer stands for the city. Who is no member any more is
/// left out.
///
/// Errors: `conflict` with `current` for a poll that is closed; `invalid` with `with.option` for a date that it does not
/// have.
public struct ClosePoll: ClientCommand {
    /// The name on the wire.
    public static let name = "poll.close"
    /// What `ok` holds.
    public typealias Reply = ClosedPoll
    /// Which poll.
    public var poll = PollID()
    /// The chosen date.
    public var option: Int64 = 1

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("poll", &poll)
        visitor.integer("option", &option, in: 1...largestID)
    }
}

/// What a poll came to.
public struct ClosedPoll: WireObject {
    /// The event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(event: EventID) { self.event = event }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}
