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
        let network = try rules.network(command.network, allowing: .manageMembers, work)
        let person = try known(command.person, work)
        if let member = try NetworkStore.membership(of: person.id, in: network.id, work.sql), !member.isPaused {
            if let sponsor = command.sponsor { try pass(member, in: network, to: sponsor, work) }
            return Nothing()
        }
        guard person.state == .active else {
            throw WireError.conflict("the person is suspended", current: .members(["state": .string("suspended")]))
        }
        let mandates = try PeopleStore.activeMandates(of: person.id, at: work.now, work.sql)
        if let type = rules.types[network.type], type.mayBeAdded(network.fact, with: mandates) {
            let sponsor = try Sponsoring.sponsor(command, in: network, of: type, with: mandates, work)
            try begin(person.id, in: network, .added, sponsor: sponsor, work)
        } else if try mandates.isEmpty && PeopleStore.isAdministrator(work.actor, work.sql) {
            try begin(person.id, in: network, .vouched, work)
        } else {
            throw WireError.forbidden("no mandate of that person allows it")
        }
        try work.audit("network.add", subject: person.id.rawValue, detail: "network \(network.id)")
        return Nothing()
    }

    /// Adds whom a facilitator invited; whether the person is a member now.
    func letIn(
        _ person: PersonID,
        to network: NetworkRecord,
        by inviter: MemberID,
        _ work: UnitOfWork
    ) throws -> Bool {
        if try NetworkStore.role(of: person, in: network.id, work.sql) != nil { return true }
        let host = Member(id: inviter, kind: .person, name: "", credential: nil)
        guard try rules.may(.manageMembers, host, in: network.id, work.sql), let type = rules.types[network.type]
        else { return false }
        let mandates = try PeopleStore.activeMandates(of: person, at: work.now, work.sql)
        if type.mayBeAdded(network.fact, with: mandates) {
            let needsSponsor = Sponsoring.needed(by: mandates, in: type)
            // Who invited a guest answers for the guest.
            if try needsSponsor && !Sponsoring.answers(inviter, in: network.id, work.sql) { return false }
            try begin(person, in: network, .added, sponsor: needsSponsor ? inviter : nil, work)
        } else if try mandates.isEmpty && PeopleStore.isAdministrator(host, work.sql) {
            try begin(person, in: network, .vouched, work)
        } else {
            return false
        }
        try work.audit("network.add", subject: person.rawValue, detail: "network \(network.id), by invitation")
        return true
    }

    func remove(_ command: RemoveFromNetwork, _ work: UnitOfWork) throws -> Nothing {
        let network = try rules.network(command.network, allowing: .manageMembers, work)
        guard try PeopleStore.person(command.person, work.sql) != nil else { throw WireError.notFound }
        guard try NetworkStore.membership(of: command.person, in: network.id, work.sql) != nil else {
            return Nothing()
        }
        try end(command.person, in: network, work)
        try work.audit("network.remove", subject: command.person.rawValue, detail: "network \(network.id)")
        return Nothing()
    }

    func appoint(_ command: AppointInNetwork, _ work: UnitOfWork) throws -> Nothing {
        let network = try rules.network(command.network, allowing: .manageMembers, work)
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

    /// Gives a guest who is a member already another sponsor.
    private func pass(
        _ guest: MembershipRecord,
        in network: NetworkRecord,
        to sponsor: PersonID,
        _ work: UnitOfWork
    ) throws {
        let mandates = try PeopleStore.activeMandates(of: guest.person, at: work.now, work.sql)
        guard let type = rules.types[network.type], Sponsoring.needed(by: mandates, in: type), sponsor != guest.person,
            try Sponsoring.answers(sponsor, in: network.id, work.sql)
        else { throw WireError.invalid("with.sponsor", "not_allowed") }
        if guest.sponsor == sponsor { return }
        try Sponsoring.pass(guest.person, in: network.id, to: sponsor, work)
        try work.audit(
            "network.sponsor",
            subject: guest.person.rawValue,
            detail: "network \(network.id) person \(sponsor)"
        )
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
        sponsor: PersonID? = nil,
        _ work: UnitOfWork
    ) throws {
        if let resting = try NetworkStore.membership(of: person, in: network.id, work.sql) {
            try wake(resting, in: network, ground, work)
            if let sponsor { try Sponsoring.pass(person, in: network.id, to: sponsor, work) }
            return
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
        if let sponsor { try Sponsoring.pass(person, in: network.id, to: sponsor, work) }
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
            UPDATE network_member SET ground = \(ground.rawValue), sponsor = NULL, paused = 0
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
        try judgeGuests(of: person, in: network, work)
    }

    // MARK: Resting

    /// Whether a membership has effect: mandates carry it, and somebody answers for a guest.
    ///
    /// A dormant network's rule is not known: any mandate does.
    func holds(
        _ membership: MembershipRecord,
        in network: NetworkRecord,
        with mandates: [MandateFact],
        _ sql: any SQLReader
    ) throws
        -> Bool
    {
        if let sponsor = membership.sponsor, try !Sponsoring.answers(sponsor, in: network.id, sql) { return false }
        return switch membership.ground {
        case .vouched: true
        case .added: !mandates.isEmpty
        case .joined: rules.types[network.type]?.mayJoin(network.fact, with: mandates) ?? !mandates.isEmpty
        }
    }

    /// Takes the effect of a membership away, or gives it back: the streams that this concerns, for the caller to tell.
    func rest(
        _ rests: Bool,
        _ membership: MembershipRecord,
        in network: NetworkRecord,
        _ work: UnitOfWork
    ) throws
        -> [StreamName]
    {
        try work.sql.execute(
            """
            UPDATE network_member SET paused = \(rests)
            WHERE network = \(network.id) AND person = \(membership.person) AND until IS NULL
            """
        )
        return try streams(of: membership, in: network, work.sql)
    }

    /// A sponsor came back or went: so do the guests.
    func judgeGuests(of sponsor: PersonID, in network: NetworkRecord, _ work: UnitOfWork) throws {
        for guest in try Sponsoring.guests(of: sponsor, in: network.id, work.sql) {
            guard let membership = try NetworkStore.membership(of: guest, in: network.id, work.sql) else { continue }
            let mandates = try PeopleStore.activeMandates(of: guest, at: work.now, work.sql)
            let holds =
                try PeopleStore.activePerson(guest, work.sql) != nil
                && self.holds(membership, in: network, with: mandates, work.sql)
            guard holds == membership.isPaused else { continue }
            let streams = try rest(!holds, membership, in: network, work)
            if holds { try work.gainAccess(guest, streams) } else { try work.loseAccess(guest, streams) }
        }
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
