import Channels
import CommunityKernel
import Journal
import Mail
import Messages
import People
import WireProtocol

/// What a mail tells of: judged at the moment of sending, by what was read meanwhile and by what the person may still
/// read.
struct MailedNotifications: MailComposer {
    let access: ChannelAccess
    let topics: any NoticeTopics
    let quiet: QuietTimes
    let templates: Set<String> = ["notifications", "digest"]
    /// Notifications of one mail at most.
    private let most = 20
    /// Channels of one digest at most, and those looked at.
    private let mostChannels = 10
    private let channelsSeen = 500
    private let rows = 200

    init(access: ChannelAccess, topics: any NoticeTopics, quiet: QuietTimes) {
        self.access = access
        self.topics = topics
        self.quiet = quiet
    }

    /// One notification that may be told.
    struct News {
        let record: NotificationRecord
        let subject: Subject

        /// A message, or a topic with what is shown of it.
        enum Subject {
            case message(MessageRecord)
            case topic(NoticeTopic, NoticeWords)
        }
    }

    // MARK: What there is

    /// The unread ones of an interval that the person may read and wants in mails, newest first.
    func news(
        of person: PersonID,
        above: Int64,
        upTo: Int64,
        urgentOnly: Bool,
        _ context: QueryContext
    ) throws -> [News] {
        let own = Self.context(of: person, context)
        var judge = NotificationJudge(access: access, context: own)
        let settings = try NotificationStore.settings(of: person, context.sql)
        return try NotificationStore.unread(of: person, above: above, upTo: upTo, limit: rows, context.sql)
            .filter { !urgentOnly || $0.isUrgent }
            .compactMap { record in
                guard let topic = record.topic else {
                    return try judge.message(of: record).map { News(record: record, subject: .message($0)) }
                }
                guard settings.mails(record.kind, of: topic),
                    let words = try topics.words(of: topic, comment: record.comment, for: own.actor, context.sql)
                else { return nil }
                return News(record: record, subject: .topic(topic, words))
            }
    }

    /// The channels in which something waits, the fullest first.
    private func unread(of person: PersonID, _ context: QueryContext) throws -> [(ChannelRecord, Int64)] {
        let own = Self.context(of: person, context)
        let timeline = MessageTimeline()
        var found: [(ChannelRecord, Int64)] = []
        for (channel, since, marker) in try ChannelStore.joined(
            by: person,
            network: nil,
            limit: channelsSeen,
            context.sql
        ) {
            guard try ChannelTunings.notify(person, of: channel, context.sql) != .none,
                let readable = try? access.readable(channel.id, by: own.actor, context.sql, context.now)
            else { continue }
            let counts = try timeline.counts(
                in: channel.id,
                for: person,
                above: marker,
                visibleFrom: readable.visibleFrom,
                since: since,
                context.sql
            )
            if counts.unread > 0 { found.append((channel, counts.unread)) }
        }
        return found.sorted { $0.1 > $1.1 }
    }

    func hasDigest(for person: PersonID, _ context: QueryContext) throws -> Bool {
        if try !news(of: person, above: 0, upTo: .max, urgentOnly: false, context).isEmpty { return true }
        return try !unread(of: person, context).isEmpty
    }

    private static func context(of person: PersonID, _ context: QueryContext) -> QueryContext {
        let member = Member(id: person, kind: .person, name: "")
        return QueryContext(sql: context.sql, now: context.now, actor: member, address: nil)
    }

    // MARK: What the mail says

