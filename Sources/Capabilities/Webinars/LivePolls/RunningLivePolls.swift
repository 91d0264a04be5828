import CommunityKernel
import Events
import Journal
import Networks
import WireProtocol

/// Polls at an event: speakers and facilitators prepare, open and close them, those in the room answer.
struct RunningLivePolls: Sendable {
    let access: WebinarAccess

    func create(_ command: CreateLivePoll, _ work: UnitOfWork) throws -> LivePollCreated {
        let event = try access.events.readable(command.event, by: work.actor, work.sql)
        try requireModerator(of: event, work)
        let opensNow = command.open ?? false
        if opensNow {
            _ = try access.live(event.id, work)
        } else {
            guard event.isOn else { throw event.refused("the event does not take place") }
            let closes = access.window(of: event).closes
            guard work.now < closes else { throw WireError(.closed, "the room closed at \(closes)") }
        }
        let settings = access.settings
        guard command.options.count <= settings.pollOptions else { throw WireError.invalid("with.options", "too_many") }
        guard try LivePollStore.count(of: event.id, work.sql) < settings.polls else {
            throw WireError(.full, "at most \(settings.polls) polls are kept for an event")
        }
        let id: LivePollID = work.nextID()
        try LivePollStore.insert(id, command, work)
        if opensNow {
            guard let poll = try LivePollStore.poll(id, work.sql) else { throw WireError.notFound }
            try open(poll, event, work)
        } else {
            try tellOrganisers(LivePollPrepared(LivePollNews(id: id, event: event.id)), event, work)
        }
        return LivePollCreated(id: id)
    }

    func open(_ command: OpenLivePoll, _ work: UnitOfWork) throws -> Nothing {
        let (poll, event) = try moderated(command.poll, work)
        _ = try access.live(event.id, work)
        switch poll.state {
        case .prepared: try open(poll, event, work)
        case .open: work.repeats = true
        case .closed: throw WireError.conflict("it was closed", current: poll.current)
        }
        return Nothing()
    }

    private func open(_ poll: LivePollRecord, _ event: EventRecord, _ work: UnitOfWork) throws {
        var opened = LivePollOpened()
        opened.id = poll.id
        opened.event = event.id
        opened.question = poll.question
        opened.options = try LivePollStore.options(of: [poll.id], work.sql)[poll.id]?.map(\.text) ?? []
        opened.choice = poll.choice
        opened.results = poll.results
        let seq = try work.append(opened, to: .network(event.network))
        try LivePollStore.opened(poll.id, seq: seq, work.sql)
    }

    func answer(_ command: AnswerLivePoll, _ work: UnitOfWork) throws -> LivePollAnswers {
        let (poll, event, _) = try known(command.poll, work)
        _ = try access.live(event.id, work)
        guard poll.state == .open else { throw WireError.conflict("it is not open", current: poll.current) }
        let options = try LivePollStore.options(of: [poll.id], work.sql)[poll.id] ?? []
        try Self.check(command.options, of: options.count, poll.choice)
        let chosen = ChosenOptions(command.options)
        let before = try LivePollStore.chosen(by: work.actor.id, in: [poll.id], work.sql)[poll.id]
        guard chosen != before ?? ChosenOptions(bits: 0) else {
            work.repeats = true
            return LivePollAnswers(answered: poll.answered)
        }
        let answered = poll.answered + (try LivePollStore.answer(poll.id, chosen, before: before, work))
        let shown = poll.results == .live
        let news = LivePollAnswered(try Self.counts(of: poll, answered: answered, shown: shown, work.sql))
        // Without who acts: whoever follows the counts would read there who chose what.
        try work.append(news, to: .network(event.network), by: MemberID())
        return LivePollAnswers(answered: answered)
    }

    private static func check(_ numbers: [Int64], of count: Int, _ choice: LivePollChoice) throws {
        var known: Set<Int64> = []
        for (index, number) in numbers.enumerated() {
            guard (0..<Int64(count)).contains(number) else {
                throw WireError.invalid("with.options.\(index)", "out_of_range")
            }
            guard known.insert(number).inserted else { throw WireError.invalid("with.options.\(index)", "repeated") }
        }
        if choice == .single, numbers.count > 1 { throw WireError.invalid("with.options", "too_many") }
    }

    func close(_ command: CloseLivePoll, _ work: UnitOfWork) throws -> Nothing {
        let (poll, event) = try moderated(command.poll, work)
        switch poll.state {
        case .prepared: throw WireError.conflict("it was never opened", current: poll.current)
        case .open: try Self.close(poll, event, work)
        case .closed: work.repeats = true
        }
        return Nothing()
    }

    private static func close(_ poll: LivePollRecord, _ event: EventRecord, _ work: UnitOfWork) throws {
        let news = try counts(of: poll, answered: poll.answered, shown: true, work.sql)
        try work.append(LivePollClosed(news), to: .network(event.network))
        try LivePollStore.closed(poll.id, work.sql)
    }

