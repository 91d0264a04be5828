import Channels
import Journal
import Messages
import People
import WireProtocol

/// How far the people concerned by one message are told of it: a few at a time, so that a message for thousands holds
/// nobody up, and once each, across a crash.
struct Spread: Sendable {
    /// Who comes next.
    enum Phase: String {
        /// Those mentioned, after an edit.
        case named
        /// Those mentioned, and those who wrote in the thread.
        case concerned
        /// Those who act for a sub-body that the message is addressed to.
        case addressed
        /// Those who want to be told everything, or everybody where the message is for everybody.
        case wide
    }

    /// The update that began it.
    let seq: Int64
    /// The message.
    let message: MessageID
    /// When it was.
    let at: Instant
    /// Who comes next.
    var phase: Phase
    /// The last person told.
    var after = MemberID()
    /// People of the phases ``Phase/addressed`` and ``Phase/wide`` so far.
    var reached: Int64 = 0

    /// The one that has waited longest.
    static func next(_ sql: any SQLReader) throws -> Spread? {
        try sql.first(
            "SELECT seq, message, at, phase, after, reached FROM notification_spread ORDER BY seq LIMIT 1"
        ) { row in
            Spread(
                seq: row.int(0),
                message: row.id(1),
                at: row.instant(2),
                phase: Phase(rawValue: row.text(3)) ?? .wide,
                after: row.id(4),
                reached: row.int(5)
            )
        }
    }

    static func isAnyLeft(_ sql: any SQLReader) throws -> Bool {
        try sql.exists("SELECT 1 FROM notification_spread LIMIT 1")
    }

    func save(_ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO notification_spread (seq, message, at, phase, after, reached)
            VALUES (\(seq), \(message), \(at), \(phase.rawValue), \(after), \(reached))
            ON CONFLICT (seq) DO UPDATE SET phase = excluded.phase, after = excluded.after, reached = excluded.reached
            """
        )
    }

    func remove(_ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM notification_spread WHERE seq = \(seq)")
    }
}

/// One message and whom it concerns.
struct Audience {
    let message: MessageRecord
    let channel: ChannelRecord
    /// Those mentioned by name or by a group that was written out.
    let named: Set<MemberID>
    /// Those who began the thread or wrote in it.
    let participants: Set<MemberID>
    /// Whether it mentions everybody in a channel too large to list.
    let mentionsEverybody: Bool

    /// Nil when there is nothing to be told any more.
    init?(_ id: MessageID, _ sql: any SQLReader) throws {
        guard let message = try MessageStore.message(id, sql), !message.isDeleted,
            let channel = try ChannelStore.channel(message.channel, sql)
        else { return nil }
        self.message = message
        self.channel = channel
        named = Set(message.mentions)
        participants = try message.thread.map { Set(try MessageStore.participants(in: $0, before: id, sql)) } ?? []
        mentionsEverybody = try MessageStore.mentionsEverybody(message, sql)
    }

    /// Whether every member is concerned.
    private var isForEverybody: Bool { message.acknowledge || mentionsEverybody }

    /// What follows a phase; nil after the last.
    func phase(after phase: Spread.Phase) -> Spread.Phase? {
        switch phase {
        case .concerned: message.addressed.isEmpty ? .wide : .addressed
        case .addressed: .wide
        case .named, .wide: nil
        }
    }

    /// The people of a phase after `spread.after`, by id, at most `limit`.
    func people(_ spread: Spread, limit: Int, at now: Instant, _ sql: any SQLReader) throws -> [MemberID] {
        switch spread.phase {
        case .named: Self.page(named, after: spread.after, limit)
        case .concerned: Self.page(named.union(participants), after: spread.after, limit)
        case .addressed:
            try ChannelStore.members(
                of: channel.id,
                in: PeopleStore.acting(for: message.addressed, at: now),
                after: spread.after,
                limit: limit,
                sql
            )
        case .wide where isForEverybody:
            try ChannelStore.members(of: channel.id, after: spread.after, limit: limit, sql)
        case .wide: try ChannelTunings.wantingAll(in: channel, after: spread.after, limit: limit, sql)
        }
    }

    private static func page(_ people: Set<MemberID>, after: MemberID, _ limit: Int) -> [MemberID] {
        Array(people.filter { $0 > after }.sorted().prefix(limit))
    }

    /// Why a member who reads the message is told of it; nil when the member is not.
    func kind(
        for member: MemberID,
        in phase: Spread.Phase,
        since: Int64,
        choice: NotifyChoice
    ) -> NotificationKind? {
        if choice == .none { return nil }
        // Who came later was not spoken to.
        let wasThere = message.id.rawValue > since
        if message.acknowledge, wasThere { return .acknowledge }
        if named.contains(member) || (mentionsEverybody || phase == .addressed) && wasThere { return .mention }
        if participants.contains(member) { return .reply }
        return choice == .all && wasThere ? .message : nil
    }
}
