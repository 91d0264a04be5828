import CommunityKernel
import Journal
import People
import WireProtocol

/// Joining, leaving, adding, removing, appointing.
///
/// A membership is an interval of the journal.
struct NetworkMemberships: Sendable {
    let rules: NetworkRules
    let observers: [any NetworkObserver]

    func join(_ command: JoinNetwork, _ work: UnitOfWork) throws -> Nothing {
        let network = try rules.network(command.network, for: work.actor, work.sql, now: work.now)
        guard work.actor.kind == .person else { throw WireError.forbidden("for persons") }
        let person = work.actor.id
        try rules.requireWritable(network)
        if try NetworkStore.role(of: person, in: network.id, work.sql) != nil { return Nothing() }
        if try rules.mayJoin(network, work.actor, work.sql, now: work.now) {
            try begin(person, in: network, .joined, work)
        } else if try PeopleStore.isAdministrator(work.actor, work.sql) {
            // Administrators may add anybody, and so themselves.
            try begin(person, in: network, .vouched, work)
        } else {
            throw WireError.notFound
        }
        return Nothing()
    }

    func leave(_ command: LeaveNetwork, _ work: UnitOfWork) throws -> Nothing {
        let network = try rules.network(command.network, for: work.actor, work.sql, now: work.now)
        try rules.requireWritable(network)
        guard try NetworkStore.membership(of: work.actor.id, in: network.id, work.sql) != nil else {
            return Nothing()
        }
        try end(work.actor.id, in: network, work)
        return Nothing()
    }

    func add(_ command: AddToNetwork, _ work: UnitOfWork) throws -> Nothing {
        let network = try rules.facilitated(command.network, work)
        let person = try known(command.person, work)
        if try NetworkStore.role(of: person.id, in: network.id, work.sql) != nil { return Nothing() }
        guard person.state == .active else {
            throw WireError.conflict("the person is suspended", current: .members(["state": .string("suspended")]))
        }
        let mandates = try PeopleStore.activeMandates(of: person.id, at: work.now, work.sql)
        if rules.types[network.type]?.mayBeAdded(network.fact, with: mandates) ?? false {
            try begin(person.id, in: network, .added, work)
        } else if try mandates.isEmpty && PeopleStore.isAdministrator(work.actor, work.sql) {
            try begin(person.id, in: network, .vouched, work)
        } else {
            throw WireError.forbidden("no mandate of that person allows it")
        }
        try work.audit("network.add", subject: person.id.rawValue, detail: "network \(network.id)")
        return Nothing()
    }

    func remove(_ command: RemoveFromNetwork, _ work: UnitOfWork) throws -> Nothing {
        let network = try rules.facilitated(command.network, work)
        guard try PeopleStore.person(command.person, work.sql) != nil else { throw WireError.notFound }
        guard try NetworkStore.membership(of: command.person, in: network.id, work.sql) != nil else {
            return Nothing()
        }
        try end(command.person, in: network, work)
        try work.audit("network.remove", subject: command.person.rawValue, detail: "network \(network.id)")
        return Nothing()
    }

    func appoint(_ command: AppointInNetwork, _ work: UnitOfWork) throws -> Nothing {
        let network = try rules.facilitated(command.network, work)
        let person = try known(command.person, work)
        guard let role = try NetworkStore.role(of: person.id, in: network.id, work.sql) else {
            throw WireError.conflict(
                "the person is no member of the network",
                current: .members(["state": .string("not_a_member")])
            )
        }
        let wanted: NetworkRole = command.role == .facilitator ? .facilitator : .member
        guard role != wanted else { return Nothing() }
        try work.sql.execute(
            """
            UPDATE network_member SET role = \(wanted)
            WHERE network = \(network.id) AND person = \(person.id) AND until IS NULL
            """
        )
        try work.append(
            NetworkAppointed(network: network.id, person: person.id, role: wanted.rawValue),
            to: .network(network.id)
        )
        switch wanted {
        case .facilitator: try work.gainAccess(person.id, [.desk(network.id)])
        case .member: try work.loseAccess(person.id, [.desk(network.id)])
        }
        try work.audit(
            "network.appoint",
            subject: person.id.rawValue,
            detail: "network \(network.id) \(wanted.rawValue)"
        )
        return Nothing()
    }

    /// A person whom the actor may name: an erased one is no more.
    private func known(_ id: PersonID, _ work: UnitOfWork) throws -> PersonRecord {
        guard let person = try PeopleStore.person(id, work.sql), person.state != .erased else {
            throw WireError.notFound
        }
        return person
    }

    // MARK: Beginning and ending

    private func begin(
        _ person: PersonID,
        in network: NetworkRecord,
        _ ground: MembershipGround,
        _ work: UnitOfWork
    ) throws {
        if let resting = try NetworkStore.membership(of: person, in: network.id, work.sql) {
            return try wake(resting, in: network, ground, work)
        }
        try work.sql.execute(
            """
            INSERT INTO network_member (network, person, role, ground, paused, since)
            VALUES (\(network.id), \(person), \(NetworkRole.member), \(ground.rawValue), 0, \(work.nextSeq))
            """
        )
        try work.grant(person, .network(network.id))
        try work.append(
            NetworkJoined(network: network.id, person: person, role: NetworkRole.member.rawValue),
            to: .network(network.id)
        )
        for observer in observers { try observer.joined(person, network, work) }
    }

    /// A membership that had no effect gets one again, on a new ground.
    private func wake(
        _ membership: MembershipRecord,
        in network: NetworkRecord,
        _ ground: MembershipGround,
        _ work: UnitOfWork
    ) throws {
        try work.sql.execute(
            """
            UPDATE network_member SET ground = \(ground.rawValue), paused = 0
            WHERE network = \(network.id) AND person = \(membership.person) AND until IS NULL
            """
        )
        try work.gainAccess(membership.person, try streams(of: membership, in: network, work.sql))
    }

    /// Ends a membership and what depends on it: `network.left`, then one `access.lost` for the rest.
    func end(_ person: PersonID, in network: NetworkRecord, _ work: UnitOfWork) throws {
        let seq = work.nextSeq
        try work.sql.execute(
            """
            UPDATE network_member SET until = \(seq)
            WHERE network = \(network.id) AND person = \(person) AND until IS NULL
            """
        )
        try work.append(NetworkLeft(network: network.id, person: person), to: .network(network.id))
        try work.revoke(person, .network(network.id))
        var lost: [StreamName] = [.desk(network.id)]
        for observer in observers { lost += try observer.left(person, network, work) }
        try work.loseAccess(person, lost)
    }

    /// All streams that a membership gives.
    func streams(
        of membership: MembershipRecord,
        in network: NetworkRecord,
        _ sql: any SQLReader
    ) throws
        -> [StreamName]
    {
        var streams: [StreamName] = [.network(network.id)]
        if membership.role == .facilitator { streams.append(.desk(network.id)) }
        for observer in observers { streams += try observer.streams(of: membership.person, in: network, sql) }
        return streams
    }
}
