import CommunityKernel
import Journal
import Synchronization
import WireProtocol

/// Signing in and out, and who a token stands for.
struct Sessions: Sendable {
    let settings: PeopleSettings.Session
    let passwords: Passwords
    let throttle: SignInThrottle
    let uses = CredentialUses()

    /// What is known before the transaction: the password was right.
    struct Proof: Sendable {
        let person: PersonID
        let hash: String
        let fresh: String?
    }

    private static let refusal = WireError(.unauthenticated, "login or password is wrong")

    func prepare(_ command: OpenSession, _ context: QueryContext) throws -> Proof {
        let login = Folding.email(command.login)
        let row = try context.sql.first(
            "SELECT id, password, state FROM person WHERE email_folded = \(login)"
        ) { (id: $0.id(0) as PersonID, hash: $0.optionalText(1), state: $0.text(2)) }
        try throttle.begin(
            login,
            address: context.address,
            isKnownPair: try isKnownPair(row?.id, context),
            now: context.now
        )
        let matches = try passwords.verify(command.password, row?.hash)
        guard matches, let row, let hash = row.hash, row.state == PersonState.active.rawValue else {
            throw Self.refusal
        }
        throttle.succeeded(login, address: context.address)
        return Proof(
            person: row.id,
            hash: hash,
            fresh: passwords.isOutdated(hash) ? try passwords.hash(command.password) : nil
        )
    }

    /// Whether that account signed in from that address before, and not long ago.
    private func isKnownPair(_ person: PersonID?, _ context: QueryContext) throws -> Bool {
        guard let person, let address = context.address else { return false }
        return try context.sql.exists(
            "SELECT 1 FROM session WHERE person = \(person) AND address = \(address) LIMIT 1"
        )
    }

    func open(_ command: OpenSession, _ proof: Proof, _ work: UnitOfWork) throws -> OpenedSession {
        // The person may have been suspended, or the password changed, while the hash was computed.
        guard let person = try PeopleStore.activePerson(proof.person, work.sql),
            try work.sql.exists(
                "SELECT 1 FROM person WHERE id = \(proof.person) AND password = \(proof.hash) LIMIT 1"
            )
        else { throw Self.refusal }
        if let fresh = proof.fresh {
            try work.sql.execute("UPDATE person SET password = \(fresh) WHERE id = \(person.id)")
        }
        let token = CredentialKind.session.rawValue + Secret.token()
        let expires = work.now.advanced(bySeconds: Int64(settings.absoluteDays) * 86_400)
        let hash = Secret.sha256(Array(token.utf8))
        try work.sql.execute(
            """
            INSERT INTO session (id, person, token_hash, address, client, created_at, last_use, expires_at)
            SELECT COALESCE(MAX(id), 0) + 1, \(person.id), \(hash), \(work.address), \(command.client), \(work.now),
                \(work.now), \(expires) FROM session
            """
        )
        let roles = try PeopleStore.roles(of: person.id, work.sql)
        if !roles.isEmpty { try work.audit("session.open", subject: person.id.rawValue) }
        return OpenedSession(token: token, person: NamedPerson(id: person.id, name: person.name), expires: expires)
    }

    func close(_ command: CloseSession, _ work: UnitOfWork) throws -> Nothing {
        guard work.actor.kind == .person, let session = work.actor.credential else { return Nothing() }
        try Self.end(session, of: work.actor.id, work)
        return Nothing()
    }

    func end(_ command: EndSession, _ work: UnitOfWork) throws -> Nothing {
        let person = try Self.owner(command.person, for: work.actor, work.sql)
        guard try Self.end(command.session, of: person, work) else { throw WireError.notFound }
        if person != work.actor.id { try work.audit("session.end", subject: person.rawValue) }
        return Nothing()
    }

    /// Whose sessions are meant: one's own, or for administrators anybody's.
    private static func owner(_ person: PersonID?, for actor: Member, _ sql: any SQLReader) throws -> PersonID {
        guard let person, person != actor.id else { return actor.id }
        try PeopleStore.requireAdministrator(actor, sql)
        guard let record = try PeopleStore.person(person, sql), record.state != .erased else {
            throw WireError.notFound
        }
        return person
    }

    @discardableResult
    private static func end(_ session: Int64, of person: PersonID, _ work: UnitOfWork) throws -> Bool {
        let ended = try work.sql.execute(
            """
            UPDATE session SET ended_at = \(work.now)
            WHERE id = \(session) AND person = \(person) AND ended_at IS NULL
            """
        )
        if ended > 0 { work.endConnections(of: person, credential: session) }
        return ended > 0
    }

    /// Ends all sessions of a person but one, and their sockets.
    static func endAll(of person: PersonID, except kept: Int64? = nil, _ work: UnitOfWork) throws {
        let open = try work.sql.all(
            "SELECT id FROM session WHERE person = \(person) AND ended_at IS NULL AND id <> \(kept ?? 0)"
        ) { $0.int(0) }
        try work.sql.execute(
            """
            UPDATE session SET ended_at = \(work.now)
            WHERE person = \(person) AND ended_at IS NULL AND id <> \(kept ?? 0)
            """
        )
        if kept == nil {
            work.endConnections(of: person)
        } else {
            for session in open { work.endConnections(of: person, credential: session) }
        }
    }

