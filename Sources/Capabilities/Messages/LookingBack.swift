import Channels
import CommunityKernel
import Journal
import WireProtocol

/// `message.edits` and `message.references`: what a message was, and what refers to it.
struct LookingBack: Sendable {
    let access: ChannelAccess
    let reading: ReadingMessages
    /// References looked at in one answer at most, read or not by the caller.
    private let looked = 500

    init(access: ChannelAccess, reading: ReadingMessages) {
        self.access = access
        self.reading = reading
    }

    func edits(_ query: MessageEdits, _ context: QueryContext) throws -> MessageEditList {
        let (message, readable) = try MessageStore.readable(
            query.message,
            by: context.actor,
            access,
            context.sql,
            context.now
        )
        let isAuthor = message.author == context.actor.id
        guard try isAuthor || ChangingMessages.moderates(context.actor, readable.channel, access.rules, context.sql)
        else {
            throw WireError.forbidden("the author, facilitators and moderators read former texts")
        }
        return MessageEditList(
            edits: try context.sql.all(
                """
                SELECT revision, at, text FROM message_edit WHERE message = \(message.id)
                ORDER BY revision DESC LIMIT 200
                """
            ) { row in
                var former = FormerText()
                former.revision = row.int(0)
                former.until = row.instant(1)
                former.text = row.text(2)
                return former
            }.reversed()
        )
    }

    func references(_ query: MessageReferences, _ context: QueryContext) throws -> MessagePage {
        let limit = Int(query.limit ?? 50)
        let found = try MessageStore.referring(
            to: query.target,
            before: query.before ?? MessageID(.max),
            limit: looked,
            context.sql
        )
        var readable: [MessageRecord] = []
        for id in found where readable.count <= limit {
            do {
                let message = try MessageStore.readable(id, by: context.actor, access, context.sql, context.now).message
                if !message.isDeleted { readable.append(message) }
            } catch is WireError {
                // What the caller may not read does not refer to anything, as far as the caller knows.
                continue
            }
        }
        return try reading.page(
            of: Array(readable.prefix(limit).reversed()),
            more: MoreMessages(before: readable.count > limit, after: false),
            context
        )
    }
}
