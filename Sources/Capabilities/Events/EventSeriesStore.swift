import Journal
import WireProtocol

/// The queries of series.
enum EventSeriesStore {
    /// An event's place in its series; nil for one that stands alone.
    static func place(of event: EventRecord, _ sql: any SQLReader) throws -> SeriesPlace? {
        guard let series = event.series, let index = event.index else { return nil }
        let planned = try sql.first("SELECT planned FROM event_series WHERE id = \(series)") { $0.int(0) }
        return SeriesPlace(id: series, index: index, of: planned ?? index)
    }
}
