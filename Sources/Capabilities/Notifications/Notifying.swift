import Channels
import CommunityKernel
import Journal
import Messages
import People
import WireProtocol

/// Writes notifications by reading the journal: each once, also across a crash.
///
/// Decided by the read marker, not by presence; nobody is told of what the own acts did, of what is muted, or of what
/// may not be read at that moment.
struct Notifying: Sendable {
    let access: ChannelAccess
    /// Notifications of one person at most.
    let kept: Int64
    /// People of one message at most who are told because they want all, or because it is for everybody.
    let fanOut: Int64
    let mailing: MailingNotifications

    /// People told in one transaction.
    private let page = 50

    init(access: ChannelAccess, kept: Int64, fanOut: Int64, mailing: MailingNotifications) {
        self.mailing = mailing
        self.access = access
        self.kept = kept
        self.fanOut = fanOut
    }

    var follower: Follower {
        Follower(
            name: "notifications",
            types: [
                MessagePosted.name, MessageEdited.name, MessageDeleted.name, MessageReported.name, ChannelMarked.name,
                ChannelLeft.name, AccessLost.name, NetworkLeft.name, PersonChanged.name,
            ],
            concerns: concerns,
            handle: handle
        )
    }

    /// Most posts concern nobody in particular, and most markers pass nothing that was told.
    private func concerns(_ update: PastUpdate, _ sql: any SQLReader) throws -> Bool {
        switch update.type {
        case MessagePosted.name:
            // A group is mentioned in the text alone.
            let mayNameSomebody =
                update.data["thread"] != nil || update.data["acknowledge"] != nil || update.data["addressed"] != nil
                || update.data["mentions"]?.array?.isEmpty != true
                || update.data["text"]?.string?.utf8.contains(UInt8(ascii: "@")) != false
            if mayNameSomebody { return true }
            guard let id = update.data["channel"]?.int, let channel = try ChannelStore.channel(ChannelID(id), sql)
            else { return false }
            return try !ChannelTunings.wantingAll(in: channel, after: MemberID(), limit: 1, sql).isEmpty
        case ChannelMarked.name:
            guard let person = update.stream.person, let channel = update.data["channel"]?.int,
                let upTo = update.data["upTo"]?.int
            else { return false }
            return try NotificationStore.hasUnread(of: person, in: ChannelID(channel), upTo: upTo, sql)
        default: return true
        }
    }

    private func handle(_ update: PastUpdate, _ work: UnitOfWork) throws {
        switch update.type {
        case MessagePosted.name: try begin(update, .concerned, work)
        case MessageEdited.name: try begin(update, .named, work)
        case MessageDeleted.name:
            guard let id = update.data["id"]?.int else { return }
            for person in try NotificationStore.remove(MessageID(id), work.sql) { try tellUnread(person, work) }
        case MessageReported.name: try tellModerators(update, work)
        case ChannelMarked.name: try passMarker(update, work)
        case ChannelLeft.name:
            guard let channel = update.data["channel"]?.int, let person = update.data["person"]?.int else { return }
            try lose([ChannelID(channel)], PersonID(person), work)
        case AccessLost.name: try loseAccess(update, work)
        case NetworkLeft.name:
            guard let network = update.data["network"]?.int, let person = update.data["person"]?.int else { return }
            try loseTopics([NetworkID(network)], PersonID(person), work)
        default: try loseRole(update, work)
        }
    }

    // MARK: Messages

    private func begin(_ update: PastUpdate, _ phase: Spread.Phase, _ work: UnitOfWork) throws {
        guard let id = update.data["id"]?.int else { return }
        let spread = Spread(seq: update.seq, message: MessageID(id), at: update.at, phase: phase)
        try advance(spread, work)?.save(work.sql)
    }

    /// Tells those whom the follower had to leave for later.
    var tick: Tick {
        Tick(
            name: "notifications",
            seconds: 1,
            isDue: { try Spread.isAnyLeft($0.sql) },
            run: { work in
                guard let spread = try Spread.next(work.sql) else { return false }
                if let rest = try advance(spread, work) { try rest.save(work.sql) } else { try spread.remove(work.sql) }
                return true
            }
        )
    }

    /// Tells a page of people; where to go on, nil at the end.
    private func advance(_ spread: Spread, _ work: UnitOfWork) throws -> Spread? {
        guard let audience = try Audience(spread.message, work.sql) else { return nil }
        var rest = spread
        var room = page
        while true {
            let isBounded = rest.phase == .wide || rest.phase == .addressed
            let size = isBounded ? min(room, Int(fanOut - rest.reached)) : room
            let people = size > 0 ? try audience.people(rest, limit: size, at: work.now, work.sql) : []
            // Who was told in a phase before takes nobody's place in this one.
            let new = try people.filter { try !NotificationStore.exists(of: rest.message.rawValue, for: $0, work.sql) }
            for person in new { try tell(person, audience, rest, work) }
            if isBounded { rest.reached += Int64(new.count) }
            room -= people.count
            if let last = people.last, people.count == size {
                rest.after = last
                return rest
            }
            guard let next = audience.phase(after: rest.phase) else { return nil }
            rest.phase = next
            rest.after = MemberID()
        }
    }

