import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// `poll.get` and `poll.list`.
struct ListingPolls: Sendable {
    let access: PollAccess
    let events: EventsCapability

    private static let pageSize: Int64 = 50
    /// Clashes told at most.
    private static let clashLimit = 200

    func get(_ query: GetPoll, _ context: QueryContext) throws -> PollView {
        let poll = try access.readable(query.poll, by: context.actor, context.sql)
        guard var view = try views([poll], context).first else { throw WireError.notFound }
        let answers = try PollAnswers(to: poll.id, context.sql)
        try answers.show(in: &view, of: poll, context.sql)
        if let city = view.me?.city { view.me?.cityName = try PollAnswers.name(of: city, context.sql) }
        if poll.state != .closed { view.clashes = try clashes(of: poll, answers.people, context) }
        return view
    }

    func list(_ query: ListPolls, _ context: QueryContext) throws -> PollList {
        guard try access.events.mayRead(of: query.network, isPublic: true, context.actor, context.sql),
            try NetworkStore.network(query.network, context.sql) != nil
        else { throw WireError.notFound }
        var condition: SQLQuery = "p.network = \(query.network)"
        if let state = query.state { condition = "\(part: condition) AND p.state = \(state.rawValue)" }
        if let cursor = query.cursor {
            guard let before = Int64(cursor) else { throw WireError.invalid("with.cursor", "not_allowed") }
            condition = "\(part: condition) AND p.id < \(before)"
        }
        let size = Int(query.limit ?? Self.pageSize)
        let found = try PollStore.polls(where: condition, limit: size + 1, context.sql)
        let page = Array(found.prefix(size))
        return PollList(
            polls: try views(page, context),
            cursor: found.count > size ? page.last.map { "\($0.id)" } : nil
        )
    }

    private func views(_ polls: [PollRecord], _ context: QueryContext) throws -> [PollView] {
        let options = try PollStore.options(of: polls.map(\.id), context.sql)
        let city =
            context.actor.kind == .person && polls.contains { $0.weight == .city }
            ? try access.city(of: context.actor.id, at: context.now, context.sql) : nil
        return try polls.map { poll in
            var view = poll.view(options[poll.id] ?? [])
            guard context.actor.kind == .person else { return view }
            let voter = poll.weight == .city ? city?.rawValue : context.actor.id.rawValue
            let ballot = try voter.flatMap { try PollStore.ballot(of: $0, in: poll.id, context.sql) }
            view.me = PollPlace(city: poll.weight == .city ? city : nil, votes: ballot?.votes.json)
            return view
        }
    }

    /// What else is wanted of the reader, and for who runs the network of all who answered, at the poll's dates.
    ///
    /// One query for each person over all dates: not one for each date.
    private func clashes(
        of poll: PollRecord,
        _ voters: [PersonID],
        _ context: QueryContext
    ) throws
        -> [PollClash]?
    {
        let spans = try PollStore.spans(of: poll.id, context.sql)
        guard let from = spans.map(\.span.starts).min(), let to = spans.map(\.span.ends).max() else { return nil }
        var people: [PersonID] = context.actor.kind == .person ? [context.actor.id] : []
        if try access.runs(poll.network, context.actor, context.sql) {
            people += voters.filter { $0 != context.actor.id }
        }
        var found: [PollClash] = []
        for person in people.prefix(Self.clashLimit) where found.count < Self.clashLimit {
            let others = try events.commitments(of: person, from: from, to: to, limit: 100, context.sql)
            for other in others {
                for (number, span) in spans where other.starts < span.ends && other.ends > span.starts {
                    found.append(try clash(number, person, other, context))
                }
            }
        }
        return found.isEmpty ? nil : Array(found.prefix(Self.clashLimit))
    }

    private func clash(
        _ option: Int64,
        _ person: PersonID,
        _ other: EventRecord,
        _ context: QueryContext
    ) throws
        -> PollClash
    {
        var clash = PollClash()
        clash.option = option
        clash.person = person
        clash.start = other.span.start
        clash.end = other.span.end
        if try access.events.mayRead(other, context.actor, context.sql) {
            clash.event = other.id
            clash.title = other.title
        }
        return clash
    }
}
