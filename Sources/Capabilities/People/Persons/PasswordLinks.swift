import CommunityKernel
import Journal
import WireProtocol

/// Links that let a person choose a password: invitations, and forgotten passwords.
///
/// They go by mail through the observer; while there is no mail server an administrator hands them on, which the audit
/// log remembers. So the token is kept until it is used. It is found by its hash.
struct PasswordLinks: Sendable {
    typealias Kind = WrittenPasswordLink.Kind

    let settings: PeopleSettings
    let passwords: Passwords
    let throttle: SignInThrottle
    let neighbours: Neighbours
    let observer: (any PasswordLinkObserver)?

    /// Writes a link down.
    ///
    /// Without a person the row is the same in form, and nobody can use it.
    func write(_ kind: Kind, for person: PersonID?, until expires: Instant, _ work: UnitOfWork) throws {
        let token = Secret.token()
        let kept = person == nil ? nil : token
        let hash = Secret.sha256(Array(token.utf8))
        let id = try work.sql.count("SELECT COALESCE(MAX(id), 0) + 1 FROM invitation")
        try work.sql.execute(
            """
            INSERT INTO invitation (id, person, kind, token, token_hash, created_by, created_at, expires_at)
            VALUES (\(id), \(person), \(kind.rawValue), \(kept), \(hash), \(work.actor.id), \(work.now), \(expires))
            """
        )
        try observer?.written(WrittenPasswordLink(id: id, kind: kind, person: person), work)
    }

    /// Writes down the link that lets a new person choose a password.
    func invite(_ person: PersonID, _ work: UnitOfWork) throws {
        let expires = work.now.advanced(bySeconds: Int64(settings.invitationDays) * 86_400)
        try write(.invitation, for: person, until: expires, work)
    }

    // MARK: person.resetPassword

    /// Slows whoever asks often, whether the address is known or not.
    func prepare(_ command: ResetPassword, _ context: QueryContext) throws -> Bool {
        try throttle.begin(
            "reset:" + Folding.email(command.email),
            address: context.address,
            isKnownPair: false,
            now: context.now
        )
        return true
    }

    func reset(_ command: ResetPassword, _ prepared: Bool, _ work: UnitOfWork) throws -> Nothing {
        let folded = Folding.email(command.email)
        let person = try work.sql.first(
            "SELECT id FROM person WHERE email_folded = \(folded) AND state = 'active'"
        ) { $0.id(0) as PersonID }
        // A row is written in either case: a commit that writes takes longer than one that does not.
        try write(
            .reset,
            for: person,
            until: work.now.advanced(bySeconds: Int64(settings.resetMinutes) * 60),
            work
        )
        return Nothing()
    }

    // MARK: person.acceptInvitation

    func prepare(_ command: AcceptInvitation, _ context: QueryContext) throws -> String {
        guard let link = try open(command.token, at: context.now, context.sql) else { throw WireError.notFound }
        let words = [link.person.name, link.person.email, command.name ?? ""]
        let isAdministrator = try PeopleStore.roles(of: link.person.id, context.sql).contains(.admin)
        try passwords.check(command.password, isAdministrator: isAdministrator, words: words, path: "with.password")
        return try passwords.hash(command.password)
    }

    func accept(_ command: AcceptInvitation, _ hash: String, _ work: UnitOfWork) throws -> CreatedPerson {
        guard let link = try open(command.token, at: work.now, work.sql) else { throw WireError.notFound }
        let person = link.person.id
        let length = command.password.unicodeScalars.count
        try work.sql.execute(
            "UPDATE person SET password = \(hash), password_length = \(length) WHERE id = \(person)"
        )
        // One password chosen, no other link may choose another.
        try work.sql.execute(
            """
            UPDATE invitation SET used_at = \(work.now), token = NULL WHERE person = \(person) AND used_at IS NULL
            """
        )
        try Sessions.endAll(of: person, work)
        if let name = command.name, name != link.person.name {
            try work.sql.execute(
                "UPDATE person SET name = \(name), name_folded = \(Folding.name(name)) WHERE id = \(person)"
            )
            try work.append(PersonChanged(id: person, name: name), to: .person(person), by: person)
        }
        try work.audit("person.acceptInvitation", subject: person.rawValue)
        try neighbours.settleInvitations(of: person, work)
        return CreatedPerson(id: person)
    }

    private func open(
        _ token: String,
        at now: Instant,
        _ sql: any SQLReader
    ) throws
        -> (id: Int64, person: PersonRecord)?
    {
        let hash = Secret.sha256(Array(token.utf8))
        let row = try sql.first(
            """
            SELECT id, person FROM invitation
            WHERE token_hash = \(hash) AND person IS NOT NULL AND used_at IS NULL AND expires_at > \(now)
            """
        ) { (id: $0.int(0), person: $0.id(1) as PersonID) }
        guard let row, let person = try PeopleStore.activePerson(row.person, sql) else { return nil }
        return (row.id, person)
    }

    // MARK: person.setPassword

    /// The hash known before, and the fresh one.
    struct Change: Sendable {
        let old: String
        let new: String
    }