    func compose(_ mail: MailFacts, _ context: QueryContext) throws -> MailComposition {
        guard let id = mail.person, let person = try PeopleStore.activePerson(id, context.sql) else {
            return .obsolete("no_recipient")
        }
        let settings = try NotificationStore.settings(of: id, context.sql)
        let isDigest = mail.template == "digest"
        guard isDigest ? settings.mail == .daily || settings.mail == .weekly : settings.mail == .each else {
            return .obsolete("not_wanted")
        }
        let free = quiet.free(from: context.now, settings, zone: person.zone)
        guard free <= context.now else { return .later(free) }
        let news = try news(
            of: id,
            above: mail.data["above"]?.int ?? 0,
            upTo: mail.data["upTo"]?.int ?? .max,
            urgentOnly: !isDigest,
            context
        )
        let channels = isDigest ? try unread(of: id, context) : []
        guard !news.isEmpty || !channels.isEmpty else { return .obsolete("read") }
        let names = try PeopleStore.names(of: news.map(\.record.author), context.sql)
        let titles = try news.prefix(most).map { try title($0, names, context) }
        var items = zip(news, titles).map { Self.item($0, title: $1) }
        for (channel, unread) in channels.prefix(mostChannels) {
            let values: KeyValuePairs<String, JSON> = [
                "channel": .string(channel.name(in: person.language)), "n": .int(unread),
            ]
            let key = channel.kind == .direct ? "unread.direct" : unread == 1 ? "unread.one" : "unread.many"
            items.append(
                .members(["title": MailWords.filled(key, values), "link": .string("/channels/\(channel.id)")])
            )
        }
        let left = Int64(max(0, news.count - most) + max(0, channels.count - mostChannels))
        let headline: JSON
        if isDigest {
            headline = MailWords.filled(settings.mail == .daily ? "headline.daily" : "headline.weekly")
        } else {
            headline = titles.count == 1 ? titles[0] : MailWords.filled("headline.many", ["n": .int(Int64(news.count))])
        }
        return .ready(
            JSON.members([
                "headline": headline, "items": .array(items), "link": .string(isDigest ? "/" : "/notifications"),
                "more": left == 0 ? .string("") : MailWords.filled("more", ["n": .int(left)]),
                "period": MailWords.filled(settings.mail == .weekly ? "period.weekly" : "period.daily"),
            ]).object ?? JSONObject()
        )
    }

    private static func item(_ news: News, title: JSON) -> JSON {
        switch news.subject {
        case .topic(let topic, let words):
            // The title says what it is called; a comment has its own words.
            let text = words.text == words.title || news.record.comment == nil ? "" : words.text
            let place = news.record.comment.map { "?comment=\($0)" } ?? ""
            return .members(["title": title, "text": .string(text), "link": .string(topic.link + place)])
        case .message(let message):
            let link = news.record.kind == .report ? "/admin/reports" : "/go/\(message.id)"
            return .members(["title": title, "text": .string(Excerpt.of(message.text)), "link": .string(link)])
        }
    }

    private func title(_ news: News, _ names: [MemberID: String], _ context: QueryContext) throws -> JSON {
        if case .topic(let topic, let words) = news.subject { return Self.title(news.record, topic, words, names) }
        let channel = try news.record.channel.flatMap { try ChannelStore.channel($0, context.sql) }
        let who = names[news.record.author]
        let values: KeyValuePairs<String, JSON> = [
            "who": who.map(JSON.string) ?? MailWords.filled("somebody"), "channel": .string(channel?.name ?? ""),
        ]
        return switch news.record.kind {
        case .report: MailWords.filled("notification.report", values)
        case .acknowledge: MailWords.filled("notification.acknowledge", values)
        case _ where channel?.kind == .direct: MailWords.filled("notification.direct", values)
        case .mention: MailWords.filled("notification.mention", values)
        case .reply: MailWords.filled("notification.reply", values)
        case .message, .registration, .event, .reminder, .review, .comment, .solution, .adoption:
            MailWords.filled("notification.message", values)
        }
    }

    private static func title(
        _ record: NotificationRecord,
        _ topic: NoticeTopic,
        _ words: NoticeWords,
        _ names: [MemberID: String]
    ) -> JSON {
        if case .event = topic {
            return MailWords.filled("digest.\(record.news?.rawValue ?? "changed")", ["title": .string(words.title)])
        }
        let values: KeyValuePairs<String, JSON> = [
            "who": names[record.author].map(JSON.string) ?? MailWords.filled("somebody"),
            "title": .string(words.title), "city": .string(words.text),
        ]
        return MailWords.filled("told.\(record.saying)", values)
    }
}

extension NotificationRecord {
    /// Under which name the words stand that say what is told of a document, a solution or an adoption.
    var saying: String {
        let told = told?.rawValue ?? SolutionNews.commented.rawValue
        if kind == .mention { return "mention" }
        // What becomes of a solution means something else to who took it over.
        guard kind == .adoption, case .solution = topic else { return told }
        return "adopted.\(told)"
    }
}

/// The beginning of a message, plain.
enum Excerpt {
    /// Characters at most.
    private static let length = 200

    static func of(_ text: String) -> String {
        let words = Markdown.plain(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let beginning = words.prefix(length)
        return beginning.endIndex == words.endIndex ? words : beginning.prefix(length - 1) + "…"
    }
}
