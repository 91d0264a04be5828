import Channels
import CommunityKernel
import Journal
import Messages
import People
import WireProtocol

/// `notification.list`, `.read`, `.settings` and `.set`, and the snapshot's `notifications`.
struct ReadingNotifications: Sendable {
    let access: ChannelAccess
    let topics: any NoticeTopics
    /// Rows looked at together.
    private let batch = 100
    let mailing: MailingNotifications

    init(access: ChannelAccess, topics: any NoticeTopics, mailing: MailingNotifications) {
        self.access = access
        self.topics = topics
        self.mailing = mailing
    }

    private static func person(_ member: Member) throws -> PersonID {
        guard member.kind == .person else { throw WireError.forbidden("for persons") }
        return member.id
    }

    // MARK: The queries

    func list(_ query: ListNotifications, _ context: QueryContext) throws -> NotificationPage {
        let person = try Self.person(context.actor)
        let limit = Int(query.limit ?? 50)
        var before = query.before?.rawValue ?? .max
        var shown: [NotificationView] = []
        var judge = NotificationJudge(access: access, context: context)
        reading: while true {
            let rows = try NotificationStore.page(
                of: person,
                before: before,
                unreadOnly: query.unread ?? false,
                limit: batch,
                context.sql
            )
            for row in rows {
                guard let words = try words(of: row, &judge, context) else { continue }
                shown.append(view(of: row, words))
                if shown.count > limit { break reading }
            }
            guard rows.count == batch, let last = rows.last else { break }
            before = last.id.rawValue
        }
        return NotificationPage(
            notifications: Array(shown.prefix(limit)),
            unread: try NotificationStore.unread(of: person, context.sql),
            more: shown.count > limit
        )
    }

    /// What a notification shows of its subject; nil when the reader may not know of that.
    private func words(
        of record: NotificationRecord,
        _ judge: inout NotificationJudge,
        _ context: QueryContext
    ) throws -> NoticeWords? {
        if let topic = record.topic {
            return try topics.words(of: topic, comment: record.comment, for: context.actor, context.sql)
        }
        return try judge.message(of: record).map { NoticeWords(title: Excerpt.of($0.text)) }
    }

    private func view(of record: NotificationRecord, _ words: NoticeWords) -> NotificationView {
        let news = record.news(of: record.id)
        var view = NotificationView()
        view.id = record.id
        view.kind = record.kind
        view.at = record.at
        view.by = news.by
        view.network = record.network
        view.channel = record.channel
        view.message = news.message
        view.event = news.event
        view.news = news.news
        view.document = news.document
        view.comment = news.comment
        view.solution = news.solution
        view.adoption = news.adoption
        view.told = news.told
        // Of events the title alone was always said, as the text.
        view.title = record.told == nil ? nil : words.title
        view.text = words.text
        view.read = record.isSeen
        return view
    }

    func settings(_ query: AskNotificationSettings, _ context: QueryContext) throws -> NotificationSettings {
        try NotificationStore.settings(of: try Self.person(context.actor), context.sql)
    }

    func snapshot(_ context: QueryContext) throws -> [UInt8] {
        NotificationsSummary(
            unread: try NotificationStore.unread(of: context.actor.id, context.sql),
            settings: try NotificationStore.settings(of: context.actor.id, context.sql)
        ).text
    }

    // MARK: The commands

    func read(_ command: ReadNotifications, _ work: UnitOfWork) throws -> NotificationsReadUpTo {
        let person = try Self.person(work.actor)
        let stored = try NotificationStore.readUpTo(of: person, work.sql)
        if let topic = try Self.topic(of: command) {
            guard command.upTo == nil else { throw WireError.invalid("with.upTo", "not_allowed") }
            if try NotificationStore.read(topic, of: person, work.sql) { try tellRead(stored, person, work) }
            return NotificationsReadUpTo(upTo: stored)
        }
        guard let asked = command.upTo else { throw WireError.invalid("with.upTo", "missing") }
        // What comes later is not read yet, whatever was asked.
        let upTo = max(stored, min(asked.rawValue, work.nextSeq - 1))
        guard upTo > stored else { return NotificationsReadUpTo(upTo: stored) }
        try NotificationStore.read(upTo: upTo, of: person, work.sql)
        try NotificationStore.setReadUpTo(upTo, of: person, work.sql)
        try tellRead(upTo, person, work)
        return NotificationsReadUpTo(upTo: upTo)
    }

