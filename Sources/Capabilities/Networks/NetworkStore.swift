public import CommunityKernel
public import Journal
import People
public import WireProtocol

/// What other capabilities may ask about networks.
public enum NetworkStore {
    static let columns: SQLQuery = "n.id, n.slug, n.type, n.name_it, n.name_en, n.settings, n.revision"

    /// The network of that id; nil when there is none.
    ///
    /// Whether the actor may know of it is ``NetworkRules``' to say.
    public static func network(_ id: NetworkID, _ sql: any SQLReader) throws -> NetworkRecord? {
        try sql.first("SELECT \(part: columns) FROM network n WHERE n.id = \(id)", record)
    }

    static func network(slug: String, _ sql: any SQLReader) throws -> NetworkRecord? {
        try sql.first("SELECT \(part: columns) FROM network n WHERE n.slug = \(slug)", record)
    }

    /// Those of networks that fulfil a condition about `n`, after an id, by id.
    static func all(
        where condition: SQLQuery = "1 = 1",
        after: NetworkID = NetworkID(),
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [NetworkRecord] {
        try sql.all(
            """
            SELECT \(part: columns) FROM network n WHERE n.id > \(after) AND \(part: condition)
            ORDER BY n.id LIMIT \(limit)
            """,
            record
        )
    }

    /// The networks of some types, by id, at most `limit`.
    public static func networks(
        ofTypes types: [String],
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [NetworkRecord]
    {
        try all(where: "n.type IN (\(list: types))", limit: limit, sql)
    }

    /// The networks that a member takes part in, by id.
    static func joined(by member: MemberID, _ sql: any SQLReader) throws -> [NetworkRecord] {
        try sql.all(
            """
            SELECT \(part: columns) FROM network_member m JOIN network n ON n.id = m.network
            WHERE m.person = \(member) AND m.until IS NULL AND m.paused = 0 ORDER BY n.id
            """,
            record
        )
    }

    static func record(_ row: any SQLRow) -> NetworkRecord {
        NetworkRecord(
            id: row.id(0),
            slug: row.text(1),
            type: row.text(2),
            name: Bilingual(it: row.text(3), en: row.text(4)),
            storedSettings: row.text(5),
            revision: row.int(6)
        )
    }

    // MARK: Members

    /// A person's role in a network; nil for who is no member, and while the membership has no effect (no mandate
    /// carries it, or the person is suspended).
    public static func role(of member: MemberID, in network: NetworkID, _ sql: any SQLReader) throws -> NetworkRole? {
        try sql.first(
            """
            SELECT role FROM network_member
            WHERE network = \(network) AND person = \(member) AND until IS NULL AND paused = 0
            """
        ) { NetworkRole(rawValue: $0.text(0)) } ?? nil
    }

    /// A member's role together with the network's type; nil as with ``role(of:in:_:)``.
    static func place(
        of member: MemberID,
        in network: NetworkID,
        _ sql: any SQLReader
    ) throws
        -> (type: String, role: NetworkRole)?
    {
        try sql.first(
            """
            SELECT n.type, m.role FROM network_member m JOIN network n ON n.id = m.network
            WHERE m.network = \(network) AND m.person = \(member) AND m.until IS NULL AND m.paused = 0
            """
        ) { row in NetworkRole(rawValue: row.text(1)).map { (row.text(0), $0) } } ?? nil
    }

    /// Those who facilitate a network, at most `limit`.
    public static func facilitators(
        of network: NetworkID,
        limit: Int = 100,
        _ sql: any SQLReader
    ) throws
        -> [MemberID]
    {
        try sql.all(
            """
            SELECT person FROM network_member
            WHERE network = \(network) AND until IS NULL AND paused = 0 AND role = \(NetworkRole.facilitator)
            ORDER BY person LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    /// How many take part in a network.
    public static func memberCount(of network: NetworkID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count(
            "SELECT COUNT(*) FROM network_member WHERE network = \(network) AND until IS NULL AND paused = 0"
        )
    }

    /// Those who take part in a network after the id `after`, by id, at most `limit`.
    public static func members(
        of network: NetworkID,
        after: MemberID = MemberID(),
        limit: Int = 1_000,
        _ sql: any SQLReader
    ) throws -> [MemberID] {
        try sql.all(
            """
            SELECT person FROM network_member
            WHERE network = \(network) AND person > \(after) AND until IS NULL AND paused = 0
            ORDER BY person LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    /// The networks that a member takes part in, with the role, by id.
    public static func networks(of member: MemberID, _ sql: any SQLReader) throws -> [(NetworkID, NetworkRole)] {
        try sql.all(
            """
            SELECT network, role FROM network_member
            WHERE person = \(member) AND until IS NULL AND paused = 0 ORDER BY network
            """
        ) { ($0.id(0), NetworkRole(rawValue: $0.text(1)) ?? .member) }
    }

    /// Whether a member belongs to a network, also while the membership has no effect.
    public static func hasPlace(_ member: MemberID, in network: NetworkID, _ sql: any SQLReader) throws -> Bool {
        try membership(of: member, in: network, sql) != nil
    }

    /// A person's membership, also while it has no effect.
    static func membership(
        of person: PersonID,
        in network: NetworkID,
        _ sql: any SQLReader
    ) throws
        -> MembershipRecord?
    {
        try sql.first(
            """
            SELECT network, person, role, ground, paused, sponsor FROM network_member
            WHERE network = \(network) AND person = \(person) AND until IS NULL
            """,
            membershipRecord
        )
    }

    /// All of a person's memberships, also those without effect.
    static func memberships(of person: PersonID, _ sql: any SQLReader) throws -> [MembershipRecord] {
        try sql.all(
            """
            SELECT network, person, role, ground, paused, sponsor FROM network_member
            WHERE person = \(person) AND until IS NULL ORDER BY network
            """,
            membershipRecord
        )
    }

    private static func membershipRecord(_ row: any SQLRow) -> MembershipRecord {
        MembershipRecord(
            network: row.id(0),
            person: row.id(1),
            role: NetworkRole(rawValue: row.text(2)) ?? .member,
            ground: MembershipGround(rawValue: row.text(3)) ?? .joined,
            isPaused: row.flag(4),
            sponsor: row.optionalID(5)
        )
    }
}
