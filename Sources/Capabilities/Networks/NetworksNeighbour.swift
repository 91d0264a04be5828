import CommunityKernel
import Journal
import People
import WireProtocol

/// What networks tell about people, and what becomes of memberships when a person's standing changes.
struct NetworksNeighbour: PeopleNeighbour {
    let rules: NetworkRules
    let memberships: NetworkMemberships

    func networks(of member: MemberID, _ sql: any SQLReader) throws -> [(NetworkID, NetworkRole)] {
        try NetworkStore.networks(of: member, sql)
    }

    func acquaintances(of member: MemberID?, in network: NetworkID?) -> SQLQuery? {
        if let network {
            return "SELECT person FROM network_member WHERE network = \(network) AND until IS NULL AND paused = 0"
        }
        guard let member else { return nil }
        return """
            SELECT other.person FROM network_member own
            JOIN network_member other ON other.network = own.network
            WHERE own.person = \(member) AND own.until IS NULL AND own.paused = 0
                AND other.until IS NULL AND other.paused = 0
            """
    }

    func knows(_ member: Member, network: NetworkID, _ sql: any SQLReader, now: Instant) throws -> Bool? {
        guard let record = try NetworkStore.network(network, sql) else { return false }
        return try rules.visible(record, to: member, sql, now: now)
    }

    func may(_ act: NetworkAct, _ member: Member, in network: NetworkID, _ sql: any SQLReader) throws -> Bool {
        try rules.may(act, member, in: network, sql)
    }

    func requireWritable(_ network: NetworkID, _ sql: any SQLReader) throws {
        if let record = try NetworkStore.network(network, sql) { try rules.requireWritable(record) }
    }

    func letIn(_ person: PersonID, to network: NetworkID, by inviter: MemberID, _ work: UnitOfWork) throws -> Bool {
        guard let record = try NetworkStore.network(network, work.sql) else { return false }
        return try memberships.letIn(person, to: record, by: inviter, work)
    }

    func belongs(_ network: NetworkID, to organisation: OrganisationID, _ sql: any SQLReader) throws -> Bool {
        guard let record = try NetworkStore.network(network, sql) else { return false }
        return record.settings["city"]?.int == organisation.rawValue
    }

    // MARK: Standing

    func standingChanged(_ person: PersonID, _ work: UnitOfWork) throws -> StandingEffect {
        var effect = StandingEffect()
        let isActive = try PeopleStore.activePerson(person, work.sql) != nil
        let mandates = try PeopleStore.activeMandates(of: person, at: work.now, work.sql)
        for membership in try NetworkStore.memberships(of: person, work.sql) {
            guard let network = try NetworkStore.network(membership.network, work.sql) else { continue }
            let holds = try isActive && memberships.holds(membership, in: network, with: mandates, work.sql)
            guard holds == membership.isPaused else { continue }
            let streams = try memberships.rest(!holds, membership, in: network, work)
            if holds { effect.gained += streams } else { effect.lost += streams }
            try memberships.judgeGuests(of: person, in: network, work)
        }
        return effect
    }

    // MARK: Erasure and export

    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        for membership in try NetworkStore.memberships(of: person, work.sql) {
            guard let network = try NetworkStore.network(membership.network, work.sql) else { continue }
            try memberships.end(person, in: network, work)
        }
        try NetworkTunings.erase(person, work.sql)
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let networks = try sql.all(
            """
            SELECT n.id, n.slug, n.name_it, m.role, m.since, m.until FROM network_member m
            JOIN network n ON n.id = m.network WHERE m.person = \(person) ORDER BY m.since LIMIT 2000
            """
        ) { row in
            JSON.members([
                "id": .int(row.int(0)), "slug": .string(row.text(1)), "name": .string(row.text(2)),
                "role": .string(row.text(3)), "since": .int(row.int(4)),
                "until": row.optionalInt(5).map(JSON.int) ?? .null,
            ])
        }
        return [("networks", .array(networks)), ("networkTunings", try NetworkTunings.export(person, sql))]
    }
}
