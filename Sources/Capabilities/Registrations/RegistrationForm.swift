import CommunityKernel
import Events
import Journal
import Networks
import WireProtocol

/// What somebody answered to a form, checked.
struct FormAnswers {
    /// One choice made.
    struct Choice {
        let field: String
        let choice: String
    }

    /// The answers as JSON.
    var text = "{}"
    /// The choices among those of limited number.
    var choices: [Choice] = []

    /// Takes the places of the choices, instead of those that the registration had.
    func keepChoices(of registration: RegistrationRecord, _ sql: any SQLWriter) throws {
        for choice in choices {
            try sql.execute(
                """
                INSERT INTO registration_choice (event, field, choice, registration)
                VALUES (\(registration.event), \(choice.field), \(choice.choice), \(registration.id))
                ON CONFLICT DO NOTHING
                """
            )
        }
    }
}

/// The form of an event: what its network's type asks those who register for events of its kind.
struct RegistrationForm {
    let event: EventRecord
    let fields: [FormField]

    init(of event: EventRecord, _ rules: NetworkRules, _ sql: any SQLReader) throws {
        self.event = event
        let type = try NetworkStore.network(event.network, sql).flatMap { rules.type(of: $0) }
        fields = type?.registrationForm(for: event.kind.rawValue) ?? []
    }

    /// The answers, when the form allows them: else `invalid` with the path of each that it does not, or `full` when a
    /// choice of limited number is taken.
    func checked(_ answers: JSON?, _ sql: any SQLReader) throws -> FormAnswers {
        guard let given = (answers ?? .object(JSONObject())).object else {
            throw WireError.invalid("with.answers", "wrong_type")
        }
        var problems: [FieldProblem] = []
        var kept: [JSONObject.Member] = []
        var checked = FormAnswers()
        let known = Set(fields.map(\.name))
        for member in given.members where !known.contains(member.name) {
            problems.append(FieldProblem(path: "with.answers.\(member.name)", problem: "unknown"))
        }
        for field in fields {
            guard let value = given[field.name], value != .null else {
                if field.isRequired {
                    problems.append(FieldProblem(path: "with.answers.\(field.name)", problem: "missing"))
                }
                continue
            }
            if let fault = field.value.fault(in: value) {
                problems.append(FieldProblem(path: "with.answers.\(field.name)", problem: fault))
                continue
            }
            kept.append(JSONObject.Member(name: field.name, value: value))
            checked.choices += field.value.chosen(in: value)
                .map { FormAnswers.Choice(field: field.name, choice: $0) }
        }
        guard problems.isEmpty else {
            throw WireError(.invalid, "the form does not allow these answers", fields: problems)
        }
        for choice in checked.choices { try requirePlace(choice, sql) }
        checked.text = String(decoding: JSON.object(JSONObject(kept)).text, as: UTF8.self)
        return checked
    }

    /// Throws `full` when so many have made a choice of limited number already.
    private func requirePlace(_ choice: FormAnswers.Choice, _ sql: any SQLReader) throws {
        guard let field = fields.first(where: { $0.name == choice.field }),
            let limit = field.value.limit(of: choice.choice), try taken(choice, sql) >= limit
        else { return }
        throw WireError(
            .full,
            "nobody more can choose \(choice.choice)",
            fields: [FieldProblem(path: "with.answers.\(choice.field)", problem: "full")]
        )
    }

    private func taken(_ choice: FormAnswers.Choice, _ sql: any SQLReader) throws -> Int64 {
        try sql.count(
            """
            SELECT COUNT(*) FROM registration_choice
            WHERE event = \(event.id) AND field = \(choice.field) AND choice = \(choice.choice)
            """
        )
    }

    /// The form as people see it, with the places left to choices of limited number.
    func facts(_ sql: any SQLReader) throws -> RegistrationFormFacts {
        RegistrationFormFacts(
            fields: try fields.map { field in
                var facts = FormFieldFacts()
                facts.name = field.name
                facts.label = BilingualName(it: field.label.it, en: field.label.en)
                facts.required = field.isRequired
                switch field.value {
                case .text(let maxBytes):
                    facts.kind = .text
                    facts.maximum = Int64(maxBytes)
                case .flag: facts.kind = .flag
                case .consent(let text, let link):
                    facts.kind = .consent
                    facts.text = BilingualName(it: text.it, en: text.en)
                    facts.link = link
                case .number(let bounds):
                    facts.kind = .number
                    facts.minimum = bounds.lowerBound
                    facts.maximum = bounds.upperBound
                case .choice(let choices), .choices(let choices):
                    if case .choice = field.value { facts.kind = .choice } else { facts.kind = .choices }
                    facts.choices = try choices.map { choice in
                        let made = FormAnswers.Choice(field: field.name, choice: choice.name)
                        return FormChoiceFacts(
                            name: choice.name,
                            label: BilingualName(it: choice.label.it, en: choice.label.en),
                            left: try choice.limit.map { max(0, $0 - (try taken(made, sql))) }
                        )
                    }
                }
                return facts
            }
        )
    }
}
