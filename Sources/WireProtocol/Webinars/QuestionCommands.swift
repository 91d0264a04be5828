/// The bytes of a question or an answer at most.
let questionBytes: Int64 = 1_000

/// Asks a question at an event, while its room is open; for those who may enter it.
public struct AskQuestion: ClientCommand {
    /// The name on the wire.
    public static let name = "question.ask"
    /// What `ok` holds.
    public typealias Reply = QuestionCreated
    /// At which event.
    public var event = EventID()
    /// The question, 1–1,000 bytes.
    public var text = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.text("text", &text, bytes: 1...questionBytes)
        if text.allSatisfy(\.isWhitespace) { visitor.reject("text", "empty") }
    }
}

/// A question that was asked.
public struct QuestionCreated: WireObject {
    /// The question.
    public var id = QuestionID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: QuestionID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Says that one wants a question answered, or no longer; a person has one vote for each question.
public struct VoteForQuestion: ClientCommand {
    /// The name on the wire.
    public static let name = "question.vote"
    /// What `ok` holds.
    public typealias Reply = QuestionVotes
    /// Which question.
    public var question = QuestionID()
    /// Whether one wants it answered; true unless told.
    public var vote: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("question", &question)
        visitor.flag("vote", &vote)
    }
}

/// How many want a question answered.
public struct QuestionVotes: WireObject {
    /// How many.
    public var votes: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(votes: Int64) { self.votes = votes }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("votes", &votes) }
}

/// Says that a question was answered, with words where it was not answered aloud; for speakers and facilitators, also after
/// the event.
public struct AnswerQuestion: ClientCommand {
    /// The name on the wire.
    public static let name = "question.answer"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which question.
    public var question = QuestionID()
    /// The answer, 1–1,000 bytes.
    public var text: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("question", &question)
        visitor.text("text", &text, bytes: 1...questionBytes)
    }
}

/// Takes a question back: one's own, or as a facilitator anybody's; its words go.
public struct WithdrawQuestion: ClientCommand {
    /// The name on the wire.
    public static let name = "question.withdraw"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which question.
    public var question = QuestionID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("question", &question) }
}

/// Asks for an event's questions: those to be answered first, by votes, then by age; for those who may know of the event.
public struct ListQuestions: ClientQuery {
    /// The name on the wire.
    public static let name = "question.list"
    /// What `ok` holds.
    public typealias Reply = QuestionList
    /// Of which event.
    public var event = EventID()
    /// At most so many, 1–200, 100 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.integer("limit", &limit, in: 1...200)
        visitor.text("cursor", &cursor, bytes: 1...64)
    }
}

/// A page of questions.
public struct QuestionList: WireObject {
    /// The questions.
    public var questions: [QuestionView] = []
    /// How the next page is asked for; left out on the last.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(questions: [QuestionView], cursor: String?) {
        self.questions = questions
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("questions", &questions, count: 0...200)
        visitor.text("cursor", &cursor)
    }
}

/// Where a question stands.
public enum QuestionState: String, Sendable, CaseIterable {
    /// Waits for an answer.
    case open
    /// Was answered.
    case answered
}

/// One question.
public struct QuestionView: WireObject {
    /// The question.
    public var id = QuestionID()
    /// At which event.
    public var event = EventID()
    /// Who asks.
    public var person = NamedPerson()
    /// What.
    public var text = ""
    /// How many want it answered.
    public var votes: Int64 = 0
    /// Whether the reader does.
    public var voted = false
    /// Where it stands.
    public var state = QuestionState.open
    /// The answer in words.
    public var answer: String?
    /// Who answered.
    public var answeredBy: PersonID?
    /// When it was asked.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.object("person", &person)
        visitor.text("text", &text)
        visitor.integer("votes", &votes)
        visitor.flag("voted", &voted)
        visitor.choice("state", &state)
        visitor.text("answer", &answer)
        visitor.id("answeredBy", &answeredBy)
        visitor.instant("at", &at)
    }
}
