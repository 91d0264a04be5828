import Channels
import CommunityKernel
import Journal
import WireProtocol

/// `message.react`, `.unreact`, `.pin`, `.unpin`: what members put on a message.
struct MarkingMessages: Sendable {
    let access: ChannelAccess
    /// Different emoji on one message at most.
    private let emojiLimit: Int64 = 50

    init(access: ChannelAccess) { self.access = access }

    /// The message, when the caller is a member of its channel, one may write there, and it is no tombstone.
    private func open(_ id: MessageID, _ work: UnitOfWork) throws -> MessageRecord {
        let (message, readable) = try MessageStore.readable(id, by: work.actor, access, work.sql, work.now)
        guard readable.membership != nil, work.actor.kind == .person else {
            throw WireError.forbidden("not a member of the channel")
        }
        guard readable.channel.state == .active else {
            throw WireError.conflict("the channel is archived", current: .members(["state": .string("archived")]))
        }
        try ChangingMessages.requireWritable(message.channel, access, work)
        if message.isDeleted { throw MessageStore.gone(message) }
        return message
    }

    func react(_ command: ReactToMessage, _ work: UnitOfWork) throws -> Nothing {
        let message = try open(command.message, work)
        let isNew = try !work.sql.exists(
            "SELECT 1 FROM message_reaction WHERE message = \(message.id) AND emoji = \(command.emoji) LIMIT 1"
        )
        if isNew {
            let kinds = try work.sql.count(
                "SELECT COUNT(DISTINCT emoji) FROM message_reaction WHERE message = \(message.id)"
            )
            if kinds >= emojiLimit { throw WireError.invalid("with.emoji", "too_many") }
        }
        let changed = try work.sql.execute(
            """
            INSERT INTO message_reaction (message, emoji, member, seq)
            VALUES (\(message.id), \(command.emoji), \(work.actor.id), \(work.nextSeq))
            ON CONFLICT (message, emoji, member) DO NOTHING
            """
        )
        if changed > 0 {
            try work.append(
                MessageReacted(message: message.id, channel: message.channel, emoji: command.emoji),
                to: .channel(message.channel)
            )
        }
        return Nothing()
    }

    func unreact(_ command: UnreactToMessage, _ work: UnitOfWork) throws -> Nothing {
        let message = try open(command.message, work)
        let changed = try work.sql.execute(
            """
            DELETE FROM message_reaction
            WHERE message = \(message.id) AND emoji = \(command.emoji) AND member = \(work.actor.id)
            """
        )
        if changed > 0 {
            try work.append(
                MessageUnreacted(message: message.id, channel: message.channel, emoji: command.emoji),
                to: .channel(message.channel)
            )
        }
        return Nothing()
    }

    func pin(_ command: PinMessage, _ work: UnitOfWork) throws -> Nothing {
        let message = try open(command.message, work)
        if message.isPinned { return Nothing() }
        let seq = try work.append(
            MessagePinned(message: message.id, channel: message.channel),
            to: .channel(message.channel)
        )
        try work.sql.execute("UPDATE message SET pinned = \(seq) WHERE id = \(message.id)")
        return Nothing()
    }

    func unpin(_ command: UnpinMessage, _ work: UnitOfWork) throws -> Nothing {
        let message = try open(command.message, work)
        guard message.isPinned else { return Nothing() }
        try work.append(
            MessageUnpinned(message: message.id, channel: message.channel),
            to: .channel(message.channel)
        )
        try work.sql.execute("UPDATE message SET pinned = 0 WHERE id = \(message.id)")
        return Nothing()
    }
}
