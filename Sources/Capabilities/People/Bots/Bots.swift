import CommunityKernel
import Journal
import WireProtocol

/// Making, revoking and listing bots.
struct Bots: Sendable {
    let neighbours: Neighbours

    func create(_ command: CreateBot, _ work: UnitOfWork) throws -> CreatedBot {
        let owner = try owner(command.owner, work)
        let scopes = try scopes(command, of: owner, work)
        if let expires = command.expires, expires <= work.now {
            throw WireError.invalid("with.expires", "out_of_range")
        }
        let id = work.nextID(EntityKind.Member.self)
        let token = CredentialKind.bot.rawValue + Secret.token()
        let hash = Secret.sha256(Array(token.utf8))
        try work.sql.execute(
            """
            INSERT INTO bot (id, name, owner_network, owner_organisation, token_hash, created_by, created_at, expires_at)
            VALUES (\(id), \(command.name), \(command.owner.network), \(command.owner.organisation), \(hash),
                \(work.actor.id), \(work.now), \(command.expires))
            """
        )
        for scope in scopes {
            try work.sql.execute(
                """
                INSERT INTO bot_scope (bot, action, kind, target)
                VALUES (\(id), \(scope.action.rawValue), \(scope.targetKind), \(scope.targetNumber))
                """
            )
        }
        try work.grant(id, .person(id))
        for stream in try streams(of: scopes, work.sql) { try work.grant(id, stream) }
        try work.append(
            BotCreated(id: id, name: command.name, owner: command.owner, scopes: scopes.map(\.description)),
            to: Self.desk(of: owner, bot: id)
        )
        try work.audit(
            "bot.create",
            subject: id.rawValue,
            organisation: command.owner.organisation,
            detail: scopes.map(\.description).joined(separator: " ")
        )
        return CreatedBot(id: id, token: token)
    }

    func revoke(_ command: RevokeBot, _ work: UnitOfWork) throws -> Nothing {
        guard let bot = try PeopleStore.bot(command.bot, work.sql) else { throw WireError.notFound }
        try requireRunner(of: bot.owner, work)
        guard bot.revoked == nil else { return Nothing() }
        try work.sql.execute("UPDATE bot SET revoked_at = \(work.now) WHERE id = \(bot.id)")
        try work.append(BotRevoked(id: bot.id), to: Self.desk(of: bot.owner, bot: bot.id))
        for stream in try work.sql.openStreams(of: bot.id) { try work.revoke(bot.id, stream) }
        work.endConnections(of: bot.id)
        try work.audit("bot.revoke", subject: bot.id.rawValue)
        return Nothing()
    }

    func list(_ query: ListBots, _ context: QueryContext) throws -> BotList {
        var filter: SQLQuery = "1 = 1"
        if let network = query.network {
            guard try neighbours.knows(context.actor, network: network, context.sql, now: context.now) else {
                throw WireError.notFound
            }
            guard try neighbours.may(.manageBots, context.actor, in: network, context.sql) else {
                throw WireError.forbidden("for the network's facilitators")
            }
            filter = "owner_network = \(network)"
        } else {
            try PeopleStore.requireAdministrator(context.actor, context.sql)
        }
        var bots = try context.sql.all(
            """
            SELECT id, name, owner_network, owner_organisation, created_by, created_at, last_use, expires_at, revoked_at
            FROM bot WHERE \(part: filter) ORDER BY id LIMIT 500
            """
        ) { row in
            var bot = BotFacts()
            bot.id = row.id(0)
            bot.name = row.text(1)
            bot.owner = BotOwner(network: row.optionalID(2), organisation: row.optionalID(3))
            bot.createdBy = row.int(4) == 0 ? nil : row.id(4)
            bot.at = row.instant(5)
            bot.lastUse = row.optionalInstant(6)
            bot.expires = row.optionalInstant(7)
            bot.revoked = row.optionalInstant(8)
            return bot
        }
        for index in bots.indices {
            bots[index].scopes = try PeopleStore.scopes(of: bots[index].id, context.sql).map(\.description)
        }
        return BotList(bots: bots)
    }

    // MARK: Owner and scopes

    /// The owner, when it is exactly one and the actor may make bots for it.
    private func owner(_ owner: BotOwner, _ work: UnitOfWork) throws -> BotRecord.Owner {
        switch (owner.network, owner.organisation) {
        case (let network?, nil):
            try requireRunner(of: .network(network), work)
            for neighbour in neighbours.all { try neighbour.requireWritable(network, work.sql) }
            return .network(network)
        case (nil, let organisation?):
            try PeopleStore.requireAdministrator(work)
            guard try PeopleStore.organisation(organisation, work.sql) != nil else { throw WireError.notFound }
            return .organisation(organisation)
        case (nil, nil): throw WireError.invalid("with.owner", "missing")
        default: throw WireError.invalid("with.owner", "not_allowed")
        }
    }

    private func requireRunner(of owner: BotRecord.Owner, _ work: UnitOfWork) throws {
        switch owner {
        case .network(let network):
            guard try neighbours.knows(work.actor, network: network, work.sql, now: work.now) else {
                throw WireError.notFound
            }
            guard try neighbours.may(.manageBots, work.actor, in: network, work.sql) else {
                throw WireError.forbidden("for the network's facilitators")
            }
        case .organisation:
            guard try PeopleStore.isAdministrator(work.actor, work.sql) else { throw WireError.notFound }
        }
    }

    /// The scopes, each inside what the owner has and the actor may know of.
    private func scopes(_ command: CreateBot, of owner: BotRecord.Owner, _ work: UnitOfWork) throws -> [BotScope] {
        var scopes: [BotScope] = []
        for (index, text) in command.scopes.enumerated() {
            guard let scope = BotScope(text) else { throw WireError.invalid("with.scopes.\(index)", "not_allowed") }
            guard try isInside(scope, owner, work) else {
                throw WireError(
                    .forbidden,
                    "the scope \(text) is outside the owner",
                    fields: [FieldProblem(path: "with.scopes.\(index)", problem: "not_allowed")]
                )
            }
            if !scopes.contains(scope) { scopes.append(scope) }
        }
        return scopes
    }

    private func isInside(_ scope: BotScope, _ owner: BotRecord.Owner, _ work: UnitOfWork) throws -> Bool {
        let network: NetworkID?
        switch scope.target {
        case .network(let id):
            network = try neighbours.knows(work.actor, network: id, work.sql, now: work.now) ? id : nil
        case .channel(let id):
            network = try neighbours.network(of: id, knownTo: work.actor, work.sql, now: work.now)
        }
        guard let network else { return false }
        switch owner {
        case .network(let id): return id == network
        case .organisation(let id): return try neighbours.all.contains { try $0.belongs(network, to: id, work.sql) }
        }
    }

    private func streams(of scopes: [BotScope], _ sql: any SQLReader) throws -> [StreamName] {
        try scopes.filter { $0.action == .read }.flatMap { scope -> [StreamName] in
            switch scope.target {
            case .channel(let id): return [.channel(id)]
            case .network(let id):
                return [.network(id)] + (try neighbours.all.flatMap { try $0.streams(readableIn: id, sql) })
            }
        }
    }

    /// Where news of a bot go: to its network's facilitators, else to itself alone.
    private static func desk(of owner: BotRecord.Owner, bot: MemberID) -> StreamName {
        switch owner {
        case .network(let network): .desk(network)
        case .organisation: .person(bot)
        }
    }
}