    /// Closes what is still open at an event that is over or called off.
    static func closeAll(at event: EventRecord, _ work: UnitOfWork) throws {
        for poll in try LivePollStore.open(at: event.id, work.sql) { try close(poll, event, work) }
    }

    func remove(_ command: RemoveLivePoll, _ work: UnitOfWork) throws -> Nothing {
        let (poll, event) = try moderated(command.poll, work)
        let news = LivePollRemoved(LivePollNews(id: poll.id, event: event.id))
        if poll.state == .prepared {
            try tellOrganisers(news, event, work)
        } else {
            try work.append(news, to: .network(event.network))
        }
        try LivePollStore.forget(poll, work)
        if poll.creator != work.actor.id { try work.audit("livePoll.remove", subject: poll.id.rawValue) }
        return Nothing()
    }

    private static func counts(
        of poll: LivePollRecord,
        answered: Int64,
        shown: Bool,
        _ sql: any SQLReader
    ) throws -> LivePollCounts {
        var counts = LivePollCounts()
        counts.id = poll.id
        counts.event = poll.event
        counts.answered = answered
        if shown { counts.counts = try LivePollStore.options(of: [poll.id], sql)[poll.id]?.map(\.votes) ?? [] }
        return counts
    }

    // MARK: Rights

    private func moderates(_ member: Member, _ event: EventRecord, _ sql: any SQLReader) throws -> Bool {
        try access.part(of: member, in: event, sql)?.moderates ?? false
    }

    /// `forbidden` for who neither speaks nor facilitates, then `unavailable` in a dormant network.
    private func requireModerator(of event: EventRecord, _ work: UnitOfWork) throws {
        guard try moderates(work.actor, event, work.sql) else {
            throw WireError.forbidden("for speakers and facilitators")
        }
        try access.events.requireWritable(event, work.sql)
    }

    /// The poll and its event, which the actor may know of: a prepared one is for those who run it.
    private func known(
        _ id: LivePollID,
        _ work: UnitOfWork
    ) throws -> (poll: LivePollRecord, event: EventRecord, moderates: Bool) {
        guard let poll = try LivePollStore.poll(id, work.sql) else { throw WireError.notFound }
        let event = try access.events.readable(poll.event, by: work.actor, work.sql)
        let moderates = try moderates(work.actor, event, work.sql)
        guard moderates || poll.state != .prepared else { throw WireError.notFound }
        return (poll, event, moderates)
    }

    /// The same, for who runs it.
    private func moderated(_ id: LivePollID, _ work: UnitOfWork) throws -> (poll: LivePollRecord, event: EventRecord) {
        let (poll, event, _) = try known(id, work)
        try requireModerator(of: event, work)
        return (poll, event)
    }

    /// Tells facilitators, and the speakers who still take part in the network.
    private func tellOrganisers(_ update: some ServerUpdate, _ event: EventRecord, _ work: UnitOfWork) throws {
        try work.append(update, to: .desk(event.network))
        for speaker in Set((event.details.speakers ?? []).compactMap(\.person)).sorted() {
            guard try work.isEntitled(speaker, .network(event.network)),
                try !work.isEntitled(speaker, .desk(event.network))
            else { continue }
            try work.append(update, to: .person(speaker))
        }
    }

    // MARK: Reading

    func list(_ query: ListLivePolls, _ context: QueryContext) throws -> LivePollList {
        let event = try access.events.readable(query.event, by: context.actor, context.sql)
        var place: LivePollPlace?
        if let cursor = query.cursor {
            guard let found = LivePollPlace(cursor: cursor) else {
                throw WireError.invalid("with.cursor", "not_allowed")
            }
            place = found
        }
        let moderates = try moderates(context.actor, event, context.sql)
        let limit = Int(query.limit ?? 50)
        let found = try LivePollStore.page(
            of: event.id,
            withPrepared: moderates,
            after: place,
            limit: limit + 1,
            context.sql
        )
        let page = found.prefix(limit)
        let ids = page.map(\.id)
        let options = try LivePollStore.options(of: ids, context.sql)
        let chosen = try LivePollStore.chosen(by: context.actor.id, in: ids, context.sql)
        // What nobody can answer any more is closed, also before anything says so.
        let isOver = !event.isOn || context.now >= access.window(of: event).closes
        let views = page.map { poll in
            var view = LivePollView()
            view.id = poll.id
            view.event = poll.event
            view.question = poll.question
            view.options = options[poll.id]?.map(\.text) ?? []
            view.choice = poll.choice
            view.results = poll.results
            view.state = poll.state == .open && isOver ? .closed : poll.state
            view.answered = poll.answered
            if moderates || poll.results == .live || view.state == .closed {
                view.counts = options[poll.id]?.map(\.votes) ?? []
            }
            view.mine = chosen[poll.id]?.numbers ?? []
            view.at = poll.created
            return view
        }
        return LivePollList(
            polls: views,
            cursor: found.count > limit ? page.last.map { LivePollPlace($0).cursor } : nil
        )
    }
}
