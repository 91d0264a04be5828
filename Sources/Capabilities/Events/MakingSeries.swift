import CommunityKernel
import Journal
import Networks
import WireProtocol

/// `series.create`, `.update`, `.publish`, `.cancel`, `.get` and `.list`.
struct MakingSeries: Sendable {
    let editing: EditingEvents
    let lifecycle: EventLifecycle

    private var access: EventAccess { editing.access }
    private var writing: EventWriting { editing.writing }

    // MARK: Making

    func create(_ command: CreateSeries, _ work: UnitOfWork) throws -> SeriesEvents {
        let network = try access.rules.network(command.network, allowing: .manageEvents, work)
        try editing.requireAllowed(command.kind, in: network)
        let rule = try RecurrenceRule(command.rule)
        let first = try editing.span(command.start, command.end)
        let spans = try self.spans(of: rule, from: first)
        let planned = command.planned ?? Int64(spans.count)
        guard planned >= spans.count else { throw WireError.invalid("with.planned", "out_of_range") }
        let series = SeriesRecord(
            id: work.nextID(),
            network: network.id,
            kind: command.kind,
            title: command.title,
            rule: rule.text,
            span: first,
            details: try editing.checked(command.details, in: network.id, work),
            planned: planned,
            isPublic: false,
            revision: 1,
            creator: work.actor.id,
            created: work.now
        )
        var view = series.view
        // Each of its events is one update, which follows this one.
        view.events = spans.indices.map { EventID(series.id.rawValue + 1 + Int64($0)) }
        try work.append(SeriesCreated(view), to: .desk(network.id))
        try EventSeriesStore.insert(series, work.sql)
        var found: [EventClash] = []
        let events = try spans.enumerated().map { index, span in
            let event = try add(span, number: index + 1, to: series, work)
            let clashes = try editing.clashes.clashes(of: event, for: work.actor, work.sql)
            try editing.clashes.allow(clashes, of: event, command.override, work)
            found += clashes
            return event.id
        }
        guard events == view.events else { throw WireError(.internal, "the events of a series have other ids") }
        return SeriesEvents(id: series.id, revision: series.revision, events: events, warnings: found)
    }

    /// Adds an occurrence, a draft.
    @discardableResult
    private func add(
        _ span: EventSpan,
        number: Int,
        to series: SeriesRecord,
        _ work: UnitOfWork
    ) throws
        -> EventRecord
    {
        var event = EventRecord(
            id: work.nextID(),
            network: series.network,
            kind: series.kind,
            title: series.title,
            span: span,
            details: series.details,
            creator: work.actor.id,
            now: work.now
        )
        event.series = series.id
        event.index = Int64(number)
        event.planned = series.planned
        event.details.registration = series.details.registration?.moved(from: series.span, to: span)
        try editing.requireWindow(of: event)
        try writing.create(event, work)
        return event
    }

    /// When each occurrence takes place; a rule that gives a time that does not exist is refused.
    private func spans(of rule: RecurrenceRule, from first: EventSpan) throws -> [EventSpan] {
        try occurrences(of: rule, from: first).map { occurrence in
            switch occurrence.span {
            case .success(let span): return span
            case .failure(let error) where error.fields?.first?.problem == "does_not_exist":
                // The first one exists: it is the rule that meets the hour that the clocks skip.
                throw WireError.invalid("with.rule", "does_not_exist")
            case .failure(let error): throw error
            }
        }
    }

    // MARK: Changing

