import CommunityKernel
import Journal
import WireProtocol

/// Inviting by address: into the community, and into a network by those who facilitate it.
///
/// A facilitator gives no mandates, so what the invited may do is still for administrators to say: the network's type
/// is asked again whenever the person's standing changes, until it lets the person in or the invitation is withdrawn.
struct InvitingPersons: Sendable {
    let settings: PeopleSettings
    let creating: CreatingPersons
    let neighbours: Neighbours

    private static let daySeconds: Int64 = 86_400

    // MARK: person.invite

    func invite(_ command: InvitePerson, _ work: UnitOfWork) throws -> InvitedPerson {
        let isAdministrator = try PeopleStore.isAdministrator(work.actor, work.sql)
        if let network = command.network { try neighbours.requireFacilitated(network, work) }
        if !isAdministrator {
            guard command.network != nil else {
                throw WireError.forbidden("for administrators, or into a network that one facilitates")
            }
            guard (command.mandates ?? []).isEmpty else { throw WireError.forbidden("administrators give mandates") }
            try requireRoom(work)
        }
        let holder = try PeopleStore.person(address: Folding.email(command.email), work.sql)
        if let holder, let network = command.network, (command.mandates ?? []).isEmpty {
            return try inviteAgain(holder, into: network, work)
        }
        // Until the person says otherwise, the address stands for the name.
        let local = command.email.prefix { $0 != "@" }
        let id = try creating.write(.init(name: String(local), email: command.email), work)
        for (index, mandate) in (command.mandates ?? []).enumerated() {
            _ = try creating.mandates.grant(mandate, to: id, path: "with.mandates.\(index)", work)
        }
        try creating.links.invite(id, work)
        if let network = command.network { try note(id, network, work) }
        try audit(id, command.network, work)
        return InvitedPerson(id: id)
    }

    /// Somebody with an account comes in at once, when the network's type lets them; with an account not yet taken into
    /// use, by a new link if the last one is over.
    private func inviteAgain(
        _ person: PersonRecord,
        into network: NetworkID,
        _ work: UnitOfWork
    ) throws -> InvitedPerson {
        guard person.state == .active else {
            throw WireError.conflict("the person is suspended", current: .members(["state": .string("suspended")]))
        }
        try note(person.id, network, work)
        if try !Self.hasPassword(person.id, work.sql), try !hasOpenLink(person.id, work) {
            try creating.links.invite(person.id, work)
        }
        try audit(person.id, network, work)
        try neighbours.settleInvitations(of: person.id, work)
        let isPending = try work.sql.exists(
            """
            SELECT 1 FROM invitation_network
            WHERE person = \(person.id) AND network = \(network) AND settled_at IS NULL LIMIT 1
            """
        )
        return InvitedPerson(id: person.id, member: !isPending)
    }

    private func note(_ person: PersonID, _ network: NetworkID, _ work: UnitOfWork) throws {
        try work.sql.execute(
            """
            INSERT INTO invitation_network (person, network, invited_by, at)
            VALUES (\(person), \(network), \(work.actor.id), \(work.now))
            ON CONFLICT (person, network) DO UPDATE
            SET invited_by = excluded.invited_by, at = excluded.at, settled_at = NULL
            """
        )
    }

    private func audit(_ person: PersonID, _ network: NetworkID?, _ work: UnitOfWork) throws {
        try work.audit("person.invite", subject: person.rawValue, detail: network.map { "network \($0)" } ?? "")
    }

    /// An address can be tried by inviting it: a facilitator has only so many a day.
    private func requireRoom(_ work: UnitOfWork) throws {
        let dayAgo = work.now.advanced(bySeconds: -Self.daySeconds)
        let recent = try work.sql.all(
            """
            SELECT at FROM invitation_network WHERE invited_by = \(work.actor.id) AND at > \(dayAgo)
            ORDER BY at DESC LIMIT \(settings.facilitatorInvitations)
            """
        ) { $0.instant(0) }
        guard recent.count >= settings.facilitatorInvitations, let oldest = recent.last else { return }
        let wait = oldest.milliseconds + Self.daySeconds * 1_000 - work.now.milliseconds
        throw WireError(.rateLimited, "no more invitations today", retryAfterMs: max(1, wait))
    }

    private func hasOpenLink(_ person: PersonID, _ work: UnitOfWork) throws -> Bool {
        try work.sql.exists(
            """
            SELECT 1 FROM invitation
            WHERE person = \(person) AND used_at IS NULL AND token IS NOT NULL AND expires_at > \(work.now) LIMIT 1
            """
        )
    }

    private static func hasPassword(_ person: PersonID, _ sql: any SQLReader) throws -> Bool {
        try sql.exists("SELECT 1 FROM person WHERE id = \(person) AND password IS NOT NULL LIMIT 1")
    }

