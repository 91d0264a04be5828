/// The value of an `Accept` header (RFC 9110, 12.5.1), as far as the choice between a page and JSON needs it.
struct AcceptHeader: Sendable {
    /// The media ranges with their weights.
    private let ranges: [(range: String, weight: Double)]

    init(_ value: String) {
        ranges = value.lowercased().split(separator: ",").prefix(64).map { item in
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
            return (parts.first ?? "", weight ?? 1)
        }
    }

    /// Whether a page is asked for by its own name and wanted more than JSON, as browsers do.
    var prefersPages: Bool {
        let page = weight(of: ["text/html", "application/xhtml+xml"])
        return page > 0 && page > weight(of: ["application/problem+json", "application/json", "application/*", "*/*"])
    }

    private func weight(of names: [String]) -> Double {
        ranges.filter { names.contains($0.range) }.map(\.weight).max() ?? 0
    }
}
