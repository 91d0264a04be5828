import Channels
import CommunityKernel
import Journal
import Messages
import WireProtocol

/// `draft.save`, `draft.list` and the snapshot's `drafts`.
struct SavingDrafts: Sendable {
    let access: ChannelAccess
    /// Drafts of one person at most.
    let limit: Int64

    func save(_ command: SaveDraft, _ work: UnitOfWork) throws -> Nothing {
        guard work.actor.kind == .person else { throw WireError.forbidden("for persons") }
        let person = work.actor.id
        let former = try DraftStore.draft(of: person, in: command.channel, command.thread, work.sql)
        if command.text.isEmpty {
            // One's own words can be taken back wherever one may go by now.
            guard former != nil else {
                _ = try access.readable(command.channel, by: work.actor, work.sql, work.now)
                return Nothing()
            }
        } else {
            _ = try access.writable(
                command.channel,
                by: work.actor,
                isReply: command.thread != nil,
                work.sql,
                work.now
            )
            if let thread = command.thread { try requireRoot(thread, in: command.channel, work) }
            if let former {
                guard !former.text.utf8.elementsEqual(command.text.utf8) else { return Nothing() }
            } else if try DraftStore.count(of: person, work.sql) >= limit {
                throw WireError.invalid("with.channel", "too_many")
            }
        }
        try DraftStore.save(
            command.text,
            of: person,
            in: command.channel,
            command.thread,
            insteadOf: former,
            work
        )
        return Nothing()
    }

    private func requireRoot(_ thread: MessageID, in channel: ChannelID, _ work: UnitOfWork) throws {
        let root = try MessageStore.readable(thread, by: work.actor, access, work.sql, work.now).message
        guard root.channel == channel else { throw WireError.notFound }
        if root.thread != nil { throw WireError.invalid("with.thread", "not_a_root") }
    }

    func list(_ query: ListDrafts, _ context: QueryContext) throws -> DraftList {
        DraftList(try readable(context).map(\.view))
    }

    func snapshot(_ context: QueryContext) throws -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.beginArray()
        for draft in try readable(context) { writer.value(draft.view) }
        writer.endArray()
        return writer.bytes
    }

    /// The drafts in channels that their writer may still read.
    private func readable(_ context: QueryContext) throws -> [DraftRecord] {
        guard context.actor.kind == .person else { return [] }
        return try DraftStore.all(of: context.actor.id, context.sql).filter { draft in
            try access.mayRead(draft.channel, context.actor, context.sql, context.now)
        }
    }
}

extension ChannelAccess {
    /// Whether a member may read a channel.
    func mayRead(_ channel: ChannelID, _ member: Member, _ sql: any SQLReader, _ now: Instant) throws -> Bool {
        do {
            _ = try readable(channel, by: member, sql, now)
            return true
        } catch is WireError {
            return false
        }
    }
}
