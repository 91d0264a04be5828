import CommunityKernel
import People
import WireProtocol

extension RegistrationState {
    /// What people call it in tables.
    var label: Bilingual {
        switch self {
        case .invited: Bilingual(it: "Invito", en: "Invited")
        case .requested: Bilingual(it: "Da approvare", en: "To be approved")
        case .confirmed: Bilingual(it: "Posto confermato", en: "Seat confirmed")
        case .waitlisted: Bilingual(it: "In lista d’attesa", en: "On the waiting list")
        case .offered: Bilingual(it: "Posto offerto", en: "Seat offered")
        case .declined: Bilingual(it: "Invito rifiutato", en: "Invitation declined")
        case .rejected: Bilingual(it: "Non approvata", en: "Not approved")
        case .left: Bilingual(it: "Ritirata", en: "Withdrawn")
        case .expired: Bilingual(it: "Rimasta in attesa", en: "Left waiting")
        case .lapsed: Bilingual(it: "Offerta scaduta", en: "Offer lapsed")
        case .cancelled: Bilingual(it: "Rinuncia", en: "Gave the seat back")
        case .checkedIn: Bilingual(it: "Presente", en: "Present")
        case .noShow: Bilingual(it: "Assente", en: "Absent")
        case .attended: Bilingual(it: "Ha partecipato", en: "Took part")
        case .partial: Bilingual(it: "Ha partecipato in parte", en: "Took part for a while")
        }
    }

    /// Reads its name on the wire or what people call it in either language.
    init?(words: String) {
        let folded = ImportTable.key(words)
        let found = Self.allCases.first { state in
            [state.rawValue, state.label.it, state.label.en].contains { ImportTable.key($0) == folded }
        }
        guard let found else { return nil }
        self = found
    }
}

extension Bilingual {
    /// In a language, Italian for one that is not known.
    func text(in language: String) -> String { language == "en" ? en : it }
}

extension FormField {
    private static let separator = " | "
    private static let yes = Bilingual(it: "sì", en: "yes")
    private static let no = Bilingual(it: "no", en: "no")

    /// An answer in words; empty for none.
    func words(_ answer: JSON?, in language: String) -> String {
        guard let answer, answer != .null else { return "" }
        func label(_ name: String) -> String { choice(name)?.label.text(in: language) ?? name }
        switch value {
        case .flag, .consent:
            return answer.bool.map { ($0 ? Self.yes : Self.no).text(in: language) } ?? ""
        case .number: return answer.int.map(String.init) ?? ""
        case .text: return answer.string ?? ""
        case .choice: return answer.string.map(label) ?? ""
        case .choices: return (answer.array ?? []).compactMap(\.string).map(label).joined(separator: Self.separator)
        }
    }

    /// The answer that words mean, in either language; one that is none is for the form to refuse.
    func answer(_ words: String) -> JSON {
        switch value {
        case .text: return .string(words)
        case .flag, .consent:
            let key = ImportTable.key(words)
            if [Self.yes.it, Self.yes.en, "si", "true", "1", "x"].contains(key) { return .bool(true) }
            if [Self.no.it, Self.no.en, "false", "0"].contains(key) { return .bool(false) }
            return .string(words)
        case .number: return Int64(ImportTable.key(words)).map(JSON.int) ?? .string(words)
        case .choice: return .string(named(words))
        case .choices:
            return .array(words.split(separator: "|").map { .string(named(String($0))) })
        }
    }

    private var allChoices: [Choice] {
        switch value {
        case .choice(let choices), .choices(let choices): choices
        case .text, .flag, .number, .consent: []
        }
    }

    private func choice(_ name: String) -> Choice? { allChoices.first { $0.name == name } }

    private func named(_ words: String) -> String {
        let key = ImportTable.key(words)
        return allChoices.first { choice in
            [choice.name, choice.label.it, choice.label.en].contains { ImportTable.key($0) == key }
        }?.name ?? words
    }
}