    /// The one thing that was opened; nil for none.
    private static func topic(of command: ReadNotifications) throws -> NoticeTopic? {
        let all: [(String, NoticeTopic?)] = [
            ("event", command.event.map { .event($0) }), ("document", command.document.map { .document($0) }),
            ("solution", command.solution.map { .solution($0) }), ("adoption", command.adoption.map { .adoption($0) }),
        ]
        let given = all.filter { $0.1 != nil }
        if given.count > 1 { throw WireError.invalid("with.\(given[1].0)", "not_allowed") }
        return given.first?.1
    }

    private func tellRead(_ upTo: Int64, _ person: PersonID, _ work: UnitOfWork) throws {
        let unread = try NotificationStore.unread(of: person, work.sql)
        try work.append(NotificationsRead(upTo: NotificationID(upTo), unread: unread), to: .person(person))
    }

    func set(_ command: SetNotifications, _ work: UnitOfWork) throws -> Nothing {
        let person = try Self.person(work.actor)
        let old = try NotificationStore.settings(of: person, work.sql)
        var settings = old
        switch command.doNotDisturb {
        case .on(let quiet): settings.doNotDisturb = quiet
        case .off: settings.doNotDisturb = nil
        case nil: break
        }
        if let browser = command.browser { settings.browser = browser }
        if let mail = command.mail { settings.mail = mail }
        if let anytime = command.mailAnytime { settings.mailAnytime = anytime }
        if let chosen = command.events { settings.events = chosen.applied(to: settings.events) }
        if let chosen = command.solutions { settings.solutions = chosen.applied(to: settings.solutions) }
        guard settings != old else { return Nothing() }
        try NotificationStore.set(settings, of: person, work.sql)
        if settings.mail != old.mail || settings.mailAnytime != old.mailAnytime
            || settings.doNotDisturb != old.doNotDisturb
        {
            try mailing.chosen(settings, by: person, work)
        }
        try work.append(NotificationsSet(settings), to: .person(person))
        return Nothing()
    }
}

/// Judges notifications one by one by the reader's rights of this moment, asking once for each channel.
struct NotificationJudge {
    private let access: ChannelAccess
    private let context: QueryContext
    private var visibleFrom: [ChannelID: Int64?] = [:]
    private var moderates: Bool?

    init(access: ChannelAccess, context: QueryContext) {
        self.access = access
        self.context = context
    }

    /// The message that a notification tells of; nil when the reader may not read it.
    mutating func message(of record: NotificationRecord) throws -> MessageRecord? {
        if record.kind == .report {
            guard try isModerator() else { return nil }
            return try MessageStore.reported(ReportID(record.subject), context.sql)
        }
        guard let channel = record.channel, let from = try lowest(in: channel), record.message.rawValue > from,
            let message = try MessageStore.message(record.message, context.sql), !message.isDeleted
        else { return nil }
        return message
    }

    private mutating func isModerator() throws -> Bool {
        if let moderates { return moderates }
        let found = try PeopleStore.isModerator(context.actor, context.sql)
        moderates = found
        return found
    }

    /// From where on the reader may read a channel; nil when not at all.
    private mutating func lowest(in channel: ChannelID) throws -> Int64? {
        if let known = visibleFrom[channel] { return known }
        var found: Int64?
        do {
            found = try access.readable(channel, by: context.actor, context.sql, context.now).visibleFrom
        } catch is WireError {}
        visibleFrom[channel] = .some(found)
        return found
    }
}
