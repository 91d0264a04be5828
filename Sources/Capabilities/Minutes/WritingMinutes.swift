import CommunityKernel
import Events
import Journal
import Messages
import Networks
import People
import Registrations
import WireProtocol

/// The minutes of an event as the store knows them.
struct MinutesRecord: Sendable {
    let id: MinutesID
    let event: EventID
    var state: MinutesState
    var revision: Int64
    var text: String
    var hash: String?
    var approvedBy: MemberID?
    var approved: Instant?

    /// What every update of them bears.
    var news: MinutesNews { MinutesNews(id: id, event: event, revision: revision, state: state) }
    var standing: MinutesStanding { MinutesStanding(revision: revision, state: state) }

    /// `conflict`: the state, or the revision, is another one.
    func refused(_ message: String) -> WireError {
        .conflict(message, current: .members(["revision": .int(revision), "state": .string(state.rawValue)]))
    }
}

/// `minutes.write`, `.share`, `.amend`, `.approve`, `.get`.
struct WritingMinutes: Sendable {
    let events: EventsCapability

    /// Amendments of one event that are kept.
    private static let amendments = 500
    /// Bytes of all of them together: each update that tells of one bears them all.
    private static let amendmentBytes = 200_000

    private var access: EventAccess { events.access }

    func write(_ command: WriteMinutes, _ work: UnitOfWork) throws -> MinutesStanding {
        let event = try access.facilitated(command.event, work)
        guard var minutes = try Self.minutes(of: event.id, work.sql) else {
            guard command.revision == 0 else {
                throw WireError.conflict("there are no minutes yet", current: .members(["revision": .int(0)]))
            }
            guard event.isOn else { throw event.refused("the event does not take place") }
            let minutes = MinutesRecord(
                id: work.nextID(),
                event: event.id,
                state: .draft,
                revision: 1,
                text: command.text
            )
            var news = minutes.news
            news.text = minutes.text
            news.html = Markdown.html(minutes.text)
            news.amendments = []
            try work.append(MinutesWritten(news), to: .desk(event.network))
            try work.sql.execute(
                """
                INSERT INTO minutes (event, id, state, revision, text)
                VALUES (\(minutes.event), \(minutes.id), \(minutes.state.rawValue), 1, \(minutes.text))
                """
            )
            return minutes.standing
        }
        guard minutes.state != .approved else { throw minutes.refused("the minutes are approved") }
        try requireNewest(command.revision, minutes)
        minutes.text = command.text
        return try save(&minutes, at: event, work) { news, view in
            news.text = view.text
            news.html = view.html
            return MinutesWritten(news)
        }
    }

    func share(_ command: ShareMinutes, _ work: UnitOfWork) throws -> MinutesStanding {
        let event = try access.facilitated(command.event, work)
        guard var minutes = try Self.minutes(of: event.id, work.sql) else { throw WireError.notFound }
        guard minutes.state == .draft else { throw minutes.refused("the minutes are \(minutes.state.rawValue)") }
        try requireNewest(command.revision, minutes)
        minutes.state = .shared
        // The members knew nothing of them.
        return try save(&minutes, at: event, work) { news, view in
            news.text = view.text
            news.html = view.html
            news.amendments = view.amendments
            return MinutesShared(news)
        }
    }

    func amend(_ command: AmendMinutes, _ work: UnitOfWork) throws -> MinutesStanding {
        let event = try access.readable(command.event, by: work.actor, work.sql)
        guard var minutes = try readable(event, work.actor, work.sql) else { throw WireError.notFound }
        try access.requireWritable(event, work.sql)
        guard try Self.attended(work.actor, event, work.sql) else {
            throw WireError.forbidden("for those who attended")
        }
        guard minutes.state == .shared else { throw minutes.refused("the minutes are \(minutes.state.rawValue)") }
        try requireNewest(command.revision, minutes)
        let known = try Self.amendments(of: event.id, work.sql)
        guard known.count < Self.amendments else {
            throw WireError(.full, "at most \(Self.amendments) amendments are kept")
        }
        guard known.reduce(command.text.utf8.count, { $0 + $1.text.utf8.count }) <= Self.amendmentBytes else {
            throw WireError(.full, "amendments of at most \(Self.amendmentBytes) bytes are kept")
        }
        try work.sql.execute(
            """
            INSERT INTO minutes_amendment (event, revision, person, text, at)
            VALUES (\(event.id), \(minutes.revision + 1), \(work.actor.id), \(command.text), \(work.now))
            """
        )
        return try save(&minutes, at: event, work) { news, view in
            news.amendments = view.amendments
            return MinutesAmended(news)
        }
    }

