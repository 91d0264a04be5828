/// A question was asked at an event; on `network/N`.
public struct QuestionAsked: ServerUpdate {
    /// The name on the wire.
    public static let name = "question.asked"
    /// The question.
    public var id = QuestionID()
    /// At which event.
    public var event = EventID()
    /// Who asks.
    public var person = PersonID()
    /// What; gone when it was withdrawn.
    public var text: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: QuestionID, event: EventID, person: PersonID, text: String) {
        self.id = id
        self.event = event
        self.person = person
        self.text = text
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.id("person", &person)
        visitor.text("text", &text)
    }
}

/// More or fewer want a question answered; on `network/N`.
public struct QuestionVoted: ServerUpdate {
    /// The name on the wire.
    public static let name = "question.voted"
    /// The question.
    public var id = QuestionID()
    /// At which event.
    public var event = EventID()
    /// How many.
    public var votes: Int64 = 0

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: QuestionID, event: EventID, votes: Int64) {
        self.id = id
        self.event = event
        self.votes = votes
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.integer("votes", &votes)
    }
}

/// A question was answered; on `network/N`.
public struct QuestionAnswered: ServerUpdate {
    /// The name on the wire.
    public static let name = "question.answered"
    /// The question.
    public var id = QuestionID()
    /// At which event.
    public var event = EventID()
    /// The answer in words; gone when the question was withdrawn.
    public var answer: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: QuestionID, event: EventID, answer: String?) {
        self.id = id
        self.event = event
        self.answer = answer
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.text("answer", &answer)
    }
}

/// A question was taken back; on `network/N`.
public struct QuestionWithdrawn: ServerUpdate {
    /// The name on the wire.
    public static let name = "question.withdrawn"
    /// The question.
    public var id = QuestionID()
    /// At which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: QuestionID, event: EventID) {
        self.id = id
        self.event = event
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
    }
}
