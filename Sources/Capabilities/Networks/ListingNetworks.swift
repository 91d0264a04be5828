import CommunityKernel
import Journal
import People
import WireProtocol

/// What is told about networks.
struct ListingNetworks: Sendable {
    let rules: NetworkRules

    /// Networks that one has not joined in one answer at most.
    private static let limit = 2_000

    /// The networks that the caller may know of; the same list stands in the first snapshot.
    func list(_ query: ListNetworks, _ context: QueryContext) throws -> NetworkList {
        let sql = context.sql
        let actor = context.actor
        switch actor.kind {
        case .nobody: return NetworkList(networks: [])
        case .system: return list(try NetworkStore.all(limit: Self.limit, sql))
        case .bot:
            let known = try rules.botNetworks(actor.id, sql)
            return list(try NetworkStore.all(where: "n.id IN (\(list: known.sorted()))", limit: Self.limit, sql))
        case .person:
            let roles = Dictionary(
                try NetworkStore.networks(of: actor.id, sql),
                uniquingKeysWith: { first, _ in first }
            )
            // Whatever others there are: what one has joined is there.
            let all = try NetworkStore.joined(by: actor.id, sql) + others(context)
            let tunings = try NetworkTunings.all(of: actor.id, sql)
            return NetworkList(
                networks: all.sorted { $0.id < $1.id }.map { network in
                    var listed = rules.listed(network, role: roles[network.id])
                    listed.show(tunings[network.id])
                    return listed
                }
            )
        }
    }

    private func list(_ networks: [NetworkRecord]) -> NetworkList {
        NetworkList(networks: networks.map { rules.listed($0, role: nil) })
    }

    /// The networks that a person has not joined and may join; for administrators all.
    private func others(_ context: QueryContext) throws -> [NetworkRecord] {
        let (sql, actor) = (context.sql, context.actor)
        let foreign: SQLQuery = """
            n.id NOT IN (SELECT network FROM network_member
                WHERE person = \(actor.id) AND until IS NULL AND paused = 0)
            """
        if try PeopleStore.isAdministrator(actor, sql) {
            return try NetworkStore.all(where: foreign, limit: Self.limit, sql)
        }
        let mandates = try PeopleStore.activeMandates(of: actor.id, at: context.now, sql)
        if mandates.isEmpty { return [] }
        let condition: SQLQuery = "n.type IN (\(list: rules.types.all.map(\.id))) AND \(part: foreign)"
        var found: [NetworkRecord] = []
        var after = NetworkID()
        while found.count < Self.limit {
            let page = try NetworkStore.all(where: condition, after: after, limit: Self.limit, sql)
            found += page.filter { rules.types[$0.type]?.mayJoin($0.fact, with: mandates) ?? false }
            guard page.count == Self.limit, let last = page.last else { break }
            after = last.id
        }
        return Array(found.prefix(Self.limit))
    }

    func snapshot(_ context: QueryContext) throws -> [UInt8] {
        var writer = JSONWriter(capacity: 2_048)
        writer.beginArray()
        for network in try list(ListNetworks(), context).networks { writer.value(network) }
        writer.endArray()
        return writer.bytes
    }

    func get(_ query: GetNetwork, _ context: QueryContext) throws -> WholeNetwork {
        let sql = context.sql
        let network = try rules.network(query.network, for: context.actor, sql, now: context.now)
        let facilitators = try NetworkStore.facilitators(of: network.id, sql)
        let names = try PeopleStore.names(of: facilitators, sql)
        var whole = WholeNetwork()
        whole.network = rules.listed(
            network,
            role: try NetworkStore.role(of: context.actor.id, in: network.id, sql)
        )
        whole.network.show(try NetworkTunings.tuning(of: context.actor.id, in: network.id, sql))
        whole.settings = .object(network.settings)
        whole.members = try NetworkStore.memberCount(of: network.id, sql)
        whole.facilitators = facilitators.map { NamedPerson(id: $0, name: names[$0] ?? "") }
        whole.revision = network.revision
        if try rules.may(.manageMembers, context.actor, in: network.id, sql) {
            whole.hook = try HookStore.state(of: network.id, sql)?.isOn ?? true
        }
        return whole
    }

    private static let pageSize: Int64 = 50

    func members(_ query: ListNetworkMembers, _ context: QueryContext) throws -> NetworkMembers {
        let sql = context.sql
        let network = try rules.network(query.network, for: context.actor, sql, now: context.now)
        let isMember = try NetworkStore.role(of: context.actor.id, in: network.id, sql) != nil
        guard try isMember || rules.may(.manageMembers, context.actor, in: network.id, sql) else {
            throw WireError.forbidden("for the network's members")
        }
        var after: Int64 = 0
        if let cursor = query.cursor {
            guard let last = Int64(cursor) else { throw WireError.invalid("with.cursor", "not_allowed") }
            after = last
        }
        let limit = Int(query.limit ?? Self.pageSize)
        var filter: SQLQuery = "network = \(network.id) AND person > \(after) AND until IS NULL AND paused = 0"
        if let role = query.role { filter = "\(part: filter) AND role = \(role.rawValue)" }
        let rows = try sql.all(
            "SELECT person, role FROM network_member WHERE \(part: filter) ORDER BY person LIMIT \(limit + 1)"
        ) { (person: $0.id(0) as PersonID, role: $0.text(1)) }
        let page = rows.prefix(limit)
        let roles = Dictionary(page.map { ($0.person, $0.role) }, uniquingKeysWith: { first, _ in first })
        var members = try PeopleStore.listed(page.map(\.person), at: context.now, sql)
        let sponsors = try Sponsoring.sponsors(of: members.map(\.id), in: network.id, sql)
        for index in members.indices {
            members[index].role = roles[members[index].id]
            members[index].sponsor = sponsors[members[index].id]
        }
        return NetworkMembers(
            members: members,
            cursor: rows.count > limit ? page.last.map { String($0.person.rawValue) } : nil
        )
    }

    func types(_ query: ListNetworkTypes, _ context: QueryContext) throws -> NetworkTypeList {
        NetworkTypeList(types: rules.types.all.map(NetworkTypeFacts.init))
    }
}

extension NetworkTypeFacts {
    fileprivate init(_ type: any NetworkType) {
        self.init()
        id = type.id
        label = BilingualName(it: type.label.it, en: type.label.en)
        summary = BilingualName(it: type.summary.it, en: type.summary.en)
        settings = type.settings.map(SettingFacts.init)
        roles = type.roles.map(RoleFacts.init)
        guestsNeedSponsor = type.guestsNeedSponsor ? true : nil
        channels = type.defaultChannels.map(\.slug)
        eventKinds = type.eventKinds
        solutions = type.solutions
    }
}

extension RoleFacts {
    fileprivate init(_ rule: RoleRule) {
        self.init()
        role = rule.role.rawValue
        label = BilingualName(it: rule.label.it, en: rule.label.en)
        may = NetworkAct.allCases.filter(rule.acts.contains).map(\.rawValue)
    }
}

extension SettingFacts {
    fileprivate init(_ rule: SettingRule) {
        self.init()
        name = rule.name
        required = rule.required
        label = BilingualName(it: rule.label.it, en: rule.label.en)
        switch rule.value {
        case .integer(let bounds):
            kind = "integer"
            minimum = bounds.lowerBound
            maximum = bounds.upperBound
        case .text(let maxBytes):
            kind = "text"
            maximum = Int64(maxBytes)
        case .flag: kind = "flag"
        case .organisation(let allowed):
            kind = "organisation"
            kinds = allowed
        }
    }
}
