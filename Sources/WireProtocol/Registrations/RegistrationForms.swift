/// Asks what those who register for an event are asked.
public struct GetRegistrationForm: ClientQuery {
    /// The name on the wire.
    public static let name = "registration.form"
    /// What `ok` holds.
    public typealias Reply = RegistrationFormFacts
    /// For which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// A form.
public struct RegistrationFormFacts: WireObject {
    /// Its questions, in order.
    public var fields: [FormFieldFacts] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(fields: [FormFieldFacts]) { self.fields = fields }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("fields", &fields, count: 0...100)
    }
}

/// One question of a form.
public struct FormFieldFacts: WireObject {
    /// What an answer holds.
    public enum Kind: String, Sendable, CaseIterable {
        /// A text of at most `maximum` bytes.
        case text
        /// True or false.
        case flag
        /// A whole number within bounds.
        case number
        /// The name of one choice.
        case choice
        /// A list of names of choices.
        case choices
        /// Yes to `text`: anything else is refused.
        case consent
    }

    /// The name of the answer.
    public var name = ""
    /// The question.
    public var label = BilingualName()
    /// What an answer holds.
    public var kind = Kind.text
    /// Whether one must answer.
    public var required = false
    /// The least number.
    public var minimum: Int64?
    /// The greatest number, or the most bytes of a text.
    public var maximum: Int64?
    /// What there is to choose from.
    public var choices: [FormChoiceFacts]?
    /// What one says yes to.
    public var text: BilingualName?
    /// Where more about it stands: `https://…` or a page of this server.
    public var link: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("name", &name)
        visitor.object("label", &label)
        visitor.choice("kind", &kind)
        visitor.flag("required", &required)
        visitor.integer("minimum", &minimum)
        visitor.integer("maximum", &maximum)
        visitor.objects("choices", &choices, count: 0...100)
        visitor.object("text", &text)
        visitor.text("link", &link)
    }
}

/// One of the answers to choose from.
public struct FormChoiceFacts: WireObject {
    /// Its name.
    public var name = ""
    /// Its name for people.
    public var label = BilingualName()
    /// How many more may choose it; left out for any number.
    public var left: Int64?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(name: String, label: BilingualName, left: Int64?) {
        self.name = name
        self.label = label
        self.left = left
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("name", &name)
        visitor.object("label", &label)
        visitor.integer("left", &left)
    }
}
