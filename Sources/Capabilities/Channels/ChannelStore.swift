import CommunityKernel
public import Journal
public import WireProtocol

/// The channels' queries.
public enum ChannelStore {
    /// More channels than anybody joins.
    static let everything = 100_000

    /// The channel of that id, whoever may know of it.
    public static func channel(_ id: ChannelID, _ sql: any SQLReader) throws -> ChannelRecord? {
        try sql.first("SELECT \(part: ChannelRecord.columns) FROM channel c WHERE c.id = \(id)", ChannelRecord.init)
    }

    /// The network's open or announcement channel of that slug.
    public static func listedChannel(
        _ slug: String,
        in network: NetworkID,
        _ sql: any SQLReader
    ) throws
        -> ChannelRecord?
    {
        try sql.first(
            """
            SELECT \(part: ChannelRecord.columns) FROM channel c
            WHERE c.network = \(network) AND c.slug = \(slug) AND c.kind IN ('open', 'announcement')
            """,
            ChannelRecord.init
        )
    }

    /// Where the member `m` begins to read the channel `c`: with the membership, but in a channel without a past for
    /// newcomers with the entitlement, which rests while no mandate carries it.
    private static let readableSince: SQLQuery = """
        CASE WHEN c.history = 'from_joining' THEN COALESCE((SELECT MAX(a.since) FROM stream_access a
            WHERE a.member = m.member AND a.stream = 'channel/' || c.id AND a.until IS NULL), m.since) ELSE m.since END
        """

    /// A channel and a member's belonging to it, in one query.
    static func channel(
        _ id: ChannelID,
        with member: MemberID,
        _ sql: any SQLReader
    ) throws
        -> (channel: ChannelRecord, membership: ChannelMembership?)?
    {
        try sql.first(
            """
            SELECT \(part: ChannelRecord.columns), \(part: readableSince) FROM channel c
            LEFT JOIN channel_member m ON m.channel = c.id AND m.member = \(member) AND m.until IS NULL
            WHERE c.id = \(id)
            """
        ) { row in
            (ChannelRecord(row), row.optionalInt(ChannelRecord.columnCount).map(ChannelMembership.init))
        }
    }

    /// A member's present belonging to a channel.
    public static func membership(
        of member: MemberID,
        in channel: ChannelID,
        _ sql: any SQLReader
    ) throws
        -> ChannelMembership?
    {
        try sql.first(
            """
            SELECT since FROM channel_member WHERE channel = \(channel) AND member = \(member) AND until IS NULL
            """
        ) { ChannelMembership(since: $0.int(0)) }
    }

    /// How many members a channel has.
    public static func memberCount(of channel: ChannelID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM channel_member WHERE channel = \(channel) AND until IS NULL")
    }

    /// The members of a channel by id, a page at a time.
    public static func members(
        of channel: ChannelID,
        after: MemberID = MemberID(),
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [MemberID] {
        try sql.all(
            """
            SELECT member FROM channel_member
            WHERE channel = \(channel) AND member > \(after) AND until IS NULL ORDER BY member LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    /// Those of `candidates` who are members of a channel, by id.
    public static func members(
        of channel: ChannelID,
        among candidates: [MemberID],
        _ sql: any SQLReader
    ) throws
        -> [MemberID]
    {
        if candidates.isEmpty { return [] }
        return try sql.all(
            """
            SELECT member FROM channel_member
            WHERE channel = \(channel) AND member IN (\(list: candidates)) AND until IS NULL ORDER BY member
            """
        ) { $0.id(0) }
    }

    /// The members of a channel who are among some people, by id, a page at a time.
    public static func members(
        of channel: ChannelID,
        in people: SQLQuery,
        after: MemberID,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [MemberID] {
        try sql.all(
            """
            SELECT member FROM channel_member
            WHERE channel = \(channel) AND member > \(after) AND until IS NULL AND member IN (\(part: people))
            ORDER BY member LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    /// The channels that a member belongs to, with the belonging and the read marker.
    public static func joined(
        by member: MemberID,
        network: NetworkID?,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [(channel: ChannelRecord, since: Int64, marker: Int64)]
    {
        let only: SQLQuery = network.map { "AND c.network = \($0)" } ?? ""
        return try sql.all(
            """
            SELECT \(part: ChannelRecord.columns), \(part: readableSince), k.up_to FROM channel_member m
            JOIN channel c ON c.id = m.channel
            LEFT JOIN channel_marker k ON k.member = m.member AND k.channel = m.channel
            WHERE m.member = \(member) AND m.until IS NULL \(part: only) ORDER BY c.id LIMIT \(limit)
            """
        ) { (ChannelRecord($0), $0.int(ChannelRecord.columnCount), $0.int(ChannelRecord.columnCount + 1)) }
    }

    /// The open and announcement channels of some networks; of all when `networks` is nil.
    static func listed(in networks: [NetworkID]?, limit: Int, _ sql: any SQLReader) throws -> [ChannelRecord] {
        let only: SQLQuery = networks.map { "AND c.network IN (\(list: $0))" } ?? ""
        return try sql.all(
            """
            SELECT \(part: ChannelRecord.columns) FROM channel c
            WHERE c.kind IN ('open', 'announcement') \(part: only) ORDER BY c.id LIMIT \(limit)
            """,
            ChannelRecord.init
        )
    }

    /// The conversation of exactly these people.
    static func direct(_ people: [PersonID], _ sql: any SQLReader) throws -> ChannelID? {
        try sql.first("SELECT id FROM channel WHERE people = \(key(people))") { $0.id(0) }
    }

    static func key(_ people: [PersonID]) -> String {
        people.sorted().map(\.description).joined(separator: ",")
    }

    /// A member's read marker in a channel, 0 for none.
    public static func marker(of member: MemberID, in channel: ChannelID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT up_to FROM channel_marker WHERE member = \(member) AND channel = \(channel)")
    }

    // MARK: Writing

    static func insert(_ channel: ChannelRecord, _ work: UnitOfWork) throws {
        let people = channel.people.isEmpty ? nil : key(channel.people)
        try work.sql.execute(
            """
            INSERT INTO channel
                (id, network, slug, name, kind, history, state, people, replies, name_it, name_en, created_by, created_at)
            VALUES (\(channel.id), \(channel.network), \(channel.slug), \(channel.name), \(channel.kind),
                \(channel.history), \(channel.state.rawValue), \(people), \(channel.hasReplies),
                \(channel.names?.it), \(channel.names?.en), \(work.actor.id), \(work.now))
            """
        )
    }

    static func begin(_ member: MemberID, in channel: ChannelID, since: Int64, _ sql: any SQLWriter) throws {
        try sql.execute(
            "INSERT INTO channel_member (channel, member, since) VALUES (\(channel), \(member), \(since))"
        )
    }

    static func end(_ member: MemberID, in channel: ChannelID, until: Int64, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            UPDATE channel_member SET until = \(until)
            WHERE channel = \(channel) AND member = \(member) AND until IS NULL
            """
        )
    }

    static func setMarker(_ seq: Int64, of member: MemberID, in channel: ChannelID, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO channel_marker (member, channel, up_to) VALUES (\(member), \(channel), \(seq))
            ON CONFLICT (member, channel) DO UPDATE SET up_to = excluded.up_to
            """
        )
    }
}
