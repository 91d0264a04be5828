import CommunityKernel
import Journal
import Networks
import WireProtocol

/// Writes an event and tells what changed: the one way in which events change.
struct EventWriting: Sendable {
    let views: EventViews
    let observers: [any EventObserver]

    /// What an update says happened.
    enum Change {
        case changed, rescheduled, postponed, cancelled, started, ended, minuted, archived
    }

    /// Keeps a new draft and tells the desk.
    func create(_ event: EventRecord, _ work: UnitOfWork) throws {
        let view = try views.view(event, forDesk: true, work.sql)
        let seq = try work.append(EventCreated(view), to: .desk(event.network))
        try EventStore.insert(event, work)
        try remember(view, of: event, seq, work)
    }

    /// Lets the members know of an event; the desk learns what only it may see.
    func publish(_ event: EventRecord, from former: EventRecord, _ work: UnitOfWork) throws {
        try EventStore.update(event, work)
        let view = try views.view(event, forDesk: false, work.sql)
        let seq = try work.append(EventPublished(view), to: .network(event.network))
        try remember(view, of: event, seq, work)
        if let room = event.details.room, view.details.room != room { try tell(room, of: event, work) }
        try publishSeries(of: event, work)
        for observer in observers { try observer.published(event, work) }
    }

    /// With the first of its events, the members may know of a series.
    private func publishSeries(of event: EventRecord, _ work: UnitOfWork) throws {
        guard let id = event.series, let series = try EventSeriesStore.series(id, work.sql), !series.isPublic else {
            return
        }
        try publish(series, with: [event.id], work)
    }

    /// Lets the members know of a series and of those of its events.
    func publish(_ former: SeriesRecord, with events: [EventID], _ work: UnitOfWork) throws {
        var series = former
        series.isPublic = true
        series.revision += 1
        try EventSeriesStore.update(series, work.sql)
        var view = series.view
        view.events = events
        try work.append(SeriesPublished(view), to: .network(series.network))
    }

    /// Keeps a changed event and tells those who may know of it.
    func save(_ event: EventRecord, from former: EventRecord, _ change: Change, _ work: UnitOfWork) throws {
        let isPublic = event.isPublic
        let old = try views.view(former, forDesk: !isPublic, work.sql)
        if change == .rescheduled, former.isPublic { try EventStore.remember(former.span, of: event.id, work) }
        try EventStore.update(event, work)
        let new = try views.view(event, forDesk: !isPublic, work.sql)
        let news = try EventViews.difference(from: old, to: new)
        let seq = try append(news, change, to: isPublic ? .network(event.network) : .desk(event.network), work)
        try remember(news, of: event, seq, work)
        if isPublic, let room = event.details.room, room != former.details.room, news.details.room != room {
            try tell(room, of: event, work)
        }
        try notify(event, from: former, change, work)
    }

    private func append(
        _ news: EventView,
        _ change: Change,
        to stream: StreamName,
        _ work: UnitOfWork
    ) throws -> Int64 {
        switch change {
        case .changed: try work.append(EventChanged(news), to: stream)
        case .rescheduled: try work.append(EventRescheduled(news), to: stream)
        case .postponed: try work.append(EventPostponed(news), to: stream)
        case .cancelled: try work.append(EventCancelled(news), to: stream)
        case .started: try work.append(EventStarted(news), to: stream)
        case .ended: try work.append(EventEnded(news), to: stream)
        case .minuted: try work.append(EventMinuted(news), to: stream)
        case .archived: try work.append(EventArchived(news), to: stream)
        }
    }

    private func notify(
        _ event: EventRecord,
        from former: EventRecord,
        _ change: Change,
        _ work: UnitOfWork
    ) throws {
        for observer in observers {
            switch change {
            case .changed: try observer.changed(event, from: former, work)
            case .rescheduled: try observer.rescheduled(event, from: former, work)
            case .postponed: try observer.postponed(event, work)
            case .cancelled: try observer.cancelled(event, work)
            case .started: try observer.started(event, work)
            case .ended: try observer.ended(event, work)
            case .minuted, .archived: break
            }
        }
    }

    /// The room's address is for facilitators alone, so the members' update does not bear it.
    private func tell(_ room: EventRoom, of event: EventRecord, _ work: UnitOfWork) throws {
        var news = EventView()
        news.id = event.id
        news.revision = event.revision
        news.state = event.state
        news.details.room = room
        try work.append(EventChanged(news), to: .desk(event.network))
    }

    /// Keeps where names stand in the journal, for the day on which one of them has to go.
    private func remember(_ news: EventView, of event: EventRecord, _ seq: Int64, _ work: UnitOfWork) throws {
        guard news.details.speakers?.contains(where: { $0.person != nil }) ?? false else { return }
        try work.sql.execute("INSERT INTO event_naming (event, seq) VALUES (\(event.id), \(seq))")
    }
}
