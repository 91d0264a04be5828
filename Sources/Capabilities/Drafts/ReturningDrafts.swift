import Channels
import CommunityKernel
import Journal
import WireProtocol

/// Tells those who come back to a channel what they kept for it: their clients have forgotten it with the channel.
struct ReturningDrafts: Sendable {
    let access: ChannelAccess

    var follower: Follower {
        Follower(name: "drafts", types: [ChannelJoined.name, NetworkJoined.name, AccessGained.name], handle: handle)
    }

    private func handle(_ update: PastUpdate, _ work: UnitOfWork) throws {
        switch update.type {
        case ChannelJoined.name:
            if let person = update.data["person"]?.int, let channel = update.data["channel"]?.int {
                try tell(PersonID(person), channels: [channel], networks: [], after: update.seq, work)
            }
        case NetworkJoined.name:
            if let person = update.data["person"]?.int, let network = update.data["network"]?.int {
                try tell(PersonID(person), channels: [], networks: [network], after: update.seq, work)
            }
        default:
            guard let person = Self.number(update.stream.rawValue, after: "person/") else { return }
            let streams = (update.data["streams"]?.array ?? []).compactMap(\.string)
            try tell(
                PersonID(person),
                channels: Set(streams.compactMap { Self.number($0, after: "channel/") }),
                networks: Set(streams.compactMap { Self.number($0, after: "network/") }),
                after: update.seq,
                work
            )
        }
    }

    private static func number(_ stream: String, after prefix: String) -> Int64? {
        stream.hasPrefix(prefix) ? Int64(stream.dropFirst(prefix.count)) : nil
    }

    private func tell(
        _ person: PersonID,
        channels: Set<Int64>,
        networks: Set<Int64>,
        after seq: Int64,
        _ work: UnitOfWork
    ) throws {
        let reader = Member(id: person, kind: .person, name: "")
        // What was kept since the return is known there.
        for draft in try DraftStore.all(of: person, work.sql) where draft.seq < seq {
            let network = networks.isEmpty ? nil : try ChannelStore.channel(draft.channel, work.sql)?.network
            guard channels.contains(draft.channel.rawValue) || network.map({ networks.contains($0.rawValue) }) ?? false,
                try access.mayRead(draft.channel, reader, work.sql, work.now)
            else { continue }
            try DraftStore.save(draft.text, of: person, in: draft.channel, draft.thread, insteadOf: draft, work)
        }
    }
}
