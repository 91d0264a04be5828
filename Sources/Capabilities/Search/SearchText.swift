import Foundation
import WireProtocol

/// What was typed into the box: words, quoted phrases and operators, each of which may be negated.
struct SearchText: Equatable {
    /// One operator with its value.
    struct Condition: Equatable {
        enum Field { case place, author, kind, before, since }
        let field: Field
        let value: String
        let isNegated: Bool
    }

    private(set) var wanted: [String] = []
    private(set) var unwanted: [String] = []
    private(set) var conditions: [Condition] = []

    /// Words and operators at most; the rest is left out.
    private static let limit = 40

    private static let fields: [String: Condition.Field] = [
        "in": .place, "da": .author, "from": .author, "by": .author, "tipo": .kind, "kind": .kind, "type": .kind,
        "is": .kind,
        "prima": .before, "before": .before, "until": .before, "dopo": .since, "since": .since, "after": .since,
    ]

    init(_ text: String) {
        var rest = text.precomposedStringWithCanonicalMapping[...]
        while let start = rest.firstIndex(where: { !$0.isWhitespace }),
            wanted.count + unwanted.count + conditions.count < Self.limit
        {
            rest = rest[start...]
            let isNegated = rest.first == "-"
            if isNegated { rest = rest.dropFirst() }
            let field = Self.takeField(&rest)
            let value = Self.takeValue(&rest)
            if let field {
                if !value.isEmpty {
                    conditions.append(Condition(field: field, value: value, isNegated: isNegated))
                }
            } else if value.contains(where: { $0.isLetter || $0.isNumber }) {
                if isNegated { unwanted.append(value) } else { wanted.append(value) }
            }
        }
    }

    /// Takes `name:` when it is an operator that has a value behind it.
    private static func takeField(_ rest: inout Substring) -> Condition.Field? {
        guard let colon = rest.prefix(8).firstIndex(of: ":"), let field = fields[rest[..<colon].lowercased()] else {
            return nil
        }
        let value = rest[rest.index(after: colon)...]
        guard let first = value.first, !first.isWhitespace else { return nil }
        rest = value
        return field
    }

    /// Takes a word, or all between quotes; an open quote reaches to the end.
    private static func takeValue(_ rest: inout Substring) -> String {
        if rest.first == "\"" {
            let inner = rest.dropFirst()
            let end = inner.firstIndex(of: "\"") ?? inner.endIndex
            rest = end == inner.endIndex ? inner[end...] : inner[inner.index(after: end)...]
            return inner[..<end].trimmingCharacters(in: .whitespaces)
        }
        let end = rest.firstIndex { $0.isWhitespace || $0 == "\"" } ?? rest.endIndex
        defer { rest = rest[end...] }
        return String(rest[..<end])
    }

    /// The kind that people call so, in Italian or English.
    static func kind(_ word: String) -> SearchKind? {
        kinds[word.lowercased()] ?? SearchKind(rawValue: word.lowercased())
    }

    private static let kinds: [String: SearchKind] = [
        "messaggio": .message, "messaggi": .message, "messages": .message, "documento": .document,
        "documenti": .document, "documents": .document, "soluzione": .solution, "soluzioni": .solution,
        "solutions": .solution, "evento": .event, "eventi": .event, "events": .event, "decisione": .decision,
        "decisioni": .decision, "decisions": .decision, "persona": .person, "persone": .person, "people": .person,
        "files": .file, "allegato": .file, "allegati": .file,
    ]
}
