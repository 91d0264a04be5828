import Channels
import CommunityKernel
import Journal
import Messages
import Networks
import People
import WireProtocol

/// `announcement.acknowledge`, `.acknowledgements` and `.list`.
struct AcknowledgingAnnouncements: Sendable {
    let access: ChannelAccess
    /// People in one answer at most.
    private let limit = 1_000

    init(access: ChannelAccess) { self.access = access }

    func acknowledge(_ command: AcknowledgeAnnouncement, _ work: UnitOfWork) throws -> Nothing {
        let (message, readable) = try MessageStore.readable(
            command.message,
            by: work.actor,
            access,
            work.sql,
            work.now
        )
        guard readable.membership != nil, work.actor.kind == .person else {
            throw WireError.forbidden("not a member of the channel")
        }
        if let home = try readable.channel.network.flatMap({ try NetworkStore.network($0, work.sql) }) {
            try access.rules.requireWritable(home)
        }
        if message.isDeleted { throw MessageStore.gone(message) }
        guard message.acknowledge, let network = readable.channel.network else {
            throw WireError.conflict(
                "the message does not ask for it",
                current: .members(["revision": .int(message.revision)])
            )
        }
        if try MessageStore.acknowledge(message.id, by: work.actor.id, work) {
            try work.append(AnnouncementAcknowledged(message: message.id, person: work.actor.id), to: .desk(network))
        }
        return Nothing()
    }

    func acknowledgements(_ query: ListAcknowledgements, _ context: QueryContext) throws -> Acknowledgements {
        let (message, readable) = try MessageStore.readable(
            query.message,
            by: context.actor,
            access,
            context.sql,
            context.now
        )
        guard message.acknowledge, let network = readable.channel.network else {
            throw WireError.conflict(
                "the message does not ask for it",
                current: .members(["revision": .int(message.revision)])
            )
        }
        if message.author != context.actor.id {
            guard try access.rules.may(.announce, context.actor, in: network, context.sql) else {
                throw WireError.forbidden("the author and facilitators see who has seen it")
            }
        }
        let seen = try MessageStore.acknowledged(message.id, limit: limit, context.sql)
        let members = try ChannelStore.members(of: message.channel, limit: limit * 2, context.sql)
        let hidden = Set(seen + [message.author])
        let missing = Array(members.filter { !hidden.contains($0) }.prefix(limit))
        let names = try PeopleStore.names(of: seen + missing, context.sql)
        return Acknowledgements(
            people: seen.map { NamedPerson(id: $0, name: names[$0] ?? "") },
            missing: missing.map { NamedPerson(id: $0, name: names[$0] ?? "") }
        )
    }

    func list(_ query: ListAnnouncements, _ context: QueryContext) throws -> AnnouncementList {
        let member = context.actor
        var conditions: [SQLQuery] = ["id < \(query.before?.rawValue ?? .max)"]
        if let network = query.network { conditions.append("network = \(network)") }
        if let channel = query.channel { conditions.append("channel = \(channel)") }
        if let state = query.state { conditions.append("state = \(state.rawValue)") }
        if try !PeopleStore.isAdministrator(member, context.sql) {
            let announced = try NetworkStore.networks(of: member.id, context.sql).map(\.0)
                .filter { try access.rules.may(.announce, member, in: $0, context.sql) }
            conditions.append("(author = \(member.id) OR network IN (\(list: announced)))")
        }
        let wanted = conditions.dropFirst().reduce(conditions[0]) { "\(part: $0) AND \(part: $1)" }
        let found = try context.sql.all(
            """
            SELECT \(part: AnnouncementRecord.columns) FROM announcement
            WHERE \(part: wanted) ORDER BY id DESC LIMIT \(query.limit ?? 50)
            """,
            AnnouncementRecord.init
        )
        let sent = try MessageStore.texts(of: found.compactMap(\.message), context.sql)
        return AnnouncementList(
            found.map { announcement in
                var view = announcement.view
                switch announcement.state {
                case .scheduled: view.text = announcement.text
                case .sent: view.text = announcement.message.flatMap { sent[$0] } ?? ""
                case .failed: view.text = announcement.author.id == member.id ? announcement.text : ""
                case .cancelled: view.text = ""
                }
                return view
            }
        )
    }
}
