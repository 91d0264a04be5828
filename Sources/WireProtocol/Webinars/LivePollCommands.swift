/// Prepares a poll at an event, or opens it at once; speakers and facilitators.
///
/// Until it is opened only they know of it. Polls can be prepared before the room opens, and until it closes.
///
/// Errors: `invalid` with `with.options` for fewer than two answers or more than the server allows (`too_few`,
/// `too_many`), with `with.options.N` for one that is empty, too long or there already (`repeated`); `forbidden` for
/// others; `conflict` with `current` where the event does not take place; `closed` once the room closed; `too_early` with
/// `open` while it is not open; `full` where an event has as many polls as it may.
public struct CreateLivePoll: ClientCommand {
    /// The name on the wire.
    public static let name = "livePoll.create"
    /// What `ok` holds.
    public typealias Reply = LivePollCreated
    /// At which event.
    public var event = EventID()
    /// What is asked, 1–1,000 bytes.
    public var question = ""
    /// The answers to choose from, in their order, each 1–200 bytes; their numbers begin with 0.
    public var options: [String] = []
    /// Whether one answer is chosen or several.
    public var choice = LivePollChoice.single
    /// When the answers are counted for all to see: `afterwards` unless told.
    public var results: LivePollResults?
    /// Whether it is opened at once.
    public var open: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.text("question", &question, bytes: 1...questionBytes)
        if !question.isEmpty, question.allSatisfy(\.isWhitespace) { visitor.reject("question", "empty") }
        visitor.texts("options", &options, count: 2...mostLivePollOptions)
        var known: Set<String> = []
        for (index, option) in options.enumerated() {
            if option.utf8.count > livePollOptionBytes {
                visitor.reject("options.\(index)", "too_long")
            } else if let problem = option.isEmpty ? "empty" : option.lineProblem {
                visitor.reject("options.\(index)", problem)
            } else if !known.insert(option.asAnswer).inserted {
                visitor.reject("options.\(index)", "repeated")
            }
        }
        visitor.choice("choice", &choice)
        visitor.choice("results", &results)
        visitor.flag("open", &open)
    }
}

/// The bytes of one answer to choose from at most.
let livePollOptionBytes = 200
/// The answers to choose from at most, whatever a server allows.
let mostLivePollOptions: Int64 = 20

extension String {
    /// Without the blanks that nobody sees and in small letters: what looks the same is the same.
    fileprivate var asAnswer: String { split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased() }
}

/// How many answers one person gives.
public enum LivePollChoice: String, Sendable, CaseIterable {
    /// One.
    case single
    /// One or more.
    case multiple
}

/// When everybody sees how many chose what; who prepared it always does.
public enum LivePollResults: String, Sendable, CaseIterable {
    /// While one answers.
    case live
    /// Once it is closed.
    case afterwards
}

/// A poll just made.
public struct LivePollCreated: WireObject {
    /// The poll.
    public var id = LivePollID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: LivePollID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Opens a prepared poll while the event's room is open; speakers and facilitators.
///
/// Errors: `forbidden` for participants of an open poll, `not_found` of a prepared one; `too_early`, `closed` for the
/// room; `conflict` with `current.state` for a poll that is closed.
public struct OpenLivePoll: ClientCommand {
    /// The name on the wire.
    public static let name = "livePoll.open"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which poll.
    public var poll = LivePollID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("poll", &poll) }
}

/// Answers a poll while it is open; whoever may enter the event's room.
///
/// It takes the place of what the person answered before; no option takes the answer back. Who answered what no
/// query and no update tells anybody but the person; the person's export holds it.
///
/// Errors: as `question.ask` for the room; `conflict` with `current.state` for a poll that is not open; `invalid` with
/// `with.options` for more than one where one is chosen (`too_many`), with `with.options.N` for one that the poll does not
/// have (`out_of_range`) or that is given twice (`repeated`).
public struct AnswerLivePoll: ClientCommand {
    /// The name on the wire.
    public static let name = "livePoll.answer"
    /// What `ok` holds.
    public typealias Reply = LivePollAnswers
    /// Which poll.
    public var poll = LivePollID()
    /// The numbers of the chosen options; empty to take the answer back.
    public var options: [Int64] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("poll", &poll)
        var given: [Int64]? = options
        visitor.integers("options", &given, FieldRule(required: true, bounds: 0...mostLivePollOptions))
        if let given { options = given }
    }
}

/// How many people answered.
public struct LivePollAnswers: WireObject {
    /// How many.
    public var answered: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(answered: Int64) { self.answered = answered }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("answered", &answered) }
}

/// Closes an open poll, whose results everybody then sees; speakers and facilitators, also once the room closed.
///
/// A poll that is open when its event ends or is called off is closed by the server. Errors: `conflict` with
/// `current.state` for a poll that was never opened.
public struct CloseLivePoll: ClientCommand {
    /// The name on the wire.
    public static let name = "livePoll.close"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which poll.
    public var poll = LivePollID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("poll", &poll) }
}

/// Removes a poll with its words and its answers, in whatever state it is; speakers and facilitators.
public struct RemoveLivePoll: ClientCommand {
    /// The name on the wire.
    public static let name = "livePoll.remove"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which poll.
    public var poll = LivePollID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("poll", &poll) }
}