    func approve(_ command: ApproveMinutes, _ work: UnitOfWork) throws -> MinutesStanding {
        let event = try access.facilitated(command.event, work)
        guard var minutes = try Self.minutes(of: event.id, work.sql) else { throw WireError.notFound }
        guard minutes.state == .shared else { throw minutes.refused("the minutes are \(minutes.state.rawValue)") }
        try requireNewest(command.revision, minutes)
        minutes.state = .approved
        minutes.hash = Secret.hex(Secret.sha256(Array(minutes.text.utf8)))
        minutes.approvedBy = work.actor.id
        minutes.approved = work.now
        let standing = try save(&minutes, at: event, work) { news, view in
            news.hash = view.hash
            news.approvedBy = view.approvedBy
            news.approved = view.approved
            return MinutesApproved(news)
        }
        try events.minuted(event.id, work)
        try work.audit("minutes.approve", subject: event.id.rawValue, detail: minutes.hash ?? "")
        return standing
    }

    private func requireNewest(_ revision: Int64, _ minutes: MinutesRecord) throws {
        guard revision == minutes.revision else { throw minutes.refused("there is a newer revision") }
    }

    /// Keeps changed minutes and tells of them: `update` puts in what changed, as it is shown.
    private func save<Update: ServerUpdate>(
        _ minutes: inout MinutesRecord,
        at event: EventRecord,
        _ work: UnitOfWork,
        _ update: (inout MinutesNews, MinutesView) -> Update
    ) throws
        -> MinutesStanding
    {
        minutes.revision += 1
        try work.sql.execute(
            """
            UPDATE minutes SET state = \(minutes.state.rawValue), revision = \(minutes.revision), text = \(minutes.text),
                hash = \(minutes.hash), approved_by = \(minutes.approvedBy), approved_at = \(minutes.approved)
            WHERE event = \(minutes.event)
            """
        )
        var news = minutes.news
        let told = update(&news, try view(of: minutes, work.sql))
        let seq = try work.append(
            told,
            to: minutes.state == .draft ? .desk(event.network) : .network(event.network)
        )
        try MinutesNaming.remember(
            (news.amendments ?? []).map(\.person?.id) + [news.approvedBy?.id],
            in: seq,
            work.sql
        )
        return minutes.standing
    }

    // MARK: Reading

    func get(_ query: GetMinutes, _ context: QueryContext) throws -> MinutesView {
        let event = try access.readable(query.event, by: context.actor, context.sql)
        guard let minutes = try readable(event, context.actor, context.sql) else { throw WireError.notFound }
        var view = try view(of: minutes, context.sql)
        view.mayAmend = try minutes.state == .shared && Self.attended(context.actor, event, context.sql)
        return view
    }

    /// What is the same for all who read them.
    private func view(of minutes: MinutesRecord, _ sql: any SQLReader) throws -> MinutesView {
        let amendments = try Self.amendments(of: minutes.event, sql)
        let people = amendments.map(\.person) + [minutes.approvedBy].compactMap { $0 }
        let names = try PeopleStore.names(of: Array(Set(people)), sql)
        var view = MinutesView()
        view.id = minutes.id
        view.event = minutes.event
        view.revision = minutes.revision
        view.state = minutes.state
        view.text = minutes.text
        view.html = Markdown.html(minutes.text)
        view.amendments = amendments.map { amendment in
            var view = AmendmentView()
            view.person = names[amendment.person].map { NamedPerson(id: amendment.person, name: $0) }
            view.text = amendment.text
            view.html = Markdown.html(amendment.text)
            view.at = amendment.at
            return view
        }
        view.hash = minutes.hash
        view.approvedBy = minutes.approvedBy.flatMap { id in names[id].map { NamedPerson(id: id, name: $0) } }
        view.approved = minutes.approved
        return view
    }

    /// What was asked to be amended, in order.
    private static func amendments(
        of event: EventID,
        _ sql: any SQLReader
    ) throws
        -> [(person: PersonID, text: String, at: Instant)]
    {
        try sql.all(
            "SELECT person, text, at FROM minutes_amendment WHERE event = \(event) ORDER BY revision"
        ) { (person: $0.id(0), text: $0.text(1), at: $0.instant(2)) }
    }

    /// The minutes of an event that the member may read: a draft is for its facilitators.
    private func readable(_ event: EventRecord, _ member: Member, _ sql: any SQLReader) throws -> MinutesRecord? {
        guard let minutes = try Self.minutes(of: event.id, sql) else { return nil }
        if minutes.state != .draft { return minutes }
        return try access.rules.may(.manageEvents, member, in: event.network, sql) ? minutes : nil
    }

    private static func attended(_ member: Member, _ event: EventRecord, _ sql: any SQLReader) throws -> Bool {
        guard let seat = try Attending.seat(of: member.id, at: event.id, sql) else { return false }
        return [.checkedIn, .attended, .partial].contains(seat.state)
    }

    static func minutes(of event: EventID, _ sql: any SQLReader) throws -> MinutesRecord? {
        try sql.first(
            """
            SELECT id, event, state, revision, text, hash, approved_by, approved_at FROM minutes WHERE event = \(event)
            """
        ) { row in
            MinutesRecord(
                id: row.id(0),
                event: row.id(1),
                state: MinutesState(rawValue: row.text(2)) ?? .approved,
                revision: row.int(3),
                text: row.text(4),
                hash: row.optionalText(5),
                approvedBy: row.optionalID(6),
                approved: row.optionalInstant(7)
            )
        }
    }
}