    private func tell(_ person: PersonID, _ audience: Audience, _ spread: Spread, _ work: UnitOfWork) throws {
        let message = audience.message
        guard person != message.author,
            try PeopleStore.activePerson(person, work.sql) != nil,
            let since = try readsSince(person, message, work)
        else { return }
        let choice = try ChannelTunings.notify(person, of: audience.channel, work.sql)
        guard let kind = audience.kind(for: person, in: spread.phase, since: since, choice: choice) else { return }
        let record = NotificationRecord(
            person: person,
            kind: kind,
            subject: message.id.rawValue,
            at: spread.at,
            author: message.author,
            network: audience.channel.network,
            channel: audience.channel.id,
            message: message.id
        )
        try add(record, work)
    }

    private func add(_ record: NotificationRecord, _ work: UnitOfWork) throws {
        let id = try NotificationStore.add(record, kept: kept, work)
        try mailing.told(record, id, work)
    }

    /// Since when a person is a member of a message's channel; nil when the person is none, may not read the message or
    /// has read it.
    private func readsSince(_ person: PersonID, _ message: MessageRecord, _ work: UnitOfWork) throws -> Int64? {
        do {
            let reader = Member(id: person, kind: .person, name: "")
            let readable = try access.readable(message.channel, by: reader, work.sql, work.now)
            guard let membership = readable.membership, message.id.rawValue > readable.visibleFrom,
                try message.id.rawValue > ChannelStore.marker(of: person, in: message.channel, work.sql)
            else { return nil }
            return membership.since
        } catch is WireError {
            return nil
        }
    }

    private func tellModerators(_ update: PastUpdate, _ work: UnitOfWork) throws {
        guard let id = update.data["id"]?.int,
            let message = try MessageStore.reported(ReportID(id), work.sql)
        else { return }
        let moderators = try PeopleStore.members(with: .moderator, work.sql)
        let administrators = try PeopleStore.members(with: .admin, work.sql)
        for person in Set(moderators + administrators).sorted() where person != update.by {
            guard try !NotificationStore.exists(of: id, for: person, work.sql) else { continue }
            let record = NotificationRecord(
                person: person,
                kind: .report,
                subject: id,
                at: update.at,
                author: update.by,
                network: nil,
                channel: nil,
                message: message.id
            )
            try add(record, work)
        }
    }

    // MARK: What is read, or may be read no longer

    private func passMarker(_ update: PastUpdate, _ work: UnitOfWork) throws {
        guard let person = update.stream.person, let channel = update.data["channel"]?.int,
            let upTo = update.data["upTo"]?.int,
            try NotificationStore.read(ChannelID(channel), upTo: upTo, of: person, work.sql)
        else { return }
        try work.append(
            NotificationsRead(
                channel: ChannelID(channel),
                channelUpTo: MessageID(upTo),
                unread: try NotificationStore.unread(of: person, work.sql)
            ),
            to: .person(person)
        )
    }

    private func loseAccess(_ update: PastUpdate, _ work: UnitOfWork) throws {
        guard let person = update.stream.person else { return }
        let channels = (update.data["streams"]?.array ?? []).compactMap { $0.string.flatMap(ChannelID.init(stream:)) }
        try lose(channels, person, work)
        let networks = (update.data["streams"]?.array ?? []).compactMap { $0.string.flatMap(NetworkID.init(stream:)) }
        try loseTopics(networks, person, work)
    }

    /// What tells of events, documents and solutions of networks that a person left or lost is unread no longer.
    private func loseTopics(_ networks: [NetworkID], _ person: PersonID, _ work: UnitOfWork) throws {
        var wasUnread = false
        for network in networks {
            wasUnread = try NotificationStore.read(topicsOf: network, of: person, work.sql) || wasUnread
        }
        if wasUnread { try tellUnread(person, work) }
    }

    /// What tells of channels that a person left or lost is unread no longer.
    private func lose(_ channels: [ChannelID], _ person: PersonID, _ work: UnitOfWork) throws {
        var wasUnread = false
        for channel in channels {
            wasUnread = try NotificationStore.read(channel, upTo: .max, of: person, work.sql) || wasUnread
        }
        if wasUnread { try tellUnread(person, work) }
    }

    /// Who moderates no longer is told of no reports.
    private func loseRole(_ update: PastUpdate, _ work: UnitOfWork) throws {
        guard update.data["roles"] != nil, let person = update.stream.person else { return }
        let member = Member(id: person, kind: .person, name: "")
        guard try !PeopleStore.isModerator(member, work.sql),
            try NotificationStore.readReports(of: person, work.sql)
        else { return }
        try tellUnread(person, work)
    }

    private func tellUnread(_ person: PersonID, _ work: UnitOfWork) throws {
        try work.append(
            NotificationsRead(unread: try NotificationStore.unread(of: person, work.sql)),
            to: .person(person)
        )
    }
}

extension StreamName {
    /// Whose stream it is; nil for all but `person/N`.
    fileprivate var person: PersonID? {
        rawValue.hasPrefix("person/") ? Int64(rawValue.dropFirst("person/".count)).map(PersonID.init) : nil
    }
}

extension ChannelID {
    /// The channel of `channel/N`; nil for another stream.
    fileprivate init?(stream: String) {
        guard stream.hasPrefix("channel/"), let id = Int64(stream.dropFirst("channel/".count)) else { return nil }
        self.init(id)
    }
}

extension NetworkID {
    /// The network of `network/N`; nil for another stream.
    fileprivate init?(stream: String) {
        guard stream.hasPrefix("network/"), let id = Int64(stream.dropFirst("network/".count)) else { return nil }
        self.init(id)
    }
}
