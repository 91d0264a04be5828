import WireProtocol

/// A licence as SPDX 2.3, annex D, writes one: identifiers joined by `AND`, `OR` and `WITH`, in parentheses where needed.
///
/// Identifiers are found whatever their case; the text is the list's own writing of them.
struct SPDXExpression: Equatable {
    /// The text in its canonical form.
    let text: String

    /// Parentheses in each other at most.
    private static let deepest = 8

    /// Reads an expression; nil for what is none, or names what is not on the list.
    init?(_ text: String) {
        guard text.utf8.count <= largestLicence, let tokens = Self.tokens(of: text) else { return nil }
        var rest = tokens[...]
        guard let read = Self.alternatives(&rest, depth: 0), rest.isEmpty,
            // Blanks that were left out are there now.
            read.utf8.count <= largestLicence
        else { return nil }
        self.text = read
    }

    // MARK: Words

    private static func tokens(of text: String) -> [String]? {
        var tokens: [String] = []
        var word = ""
        func end() {
            if !word.isEmpty { tokens.append(word) }
            word = ""
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "(", ")":
                end()
                tokens.append(String(scalar))
            case " ": end()
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "+", ":": word.unicodeScalars.append(scalar)
            default: return nil
            }
        }
        end()
        return tokens
    }

    /// Takes an operator, which is all in capitals or all in small letters.
    private static func take(_ name: String, _ tokens: inout ArraySlice<String>) -> Bool {
        guard let first = tokens.first, first == name || first == name.lowercased() else { return false }
        tokens.removeFirst()
        return true
    }

    // MARK: Grammar: `WITH` binds closest, then `AND`, then `OR`

    private static func alternatives(_ tokens: inout ArraySlice<String>, depth: Int) -> String? {
        joined("OR", &tokens) { tokens in joined("AND", &tokens) { part(&$0, depth: depth) } }
    }

    private static func joined(
        _ name: String,
        _ tokens: inout ArraySlice<String>,
        _ next: (inout ArraySlice<String>) -> String?
    ) -> String? {
        guard var read = next(&tokens) else { return nil }
        while take(name, &tokens) {
            guard let more = next(&tokens) else { return nil }
            read += " \(name) \(more)"
        }
        return read
    }

    private static func part(_ tokens: inout ArraySlice<String>, depth: Int) -> String? {
        guard let first = tokens.popFirst() else { return nil }
        if first == "(" {
            guard depth < deepest, let inner = alternatives(&tokens, depth: depth + 1), tokens.popFirst() == ")" else {
                return nil
            }
            return "(\(inner))"
        }
        if let reference = reference(first) { return reference }
        guard let licence = licence(first) else { return nil }
        guard take("WITH", &tokens) else { return licence }
        guard let exception = tokens.popFirst().flatMap({ SPDXIdentifiers.exceptions[$0.lowercased()] }) else {
            return nil
        }
        return "\(licence) WITH \(exception)"
    }

    /// A licence of the list; `+` after it means that version or a later one.
    private static func licence(_ word: String) -> String? {
        if let known = SPDXIdentifiers.licences[word.lowercased()] { return known }
        guard word.last == "+" else { return nil }
        return SPDXIdentifiers.licences[word.dropLast().lowercased()].map { $0 + "+" }
    }

    /// A licence whose text is kept elsewhere: `LicenseRef-…`, of another document `DocumentRef-…:LicenseRef-…`.
    private static func reference(_ word: String) -> String? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard let last = parts.last, isNamed(last, after: "LicenseRef-"), parts.count <= 2 else { return nil }
        guard parts.count == 1 || isNamed(parts[0], after: "DocumentRef-") else { return nil }
        return word
    }

    private static func isNamed(_ word: Substring, after prefix: String) -> Bool {
        word.hasPrefix(prefix) && word.utf8.count > prefix.utf8.count && !word.contains("+")
    }
}
