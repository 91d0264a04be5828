public import Journal
public import WireProtocol

/// A series as the store knows one.
struct SeriesRecord {
    let id: SeriesID
    let network: NetworkID
    var kind: EventKind
    var title: String
    var rule: String
    /// When the first takes place.
    var span: EventSpan
    /// What is said of each event.
    var details: EventDetails
    var planned: Int64
    var isPublic: Bool
    var revision: Int64
    let creator: MemberID
    let created: Instant

    static let columns: SQLQuery = """
        id, network, kind, title, rule, start_local, start_zone, end_local, end_zone, starts, ends, details, planned, \
        public, revision, creator, created_at
        """

    var state: SeriesState { isPublic ? .published : .draft }

    /// What `conflict` tells of it.
    var current: JSON { .members(["revision": .int(revision), "state": .string(state.rawValue)]) }
}

extension SeriesRecord {
    init(_ row: any SQLRow) {
        self.init(
            id: row.id(0),
            network: row.id(1),
            kind: EventKind(rawValue: row.text(2)) ?? .other,
            title: row.text(3),
            rule: row.text(4),
            span: EventSpan(row, 5),
            details: EventDetails(stored: row.text(11)),
            planned: row.int(12),
            isPublic: row.flag(13),
            revision: row.int(14),
            creator: row.id(15),
            created: row.instant(16)
        )
    }

    /// What every update of it bears.
    var news: SeriesView {
        var view = SeriesView()
        view.id = id
        view.revision = revision
        view.state = state
        return view
    }

    /// The series as queries and updates show it, without its events.
    var view: SeriesView {
        var view = news
        view.network = network
        view.kind = kind
        view.title = title
        view.rule = rule
        view.start = span.start
        view.end = span.end
        view.planned = planned
        view.createdBy = creator.rawValue == 0 ? nil : creator
        view.at = created
        return view
    }
}

/// The queries of series.
public enum EventSeriesStore {
    static func series(_ id: SeriesID, _ sql: any SQLReader) throws -> SeriesRecord? {
        try sql.first(
            "SELECT \(part: SeriesRecord.columns) FROM event_series WHERE id = \(id)",
            SeriesRecord.init
        )
    }

    /// A network's series before an id, newest first.
    static func series(
        of network: NetworkID,
        before: SeriesID?,
        isPublic: Bool,
        limit: Int64,
        _ sql: any SQLReader
    ) throws -> [SeriesRecord] {
        try sql.all(
            """
            SELECT \(part: SeriesRecord.columns) FROM event_series
            WHERE network = \(network) AND id < \(before?.rawValue ?? .max) AND public >= \(isPublic)
            ORDER BY id DESC LIMIT \(limit)
            """,
            SeriesRecord.init
        )
    }

    /// The events of a series, in order.
    public static func events(of series: SeriesID, _ sql: any SQLReader) throws -> [EventRecord] {
        try EventStore.events(where: "e.series = \(series)", order: "e.series_index", limit: 1_000, sql)
    }

    static func insert(_ series: SeriesRecord, _ sql: any SQLWriter) throws {
        let span = series.span
        try sql.execute(
            """
            INSERT INTO event_series (id, network, kind, title, rule, start_local, start_zone, end_local, end_zone,
                starts, ends, details, planned, public, revision, creator, created_at)
            VALUES (\(series.id), \(series.network), \(series.kind.rawValue), \(series.title), \(series.rule),
                \(span.start.kept), \(span.start.zone), \(span.end.kept), \(span.end.zone), \(span.starts),
                \(span.ends), \(series.details.stored), \(series.planned), \(series.isPublic), \(series.revision),
                \(series.creator), \(series.created))
            """
        )
    }

    static func update(_ series: SeriesRecord, _ sql: any SQLWriter) throws {
        let span = series.span
        try sql.execute(
            """
            UPDATE event_series SET kind = \(series.kind.rawValue), title = \(series.title), rule = \(series.rule),
                start_local = \(span.start.kept), start_zone = \(span.start.zone), end_local = \(span.end.kept),
                end_zone = \(span.end.zone), starts = \(span.starts), ends = \(span.ends),
                details = \(series.details.stored), planned = \(series.planned), public = \(series.isPublic),
                revision = \(series.revision)
            WHERE id = \(series.id)
            """
        )
    }
}

extension EventDetails {
    /// Reads what is kept.
    init(stored: String) {
        let object = (try? JSONParser.parse(Array(stored.utf8)))?.object
        self = object.flatMap { try? EventDetails.read($0) } ?? EventDetails()
    }

    /// What is kept.
    var stored: String { String(decoding: WireBytes.of(self), as: UTF8.self) }
}
