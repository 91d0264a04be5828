import CommunityKernel
import Journal
import WireProtocol

/// `series.preview`: the dates of a series before anything is written.
extension MakingSeries {
    /// When an occurrence would take place: by the clock on the wall, and resolved, unless that time does not exist.
    struct Occurrence {
        let start: EventTime
        let end: EventTime
        let span: Result<EventSpan, WireError>
    }

    /// When each occurrence takes place: at the same time of day by the clock on the wall, and as long.
    func occurrences(of rule: RecurrenceRule, from first: EventSpan) throws -> [Occurrence] {
        let length = first.end.wall.milliseconds - first.start.wall.milliseconds
        return try rule.occurrences(from: first.start).map { text in
            guard let wall = Instant(text.utf8.count == 10 ? "\(text)T00:00:00Z" : "\(text)Z") else {
                throw WireError.invalid("with.rule", "not_a_time")
            }
            let start = first.start.at(wall: wall)
            let end = first.end.at(wall: wall.advanced(byMilliseconds: length))
            do {
                return Occurrence(start: start, end: end, span: .success(try editing.span(start, end)))
            } catch let error as WireError {
                return Occurrence(start: start, end: end, span: .failure(error))
            }
        }
    }

    func preview(_ query: PreviewSeries, _ context: QueryContext) throws -> SeriesPreview {
        let series = try query.series.map { try facilitated($0, by: context.actor, context.sql) }
        let zone = query.zone ?? (query.start == nil && query.end == nil ? series?.span.start.zone : nil)
        guard let text = query.rule ?? series?.rule else { throw WireError.invalid("with.rule", "missing") }
        let span = try editing.span(
            Self.time(query.start, zone, else: series?.span.start, "with.start"),
            Self.time(query.end, zone, else: series?.span.end, "with.end")
        )
        let rule = try RecurrenceRule(text)
        let found = try occurrences(of: rule, from: span)
        let events = try series.map { try EventSeriesStore.events(of: $0.id, context.sql) } ?? []
        let isMoved = series.map { rule.text != $0.rule || span != $0.span } ?? true
        return SeriesPreview(
            events: (0..<max(events.count, isMoved ? found.count : 0)).map { place in
                Self.previewed(
                    place,
                    event: place < events.count ? events[place] : nil,
                    occurrence: isMoved && place < found.count ? found[place] : nil,
                    isMoved: isMoved
                )
            }
        )
    }

    private static func time(
        _ text: String?,
        _ zone: String?,
        else known: EventTime?,
        _ path: String
    ) throws -> EventTime {
        guard let text else {
            guard let known else { throw WireError.invalid(path, "missing") }
            return known.bare
        }
        guard let zone else { return EventTime(date: text) }
        return EventTime(LocalTime(local: text, zone: zone))
    }

    private static func previewed(
        _ place: Int,
        event: EventRecord?,
        occurrence: Occurrence?,
        isMoved: Bool
    ) -> PreviewedEvent {
        var view = PreviewedEvent()
        view.index = Int64(place + 1)
        view.event = event?.id
        if let event {
            (view.start, view.end) = (event.span.start, event.span.end)
            guard event.isAhead else {
                view.change = .over
                return view
            }
            view.change = isMoved ? .cancelled : .same
        }
        guard let occurrence else { return view }
        switch occurrence.span {
        case .success(let span):
            view.change = event.map { $0.span == span ? .same : .moved } ?? .new
            (view.start, view.end) = (span.start, span.end)
        case .failure(let error):
            view.change = event == nil ? .new : .moved
            (view.start, view.end) = (occurrence.start, occurrence.end)
            view.problem = error.fields?.first?.problem ?? "not_allowed"
        }
        return view
    }
}
