import WireProtocol

/// Fills every field of a wire type with a value that its rule allows, always the same one: the golden fixtures.
struct SampleVisitor: FieldVisitor {
    private var next: Int64 = 10

    /// Texts of a form of their own, which a rule does not show.
    private static let known = ["slug": "rete-di-prova", "email": "anna@example.it", "emoji": "👍"]

    mutating func integer(_ name: String, _ value: inout Int64?, _ rule: FieldRule) {
        next += 1
        // One of `before`, `after`, `around` excludes the others.
        if name == "after" || name == "around" {
            value = nil
            return
        }
        let bounds = rule.bounds ?? 0...1_000
        value = min(max(next, bounds.lowerBound), bounds.upperBound)
    }

    mutating func number(_ name: String, _ value: inout Double?, _ rule: FieldRule) { value = 44.4944 }

    mutating func string(_ name: String, _ value: inout String?, _ rule: FieldRule) {
        if let known = Self.known[name] {
            value = known
        } else if let choice = rule.choices?.first {
            value = choice
        } else if rule.format == "date-time" {
            value = "2026-11-22T10:00:00.000Z"
        } else if rule.format == "HH:MM" {
            value = name == "to" ? "08:00" : "20:00"
        } else if rule.format == "date" {
            value = "2026-11-22"
        } else {
            // Accents, quotes and an emoji, where there is room for them.
            let text = "perché \"sì\" 😀"
            let room = rule.bounds?.upperBound ?? 1_000
            value = Int64(text.utf8.count) <= room ? text : String(repeating: "a", count: Int(min(room, 4)))
        }
    }

    mutating func boolean(_ name: String, _ value: inout Bool?, _ rule: FieldRule) { value = true }

    mutating func integers(_ name: String, _ value: inout [Int64]?, _ rule: FieldRule) { value = [5, 7] }
    mutating func strings(_ name: String, _ value: inout [String]?, _ rule: FieldRule) {
        let least = max(rule.bounds?.lowerBound ?? 1, 1)
        value = name == "roles" ? ["moderator"] : ["a", "b", "c", "d"].prefix(Int(least)).map { $0 }
    }

    mutating func object<T: WireObject>(_ name: String, _ value: inout T?, _ rule: FieldRule) { value = sample(T.self) }
    mutating func objects<T: WireObject>(_ name: String, _ value: inout [T]?, _ rule: FieldRule) {
        value = [sample(T.self)]
    }

    mutating func clearable<T: WireObject>(_ name: String, _ value: inout Clearable<T>?) { value = .on(sample(T.self)) }

    mutating func json(_ name: String, _ value: inout JSON?, _ rule: FieldRule) {
        value =
            switch name {
            case "opens", "closes", "cancelBy":
                .members(["local": .string("2026-12-01T10:00"), "zone": .string("Europe/Rome")])
            case "speakers": .array([.members(["person": .int(5), "name": .string("Anna Bianchi")])])
            case "agenda": .array([.members(["title": .string("Saluti"), "minutes": .int(15)])])
            default: .members(["chiave": .array([.int(1), .bool(true)])])
            }
    }

    mutating func null(_ name: String, _ isNull: inout Bool) {}

    mutating func reject(_ name: String, _ problem: String) {}

    private mutating func sample<T: WireObject>(_ type: T.Type) -> T {
        var value = T()
        value.fields(&self)
        return value
    }

    /// A value of a type with every field filled.
    static func sample<T: WireObject>(_ type: T.Type) -> T {
        var visitor = SampleVisitor()
        return visitor.sample(type)
    }
}
