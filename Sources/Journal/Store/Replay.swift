public import CommunityKernel
public import WireProtocol

/// One piece of what a member missed.
public struct ReplayPage: Sendable {
    /// The updates, in rising `seq`, with the bytes that were first sent.
    public let updates: [(seq: Int64, frame: [UInt8])]
    /// Everything the member may see up to here is in this page or an earlier one.
    public let upTo: Int64
    /// The journal's head in this snapshot.
    public let head: Int64
    /// The streams open to the member in this snapshot; given with the last page only.
    public let streams: [StreamName]?
}

/// How far a replay looks ahead; it grows while little is found, so that a long absence from quiet streams is quick.
public struct ReplayWindow: Sendable {
    var span: Int64 = 4_096
    /// The first window.
    public init() {}
}

/// Ends the reading of a page that holds enough bytes.
private struct PageIsFull: Error {}

extension SQLReader {
    /// The journal's last `seq`.
    public func journalHead() throws -> Int64 {
        try count("SELECT COALESCE(MAX(seq), 0) FROM journal")
    }

    /// The streams open to a member now.
    public func openStreams(of member: MemberID) throws -> [StreamName] {
        try all("SELECT stream FROM stream_access WHERE member = \(member) AND until IS NULL") {
            StreamName($0.text(0))
        }
    }

    /// The last offset of each stream open to a member now.
    public func currentOffsets(of member: MemberID) throws -> [(stream: StreamName, offset: Int64)] {
        try all(
            """
            SELECT a.stream, h.position FROM stream_access a
            LEFT JOIN stream_head h ON h.stream = a.stream
            WHERE a.member = \(member) AND a.until IS NULL ORDER BY a.stream
            """
        ) { (StreamName($0.text(0)), $0.int(1)) }
    }

    /// The last offset before the first update that follows `seq`, of each stream that a member reads after it: of one
    /// open at `seq` the offset then, of one that begins later the offset where it begins.
    public func offsets(of member: MemberID, at seq: Int64) throws -> [(stream: StreamName, offset: Int64)] {
        try all(
            """
            SELECT a.stream, (SELECT j.position FROM journal j WHERE j.stream = a.stream
                AND j.seq <= CASE WHEN a.since > \(seq) THEN a.since - 1 ELSE \(seq) END ORDER BY j.seq DESC LIMIT 1)
            FROM (SELECT stream, MIN(since) AS since FROM stream_access
                WHERE member = \(member) AND (until IS NULL OR until > \(seq)) GROUP BY stream) a
            ORDER BY a.stream
            """
        ) { (StreamName($0.text(0)), $0.int(1)) }
    }

    /// The next page of what a member was entitled to after `cursor`, each update at its own `seq`; it ends after
    /// `limit` updates or with the one that exceeds `bytes`.
    ///
    /// `opened` are streams of the member's connection beside those that the member is entitled to.
    public func replay(
        to member: MemberID,
        after cursor: Int64,
        opened: OpenedStreams = [:],
        limit: Int,
        bytes: Int,
        _ window: inout ReplayWindow
    ) throws -> ReplayPage {
        let head = try journalHead()
        let end = min(head, cursor + window.span)
        var query: SQLQuery =
            """
            SELECT j.seq, j.payload FROM stream_access a CROSS JOIN journal j
            WHERE a.member = \(member) AND j.stream = a.stream AND j.seq > \(cursor) AND j.seq <= \(end)
                AND j.seq >= a.since AND (a.until IS NULL OR j.seq <= a.until)
            """
        for (stream, since) in opened {
            query = """
                \(part: query) UNION ALL SELECT o.seq, o.payload FROM journal o
                WHERE o.stream = \(stream) AND o.seq > \(max(cursor, since)) AND o.seq <= \(end)
                """
        }
        query = "\(part: query) ORDER BY 1 LIMIT \(limit)"
        var updates: [(seq: Int64, frame: [UInt8])] = []
        var size = 0
        var isCut = false
        do {
            try forEach(query) { row in
                updates.append((row.int(0), row.bytes(1)))
                size += updates[updates.count - 1].frame.count
                if size > bytes { throw PageIsFull() }
            }
        } catch is PageIsFull {
            isCut = true
        }
        if updates.count < limit / 4 { window.span = min(window.span * 8, 1 << 22) }
        let upTo = isCut || updates.count == limit ? (updates.last?.seq ?? end) : max(end, cursor)
        let isLast = upTo >= head
        return ReplayPage(
            updates: updates,
            upTo: upTo,
            head: head,
            streams: isLast ? try openStreams(of: member) : nil
        )
    }

    /// Updates of the given types (nil: all) after `cursor`, up to and with `end`, for a follower.
    func page(
        after cursor: Int64,
        upTo end: Int64,
        types: Set<String>?,
        limit: Int
    ) throws -> [(seq: Int64, frame: [UInt8])] {
        let only: SQLQuery = types.map { "AND type IN (\(list: $0.sorted()))" } ?? ""
        return try all(
            """
            SELECT seq, payload FROM journal WHERE seq > \(cursor) AND seq <= \(end) \(part: only)
            ORDER BY seq LIMIT \(limit)
            """
        ) { (seq: $0.int(0), frame: $0.bytes(1)) }
    }
}

extension PastUpdate {
    /// Reads an update's bytes back; nil when they are none.
    public init?(frame: [UInt8]) {
        guard let update = (try? JSONParser.parse(frame, limits: .answers))?["update"],
            let seq = update["seq"]?.int, let stream = update["stream"]?.string, let type = update["type"]?.string,
            let at = update["at"]?.string.flatMap({ Instant($0) })
        else { return nil }
        self.init(
            seq: seq,
            stream: StreamName(stream),
            type: type,
            at: at,
            by: MemberID(update["by"]?.int ?? 0),
            data: update["data"]?.object ?? JSONObject()
        )
    }
}