    func update(_ command: UpdateSeries, _ work: UnitOfWork) throws -> SeriesEvents {
        let former = try facilitated(command.series, work)
        try requireNewest(command.revision, of: former)
        var series = former
        series.kind = command.kind ?? former.kind
        if series.kind != former.kind, let network = try NetworkStore.network(series.network, work.sql) {
            try editing.requireAllowed(series.kind, in: network)
        }
        series.title = command.title ?? former.title
        series.details = try editing.checked(
            former.details.merged(with: command.details, without: command.cleared),
            from: former.details,
            in: former.network,
            work
        )
        let rule = try RecurrenceRule(command.rule ?? former.rule)
        series.rule = rule.text
        series.span = try editing.span(
            command.start ?? former.span.start.bare,
            command.end ?? former.span.end.bare
        )
        let movesAll = series.rule != former.rule || series.span != former.span
        let events = try EventSeriesStore.events(of: series.id, work.sql)
        let spans = movesAll ? try self.spans(of: rule, from: series.span) : events.map(\.span)
        let count = Int64(max(spans.count, events.filter { !$0.isAhead }.count))
        // Where nobody said how many there are to be, there are as many as the rule gives.
        let follows = former.planned == Int64(events.count)
        series.planned = command.planned ?? (follows && movesAll ? count : max(former.planned, count))
        guard series.planned >= count else { throw WireError.invalid("with.planned", "out_of_range") }
        series.revision += 1
        try EventSeriesStore.update(series, work.sql)
        let news = Self.difference(from: former.view, to: series.view)
        try work.append(SeriesChanged(news), to: series.isPublic ? .network(series.network) : .desk(series.network))
        for (event, number) in zip(events, 1...) {
            try change(event, command, to: number <= spans.count ? spans[number - 1] : nil, in: series, work)
        }
        for number in events.count..<max(spans.count, events.count) {
            try add(spans[number], number: number + 1, to: series, work)
        }
        let made = try answer(series, work.sql)
        if spans.count > events.count {
            // Drafts, which are for the desk alone.
            var news = series.news
            news.events = made.events
            try work.append(SeriesChanged(news), to: .desk(series.network))
        }
        return made
    }

    /// Changes one occurrence as its series changed; the ones that have begun keep all but the count.
    private func change(
        _ former: EventRecord,
        _ command: UpdateSeries,
        to span: EventSpan?,
        in series: SeriesRecord,
        _ work: UnitOfWork
    ) throws {
        var event = former
        event.planned = series.planned
        guard former.isAhead else {
            if former.planned != event.planned {
                EditingEvents.stamp(&event, work)
                try writing.save(event, from: former, .changed, work)
            }
            return
        }
        guard let span else {
            event.state = .cancelled
            event.reason = "–"
            if event.isPublic { event.sequence += 1 }
            EditingEvents.stamp(&event, work)
            return try writing.save(event, from: former, .cancelled, work)
        }
        event.kind = command.kind ?? former.kind
        event.title = command.title ?? former.title
        event.details = try editing.checked(
            former.details.merged(with: command.details, without: command.cleared),
            from: former.details,
            in: former.network,
            work
        )
        if span != former.span { try editing.move(&event, to: span) }
        try editing.requireWindow(of: event)
        guard EditingEvents.differs(event, from: former) else { return }
        EditingEvents.stamp(&event, work)
        try writing.save(event, from: former, span == former.span ? .changed : .rescheduled, work)
    }

    func publish(_ command: PublishSeries, _ work: UnitOfWork) throws -> SeriesEvents {
        let series = try facilitated(command.series, work)
        try requireNewest(command.revision, of: series)
        let events = try EventSeriesStore.events(of: series.id, work.sql)
        let drafts = events.filter { $0.state == .draft }
        guard !drafts.isEmpty else { throw WireError.conflict("nothing to publish", current: series.current) }
        let shown = events.filter { $0.isPublic || $0.state == .draft }.map(\.id)
        if series.isPublic {
            var changed = series
            changed.revision += 1
            try EventSeriesStore.update(changed, work.sql)
            var news = changed.news
            news.events = shown
            try work.append(SeriesChanged(news), to: .network(series.network))
        } else {
            try writing.publish(series, with: shown, work)
        }
        for event in drafts { _ = try lifecycle.publish(event, revision: event.revision, work) }
        return try answer(try EventSeriesStore.series(series.id, work.sql) ?? series, work.sql)
    }

