import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

@Suite("What the configuration sets holds")
struct ConfiguredTests {
    @Test("the text limit that clients are told is the one that is kept", arguments: StorageBackend.available)
    func textBytes(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend) { $0.limits.textBytes = 1_024 }
        let anna = try c.person("Anna")
        let network = try c.network()
        let channel = try c.channel("generale", in: network)
        try c.join([anna], network: network, channel: channel)
        let long = JSON.string(String(repeating: "a", count: 1_025))
        let refusal = try c.refusal("message.post", ["channel": .int(channel), "text": long], as: anna)
        #expect(refusal.code == .tooLarge)
        let fits = JSON.string(String(repeating: "a", count: 1_024))
        try c.ok("message.post", ["channel": .int(channel), "text": fits], as: anna)
    }

    @Test("a type's settings in the configuration are those of its new networks", arguments: StorageBackend.available)
    func networkDefaults(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend) {
            $0.networkTypes = .members([
                "NationalThematic": .members(["enabled": .bool(true), "reviewers": .int(3)])
            ])
        }
        let network = try c.network()
        let whole = try c.ok("network.get", ["network": .int(network)])
        #expect(String(decoding: whole.text, as: UTF8.self).contains(#""reviewers":3"#))
    }
}
