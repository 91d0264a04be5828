import CommunityKernel
import Journal
import WireProtocol

/// A draft as the store keeps it.
struct DraftRecord: Sendable {
    let channel: ChannelID
    let thread: MessageID?
    let text: String
    let at: Instant
    /// The update that bears the text.
    let seq: Int64

    static let columns: SQLQuery = "channel, thread, text, at, seq"

    init(_ row: any SQLRow) {
        channel = row.id(0)
        thread = row.int(1) == 0 ? nil : row.id(1)
        text = row.text(2)
        at = row.instant(3)
        seq = row.int(4)
    }

    var view: DraftView { DraftView(channel: channel, thread: thread, text: text, at: at) }
}

/// The drafts' queries.
enum DraftStore {
    static func draft(
        of person: PersonID,
        in channel: ChannelID,
        _ thread: MessageID?,
        _ sql: any SQLReader
    ) throws -> DraftRecord? {
        try sql.first(
            """
            SELECT \(part: DraftRecord.columns) FROM draft
            WHERE person = \(person) AND channel = \(channel) AND thread = \(thread ?? MessageID())
            """,
            DraftRecord.init
        )
    }

    static func all(of person: PersonID, _ sql: any SQLReader) throws -> [DraftRecord] {
        try sql.all(
            "SELECT \(part: DraftRecord.columns) FROM draft WHERE person = \(person) ORDER BY channel, thread",
            DraftRecord.init
        )
    }

    static func count(of person: PersonID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM draft WHERE person = \(person)")
    }

    /// Tells the text of a place anew and writes it down; the former update loses it.
    static func save(
        _ text: String,
        of person: PersonID,
        in channel: ChannelID,
        _ thread: MessageID?,
        insteadOf former: DraftRecord?,
        _ work: UnitOfWork
    ) throws {
        if let former { try work.rewrite(former.seq, withoutText) }
        let seq = try work.append(
            DraftSaved(channel: channel, thread: thread, text: text),
            to: .person(person),
            by: person
        )
        let key = thread ?? MessageID()
        if text.isEmpty {
            try work.sql.execute(
                "DELETE FROM draft WHERE person = \(person) AND channel = \(channel) AND thread = \(key)"
            )
            return
        }
        try work.sql.execute(
            """
            INSERT INTO draft (person, channel, thread, text, at, seq)
            VALUES (\(person), \(channel), \(key), \(text), \(work.now), \(seq))
            ON CONFLICT (person, channel, thread) DO UPDATE SET text = excluded.text, at = excluded.at,
                seq = excluded.seq
            """
        )
    }

    static func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        for draft in try all(of: person, work.sql) { try work.rewrite(draft.seq, withoutText) }
        try work.sql.execute("DELETE FROM draft WHERE person = \(person)")
    }

    /// What stays of a former `draft.saved`: where it was.
    private static func withoutText(_ data: JSONObject) -> JSONObject {
        JSONObject(
            data.members.map { $0.name == "text" ? JSONObject.Member(name: "text", value: .string("")) : $0 }
        )
    }
}
