import Foundation

/// The languages of the public pages, Italian first.
enum PageLanguage: String, Sendable, CaseIterable {
    case italian = "it"
    case english = "en"

    /// What `?lang=` says, else what the browser prefers, else Italian.
    init(query: String?, acceptLanguage: String?) {
        if let named = query.flatMap(PageLanguage.init) {
            self = named
        } else {
            self = Self.preferred(acceptLanguage ?? "")
        }
    }

    var other: PageLanguage { self == .italian ? .english : .italian }

    /// English only when it is wanted more than Italian.
    private static func preferred(_ header: String) -> PageLanguage {
        var weights: [PageLanguage: Double] = [:]
        for item in header.lowercased().split(separator: ",").prefix(32) {
            let parts = item.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let tag = parts.first?.split(separator: "-").first, let language = PageLanguage(rawValue: String(tag))
            else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            weights[language] = max(weights[language] ?? 0, weight)
        }
        return (weights[.english] ?? 0) > (weights[.italian] ?? 0) ? .english : .italian
    }
}
