/// A path with `{names}`: each stands for a part of one segment, as in `/events/{id}.ics`.
struct RoutePattern: Sendable {
    private enum Segment: Sendable {
        case literal(String)
        case parameter(name: String, before: String, after: String)
    }

    let text: String
    private let segments: [Segment]

    init(_ text: String) {
        self.text = text
        segments = Self.split(text).map { part in
            guard let open = part.firstIndex(of: "{"), let close = part.lastIndex(of: "}"), open < close else {
                return .literal(String(part))
            }
            return .parameter(
                name: String(part[part.index(after: open)..<close]),
                before: String(part[..<open]),
                after: String(part[part.index(after: close)...])
            )
        }
    }

    /// The names in it, in order.
    var names: [String] {
        segments.compactMap { if case .parameter(let name, _, _) = $0 { name } else { nil } }
    }

    /// The parameters of a path; nil when it is another path.
    func match(_ path: String) -> [String: String]? {
        let parts = Self.split(path)
        guard parts.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (segment, part) in zip(segments, parts) {
            switch segment {
            case .literal(let text):
                guard part == text else { return nil }
            case .parameter(let name, let before, let after):
                guard part.hasPrefix(before), part.hasSuffix(after),
                    part.utf8.count > before.utf8.count + after.utf8.count
                else { return nil }
                values[name] = String(part.dropFirst(before.count).dropLast(after.count))
            }
        }
        return values
    }

    private static func split(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }
}