    func cancel(_ command: CancelSeries, _ work: UnitOfWork) throws -> SeriesEvents {
        let series = try facilitated(command.series, work)
        try requireNewest(command.revision, of: series)
        let ahead = try EventSeriesStore.events(of: series.id, work.sql).filter(\.isAhead)
        guard !ahead.isEmpty else { throw WireError.conflict("nothing to call off", current: series.current) }
        for event in ahead { _ = try lifecycle.cancel(event, reason: command.reason, work) }
        return try answer(series, work.sql)
    }

    private func answer(_ series: SeriesRecord, _ sql: any SQLReader) throws -> SeriesEvents {
        SeriesEvents(
            id: series.id,
            revision: series.revision,
            events: try EventSeriesStore.events(of: series.id, sql).map(\.id)
        )
    }

    private func facilitated(_ id: SeriesID, _ work: UnitOfWork) throws -> SeriesRecord {
        let series = try facilitated(id, by: work.actor, work.sql)
        if let network = try NetworkStore.network(series.network, work.sql) {
            try access.rules.requireWritable(network)
        }
        return series
    }

    /// The series, when the member facilitates its network.
    func facilitated(_ id: SeriesID, by member: Member, _ sql: any SQLReader) throws -> SeriesRecord {
        let series = try readable(id, by: member, sql)
        guard try access.rules.may(.manageEvents, member, in: series.network, sql) else {
            throw WireError.forbidden("for the network's facilitators")
        }
        return series
    }

    private func requireNewest(_ revision: Int64, of series: SeriesRecord) throws {
        guard revision == series.revision else {
            throw WireError.conflict("the series changed", current: series.current)
        }
    }

    private static func difference(from former: SeriesView, to now: SeriesView) -> SeriesView {
        var news = SeriesView()
        news.id = now.id
        news.revision = now.revision
        news.state = now.state
        news.kind = now.kind == former.kind ? nil : now.kind
        news.title = now.title == former.title ? nil : now.title
        news.rule = now.rule == former.rule ? nil : now.rule
        news.start = now.start == former.start ? nil : now.start
        news.end = now.end == former.end ? nil : now.end
        news.planned = now.planned == former.planned ? nil : now.planned
        return news
    }

    // MARK: Reading

    private func readable(_ id: SeriesID, by member: Member, _ sql: any SQLReader) throws -> SeriesRecord {
        guard let series = try EventSeriesStore.series(id, sql),
            try access.mayRead(of: series.network, isPublic: series.isPublic, member, sql)
        else { throw WireError.notFound }
        return series
    }

    func get(_ query: GetSeries, _ context: QueryContext) throws -> SeriesView {
        let series = try readable(query.series, by: context.actor, context.sql)
        return try view(series, for: context.actor, context.sql)
    }

    func list(_ query: ListSeries, _ context: QueryContext) throws -> SeriesList {
        let network = try access.rules.network(query.network, for: context.actor, context.sql, now: context.now).id
        guard try access.mayRead(of: network, isPublic: true, context.actor, context.sql) else {
            return SeriesList(series: [])
        }
        let found = try EventSeriesStore.series(
            of: network,
            before: query.before,
            isPublic: try !access.rules.may(.manageEvents, context.actor, in: network, context.sql),
            limit: query.limit ?? 50,
            context.sql
        )
        return SeriesList(series: try found.map { try view($0, for: context.actor, context.sql) })
    }

    private func view(_ series: SeriesRecord, for reader: Member, _ sql: any SQLReader) throws -> SeriesView {
        var view = series.view
        view.events = try EventSeriesStore.events(of: series.id, sql)
            .filter { try access.mayRead($0, reader, sql) }.map(\.id)
        return view
    }
}

extension EventRecord {
    /// Whether it has neither begun nor been called off.
    var isAhead: Bool { [.draft, .published, .postponed].contains(state) }
}

extension EventTime {
    /// The same kind of time at another moment of the clock on the wall.
    func at(wall: Instant) -> EventTime {
        guard let local, let zone else { return EventTime(date: String(wall.description.prefix(10))) }
        return EventTime(LocalTime(local: String(wall.description.prefix(local.utf8.count)), zone: zone))
    }
}
