import CommunityKernel
import Events
import Journal
import Networks
import Registrations
import WireProtocol

/// `poll.create` and `poll.close`.
struct MakingPolls: Sendable {
    let access: PollAccess
    let events: EventsCapability
    let settings: PollSettings

    func create(_ command: CreatePoll, _ work: UnitOfWork) throws -> CreatedPoll {
        let network = try access.events.rules.network(command.network, allowing: .manageEvents, work)
        guard access.events.rules.type(of: network)?.eventKinds.contains(command.kind.rawValue) ?? false else {
            throw WireError.invalid("with.kind", "not_allowed")
        }
        guard command.options.count <= Int(settings.options) else {
            throw WireError.invalid("with.options", "too_many")
        }
        let spans = try spans(of: command)
        let closes = try deadline(of: command, work)
        guard try PollStore.openCount(of: network.id, work.sql) < settings.open else {
            throw WireError(.full, "a network has at most \(settings.open) polls open")
        }
        let poll = PollRecord(command, closes: closes, work)
        try PollStore.insert(poll, spans, work.sql)
        var view = try poll.view(PollStore.options(of: poll.id, work.sql))
        try PollAnswers(to: poll.id, work.sql).show(in: &view, of: poll, work.sql)
        try work.append(PollCreated(view), to: .network(poll.network))
        return CreatedPoll(id: poll.id)
    }

    private func spans(of command: CreatePoll) throws -> [EventSpan] {
        var spans: [EventSpan] = []
        for (index, option) in command.options.enumerated() {
            let path = "with.options.\(index)"
            let span = try events.span(start: option.start, end: option.end, path: path)
            guard !spans.contains(span) else { throw WireError.invalid(path, "duplicate") }
            spans.append(span)
        }
        return spans
    }

    private func deadline(of command: CreatePoll, _ work: UnitOfWork) throws -> Instant? {
        guard let deadline = command.deadline else { return nil }
        do {
            let closes = try LocalTime(local: deadline.local, zone: deadline.zone).resolved()
            guard closes > work.now else { throw WireError.invalid("with.deadline", "past") }
            return closes
        } catch let problem as LocalTime.Problem {
            throw WireError.invalid(
                problem == .unknownZone ? "with.deadline.zone" : "with.deadline.local",
                problem.rawValue
            )
        }
    }

    // MARK: poll.close

    /// Makes the event through the events' own commands, so that whatever holds for an event holds for this one.
    func close(_ command: ClosePoll, _ work: UnitOfWork) throws -> ClosedPoll {
        var poll = try access.readable(command.poll, by: work.actor, work.sql)
        guard try access.runs(poll.network, work.actor, work.sql) else {
            throw WireError.forbidden("for the network's facilitators")
        }
        try access.requireWritable(poll, work.sql)
        guard poll.state != .closed else { throw poll.refused("the poll is closed") }
        guard let chosen = try PollStore.options(of: poll.id, work.sql).first(where: { $0.id == command.option }) else {
            throw WireError.invalid("with.option", "unknown")
        }
        let event = try makeEvent(of: poll, at: chosen, work)
        poll.state = .closed
        poll.revision += 1
        poll.chosen = chosen.id
        poll.event = event.id
        try PollStore.update(poll, work.sql)
        var news = poll.news
        news.option = chosen.id
        news.event = event.id
        try work.append(PollClosed(news), to: .network(poll.network))
        // After the poll's own update: who is told of a registration finds what it comes from.
        let ballots = try PollStore.ballots(of: poll.id, work.sql)
        try Expecting.register(
            confirmed: people(in: ballots, who: .yes, to: chosen.id),
            invited: people(in: ballots, who: .ifNeedBe, to: chosen.id),
            for: event,
            work
        )
        return ClosedPoll(event: event.id)
    }

    private func makeEvent(of poll: PollRecord, at date: PollOption, _ work: UnitOfWork) throws -> EventRecord {
        var draft = CreateEvent()
        draft.network = poll.network
        draft.kind = poll.kind
        draft.title = poll.title
        draft.start = date.start
        draft.end = date.end
        let made = try events.create(draft, work)
        _ = try events.publish(made.id, revision: made.revision, work)
        guard let event = try EventStore.event(made.id, work.sql) else { throw WireError.notFound }
        return event
    }

    /// Those who gave that answer to a date, each once: a person may speak for one city today and another tomorrow.
    private func people(in ballots: [PollBallotRecord], who answer: PollAnswer, to option: Int64) -> [PersonID] {
        Set(ballots.filter { $0.votes.answers[option] == answer }.map(\.person)).sorted()
    }

    // MARK: The clock

    /// Says that a deadline is over.
    static let clock = Tick(
        name: "polls",
        seconds: 1,
        isDue: { try !due($0.now, $0.sql).isEmpty },
        run: { work in
            guard var poll = try due(work.now, work.sql).first else { return false }
            poll.state = .ended
            poll.revision += 1
            try PollStore.update(poll, work.sql)
            try work.append(PollEnded(poll.news), to: .network(poll.network))
            return true
        }
    )

    private static func due(_ now: Instant, _ sql: any SQLReader) throws -> [PollRecord] {
        try PollStore.polls(where: "p.state = 'open' AND p.deadline <= \(now)", limit: 1, sql)
    }
}
