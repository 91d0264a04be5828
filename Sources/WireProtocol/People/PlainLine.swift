extension FieldVisitor {
    /// A mandatory text of one line that people read, such as a name: not blank, without control characters and without
    /// characters that turn the direction of what follows.
    mutating func line(_ name: String, _ value: inout String, bytes: ClosedRange<Int64>) {
        text(name, &value, bytes: bytes)
        if let problem = value.lineProblem { reject(name, problem) }
    }

    /// The same, where it may be left out.
    mutating func line(_ name: String, _ value: inout String?, bytes: ClosedRange<Int64>) {
        text(name, &value, bytes: bytes)
        if let problem = value?.lineProblem { reject(name, problem) }
    }

    /// A mandatory slug: 1–64 of `a-z`, `0-9`, `-`.
    mutating func slug(_ name: String, _ value: inout String) {
        text(name, &value, bytes: 1...Int64.max)
        if let problem = value.plainSlugProblem { reject(name, problem) }
    }

    /// The same, where it may be left out.
    mutating func slug(_ name: String, _ value: inout String?) {
        text(name, &value, bytes: 1...Int64.max)
        if let problem = value?.plainSlugProblem { reject(name, problem) }
    }

    /// A mandatory e-mail address, as far as its form can be judged.
    mutating func email(_ name: String, _ value: inout String) {
        text(name, &value, bytes: 1...254)
        if !value.isEmpty, !value.hasFormOfEmail { reject(name, "not_an_email") }
    }
}

extension String {
    /// What is wrong with the text as one line; nil when nothing is, or it is empty, which its bounds refuse.
    public var lineProblem: String? {
        if isEmpty { return nil }
        if unicodeScalars.allSatisfy(\.properties.isWhitespace) { return "empty" }
        let isClean = unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
            default: !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
            }
        }
        return isClean ? nil : "not_allowed"
    }

    fileprivate var plainSlugProblem: String? {
        if utf8.count > 64 { return "too_long" }
        let isSlug = utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
        }
        return isSlug ? nil : "not_allowed"
    }

    /// One `@` between two parts without blanks or control characters.
    fileprivate var hasFormOfEmail: Bool {
        let parts = split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && !parts[1].hasPrefix(".")
            && !parts[1].hasSuffix(".")
            && unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && $0 != "<" && $0 != ">" && $0 != "," && $0 != ";" && $0 != "\""
                    && !$0.properties.isWhitespace && $0.properties.generalCategory != .control
            }
    }
}
