import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// `action.add`, `.change` and `.list`.
struct KeepingActions: Sendable {
    let access: EventAccess

    private static let pageSize: Int64 = 500

    private struct Item {
        let id: ActionID
        let network: NetworkID
        let event: EventID
        var revision: Int64
        var text: String
        var owner: PersonID?
        var due: String
        var isDone: Bool
        let title: String?

        init(_ row: any SQLRow) {
            id = row.id(0)
            network = row.id(1)
            event = row.id(2)
            revision = row.int(3)
            text = row.text(4)
            owner = row.optionalID(5)
            due = row.text(6)
            isDone = row.flag(7)
            title = row.optionalText(8)
        }

        /// As it is shown, with its owner's name.
        func view(_ names: [PersonID: String]) -> ActionView {
            var view = ActionView()
            view.id = id
            view.network = network
            view.event = event
            view.title = title
            view.revision = revision
            view.text = text
            view.owner = owner.flatMap { id in names[id].map { NamedPerson(id: id, name: $0) } }
            view.due = due
            view.done = isDone
            return view
        }
    }

    func add(_ command: AddAction, _ work: UnitOfWork) throws -> AddedAction {
        let event = try access.facilitated(command.event, work)
        guard event.isOn else { throw event.refused("the event does not take place") }
        try requireMember(command.owner, of: event.network, work.sql)
        try Self.requireDay(command.due)
        let id = work.nextID(EntityKind.Action.self)
        try work.sql.execute(
            """
            INSERT INTO action_item (id, network, event, revision, text, owner, due, done)
            VALUES (\(id), \(event.network), \(event.id), 1, \(command.text), \(command.owner), \(command.due), 0)
            """
        )
        if let item = try Self.item(id, work.sql) { try tell(item, work) }
        return AddedAction(id: id)
    }

    func change(_ command: ChangeAction, _ work: UnitOfWork) throws -> Nothing {
        guard var item = try Self.item(command.action, work.sql) else { throw WireError.notFound }
        let event = try access.readable(item.event, by: work.actor, work.sql)
        try access.requireWritable(event, work.sql)
        let runs = try access.rules.may(.manageEvents, work.actor, in: item.network, work.sql)
        let changesMore = command.text != nil || command.owner != nil || command.due != nil
        guard runs || (item.owner == work.actor.id && !changesMore) else {
            throw WireError.forbidden("for the network's facilitators; its owner says whether it is done")
        }
        if let owner = command.owner {
            try requireMember(owner, of: item.network, work.sql)
            item.owner = owner
        }
        if let due = command.due {
            try Self.requireDay(due)
            item.due = due
        }
        item.text = command.text ?? item.text
        item.isDone = command.done ?? item.isDone
        item.revision += 1
        try work.sql.execute(
            """
            UPDATE action_item SET revision = \(item.revision), text = \(item.text), owner = \(item.owner),
                due = \(item.due), done = \(item.isDone) WHERE id = \(item.id)
            """
        )
        try tell(item, work)
        return Nothing()
    }

    private static func item(_ id: ActionID, _ sql: any SQLReader) throws -> Item? {
        try sql.first("SELECT \(part: columns) FROM action_item a WHERE a.id = \(id)", Item.init)
    }

    private func tell(_ item: Item, _ work: UnitOfWork) throws {
        let names = try PeopleStore.names(of: [item.owner].compactMap { $0 }, work.sql)
        let view = item.view(names)
        let seq = try work.append(ActionChanged(view), to: .network(item.network))
        try MinutesNaming.remember([view.owner?.id], in: seq, work.sql)
    }

    private func requireMember(_ person: PersonID, of network: NetworkID, _ sql: any SQLReader) throws {
        guard try NetworkStore.role(of: person, in: network, sql) != nil else {
            throw WireError.invalid("with.owner", "not_a_member")
        }
    }

    private static func requireDay(_ text: String) throws {
        guard let moment = Moment(text), case .day = moment else { throw WireError.invalid("with.due", "not_a_time") }
    }

    private static let columns: SQLQuery = """
        a.id, a.network, a.event, a.revision, a.text, a.owner, a.due, a.done,
        (SELECT e.title FROM event e WHERE e.id = a.event)
        """

    func list(_ query: ListActions, _ context: QueryContext) throws -> ActionList {
        let sql = context.sql
        var filter: SQLQuery
        if let id = query.event {
            filter = "a.event = \(try access.readable(id, by: context.actor, sql).id)"
        } else if let network = query.network {
            try MinutesReach.require(network, context.actor, access, sql)
            filter = "a.network = \(network)"
        } else {
            // One's own, of the networks that one still takes part in.
            let networks = try NetworkStore.networks(of: context.actor.id, sql).map(\.0)
            filter = "a.owner = \(context.actor.id) AND a.network IN (\(list: networks))"
        }
        if query.mine ?? false { filter = "\(part: filter) AND a.owner = \(context.actor.id)" }
        if let done = query.done { filter = "\(part: filter) AND a.done = \(done)" }
        if let cursor = query.cursor { filter = "\(part: filter) AND \(part: try Self.after(cursor))" }
        let limit = Int(query.limit ?? Self.pageSize)
        let found = try sql.all(
            """
            SELECT \(part: Self.columns) FROM action_item a WHERE \(part: filter)
            ORDER BY a.done, a.due, a.id LIMIT \(limit + 1)
            """,
            Item.init
        )
        let items = found.prefix(limit)
        let names = try PeopleStore.names(of: Array(Set(items.compactMap(\.owner))), sql)
        return ActionList(
            actions: items.map { $0.view(names) },
            cursor: found.count > limit ? items.last.map { "\($0.isDone ? 1 : 0).\($0.due).\($0.id)" } : nil
        )
    }

    /// The place after the last item of the page before.
    private static func after(_ cursor: String) throws -> SQLQuery {
        let parts = cursor.split(separator: ".")
        guard parts.count == 3, let done = Int64(parts[0]), let id = Int64(parts[2]) else {
            throw WireError.invalid("with.cursor", "not_allowed")
        }
        let due = String(parts[1])
        return """
            (a.done > \(done) OR (a.done = \(done) AND (a.due > \(due) OR (a.due = \(due) AND a.id > \(id)))))
            """
    }
}
