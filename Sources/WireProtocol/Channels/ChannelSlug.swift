extension FieldVisitor {
    /// A mandatory channel slug: 1–64 of `a-z`, `0-9`, `-`.
    mutating func channelSlug(_ name: String, _ value: inout String) {
        text(name, &value, bytes: 1...Int64.max)
        if let problem = value.slugProblem { reject(name, problem) }
    }

    /// A channel slug that may be left out.
    mutating func channelSlug(_ name: String, _ value: inout String?) {
        text(name, &value, bytes: 1...Int64.max)
        if let problem = value?.slugProblem { reject(name, problem) }
    }
}

extension String {
    /// What is wrong with the text as a slug; nil when it is one, or empty, which its bounds refuse.
    fileprivate var slugProblem: String? {
        if utf8.count > 64 { return "too_long" }
        let isSlug = utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
        }
        return isSlug ? nil : "not_allowed"
    }
}
