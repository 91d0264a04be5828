import Foundation
import WireProtocol

/// The words of the public pages in both languages: data of `Texts/`, compiled in.
struct PageText: Sendable {
    let language: PageLanguage
    /// Whom to write to about the community; empty where nobody was named.
    var contact = ""

    private static let words = read(PackageResources.words_json)

    /// Every word by its key.
    static func read(_ json: [UInt8]) -> [String: [PageLanguage: String]] {
        let members = (try? JSONParser.parse(json))?.object?.members ?? []
        return Dictionary(
            members.map { member in
                let texts = PageLanguage.allCases.compactMap { language in
                    member.value[language.rawValue]?.string.map { (language, $0) }
                }
                return (member.name, Dictionary(texts, uniquingKeysWith: { first, _ in first }))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The keys that there are.
    static var keys: [String] { words.keys.sorted() }

    /// The word of a key; values replace `{names}`.
    subscript(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
        var text = Self.words[key]?[language] ?? key
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    func has(_ key: String) -> Bool { Self.words[key] != nil }

    /// The text of a page that has no form.
    func document(_ page: PublicPage) -> [String] {
        let bytes: [UInt8]
        switch (page, language) {
        case (.programme, .italian): bytes = PackageResources.programme_it_txt
        case (.programme, .english): bytes = PackageResources.programme_en_txt
        case (.privacy, .italian): bytes = PackageResources.privacy_it_txt
        case (.privacy, .english): bytes = PackageResources.privacy_en_txt
        case (.accessibility, .italian): bytes = PackageResources.accessibility_it_txt
        case (.accessibility, .english): bytes = PackageResources.accessibility_en_txt
        default: bytes = []
        }
        let isAddress = contact.wholeMatch(of: /[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+/) != nil
        let reached = contact.isEmpty ? self["contact.none"] : isAddress ? "[\(contact)](mailto:\(contact))" : contact
        return String(decoding: bytes, as: UTF8.self).replacing("{contact}", with: reached)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

extension PageText {
    private var locale: Locale { Locale(identifier: language == .italian ? "it_IT" : "en_GB") }

    /// `24 novembre 2026` of `2026-11-24`, or of an instant that begins so.
    func date(_ text: String) -> String {
        guard let instant = Instant(String(text.prefix(10)) + "T00:00:00Z") else { return text }
        let formatter = DateFormatter()
        formatter.locale = locale
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "d MMMM y"
        return formatter.string(from: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000))
    }

    /// `2,33`.
    func number(_ value: Double) -> String {
        let formatter = NumberFormatter()
        formatter.locale = locale
        formatter.numberStyle = .decimal
        formatter.maximumFractionDigits = 2
        return formatter.string(from: NSNumber(value: value)) ?? String(value)
    }
}