    func list(_ query: ListSessions, _ context: QueryContext) throws -> SessionList {
        let person = try Self.owner(query.person, for: context.actor, context.sql)
        let idleSince = context.now.advanced(bySeconds: -Int64(settings.idleDays) * 86_400)
        let sessions = try context.sql.all(
            """
            SELECT id, created_at, last_use, expires_at, address, client FROM session
            WHERE person = \(person) AND ended_at IS NULL AND expires_at > \(context.now)
                AND last_use > \(idleSince)
            ORDER BY id DESC LIMIT 200
            """
        ) { row in
            var session = SessionFacts()
            session.id = row.int(0)
            session.at = row.instant(1)
            session.lastUse = row.instant(2)
            session.expires = row.instant(3)
            session.address = row.optionalText(4)
            session.client = row.optionalText(5)
            session.current = session.id == context.actor.credential
            return session
        }
        return SessionList(sessions: sessions)
    }

    // MARK: Tokens

    /// Who a token stands for; nil for one that is unknown, revoked, expired or long unused.
    func authenticate(_ token: String, _ context: QueryContext) throws -> Authenticated? {
        guard token.utf8.count <= 64 else { return nil }
        let hash = Secret.sha256(Array(token.utf8))
        if token.hasPrefix(CredentialKind.session.rawValue) { return try session(hash, context) }
        if token.hasPrefix(CredentialKind.bot.rawValue) { return try bot(hash, context) }
        return nil
    }

    private func session(_ hash: [UInt8], _ context: QueryContext) throws -> Authenticated? {
        let now = context.now
        let idleSince = now.advanced(bySeconds: -Int64(settings.idleDays) * 86_400)
        return try context.sql.first(
            """
            SELECT s.id, p.id, p.name, s.expires_at, s.last_use FROM session s JOIN person p ON p.id = s.person
            WHERE s.token_hash = \(hash) AND s.ended_at IS NULL AND s.expires_at > \(now) AND s.last_use > \(idleSince)
                AND p.state = 'active'
            """
        ) { row in
            uses.used(.session, row.int(0), at: now, last: row.instant(4))
            return Authenticated(
                member: Member(id: row.id(1), kind: .person, name: row.text(2), credential: row.int(0)),
                expires: row.instant(3)
            )
        }
    }

    private func bot(_ hash: [UInt8], _ context: QueryContext) throws -> Authenticated? {
        try context.sql.first(
            """
            SELECT id, name, expires_at, COALESCE(last_use, 0) FROM bot
            WHERE token_hash = \(hash) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(context.now))
            """
        ) { row in
            uses.used(.bot, row.int(0), at: context.now, last: row.instant(3))
            return Authenticated(
                member: Member(id: row.id(0), kind: .bot, name: row.text(1), credential: row.int(0)),
                expires: row.optionalInstant(2)
            )
        }
    }

    // MARK: By the clock

    /// Stores when credentials were last used, at most once a minute each: the readers that see the use cannot write.
    var useTick: Tick {
        let isDue: @Sendable (QueryContext) throws -> Bool = { [uses] _ in !uses.isEmpty }
        return Tick(name: "credential use", seconds: 30, isDue: isDue) { [uses] work in
            for (kind, id, at) in uses.take(200) {
                switch kind {
                case .session: try work.sql.execute("UPDATE session SET last_use = \(at) WHERE id = \(id)")
                case .bot: try work.sql.execute("UPDATE bot SET last_use = \(at) WHERE id = \(id)")
                }
            }
            return !uses.isEmpty
        }
    }

    /// Removes sessions and links that nobody can use any more.
    ///
    /// The newest stays, whose number counts on.
    static var cleaningTick: Tick {
        let day: Int64 = 86_400
        return Tick(
            name: "old credentials",
            seconds: 3_600,
            isDue: { context in
                let before = context.now.advanced(bySeconds: -30 * day)
                return try context.sql.exists(
                    """
                    SELECT 1 FROM session WHERE expires_at < \(before) AND id < (SELECT MAX(id) FROM session) LIMIT 1
                    """
                )
                    || context.sql.exists(
                        """
                        SELECT 1 FROM invitation
                        WHERE expires_at < \(before) AND id < (SELECT MAX(id) FROM invitation) LIMIT 1
                        """
                    )
            },
            run: { work in
                let before = work.now.advanced(bySeconds: -30 * day)
                try work.sql.execute(
                    "DELETE FROM session WHERE expires_at < \(before) AND id < (SELECT MAX(id) FROM session)"
                )
                try work.sql.execute(
                    "DELETE FROM invitation WHERE expires_at < \(before) AND id < (SELECT MAX(id) FROM invitation)"
                )
                return false
            }
        )
    }
}

/// The kinds of credentials, by what their tokens begin with.
enum CredentialKind: String, Sendable {
    case session = "mtp_"
    case bot = "mtb_"
}

/// Which credentials were used and not yet written down.
final class CredentialUses: Sendable {
    private struct Credential: Hashable {
        let kind: CredentialKind
        let id: Int64
    }

    private let waiting = Mutex<[Credential: Instant]>([:])

    var isEmpty: Bool { waiting.withLock(\.isEmpty) }

    func used(_ kind: CredentialKind, _ id: Int64, at now: Instant, last: Instant) {
        guard now.milliseconds - last.milliseconds >= 60_000 else { return }
        waiting.withLock { $0[Credential(kind: kind, id: id)] = now }
    }

    /// Takes at most `count` of them.
    func take(_ count: Int) -> [(CredentialKind, Int64, Instant)] {
        waiting.withLock { waiting in
            let taken = waiting.prefix(count).map { ($0.key.kind, $0.key.id, $0.value) }
            for (kind, id, _) in taken { waiting[Credential(kind: kind, id: id)] = nil }
            return taken
        }
    }
}
