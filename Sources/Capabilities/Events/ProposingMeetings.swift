import CommunityKernel
import Journal
import Networks
import WireProtocol

/// Proposes the next meeting of a network whose type says how often it meets: a draft for its facilitators, once the
/// last one is over and no other is planned.
struct ProposingMeetings: Sendable {
    let editing: EditingEvents

    /// Nobody is called to a meeting of tomorrow: seconds.
    private static let notice: Int64 = 14 * 86_400

    /// A body that has not met for a year has another rhythm than its setting: seconds.
    private static let memory: Int64 = 366 * 86_400

    private struct Proposal {
        let network: NetworkRecord
        let last: EventRecord
        let span: EventSpan
    }

    var tick: Tick {
        Tick(
            name: "events.proposals",
            seconds: 3_600,
            isDue: { try next(at: $0.now, $0.sql) != nil },
            run: { work in
                guard let proposal = try next(at: work.now, work.sql) else { return false }
                try propose(proposal, work)
                return true
            }
        )
    }

    /// The next proposal that is due.
    private func next(at now: Instant, _ sql: any SQLReader) throws -> Proposal? {
        let types = editing.access.rules.types.all.filter(\.hasRegularMeetings).map(\.id)
        for network in try NetworkStore.networks(ofTypes: types, limit: 2_000, sql) {
            guard let rhythm = editing.access.rules.type(of: network)?.regularMeetings(of: network.fact),
                let last = try lastMeeting(rhythm.kind, in: network.id, now, sql),
                let span = span(after: last, months: rhythm.months, now)
            else { continue }
            return Proposal(network: network, last: last, span: span)
        }
        return nil
    }

    /// The last meeting that took place, when none is planned after it and none was proposed yet.
    private func lastMeeting(
        _ kind: String,
        in network: NetworkID,
        _ now: Instant,
        _ sql: any SQLReader
    ) throws
        -> EventRecord?
    {
        let isPlanned = try sql.exists(
            """
            SELECT 1 FROM event WHERE network = \(network) AND kind = \(kind)
                AND (state = 'postponed' OR (state IN ('draft', 'published', 'live') AND ends > \(now))) LIMIT 1
            """
        )
        guard !isPlanned else { return nil }
        return try EventStore.events(
            where: """
                e.network = \(network) AND e.kind = \(kind) AND e.state IN ('ended', 'minuted', 'archived')
                AND e.ends <= \(now) AND e.ends > \(now.advanced(bySeconds: -Self.memory))
                """,
            order: "e.starts DESC, e.id DESC",
            limit: 1,
            sql
        ).first { last in
            try !sql.exists("SELECT 1 FROM event_proposal WHERE event = \(last.id) LIMIT 1")
        }
    }

    /// At the same hour some months later, with time to be called, and on a working day.
    private func span(after last: EventRecord, months: Int64, _ now: Instant) -> EventSpan? {
        guard let rule = try? RecurrenceRule("FREQ=MONTHLY;INTERVAL=\(months);COUNT=\(RecurrenceRule.most)"),
            let times = try? rule.occurrences(from: last.span.start)
        else { return nil }
        let length = last.span.end.wall.milliseconds - last.span.start.wall.milliseconds
        for text in times.dropFirst() {
            guard var wall = Instant(text.utf8.count == 10 ? "\(text)T00:00:00Z" : "\(text)Z") else { continue }
            // 1 January 1970 was a Thursday: Saturday 2 and Sunday 3 become Monday.
            let weekday = wall.milliseconds / 86_400_000 % 7
            if weekday == 2 || weekday == 3 { wall = wall.advanced(bySeconds: (4 - weekday) * 86_400) }
            let span = try? editing.span(
                last.span.start.at(wall: wall),
                last.span.end.at(wall: wall.advanced(byMilliseconds: length))
            )
            if let span, span.starts >= now.advanced(bySeconds: Self.notice) { return span }
        }
        return nil
    }

    private func propose(_ proposal: Proposal, _ work: UnitOfWork) throws {
        var details = EventDetails()
        details.place = proposal.last.details.place
        details.room = proposal.last.details.room
        details.organisers = proposal.last.details.organisers
        let event = EventRecord(
            id: work.nextID(),
            network: proposal.network.id,
            kind: proposal.last.kind,
            title: proposal.last.title,
            span: proposal.span,
            details: details,
            creator: work.actor.id,
            now: work.now
        )
        try editing.writing.create(event, work)
        try work.sql.execute(
            """
            INSERT INTO event_proposal (event, proposed, at) VALUES (\(proposal.last.id), \(event.id), \(work.now))
            """
        )
    }
}
