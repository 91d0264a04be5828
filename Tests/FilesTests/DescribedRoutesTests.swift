import Foundation
import SocketTransport
import TestKit
import Testing
import WireProtocol

@Suite("The description of the files' routes")
struct DescribedRoutesTests {
    @Test("parameters and answers stand in it", arguments: StorageBackend.available)
    func routes(_ backend: StorageBackend) async throws {
        let live = try LiveServer(backend)
        let reply = try await HTTPClient.request("GET", "\(live.url)/api/v1/openapi.json")
        let paths = try #require(try JSONParser.parse(reply.body, limits: .answers)["paths"])
        if let target = ProcessInfo.processInfo.environment["METROPOLI_OPENAPI_OUT"] {
            try Data(reply.body).write(to: URL(fileURLWithPath: target))
        }
        let upload = try #require(paths["/api/v1/files"]?["put"])
        #expect(names(upload) == ["query name true", "query channel true"])
        let schema = upload["responses"]?["200"]?["content"]?["application/json"]?["schema"]
        #expect(
            schema?["properties"]?.object?.members.map(\.name) == ["id", "name", "type", "bytes", "sha256"]
        )
        let download = try #require(paths["/files/{id}"]?["get"])
        #expect(names(download) == ["path id true", "query thumbnail false"])
        #expect(download["parameters"]?.array?.first?["schema"]?["type"]?.string == "integer")
        try live.stop()
    }

    private func names(_ item: JSON) -> [String] {
        (item["parameters"]?.array ?? []).compactMap { parameter in
            guard let place = parameter["in"]?.string, let name = parameter["name"]?.string else { return nil }
            return "\(place) \(name) \(parameter["required"]?.bool ?? false)"
        }
    }
}
