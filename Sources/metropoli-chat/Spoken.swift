/// Texts as people read them.
enum Spoken {
    /// Mentions by name alone: `@[Anna Bianchi](5)` is `@Anna Bianchi`, `@[channel]` is `@channel`.
    static func mentions(_ text: String) -> String {
        var shown = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "@[") {
            shown += rest[..<start.lowerBound]
            rest = rest[start.lowerBound...]
            guard let (name, end) = mention(rest) else {
                shown += "@["
                rest = rest.dropFirst(2)
                continue
            }
            shown += "@" + name
            rest = rest[end...]
        }
        return shown + rest
    }

    /// The name in the mention that a text begins with, and where it ends.
    private static func mention(_ text: Substring) -> (name: Substring, end: Substring.Index)? {
        guard let close = text.firstIndex(of: "]") else { return nil }
        let name = text[..<close].dropFirst(2)
        let after = text[text.index(after: close)...]
        guard !name.isEmpty, !name.contains(where: \.isNewline) else { return nil }
        if name == "channel" || name == "facilitators", after.first != "(" { return (name, after.startIndex) }
        let digits = after.dropFirst().prefix { $0.isASCII && $0.isNumber }
        guard after.first == "(", !digits.isEmpty, after[digits.endIndex...].first == ")" else { return nil }
        return (name, after.index(after: digits.endIndex))
    }
}
