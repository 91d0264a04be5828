import CommunityKernel
import Journal
import WireProtocol

/// Granting and ending mandates, by hand and by the clock.
struct Mandates: Sendable {
    let zone: String
    let links: PasswordLinks
    let neighbours: Neighbours

    /// Mandates of one person at most.
    private static let limit: Int64 = 100

    func grant(_ command: GrantMandate, _ work: UnitOfWork) throws -> CreatedMandate {
        try PeopleStore.requireAdministrator(work)
        guard let person = try PeopleStore.person(command.person, work.sql) else { throw WireError.notFound }
        guard person.state != .erased else { throw erasedConflict }
        let id = try grant(command.mandate, to: person.id, path: "with", work)
        try neighbours.standingChanged(person.id, work)
        return CreatedMandate(id: id)
    }

    func list(_ query: ListMandates, _ context: QueryContext) throws -> MandateList {
        guard try PeopleStore.isAdministrator(context.actor, context.sql) else {
            throw WireError.forbidden("for administrators")
        }
        guard try PeopleStore.person(query.person, context.sql) != nil else { throw WireError.notFound }
        return MandateList(
            mandates: try Self.facts(of: query.person, all: true, at: context.now, context.sql)
        )
    }

    /// Writes a mandate; whoever calls it lets the neighbours judge the person's standing afterwards.
    func grant(_ wanted: WantedMandate, to person: PersonID, path: String, _ work: UnitOfWork) throws -> MandateID {
        guard let organisation = try PeopleStore.organisation(wanted.organisation, work.sql) else {
            throw WireError.invalid("\(path).organisation", "unknown")
        }
        let held = try work.sql.count("SELECT COUNT(*) FROM mandate WHERE person = \(person)")
        guard held < Self.limit else { throw WireError.invalid("\(path).person", "too_many") }
        let (starts, ends) = try interval(of: wanted, path: path + ".")
        let state =
            ends.map { $0 <= work.now } ?? false
            ? "ended" : starts.map { $0 > work.now } ?? false ? "planned" : "active"
        let id = work.nextID(EntityKind.Mandate.self)
        try work.sql.execute(
            """
            INSERT INTO mandate
                (id, person, organisation, role, title, from_text, to_text, starts_at, ends_at, state)
            VALUES (\(id), \(person), \(organisation.id), \(wanted.role.rawValue), \(wanted.title),
                \(wanted.from?.text), \(wanted.to?.text), \(starts), \(ends), \(state))
            """
        )
        var facts = MandateFacts()
        facts.id = id
        facts.person = person
        facts.organisation = organisation.id
        facts.organisationName = organisation.name
        facts.role = wanted.role.rawValue
        facts.title = wanted.title
        facts.from = wanted.from?.text
        facts.to = wanted.to?.text
        try links.renewHandedOut(of: person, work)
        try work.append(MandateGranted(facts), to: .person(person))
        try work.audit("mandate.grant", subject: person.rawValue, organisation: organisation.id)
        return id
    }

    /// When a mandate begins and ends; throws `invalid` for `to` before `from`.
    func interval(of wanted: WantedMandate, path: String) throws -> (starts: Instant?, ends: Instant?) {
        let starts = try wanted.from?.start(in: zone)
        let ends = try wanted.to?.end(in: zone)
        if let ends, let starts, ends <= starts { throw WireError.invalid("\(path)to", "out_of_range") }
        return (starts, ends)
    }

