public import CommunityKernel
public import Journal
public import Networks
public import People
public import WireProtocol

/// What a network's people meet at: meetings, webinars, training days, study visits.
public struct EventsCapability: Capability {
    /// The capability's name.
    public let name = "events"
    /// Its schema.
    public let migrations = EventMigrations.all
    /// Events as iCalendar, for mails.
    public let calendar: EventCalendar
    /// Who may know of an event and who may change it.
    public let access: EventAccess
    private let editing: EditingEvents
    private let lifecycle: EventLifecycle
    private let listing: ListingEvents
    private let series: MakingSeries
    private let feeds: CalendarFeeds
    private let clashes: EventClashes

    /// Makes it, with the capabilities that act with it and the one that knows who takes part.
    public init(
        networks: NetworksCapability,
        settings: EventSettings = EventSettings(),
        observers: [any EventObserver] = [],
        attendance: any EventAttendance = NoAttendance()
    ) {
        access = EventAccess(rules: networks.rules)
        let views = EventViews(rules: networks.rules, attendance: attendance, zone: settings.zone)
        clashes = EventClashes(access: access, attendance: attendance)
        let writing = EventWriting(views: views, observers: observers)
        editing = EditingEvents(
            access: access,
            writing: writing,
            clashes: clashes,
            zone: settings.zone,
            longestDays: settings.longestDays,
            addressed: settings.addressed
        )
        lifecycle = EventLifecycle(access: access, writing: writing, editing: editing)
        calendar = EventCalendar(address: settings.address, community: settings.community)
        feeds = CalendarFeeds(
            access: access,
            attendance: attendance,
            calendar: calendar,
            limit: Int(settings.feedEvents),
            pastDays: settings.feedPastDays
        )
        series = MakingSeries(editing: editing, lifecycle: lifecycle)
        listing = ListingEvents(
            access: access,
            views: views,
            clashes: clashes,
            zone: settings.zone
        )
    }

    /// Erasure and export of those who speak at events.
    public var neighbour: any PeopleNeighbour { EventsNeighbour(writing: editing.writing) }

    /// Prepares an event as `event.create` does, for a capability that makes events of its own accord, such as a poll
    /// that closes.
    public func create(_ command: CreateEvent, _ work: UnitOfWork) throws -> CreatedEvent {
        try editing.create(command, work)
    }

    /// Lets the members know of an event as `event.publish` does.
    public func publish(_ event: EventID, revision: Int64, _ work: UnitOfWork) throws -> ChangedEvent {
        var command = PublishEvent()
        command.event = event
        command.revision = revision
        return try lifecycle.publish(command, work)
    }

    /// When something takes place that may become an event: what is wrong with the times is `invalid`, below the path.
    public func span(start: EventTime, end: EventTime, path: String) throws -> EventSpan {
        try editing.span(start, end, path: path)
    }

    /// The events that a person takes part or speaks in between two moments, but for those that were called off, by
    /// start, at most `limit`.
    public func commitments(
        of person: PersonID,
        from: Instant,
        to: Instant,
        limit: Int,
        _ sql: any SQLReader
    ) throws
        -> [EventRecord]
    {
        try clashes.commitments(of: person, from: from, to: to, limit: limit, sql)
    }

    /// Says that the minutes of an event that is over are approved.
    public func minuted(_ event: EventID, _ work: UnitOfWork) throws { try lifecycle.minuted(event, work) }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(CreateEvent.self, access: .facilitator, editing.create)
        registry.command(DuplicateEvent.self, access: .facilitator, DuplicatingEvents(editing: editing).duplicate)
        registry.command(UpdateEvent.self, access: .facilitator, editing.update)
        registry.command(PublishEvent.self, access: .facilitator, lifecycle.publish)
        registry.command(CancelEvent.self, access: .facilitator, lifecycle.cancel)
        registry.command(PostponeEvent.self, access: .facilitator, lifecycle.postpone)
        registry.command(RescheduleEvent.self, access: .facilitator, lifecycle.reschedule)
        registry.command(ArchiveEvent.self, access: .facilitator, lifecycle.archive)
        registry.query(GetEvent.self, access: .networkMember, bots: true, listing.get)
        registry.query(ListEvents.self, access: .networkMember, bots: true, listing.list)
        registry.command(CreateSeries.self, access: .facilitator, series.create)
        registry.command(UpdateSeries.self, access: .facilitator, series.update)
        registry.command(PublishSeries.self, access: .facilitator, series.publish)
        registry.command(CancelSeries.self, access: .facilitator, series.cancel)
        registry.query(PreviewSeries.self, access: .person, series.preview)
        registry.query(GetSeries.self, access: .networkMember, bots: true, series.get)
        registry.query(ListSeries.self, access: .networkMember, bots: true, series.list)
        registry.command(OpenCalendarFeed.self, access: .person, feeds.open)
        registry.command(RevokeCalendarFeed.self, access: .person, feeds.revoke)
        registry.route(feeds.eventRoute)
        registry.route(feeds.feedRoute)
        registry.tick(ProposingMeetings(editing: editing).tick)
        registry.opening(EventCalendar.makeDomain)
        registry.tick(
            Tick(
                name: "events",
                seconds: 1,
                isDue: { try EventLifecycle.isDue($0.now, $0.sql) },
                run: lifecycle.moveOn
            )
        )
    }
}
