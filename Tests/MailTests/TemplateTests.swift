import Foundation
import Mail
import Testing
import WireProtocol

@Suite("The words of mails")
struct TemplateTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/Capabilities/Mail/Texts")

    private func templates() throws -> [JSONObject.Member] {
        try ["mail.json", "events.json"].flatMap { name in
            let data = try Data(contentsOf: Self.folder.appendingPathComponent(name))
            return try JSONParser.parse([UInt8](data), limits: .answers)["templates"]?.object?.members ?? []
        }
    }

    /// The texts of a template in one language, by where they stand.
    private func texts(_ words: JSON?) -> [String: [String]] {
        var texts: [String: [String]] = [:]
        for member in words?.object?.members ?? [] {
            texts[member.name] = member.value.array?.compactMap(\.string) ?? [member.value.string ?? ""]
        }
        return texts
    }

    private func gaps(_ texts: [String]) -> Set<String> {
        Set(texts.flatMap { $0.matches(of: /\{[a-z]+\}/).map { String($0.output) } })
    }

    @Test("each mail says the same in both languages, with the same gaps")
    func languages() throws {
        let all = try templates()
        #expect(all.count >= 21)
        for template in all {
            let (italian, english) = (texts(template.value["it"]), texts(template.value["en"]))
            #expect(Set(italian.keys) == ["subject", "text", "action", "after", "reason"], "\(template.name)")
            #expect(Set(italian.keys) == Set(english.keys), "\(template.name)")
            for (key, value) in italian {
                #expect(value.count == english[key]?.count, "\(template.name).\(key)")
                #expect(gaps(value) == gaps(english[key] ?? []), "\(template.name).\(key)")
            }
            #expect(italian["reason"] != english["reason"])
        }
    }
}
