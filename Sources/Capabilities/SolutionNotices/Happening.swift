import CommunityKernel
import Journal
import Notifications
import WireProtocol

/// Something that became of a document, a solution or an adoption, and how far those concerned are told of it: some at a
/// time, in the order in which things happened.
struct Happening: Sendable {
    /// Whom it concerns.
    enum Concern: String {
        /// Those who have a part in it.
        case own
        /// Those whose city took the solution over.
        case adopters
    }

    /// The update that said so.
    let seq: Int64
    let told: SolutionNews
    let topic: NoticeTopic
    var concern = Concern.own
    /// The comment, the suggestion or the version; 0 for none.
    var detail: Int64 = 0
    let at: Instant
    /// Who did it.
    let author: MemberID
    /// Whether those named are told, and the network's members are gone through.
    var isWide = false
    /// The last person looked at.
    var after = MemberID()
    /// Members told so far.
    var reached: Int64 = 0

    init(_ told: SolutionNews, of topic: NoticeTopic, _ update: PastUpdate) {
        seq = update.seq
        at = update.at
        author = update.by
        self.told = told
        self.topic = topic
    }

    private init?(_ row: any SQLRow) {
        guard let told = SolutionNews(rawValue: row.text(2)),
            let topic = NoticeTopic(name: row.text(3), number: row.int(4))
        else { return nil }
        self.told = told
        self.topic = topic
        seq = row.int(0)
        concern = Concern(rawValue: row.text(1)) ?? .own
        detail = row.int(5)
        at = row.instant(6)
        author = row.id(7)
        isWide = row.flag(8)
        after = row.id(9)
        reached = row.int(10)
    }

    /// The people whom an update itself names: those asked for a review.
    static func people(namedBy seq: Int64, _ sql: any SQLReader) throws -> [PersonID] {
        let frame = try sql.first("SELECT payload FROM journal WHERE seq = \(seq)") { $0.bytes(0) }
        let named = frame.flatMap { PastUpdate(frame: $0) }?.data["who"]?.array ?? []
        return named.compactMap(\.int).map { PersonID($0) }
    }

    /// The one that has waited longest.
    static func next(_ sql: any SQLReader) throws -> Happening? {
        try sql.first(
            """
            SELECT seq, circle, told, topic, topic_id, detail, at, author, wide, after, reached FROM solution_notice
            ORDER BY seq, circle LIMIT 1
            """,
            Happening.init
        ) ?? nil
    }

    static func isAnyLeft(_ sql: any SQLReader) throws -> Bool {
        try sql.exists("SELECT 1 FROM solution_notice LIMIT 1")
    }

    func save(_ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO solution_notice (seq, circle, told, topic, topic_id, detail, at, author, wide, after, reached)
            VALUES (\(seq), \(concern.rawValue), \(told.rawValue), \(topic.name), \(topic.number), \(detail), \(at),
                \(author), \(isWide), \(after), \(reached))
            ON CONFLICT (seq, circle) DO UPDATE SET wide = excluded.wide, after = excluded.after,
                reached = excluded.reached
            """
        )
    }

    func remove(_ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM solution_notice WHERE seq = \(seq) AND circle = \(concern.rawValue)")
    }
}
