import Foundation
import Testing
import WireProtocol

/// One file for each command, query and update in `Fixtures/`: what stands there was promised to clients, so it is read
/// and written back byte for byte.
///
/// `METROPOLI_RECORD=1 swift test --filter Golden` writes the files of new types; a change of an old file raises the
/// protocol level (CONTRIBUTING).
@Suite("Golden fixtures")
struct GoldenTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")

    @Test("each type is read and written back byte for byte", arguments: WireTypes.names)
    func roundTrip(_ name: String) throws {
        let type = try #require(WireTypes.all[name])
        let file = Self.folder.appendingPathComponent(name + ".json")
        if ProcessInfo.processInfo.environment["METROPOLI_RECORD"] == "1" {
            try Data(Self.sample(type) + [0x0A]).write(to: file)
        }
        let golden = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
        for line in golden {
            let object = try #require(try JSONParser.parse(line.utf8).object)
            let written = String(decoding: try Self.reread(type, object), as: UTF8.self)
            if name.hasPrefix("solution.") || name.hasPrefix("experiment.") || name.hasPrefix("adoption.") {
                #expect(written == String(decoding: JSON.object(Self.withCityBeside(object)).text, as: UTF8.self))
            } else {
                #expect(written == line)
            }
        }
    }

    @Test("there is no fixture without a type")
    func noOrphans() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(files.map { $0.replacingOccurrences(of: ".json", with: "") }).isSubset(of: WireTypes.names))
    }

    /// A city that was an object of both is read as its id, with the name beside it.
    private static func withCityBeside(_ object: JSONObject) -> JSONObject {
        JSONObject(
            object.members.flatMap { member -> [JSONObject.Member] in
                switch (member.name, member.value) {
                case ("city", .object(let city)):
                    return [
                        .init(name: "city", value: city["id"] ?? .null),
                        .init(name: "cityName", value: city["name"] ?? .null),
                    ]
                case ("experiments", .array(let items)), ("adoptions", .array(let items)):
                    let beside = items.map { item in item.object.map { JSON.object(withCityBeside($0)) } ?? item }
                    return [.init(name: member.name, value: .array(beside))]
                default: return [member]
                }
            }
        )
    }

    private static func sample<T: WireObject>(_ type: T.Type) -> [UInt8] { SampleVisitor.sample(type).text }

    private static func reread<T: WireObject>(_ type: T.Type, _ object: JSONObject) throws -> [UInt8] {
        try T.read(object).text
    }
}