    func end(_ command: EndMandate, _ work: UnitOfWork) throws -> Nothing {
        try PeopleStore.requireAdministrator(work)
        let row = try work.sql.first(
            "SELECT person, organisation, state, ends_at FROM mandate WHERE id = \(command.mandate)"
        ) {
            (
                person: $0.id(0) as PersonID, organisation: $0.id(1) as OrganisationID, state: $0.text(2),
                ends: $0.optionalInstant(3)
            )
        }
        guard let row else { throw WireError.notFound }
        guard row.state != "ended", row.ends.map({ $0 > work.now }) ?? true else {
            throw WireError.conflict("the mandate is over", current: .members(["state": .string("ended")]))
        }
        let at = try command.at?.end(in: zone) ?? work.now
        if let ends = row.ends, at > ends { throw WireError.invalid("with.at", "out_of_range") }
        try work.audit("mandate.end", subject: row.person.rawValue, organisation: row.organisation)
        if at <= work.now {
            try work.sql.execute(
                """
                UPDATE mandate SET state = 'ended', ends_at = \(at), to_text = \(command.at?.text ?? at.description)
                WHERE id = \(command.mandate)
                """
            )
            try work.append(MandateEnded(id: command.mandate, person: row.person), to: .person(row.person))
            try neighbours.standingChanged(row.person, work)
        } else {
            let text = command.at?.text ?? at.description
            try work.sql.execute(
                "UPDATE mandate SET ends_at = \(at), to_text = \(text) WHERE id = \(command.mandate)"
            )
            try work.append(
                MandateChanged(id: command.mandate, person: row.person, to: text),
                to: .person(row.person)
            )
        }
        return Nothing()
    }

    // MARK: By the clock

    /// Ends and begins mandates whose time has come; what they give ends and begins with them.
    var tick: Tick {
        let isDue: @Sendable (QueryContext) throws -> Bool = { context in
            try !Self.due(at: context.now, limit: 1, context.sql).isEmpty
        }
        return Tick(name: "mandates", seconds: 20, isDue: isDue) { work in
            let page = 50
            let due = try Self.due(at: work.now, limit: page, work.sql)
            for (id, person, isOver) in due {
                try work.sql.execute(
                    "UPDATE mandate SET state = \(isOver ? "ended" : "active") WHERE id = \(id)"
                )
                if isOver { try work.append(MandateEnded(id: id, person: person), to: .person(person)) }
                try neighbours.standingChanged(person, work)
            }
            return due.count == page
        }
    }

    private static func due(
        at now: Instant,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [(MandateID, PersonID, isOver: Bool)]
    {
        let over = try sql.all(
            """
            SELECT id, person FROM mandate WHERE state = 'active' AND ends_at <= \(now)
            UNION ALL SELECT id, person FROM mandate WHERE state = 'planned' AND ends_at <= \(now)
            ORDER BY id LIMIT \(limit)
            """
        ) { ($0.id(0) as MandateID, $0.id(1) as PersonID, isOver: true) }
        guard over.count < limit else { return over }
        return over
            + (try sql.all(
                """
                SELECT id, person FROM mandate
                WHERE state = 'planned' AND starts_at <= \(now) AND (ends_at IS NULL OR ends_at > \(now))
                ORDER BY id LIMIT \(limit - over.count)
                """
            ) { ($0.id(0), $0.id(1), isOver: false) })
    }

    // MARK: Reading

    /// A person's mandates that are not over, or all.
    static func facts(of person: PersonID, all: Bool, at now: Instant, _ sql: any SQLReader) throws -> [MandateFacts] {
        try sql.all(
            """
            SELECT m.id, m.person, m.organisation, o.name, m.role, m.title, m.from_text, m.to_text FROM mandate m
            JOIN organisation o ON o.id = m.organisation
            WHERE m.person = \(person)
                AND (\(all) = 1 OR (m.state <> 'ended' AND (m.ends_at IS NULL OR m.ends_at > \(now))))
            ORDER BY m.id LIMIT \(limit)
            """
        ) { row in
            var facts = MandateFacts()
            facts.id = row.id(0)
            facts.person = row.id(1)
            facts.organisation = row.id(2)
            facts.organisationName = row.text(3)
            facts.role = row.text(4)
            facts.title = row.optionalText(5)
            facts.from = row.optionalText(6)
            facts.to = row.optionalText(7)
            return facts
        }
    }
}

/// The refusal for acts on somebody who is no more.
let erasedConflict = WireError.conflict("the person was erased", current: .members(["state": .string("erased")]))
