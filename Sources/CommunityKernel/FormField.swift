public import WireProtocol

/// A question that a network type asks those who register for events of a kind.
public struct FormField: Sendable, Equatable {
    /// One of the answers to choose from.
    public struct Choice: Sendable, Equatable {
        /// Its name on the wire.
        public let name: String
        /// Its name for people.
        public let label: Bilingual
        /// How many may choose it; nil for any number.
        public let limit: Int64?

        /// Makes it.
        public init(_ name: String, label: Bilingual, limit: Int64? = nil) {
            self.name = name
            self.label = label
            self.limit = limit
        }
    }

    /// What an answer holds.
    public enum Value: Sendable, Equatable {
        /// A text of 1 to that many bytes.
        case text(maxBytes: Int)
        /// True or false.
        case flag
        /// A whole number within bounds.
        case number(ClosedRange<Int64>)
        /// One of these.
        case choice([Choice])
        /// Any of these, each once.
        case choices([Choice])
        /// Yes to a text, without which nobody registers, and where more about it stands: `https://…` or a page of this
        /// server.
        case consent(text: Bilingual, link: String? = nil)
    }

    /// The name on the wire.
    public let name: String
    /// The question.
    public let label: Bilingual
    /// What an answer holds.
    public let value: Value
    /// Whether one must answer.
    public let isRequired: Bool

    /// Makes a question.
    public init(_ name: String, _ value: Value, label: Bilingual, isRequired: Bool = false) {
        self.name = name
        self.value = value
        self.label = label
        if case .consent = value { self.isRequired = true } else { self.isRequired = isRequired }
    }
}

extension FormField {
    /// What somebody needs to take part in a meeting in a place.
    public static let needs = FormField(
        "needs",
        .text(maxBytes: 500),
        label: Bilingual(
            it: "Di che cosa hai bisogno per partecipare (accessibilità, alimentazione)",
            en: "What you need to take part (accessibility, diet)"
        )
    )
    /// What somebody wants to hear about.
    public static let question = FormField(
        "question",
        .text(maxBytes: 1_000),
        label: Bilingual(it: "Una domanda per chi interviene", en: "A question for the speakers")
    )
    /// How somebody comes to a visit; the coach has 50 seats.
    public static let travel = FormField(
        "travel",
        .choice([
            Choice("coach", label: Bilingual(it: "Con il pullman della rete", en: "By the network's coach"), limit: 50),
            Choice("own", label: Bilingual(it: "Per conto proprio", en: "By myself")),
        ]),
        label: Bilingual(it: "Come arrivi", en: "How you get there"),
        isRequired: false
    )
    /// Who hosts a visit must know who comes.
    public static let hostConsent = FormField(
        "hostConsent",
        .consent(
            text: Bilingual(
                it: "Ho letto l’informativa: il mio nome e il mio ente sono comunicati a chi ospita la visita.",
                en: "I have read the notice: my name and my organisation are given to those who host the visit."
            ),
            link: "/privacy"
        ),
        label: Bilingual(it: "Dati comunicati a chi ospita", en: "Data given to the hosts")
    )
}

extension FormField.Value {
    /// What is wrong with an answer; nil when nothing is.
    public func fault(in answer: JSON) -> String? {
        switch self {
        case .text(let maxBytes):
            if case .unpairedSurrogate = answer { return "lone_surrogate" }
            guard let text = answer.string else { return "wrong_type" }
            if text.isEmpty { return "empty" }
            return text.utf8.count <= maxBytes ? nil : "too_long"
        case .flag: return answer.bool == nil ? "wrong_type" : nil
        case .consent:
            guard let isGiven = answer.bool else { return "wrong_type" }
            return isGiven ? nil : "not_accepted"
        case .number(let bounds):
            guard let number = answer.int else { return "wrong_type" }
            return bounds.contains(number) ? nil : "out_of_range"
        case .choice(let choices):
            guard let name = answer.string else { return "wrong_type" }
            return choices.contains { $0.name == name } ? nil : "not_allowed"
        case .choices(let choices):
            guard let names = answer.array?.map(\.string) else { return "wrong_type" }
            let known = Set(choices.map(\.name))
            guard names.allSatisfy({ name in name.map(known.contains) ?? false }) else { return "not_allowed" }
            return Set(names).count == names.count ? nil : "duplicate"
        }
    }

    /// The names of the choices that an answer without fault makes.
    public func chosen(in answer: JSON) -> [String] {
        switch self {
        case .choice: answer.string.map { [$0] } ?? []
        case .choices: answer.array?.compactMap(\.string) ?? []
        case .text, .flag, .number, .consent: []
        }
    }

    /// How many may make a choice; nil for any number.
    public func limit(of name: String) -> Int64? {
        switch self {
        case .choice(let choices), .choices(let choices): choices.first { $0.name == name }?.limit
        case .text, .flag, .number, .consent: nil
        }
    }
}
