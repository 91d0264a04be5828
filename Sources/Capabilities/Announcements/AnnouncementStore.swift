import CommunityKernel
import Journal
import WireProtocol

/// A scheduled announcement as the store keeps it.
struct AnnouncementRecord: Sendable {
    let id: AnnouncementID
    let network: NetworkID
    let channel: ChannelID
    let author: Member
    let text: String
    let at: LocalTime
    let due: Instant
    let acknowledge: Bool
    let addressed: [OrganisationID]
    let state: AnnouncementState
    let revision: Int64
    let message: MessageID?
    let reason: String?

    static let columns: SQLQuery = """
        id, network, channel, author, author_kind, text, local_time, zone, due, acknowledge, state, revision, message, \
        reason, addressed
        """

    init(_ row: any SQLRow) {
        id = row.id(0)
        network = row.id(1)
        channel = row.id(2)
        author = Member(id: row.id(3), kind: Member.Kind(rawValue: row.text(4)) ?? .nobody, name: "")
        text = row.text(5)
        due = row.instant(8)
        at = LocalTime(local: row.text(6), zone: row.text(7), utc: due)
        acknowledge = row.flag(9)
        state = AnnouncementState(rawValue: row.text(10)) ?? .failed
        revision = row.int(11)
        message = row.optionalID(12)
        reason = row.optionalText(13)
        addressed = row.text(14).split(separator: ",").compactMap { Int64($0).map(OrganisationID.init) }
    }

    /// The announcement as answers show it, without its text.
    var view: AnnouncementView {
        var view = AnnouncementView()
        view.id = id
        view.network = network
        view.channel = channel
        view.at = at
        view.acknowledge = acknowledge ? true : nil
        view.addressed = addressed.isEmpty ? nil : addressed
        view.state = state
        view.revision = revision
        view.createdBy = author.id.rawValue == 0 ? nil : author.id
        view.message = message
        view.reason = reason
        return view
    }
}

/// The announcements' queries.
enum AnnouncementStore {
    static func announcement(_ id: AnnouncementID, _ sql: any SQLReader) throws -> AnnouncementRecord? {
        try sql.first(
            "SELECT \(part: AnnouncementRecord.columns) FROM announcement WHERE id = \(id)",
            AnnouncementRecord.init
        )
    }

    /// The one that has waited longest of those whose time has come, those of `resting` networks left out unless they
    /// were due before `late`.
    static func due(
        _ now: Instant,
        resting: [NetworkID],
        late: Instant,
        _ sql: any SQLReader
    ) throws
        -> AnnouncementRecord?
    {
        let sent: SQLQuery = resting.isEmpty ? "1 = 1" : "(network NOT IN (\(list: resting)) OR due < \(late))"
        return try sql.first(
            """
            SELECT \(part: AnnouncementRecord.columns) FROM announcement
            WHERE state = 'scheduled' AND due <= \(now) AND \(part: sent) ORDER BY due, id LIMIT 1
            """,
            AnnouncementRecord.init
        )
    }

    /// All of one author's, by id.
    static func written(by author: MemberID, _ sql: any SQLReader) throws -> [AnnouncementRecord] {
        try sql.all(
            "SELECT \(part: AnnouncementRecord.columns) FROM announcement WHERE author = \(author) ORDER BY id",
            AnnouncementRecord.init
        )
    }

    /// The networks that have announcements whose time has come.
    static func networksWithDue(_ now: Instant, _ sql: any SQLReader) throws -> [NetworkID] {
        try sql.all("SELECT DISTINCT network FROM announcement WHERE state = 'scheduled' AND due <= \(now)") {
            $0.id(0)
        }
    }

    static func insert(
        _ id: AnnouncementID,
        _ command: ScheduleAnnouncement,
        network: NetworkID,
        due: Instant,
        addressed: [OrganisationID],
        _ work: UnitOfWork
    ) throws {
        try work.sql.execute(
            """
            INSERT INTO announcement (id, network, channel, author, author_kind, text, local_time, zone, due,
                acknowledge, state, revision, created_at, addressed)
            VALUES (\(id), \(network), \(command.channel), \(work.actor.id), \(work.actor.kind.rawValue),
                \(command.text), \(command.at.local), \(command.at.zone), \(due), \(command.acknowledge ?? false),
                'scheduled', 1, \(work.now), \(addressed.map(\.description).joined(separator: ",")))
            """
        )
    }

    /// Ends the waiting of one.
    ///
    /// What was sent has its text in the message, what was cancelled needs none; what failed keeps it for its author.
    static func settle(
        _ id: AnnouncementID,
        _ state: AnnouncementState,
        message: MessageID? = nil,
        reason: String? = nil,
        _ sql: any SQLWriter
    ) throws {
        try sql.execute(
            """
            UPDATE announcement SET state = \(state.rawValue), revision = revision + 1, message = \(message),
                reason = \(reason), text = CASE WHEN \(state == .failed) <> 0 THEN text ELSE '' END
            WHERE id = \(id)
            """
        )
    }

    // MARK: Texts of what failed

    /// Those that failed and were due before `cutoff` with a text still.
    static func hasFailed(before cutoff: Instant, _ sql: any SQLReader) throws -> Bool {
        try sql.exists(
            "SELECT 1 FROM announcement WHERE state = 'failed' AND due <= \(cutoff) AND text <> '' LIMIT 1"
        )
    }

    static func emptyFailed(before cutoff: Instant, _ sql: any SQLWriter) throws {
        try sql.execute(
            "UPDATE announcement SET text = '' WHERE state = 'failed' AND due <= \(cutoff) AND text <> ''"
        )
    }
}