    func prepare(_ command: SetPassword, _ context: QueryContext) throws -> Change {
        guard context.actor.kind == .person,
            let person = try PeopleStore.activePerson(context.actor.id, context.sql)
        else { throw WireError.forbidden("for persons") }
        let account = "person:\(person.id)"
        try throttle.begin(account, address: context.address, isKnownPair: true, now: context.now)
        let stored =
            try context.sql.first("SELECT password FROM person WHERE id = \(person.id)") {
                $0.optionalText(0)
            } ?? nil
        guard try passwords.verify(command.old, stored), let stored else {
            throw WireError(
                .forbidden,
                "the old password is wrong",
                fields: [FieldProblem(path: "with.old", problem: "wrong")]
            )
        }
        throttle.succeeded(account, address: context.address)
        let isAdministrator = try PeopleStore.roles(of: person.id, context.sql).contains(.admin)
        try passwords.check(
            command.new,
            isAdministrator: isAdministrator,
            words: [person.name, person.email],
            path: "with.new"
        )
        return Change(old: stored, new: try passwords.hash(command.new))
    }

    func set(_ command: SetPassword, _ change: Change, _ work: UnitOfWork) throws -> Nothing {
        let length = command.new.unicodeScalars.count
        let changed = try work.sql.execute(
            """
            UPDATE person SET password = \(change.new), password_length = \(length)
            WHERE id = \(work.actor.id) AND password = \(change.old)
            """
        )
        guard changed == 1 else {
            throw WireError.conflict(
                "the password was changed meanwhile",
                current: .members(["state": .string("changed")])
            )
        }
        try Sessions.endAll(of: work.actor.id, except: work.actor.credential ?? 0, work)
        try work.audit("person.setPassword", subject: work.actor.id.rawValue)
        return Nothing()
    }

    // MARK: invitation.reveal

    /// Hands a token out, and writes down to whom.
    func reveal(_ command: RevealInvitation, _ work: UnitOfWork) throws -> RevealedInvitation {
        let isAdministrator = try PeopleStore.isAdministrator(work.actor, work.sql)
        let row = try work.sql.first(
            """
            SELECT person, kind, token, created_by FROM invitation
            WHERE id = \(command.invitation) AND person IS NOT NULL AND token IS NOT NULL AND used_at IS NULL
                AND expires_at > \(work.now)
            """
        ) {
            (person: $0.id(0) as PersonID, kind: $0.text(1), token: $0.text(2), creator: $0.id(3) as MemberID)
        }
        guard let row else {
            if !isAdministrator { throw WireError.forbidden("for administrators") }
            throw WireError.notFound
        }
        if !isAdministrator {
            // Who invited hands the link on, as long as it opens nothing yet.
            guard row.creator == work.actor.id, row.kind == Kind.invitation.rawValue,
                try InvitingPersons.isBlank(row.person, work.sql)
            else { throw WireError.forbidden("for administrators") }
            try work.sql.execute(
                "UPDATE invitation SET revealed_at = \(work.now) WHERE id = \(command.invitation)"
            )
        }
        if work.actor.kind != .system, row.person != work.actor.id {
            guard try !PeopleStore.roles(of: row.person, work.sql).contains(.admin) else {
                throw WireError.forbidden("an administrator's link is for the server's own administration")
            }
        }
        try work.audit("invitation.reveal", subject: row.person.rawValue, detail: row.kind)
        return RevealedInvitation(token: row.token)
    }

    /// Puts a new link in the place of one that was handed to somebody who is no administrator: the account is about to
    /// be worth something, and whoever has the link takes it over.
    func renewHandedOut(of person: PersonID, _ work: UnitOfWork) throws {
        let ended = try work.sql.execute(
            """
            UPDATE invitation SET token = NULL, expires_at = \(work.now)
            WHERE person = \(person) AND used_at IS NULL AND token IS NOT NULL AND expires_at > \(work.now)
                AND revealed_at IS NOT NULL
            """
        )
        if ended > 0 { try invite(person, work) }
    }

    // MARK: invitation.list

    func list(_ query: ListInvitations, _ context: QueryContext) throws -> InvitationList {
        try PeopleStore.requireAdministrator(context.actor, context.sql)
        let links = try context.sql.all(
            """
            SELECT i.id, i.kind, i.person, p.name, p.email, i.created_at, i.expires_at FROM invitation i
            JOIN person p ON p.id = i.person
            WHERE i.used_at IS NULL AND i.expires_at > \(context.now) AND i.token IS NOT NULL
                AND (\(query.person?.rawValue ?? 0) = 0 OR i.person = \(query.person?.rawValue ?? 0))
            ORDER BY i.id DESC LIMIT 500
            """
        ) { row in
            var link = OpenInvitation()
            link.id = row.int(0)
            link.kind = row.text(1)
            link.person = row.id(2)
            link.name = row.text(3)
            link.email = row.text(4)
            link.at = row.instant(5)
            link.expires = row.instant(6)
            return link
        }
        return InvitationList(invitations: links)
    }
}