    /// Whether nothing hangs on a person's account yet: no password, no mandate, no role.
    ///
    /// Only then may somebody who is no administrator hold the link to it.
    static func isBlank(_ person: PersonID, _ sql: any SQLReader) throws -> Bool {
        try !hasPassword(person, sql)
            && !sql.exists("SELECT 1 FROM mandate WHERE person = \(person) LIMIT 1")
            && !sql.exists("SELECT 1 FROM person_role WHERE person = \(person) LIMIT 1")
    }

    // MARK: invitation.pending

    func pending(_ query: ListPendingInvitations, _ context: QueryContext) throws -> PendingInvitations {
        guard try neighbours.knows(context.actor, network: query.network, context.sql, now: context.now) else {
            throw WireError.notFound
        }
        guard try neighbours.may(.manageMembers, context.actor, in: query.network, context.sql) else {
            throw WireError.forbidden("for the network's facilitators")
        }
        let rows = try context.sql.all(
            """
            SELECT w.person, p.email, w.at, CASE WHEN p.password IS NULL THEN 0 ELSE 1 END, i.id, i.expires_at,
                i.created_by
            FROM invitation_network w JOIN person p ON p.id = w.person
            LEFT JOIN invitation i ON i.id = (SELECT MAX(l.id) FROM invitation l
                WHERE l.person = w.person AND l.used_at IS NULL AND l.token IS NOT NULL AND l.expires_at > \(context.now))
            WHERE w.network = \(query.network) AND w.settled_at IS NULL AND p.state = 'active'
            ORDER BY w.at DESC, w.person DESC LIMIT 500
            """
        ) { row in
            var invitation = PendingInvitation()
            invitation.person = row.id(0)
            invitation.email = row.text(1)
            invitation.at = row.instant(2)
            invitation.accepted = row.flag(3)
            invitation.expires = row.optionalInstant(5)
            let isOwn = row.optionalInt(6) == context.actor.id.rawValue
            return (invitation, isOwn ? row.optionalInt(4) : nil)
        }
        return PendingInvitations(
            invitations: try rows.map { invitation, link in
                var invitation = invitation
                if let link, try Self.isBlank(invitation.person, context.sql) { invitation.link = link }
                return invitation
            }
        )
    }

    // MARK: invitation.withdraw

    func withdraw(_ command: WithdrawInvitation, _ work: UnitOfWork) throws -> Nothing {
        try neighbours.requireFacilitated(command.network, work)
        let withdrawn = try work.sql.execute(
            """
            UPDATE invitation_network SET settled_at = \(work.now)
            WHERE person = \(command.person) AND network = \(command.network) AND settled_at IS NULL
            """
        )
        guard withdrawn > 0 else { throw WireError.notFound }
        let isInvitedElsewhere = try work.sql.exists(
            "SELECT 1 FROM invitation_network WHERE person = \(command.person) AND settled_at IS NULL LIMIT 1"
        )
        if try !isInvitedElsewhere && Self.isBlank(command.person, work.sql) {
            // Nothing is left that the link would be good for, unless an administrator sent it.
            try work.sql.execute(
                """
                UPDATE invitation SET token = NULL, expires_at = \(work.now)
                WHERE person = \(command.person) AND created_by = \(work.actor.id) AND used_at IS NULL
                """
            )
        }
        try work.audit(
            "invitation.withdraw",
            subject: command.person.rawValue,
            detail: "network \(command.network)"
        )
        return Nothing()
    }
}

extension Neighbours {
    /// Refuses who does not facilitate a network, and a write to one that takes none.
    func requireFacilitated(_ network: NetworkID, _ work: UnitOfWork) throws {
        guard try knows(work.actor, network: network, work.sql, now: work.now) else { throw WireError.notFound }
        guard try may(.manageMembers, work.actor, in: network, work.sql) else {
            throw WireError.forbidden("for the network's facilitators")
        }
        for neighbour in all { try neighbour.requireWritable(network, work.sql) }
    }

    /// Lets a person who has an account in use into the networks that wait for it, where their types allow it by now.
    func settleInvitations(of person: PersonID, _ work: UnitOfWork) throws {
        let waiting = try work.sql.all(
            """
            SELECT w.network, w.invited_by FROM invitation_network w JOIN person p ON p.id = w.person
            WHERE w.person = \(person) AND w.settled_at IS NULL AND p.state = 'active' AND p.password IS NOT NULL
            ORDER BY w.network LIMIT 100
            """
        ) { (network: $0.id(0) as NetworkID, inviter: $0.id(1) as MemberID) }
        for (network, inviter) in waiting {
            guard try all.contains(where: { try $0.letIn(person, to: network, by: inviter, work) }) else { continue }
            try work.sql.execute(
                """
                UPDATE invitation_network SET settled_at = \(work.now)
                WHERE person = \(person) AND network = \(network)
                """
            )
        }
    }
}
