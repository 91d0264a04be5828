import CommunityKernel
import Journal
import Messages
import Networks
import People
import WireProtocol

/// Makes of events what answers and updates show.
struct EventViews: Sendable {
    let rules: NetworkRules
    let attendance: any EventAttendance
    /// The community's zone, in which whole days begin.
    let zone: String

    /// Events as one reader sees them, without their clashes.
    func views(_ events: [EventRecord], for reader: Member, _ sql: any SQLReader) throws -> [EventView] {
        let ids = events.map(\.id)
        let counts = try attendance.counts(of: ids, sql)
        let places = reader.kind == .person ? try attendance.places(of: reader.id, in: ids, sql) : [:]
        var facilitated: [NetworkID: Bool] = [:]
        return try events.map { event in
            let isFacilitator =
                try facilitated[event.network] ?? rules.may(.manageEvents, reader, in: event.network, sql)
            facilitated[event.network] = isFacilitator
            var view = try self.view(event, forDesk: isFacilitator, sql)
            view.counts = counts[event.id] ?? EventCounts()
            view.me = places[event.id]
            return view
        }
    }

    /// What is the same for all members, or for all facilitators.
    func view(_ event: EventRecord, forDesk: Bool, _ sql: any SQLReader) throws -> EventView {
        var view = EventView()
        view.id = event.id
        view.revision = event.revision
        view.state = event.state
        view.network = event.network
        view.kind = event.kind
        view.title = event.title
        view.start = event.span.start
        view.end = event.span.end
        view.details = try details(of: event, forDesk: forDesk, sql)
        if let text = event.details.text { view.html = Markdown.html(text) }
        if let series = event.series, let index = event.index {
            view.series = SeriesPlace(id: series, index: index, of: event.planned ?? index)
        }
        view.sequence = event.sequence
        let former = try EventStore.formerTimes(of: event.id, sql)
        view.formerly = former.isEmpty ? nil : former
        view.reason = event.reason
        view.createdBy = event.creator.rawValue == 0 ? nil : event.creator
        view.at = event.created
        return view
    }

    private func details(of event: EventRecord, forDesk: Bool, _ sql: any SQLReader) throws -> EventDetails {
        var shown = event.details
        shown.waitingList = event.hasWaitingList
        shown.approval = event.needsApproval
        shown.offers = event.makesOffers
        if !forDesk { shown.room = shown.room.map { EventRoom(provider: $0.provider) } }
        shown.registration = window(of: event)
        let names = try PeopleStore.names(of: (shown.speakers ?? []).compactMap(\.person), sql)
        shown.speakers = shown.speakers?.map { speaker in
            var speaker = speaker
            if let person = speaker.person { speaker.name = names[person] ?? "–" }
            return speaker
        }
        shown.organisers = try shown.organisers?.map { organiser in
            var organiser = organiser
            if let id = organiser.organisation {
                organiser.name = try PeopleStore.organisation(id, sql)?.name ?? organiser.name ?? "–"
            }
            return organiser
        }
        return shown
    }

    /// When one may register, with what holds where nothing was said: the start.
    private func window(of event: EventRecord) -> RegistrationWindow {
        var window = RegistrationWindow()
        let given = event.details.registration
        // An event of whole days begins with the first of them.
        let start =
            event.span.start.localTime
            ?? LocalTime(
                local: "\(event.span.start.date ?? "")T00:00",
                zone: zone,
                utc: event.starts
            )
        window.opens = given?.opens.map(Self.resolved)
        window.closes = given?.closes.map(Self.resolved) ?? start
        window.cancelBy = given?.cancelBy.map(Self.resolved) ?? start
        return window
    }

    private static func resolved(_ time: LocalTime) -> LocalTime {
        LocalTime(local: time.local, zone: time.zone, utc: try? time.resolved())
    }

    /// What differs between two views of an event; `null` for what is gone.
    static func difference(from former: EventView, to now: EventView) throws -> EventView {
        let (old, new) = (try object(former), try object(now))
        let always: Set<String> = ["id", "revision", "state"]
        var members = new.members.filter { always.contains($0.name) || old[$0.name] != $0.value }
        members += old.members.filter { new[$0.name] == nil }.map { .init(name: $0.name, value: .null) }
        return try EventView.read(JSONObject(members))
    }

    private static func object(_ view: EventView) throws -> JSONObject {
        try JSONParser.parse(WireBytes.of(view), limits: .answers).object ?? JSONObject()
    }
}
