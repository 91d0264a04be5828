public import CommunityKernel
public import Journal
public import WireProtocol

/// What other capabilities may ask about people.
///
/// Rights are read here in each command, never kept.
public enum PeopleStore {
    // MARK: Persons

    /// The person of that id; nil when there is none.
    public static func person(_ id: PersonID, _ sql: any SQLReader) throws -> PersonRecord? {
        try sql.first("SELECT id, name, email, state, language, zone FROM person WHERE id = \(id)", personRecord)
    }

    /// The person of that id who takes part; nil when there is none.
    public static func activePerson(_ id: PersonID, _ sql: any SQLReader) throws -> PersonRecord? {
        guard let person = try person(id, sql), person.state == .active else { return nil }
        return person
    }

    /// Those who are active and have that name, whatever accents and case, by id, at most `limit`.
    public static func activePersons(named name: String, limit: Int, _ sql: any SQLReader) throws -> [PersonID] {
        try sql.all(
            """
            SELECT id FROM person WHERE name_folded = \(Folding.name(name)) AND state = 'active'
            ORDER BY id LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    /// The person of that address in the form in which addresses are compared; nil when there is none.
    static func person(address folded: String, _ sql: any SQLReader) throws -> PersonRecord? {
        try sql.first(
            "SELECT id, name, email, state, language, zone FROM person WHERE email_folded = \(folded)",
            personRecord
        )
    }

    /// The names shown, of persons and bots; who does not exist is left out.
    public static func names(of members: [MemberID], _ sql: any SQLReader) throws -> [MemberID: String] {
        guard !members.isEmpty else { return [:] }
        var names: [MemberID: String] = [:]
        // The engines bound the values of one statement: ask in parts.
        for start in stride(from: 0, to: members.count, by: 500) {
            let part = Array(members[start..<min(start + 500, members.count)])
            try sql.forEach(
                """
                SELECT id, name FROM person WHERE id IN (\(list: part))
                UNION ALL SELECT id, name FROM bot WHERE id IN (\(list: part))
                """
            ) { names[$0.id(0)] = $0.text(1) }
        }
        return names
    }

    static func personRecord(_ row: any SQLRow) -> PersonRecord {
        PersonRecord(
            id: row.id(0),
            name: row.text(1),
            email: row.text(2),
            state: PersonState(rawValue: row.text(3)) ?? .suspended,
            language: row.text(4),
            zone: row.text(5)
        )
    }

    // MARK: Platform roles

    /// Whether the actor may do what administrators may; the system may.
    public static func isAdministrator(_ member: Member, _ sql: any SQLReader) throws -> Bool {
        try has(.admin, member, sql)
    }

    /// Whether the actor has a platform role; the system has each of them.
    public static func has(_ role: PlatformRole, _ member: Member, _ sql: any SQLReader) throws -> Bool {
        switch member.kind {
        case .system: true
        case .bot, .nobody: false
        case .person:
            try sql.exists(
                """
                SELECT 1 FROM person_role r JOIN person p ON p.id = r.person
                WHERE r.person = \(member.id) AND r.role = \(role) AND p.state = 'active' LIMIT 1
                """
            )
        }
    }

    /// Whether the actor may moderate: moderators, administrators and the system.
    public static func isModerator(_ member: Member, _ sql: any SQLReader) throws -> Bool {
        try has(.moderator, member, sql) || isAdministrator(member, sql)
    }

    /// A person's platform roles.
    public static func roles(of person: PersonID, _ sql: any SQLReader) throws -> [PlatformRole] {
        try sql.all("SELECT role FROM person_role WHERE person = \(person) ORDER BY role") { $0.text(0) }
            .compactMap(PlatformRole.init)
    }

    /// Those who have a platform role and take part, at most `limit`.
    public static func members(with role: PlatformRole, limit: Int = 100, _ sql: any SQLReader) throws -> [MemberID] {
        try sql.all(
            """
            SELECT r.person FROM person_role r JOIN person p ON p.id = r.person
            WHERE r.role = \(role) AND p.state = 'active' ORDER BY r.person LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    /// Refuses as `forbidden` who is no administrator.
    public static func requireAdministrator(_ work: UnitOfWork) throws {
        try requireAdministrator(work.actor, work.sql)
    }

    /// Refuses as `forbidden` who is no administrator.
    public static func requireAdministrator(_ member: Member, _ sql: any SQLReader) throws {
        guard try isAdministrator(member, sql) else { throw WireError.forbidden("for administrators") }
    }

    // MARK: Organisations

    /// The organisation of that id; nil when there is none.
    public static func organisation(_ id: OrganisationID, _ sql: any SQLReader) throws -> OrganisationRecord? {
        try sql.first(
            "SELECT \(part: organisationColumns) FROM organisation o WHERE o.id = \(id)",
            organisationRecord
        )
    }

    /// The organisation of that slug; nil when there is none.
    public static func organisation(slug: String, _ sql: any SQLReader) throws -> OrganisationRecord? {
        try sql.first(
            "SELECT \(part: organisationColumns) FROM organisation o WHERE o.slug = \(slug)",
            organisationRecord
        )
    }

    /// The metropolitan cities, by name.
    public static func metropolitanCities(_ sql: any SQLReader) throws -> [OrganisationRecord] {
        try sql.all(
            """
            SELECT \(part: organisationColumns) FROM organisation o
            WHERE o.kind = \(OrganisationKind.metropolitanCity.rawValue) ORDER BY o.name LIMIT 100
            """,
            organisationRecord
        )
    }

    /// Those of some organisations that are comuni of a metropolitan city at that moment.
    public static func municipalities(
        of city: OrganisationID,
        among organisations: [OrganisationID],
        at now: Instant,
        _ sql: any SQLReader
    ) throws -> Set<OrganisationID> {
        if organisations.isEmpty { return [] }
        return Set(
            try sql.all(
                """
                SELECT o.id FROM organisation o
                JOIN organisation_parent h ON h.organisation = o.id AND h.parent = \(city) AND h.since <= \(now)
                    AND (h.until IS NULL OR h.until > \(now))
                WHERE o.id IN (\(list: organisations)) AND o.kind = \(OrganisationKind.comune.rawValue)
                """
            ) { $0.id(0) }
        )
    }

    static let organisationColumns: SQLQuery = """
        o.id, o.slug, o.kind, o.name, o.istat, o.region, o.parent, o.lat, o.lon, o.municipalities, o.source, o.revision
        """

    static func organisationRecord(_ row: any SQLRow) -> OrganisationRecord {
        OrganisationRecord(
            id: row.id(0),
            slug: row.text(1),
            kind: OrganisationKind(rawValue: row.text(2)) ?? .altro,
            name: row.text(3),
            istat: row.optionalText(4),
            region: row.optionalText(5),
            parent: row.optionalID(6),
            lat: row.isNull(7) ? nil : row.double(7),
            lon: row.isNull(8) ? nil : row.double(8),
            municipalities: row.optionalInt(9),
            source: row.optionalText(10),
            revision: row.int(11)
        )
    }

    // MARK: Mandates

    /// The mandates that a person has at that moment, each with the metropolitan city that its organisation belongs to
    /// at that moment; none for who is suspended or erased.
    public static func activeMandates(
        of person: PersonID,
        at now: Instant,
        _ sql: any SQLReader
    ) throws
        -> [MandateFact]
    {
        try sql.all(
            """
            SELECT m.role, m.organisation, o.kind, h.parent, m.ends_at FROM mandate m
            JOIN person p ON p.id = m.person
            JOIN organisation o ON o.id = m.organisation
            LEFT JOIN organisation_parent h ON h.organisation = o.id AND h.since <= \(now)
                AND (h.until IS NULL OR h.until > \(now))
            WHERE m.person = \(person) AND p.state = 'active' AND m.state <> 'ended'
                AND (m.starts_at IS NULL OR m.starts_at <= \(now)) AND (m.ends_at IS NULL OR m.ends_at > \(now))
            ORDER BY m.id LIMIT 100
            """
        ) { row in
            let kind = row.text(2)
            let city: OrganisationID? =
                kind == OrganisationKind.metropolitanCity.rawValue ? row.id(1) : row.optionalID(3)
            return MandateFact(
                role: row.text(0),
                organisation: row.id(1),
                organisationKind: kind,
                city: city,
                ends: row.optionalInstant(4)
            )
        }
    }

    /// The query for the people with a mandate in force in one of these organisations at that moment.
    public static func acting(for organisations: [OrganisationID], at now: Instant) -> SQLQuery {
        """
        SELECT m.person FROM mandate m
        WHERE m.organisation IN (\(list: organisations)) AND m.state <> 'ended'
            AND (m.starts_at IS NULL OR m.starts_at <= \(now)) AND (m.ends_at IS NULL OR m.ends_at > \(now))
        """
    }

    // MARK: Bots

    /// The bot of that id; nil when there is none.
    public static func bot(_ id: MemberID, _ sql: any SQLReader) throws -> BotRecord? {
        try sql.first(
            "SELECT id, name, owner_network, owner_organisation, expires_at, revoked_at FROM bot WHERE id = \(id)",
            botRecord
        )
    }

    static func botRecord(_ row: any SQLRow) -> BotRecord {
        let network: NetworkID? = row.optionalID(2)
        return BotRecord(
            id: row.id(0),
            name: row.text(1),
            owner: network.map(BotRecord.Owner.network) ?? .organisation(row.id(3)),
            expires: row.optionalInstant(4),
            revoked: row.optionalInstant(5)
        )
    }

    /// What a bot may do; nothing once its token was revoked.
    public static func scopes(of bot: MemberID, _ sql: any SQLReader) throws -> [BotScope] {
        try sql.all(
            """
            SELECT s.action, s.kind, s.target FROM bot_scope s JOIN bot b ON b.id = s.bot
            WHERE s.bot = \(bot) AND b.revoked_at IS NULL ORDER BY s.action, s.kind, s.target LIMIT 100
            """
        ) { BotScope("\($0.text(0)):\($0.text(1))/\($0.int(2))") }.compactMap { $0 }
    }

    /// The bots with the scope `read:network/N`: whoever makes an open or announcement channel in that network grants
    /// them its stream.
    public static func botsReading(network: NetworkID, _ sql: any SQLReader) throws -> [MemberID] {
        try sql.all(
            """
            SELECT s.bot FROM bot_scope s JOIN bot b ON b.id = s.bot
            WHERE s.kind = 'network' AND s.target = \(network) AND s.action = 'read' AND b.revoked_at IS NULL
            ORDER BY s.bot LIMIT 1000
            """
        ) { $0.id(0) }
    }
}
