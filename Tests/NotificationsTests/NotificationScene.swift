import CommunityKernel
import Journal
import ServerApp
import TestKit
import WireProtocol

/// A channel with three members, one of whom facilitates its network.
struct NotificationScene {
    let c: TestCommunity
    let network: Int64
    let channel: Int64
    let anna: Member
    let marco: Member
    let giulia: Member

    init(_ backend: StorageBackend, configure: (inout Configuration) -> Void = { _ in }) throws {
        c = try TestCommunity(backend, configure: configure)
        network = try c.network()
        channel = try c.channel("generale", in: network)
        anna = try c.person("Anna")
        marco = try c.person("Marco")
        giulia = try c.person("Giulia")
        try c.join([anna, marco, giulia], network: network, channel: channel)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
    }

    @discardableResult
    func post(_ text: String, as member: Member, thread: Int64? = nil, in channel: Int64? = nil) throws -> Int64 {
        let place = JSON.int(channel ?? self.channel)
        let text = JSON.string(text)
        guard let thread else { return try c.id(c.ok("message.post", ["channel": place, "text": text], as: member)) }
        return try c.id(
            c.ok("message.post", ["channel": place, "text": text, "thread": .int(thread)], as: member)
        )
    }

    func mention(_ member: Member) -> String { "@[\(member.name)](\(member.id))" }

    func tune(_ notify: JSON, as member: Member) throws {
        try c.ok("channel.tune", ["channel": .int(channel), "notify": notify], as: member)
    }

    /// The kinds of a member's notifications, newest first, after the followers have read.
    func kinds(_ member: Member) throws -> [String] {
        try c.settle()
        return try list(member).compactMap { $0["kind"]?.string }
    }

    func list(_ member: Member) throws -> [JSON] {
        try c.ok("notification.list", as: member)["notifications"]?.array ?? []
    }

    func unread(_ member: Member) throws -> Int64? {
        try c.settle()
        return try c.ok("notification.list", as: member)["unread"]?.int
    }

    func told(_ member: Member) throws -> [PastUpdate] {
        try c.updates(for: member).filter { $0.type.hasPrefix("notification.") }
    }
}
