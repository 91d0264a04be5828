/// A poll as `poll.get` gives it, and, with what changed alone, as updates do.
public struct PollView: WireObject {
    /// The poll.
    public var id = PollID()
    /// Rises with each change, an answer included.
    public var revision: Int64 = 1
    /// Where it stands.
    public var state = PollState.open
    /// Whose poll.
    public var network: NetworkID?
    /// What kind of event is planned.
    public var kind: EventKind?
    /// The event's title.
    public var title: String?
    /// Whose answers count.
    public var weight: PollWeight?
    /// Until when one may answer.
    public var deadline: LocalTime?
    /// The dates in the order given, with what was said to each.
    public var options: [PollOption]?
    /// The chosen date.
    public var option: Int64?
    /// The event that was made.
    public var event: EventID?
    /// Who asks; left out for the server.
    public var createdBy: MemberID?
    /// Since when.
    public var at: Instant?
    /// Who said what, the latest last; in `poll.get` and updates.
    public var ballots: [PollBallot]?
    /// In `poll.voted`: the answer that takes the place of what the same person or city said; without `votes` that was
    /// taken back.
    public var ballot: PollBallot?
    /// The names of those who answered; in `poll.get` and updates.
    public var people: [NamedPerson]?
    /// The names of their cities, where cities answer; in `poll.get` and updates.
    public var cities: [NamedOrganisation]?
    /// How the reader answers; in queries.
    public var me: PollPlace?
    /// What else is wanted of people at those times; in `poll.get`: the reader's own, for facilitators those of all who
    /// answered.
    public var clashes: [PollClash]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.id("network", &network)
        visitor.choice("kind", &kind)
        visitor.text("title", &title)
        visitor.choice("weight", &weight)
        visitor.object("deadline", &deadline)
        visitor.objects("options", &options, count: 0...largestPoll)
        visitor.integer("option", &option)
        visitor.id("event", &event)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
        visitor.objects("ballots", &ballots, count: 0...mostBallots)
        visitor.object("ballot", &ballot)
        visitor.objects("people", &people, count: 0...mostBallots)
        visitor.objects("cities", &cities, count: 0...mostBallots)
        visitor.object("me", &me)
        visitor.objects("clashes", &clashes, count: 0...200)
    }
}

/// A date of a poll and how often each answer was given to it.
public struct PollOption: WireObject, Equatable {
    /// Its number in the poll, from 1 in the order given.
    public var id: Int64 = 0
    /// When the event would begin.
    public var start = EventTime()
    /// When it would end.
    public var end = EventTime()
    /// How many come.
    public var yes: Int64 = 0
    /// How many come if need be.
    public var ifNeedBe: Int64 = 0
    /// How many do not come.
    public var no: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("id", &id)
        visitor.object("start", &start)
        visitor.object("end", &end)
        visitor.integer("yes", &yes)
        visitor.integer("ifNeedBe", &ifNeedBe)
        visitor.integer("no", &no)
    }
}

/// What one person or city says to a poll.
public struct PollBallot: WireObject, Equatable {
    /// Who said it.
    public var person = PersonID()
    /// For which metropolitan city, where cities answer.
    public var city: OrganisationID?
    /// `yes`, `ifNeedBe` or `no` by the ids of the dates.
    public var votes: JSON?
    /// When.
    public var at: Instant?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(person: PersonID, city: OrganisationID?, votes: JSON?, at: Instant?) {
        self.person = person
        self.city = city
        self.votes = votes
        self.at = at
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("person", &person)
        visitor.id("city", &city)
        visitor.json("votes", &votes)
        visitor.instant("at", &at)
    }
}

/// How the reader answers a poll.
public struct PollPlace: WireObject, Equatable {
    /// The city that the reader answers for, where cities answer; left out for who has none.
    public var city: OrganisationID?
    /// What was said so far by the reader or for that city.
    public var votes: JSON?
    /// The name of that city; in `poll.get`.
    public var cityName: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(city: OrganisationID?, votes: JSON?) {
        self.city = city
        self.votes = votes
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("city", &city)
        visitor.json("votes", &votes)
        visitor.text("cityName", &cityName)
    }
}

/// Another event that somebody takes part or speaks in at a date of a poll.
///
/// An event that the reader may not know of has no id and no title.
public struct PollClash: WireObject, Equatable {
    /// The date.
    public var option: Int64 = 0
    /// Who is wanted twice.
    public var person = PersonID()
    /// The other event.
    public var event: EventID?
    /// Its title.
    public var title: String?
    /// When it begins.
    public var start = EventTime()
    /// When it ends.
    public var end = EventTime()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("option", &option)
        visitor.id("person", &person)
        visitor.id("event", &event)
        visitor.text("title", &title)
        visitor.object("start", &start)
        visitor.object("end", &end)
    }
}
