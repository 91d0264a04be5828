import CommunityKernel
import Journal
import People
import WireProtocol

/// What becomes of a person's part in events with the person: speakers are taken out, of the journal too.
struct EventsNeighbour: PeopleNeighbour {
    let writing: EventWriting

    func renamed(_ person: PersonID, _ work: UnitOfWork) throws {
        for event in try spoken(by: person, limit: 500, work.sql) {
            // The name is looked up when it is shown: only the telling is left to do.
            var news = EventView()
            news.id = event.id
            news.revision = event.revision
            news.state = event.state
            news.details.speakers = try writing.views.view(event, forDesk: true, work.sql).details.speakers
            let stream: StreamName = event.isPublic ? .network(event.network) : .desk(event.network)
            let seq = try work.append(EventChanged(news), to: stream)
            try work.sql.execute("INSERT INTO event_naming (event, seq) VALUES (\(event.id), \(seq))")
        }
    }

    func erase(_ person: PersonID, _ work: UnitOfWork) throws { try CalendarFeeds.forget(person, work.sql) }

    func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        let events = try EventStore.events(
            where: "e.id IN (SELECT event FROM event_speaker WHERE person = \(person))",
            order: "e.id",
            limit: limit,
            work.sql
        )
        for former in events {
            if let speakers = former.details.speakers, speakers.contains(where: { $0.person == person }) {
                var event = former
                let others = speakers.filter { $0.person != person }
                event.details.speakers = others.isEmpty ? nil : others
                EditingEvents.stamp(&event, work)
                try writing.save(event, from: former, .changed, work)
            }
            try takeName(of: person, outOf: former.id, work)
            try work.sql.execute("DELETE FROM event_speaker WHERE person = \(person) AND event = \(former.id)")
        }
        return events.count == limit
    }

    private func spoken(by person: PersonID, limit: Int, _ sql: any SQLReader) throws -> [EventRecord] {
        try EventStore.events(
            where: "e.id IN (SELECT event FROM event_speaker WHERE person = \(person) AND current = 1)",
            order: "e.id",
            limit: limit,
            sql
        )
    }

    /// Takes a person out of the speakers that earlier updates name.
    private func takeName(of person: PersonID, outOf event: EventID, _ work: UnitOfWork) throws {
        let told = try work.sql.all("SELECT seq FROM event_naming WHERE event = \(event)") { $0.int(0) }
        for seq in told {
            try work.rewrite(seq) { data in
                JSONObject(
                    data.members.map { member in
                        guard member.name == "speakers", let speakers = member.value.array else { return member }
                        let others = speakers.filter { $0["person"]?.int != person.rawValue }
                        return .init(name: "speakers", value: .array(others))
                    }
                )
            }
        }
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let own = try EventStore.events(where: "e.creator = \(person)", order: "e.id", limit: 2_000, sql)
        let spoken = try spoken(by: person, limit: 2_000, sql)
        let feed = try sql.first("SELECT created_at FROM calendar_feed WHERE person = \(person)") { $0.instant(0) }
        let calendar = feed.map { JSON.members(["feedSince": .string($0.description)]) } ?? .null
        return [
            ("calendar", calendar), ("events", .array(own.map(Self.shown))),
            ("eventsSpokenAt", .array(spoken.map(Self.shown))),
        ]
    }

    private static func shown(_ event: EventRecord) -> JSON {
        .members([
            "id": .int(event.id.rawValue), "network": .int(event.network.rawValue), "title": .string(event.title),
            "starts": .string(event.starts.description), "state": .string(event.state.rawValue),
        ])
    }
}
