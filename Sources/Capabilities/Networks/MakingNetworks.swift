import CommunityKernel
import Journal
import People
import WireProtocol

/// Making and changing networks.
struct MakingNetworks: Sendable {
    let rules: NetworkRules
    let observers: [any NetworkObserver]
    /// The settings of a type's networks that are not given others, by type.
    let defaults: [String: JSONObject]

    func create(_ command: CreateNetwork, _ work: UnitOfWork) throws -> CreatedNetwork {
        try PeopleStore.requireAdministrator(work)
        guard let type = rules.types[command.type] else { throw WireError.invalid("with.type", "not_allowed") }
        let settings = try NetworkSettings.checked(
            command.settings,
            by: type.settings,
            defaults: defaults[type.id] ?? JSONObject(),
            work.sql
        )
        try requireFree(command.slug, work.sql)
        let network = NetworkRecord(
            id: work.nextID(),
            slug: command.slug,
            type: type.id,
            name: Bilingual(it: command.name.it, en: command.name.en),
            storedSettings: String(decoding: JSON.object(settings).text, as: UTF8.self),
            revision: 1
        )
        try work.sql.execute(
            """
            INSERT INTO network (id, slug, type, name_it, name_en, settings, revision)
            VALUES (\(network.id), \(network.slug), \(network.type), \(network.name.it), \(network.name.en),
                \(network.storedSettings), 1)
            """
        )
        try work.append(NetworkCreated(rules.listed(network, role: nil)), to: .community)
        for observer in observers { try observer.created(network, by: type, work) }
        try work.audit("network.create", subject: network.id.rawValue)
        return CreatedNetwork(id: network.id)
    }

    func change(_ command: ChangeNetwork, _ work: UnitOfWork) throws -> ChangedNetwork {
        let old = try rules.network(command.network, for: work.actor, work.sql, now: work.now)
        try PeopleStore.requireAdministrator(work)
        guard let type = rules.types[old.type] else {
            try rules.requireWritable(old)
            throw WireError.notFound
        }
        if let revision = command.revision, revision != old.revision {
            throw WireError.conflict("the network changed", current: .members(["revision": .int(old.revision)]))
        }
        if let slug = command.slug, slug != old.slug { try requireFree(slug, work.sql) }
        let settings =
            try command.settings.map { try NetworkSettings.checked($0, by: type.settings, work.sql) } ?? old.settings
        let network = NetworkRecord(
            id: old.id,
            slug: command.slug ?? old.slug,
            type: old.type,
            name: command.name.map { Bilingual(it: $0.it, en: $0.en) } ?? old.name,
            storedSettings: String(decoding: JSON.object(settings).text, as: UTF8.self),
            revision: old.revision + 1
        )
        guard network.slug != old.slug || network.name != old.name || settings != old.settings else {
            return ChangedNetwork(revision: old.revision)
        }
        try work.sql.execute(
            """
            UPDATE network SET slug = \(network.slug), name_it = \(network.name.it), name_en = \(network.name.en),
                settings = \(network.storedSettings),
                revision = \(network.revision) WHERE id = \(network.id)
            """
        )
        try work.append(NetworkChanged(rules.listed(network, role: nil)), to: .community)
        try work.audit("network.change", subject: network.id.rawValue)
        return ChangedNetwork(revision: network.revision)
    }

    private func requireFree(_ slug: String, _ sql: any SQLReader) throws {
        if let holder = try NetworkStore.network(slug: slug, sql) {
            throw WireError.conflict(
                "the slug \(slug) is taken",
                current: .members(["network": .int(holder.id.rawValue), "revision": .int(holder.revision)])
            )
        }
    }
}

extension NetworkRules {
    /// A network as `network.list` gives it to who has that role in it.
    func listed(_ network: NetworkRecord, role: NetworkRole?) -> ListedNetwork {
        ListedNetwork(
            id: network.id,
            slug: network.slug,
            type: network.type,
            name: BilingualName(it: network.name.it, en: network.name.en),
            role: role?.rawValue,
            dormant: isDormant(network) ? true : nil,
            solutions: type(of: network).flatMap { $0.solutions == .written ? nil : $0.solutions },
            subBodies: type(of: network)?.subBodies(of: network.fact)
        )
    }
}
