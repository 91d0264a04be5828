import Channels
import CommunityKernel
import Journal
import Messages
import Networks
import People
import WireProtocol

/// `announcement.post`, `.schedule`, `.cancel`, and what happens when the time of one has come.
struct SchedulingAnnouncements: Sendable {
    let access: ChannelAccess
    let posting: Posting
    /// How late an announcement is still sent after a downtime, seconds.
    let lateWindow: Int64

    /// The announcement channel's network, when `member` may announce in it now.
    private func network(of channel: ChannelID, announcedBy member: Member, _ work: UnitOfWork) throws -> NetworkID {
        if member.kind == .person {
            // What the channel is for comes before whether the facilitator belongs to it.
            let found = try access.readable(channel, by: member, work.sql, work.now).channel
            if found.kind != .announcement, let network = found.network,
                try access.rules.may(.announce, member, in: network, work.sql)
            {
                throw WireError.invalid("with.channel", "not_an_announcement_channel")
            }
        }
        let record = try access.postable(channel, by: member, work.sql, work.now)
        guard record.kind == .announcement, let network = record.network else {
            throw WireError.invalid("with.channel", "not_an_announcement_channel")
        }
        return network
    }

    func post(_ command: PostAnnouncement, _ work: UnitOfWork) throws -> CreatedMessage {
        _ = try network(of: command.channel, announcedBy: work.actor, work)
        let draft = Posting.Draft(
            channel: command.channel,
            text: command.text,
            files: command.files ?? [],
            acknowledge: command.acknowledge ?? false,
            addressed: command.addressed ?? []
        )
        return CreatedMessage(id: try posting.post(draft, as: work.actor, work))
    }

    func schedule(_ command: ScheduleAnnouncement, _ work: UnitOfWork) throws -> CreatedAnnouncement {
        let network = try network(of: command.channel, announcedBy: work.actor, work)
        let due = try Self.resolve(command.at)
        guard due > work.now else { throw WireError.invalid("with.at.local", "past") }
        guard Markdown.rendered(command.text) != nil else {
            throw WireError(
                .tooLarge,
                "the text becomes too large",
                fields: [FieldProblem(path: "with.text", problem: "too_long")]
            )
        }
        let addressed = try posting.bodies(
            command.addressed ?? [],
            in: NetworkStore.network(network, work.sql),
            work.sql,
            work.now
        )
        let id = work.nextID(EntityKind.Announcement.self)
        let at = LocalTime(local: command.at.local, zone: command.at.zone, utc: due)
        let scheduled = AnnouncementScheduled(id: id, channel: command.channel, at: at)
        try tell(scheduled, author: work.actor, network, work)
        try AnnouncementStore.insert(id, command, network: network, due: due, addressed: addressed, work)
        return CreatedAnnouncement(id: id)
    }

    private static func resolve(_ at: LocalTime) throws -> Instant {
        do {
            return try at.resolved()
        } catch LocalTime.Problem.unknownZone {
            throw WireError.invalid("with.at.zone", LocalTime.Problem.unknownZone.rawValue)
        } catch {
            throw WireError.invalid("with.at.local", error.rawValue)
        }
    }

    /// Tells the author and the network's desk.
    private func tell(
        _ update: some ServerUpdate,
        author: Member,
        _ network: NetworkID,
        by: MemberID? = nil,
        _ work: UnitOfWork
    ) throws {
        if author.id.rawValue != 0 { try work.append(update, to: .person(author.id), by: by) }
        try work.append(update, to: .desk(network), by: by)
    }

    func cancel(_ command: CancelAnnouncement, _ work: UnitOfWork) throws -> Nothing {
        guard let announcement = try AnnouncementStore.announcement(command.announcement, work.sql),
            try mayManage(announcement, work.actor, work.sql)
        else { throw WireError.notFound }
        if announcement.state == .cancelled { return Nothing() }
        if let network = try NetworkStore.network(announcement.network, work.sql) {
            try access.rules.requireWritable(network)
        }
        guard announcement.state == .scheduled else {
            throw WireError.conflict(
                "the announcement is \(announcement.state.rawValue)",
                current: .members([
                    "revision": .int(announcement.revision), "state": .string(announcement.state.rawValue),
                ])
            )
        }
        try callOff(announcement, work)
        return Nothing()
    }

    /// Ends one that waits.
    func callOff(_ announcement: AnnouncementRecord, _ work: UnitOfWork) throws {
        try AnnouncementStore.settle(announcement.id, .cancelled, work.sql)
        try tell(
            AnnouncementCancelled(id: announcement.id, channel: announcement.channel, at: announcement.at),
            author: announcement.author,
            announcement.network,
            work
        )
    }

    /// Its author and the facilitators of the network that owns it.
    private func mayManage(_ announcement: AnnouncementRecord, _ member: Member, _ sql: any SQLReader) throws -> Bool {
        if announcement.author.id == member.id, member.kind != .system { return true }
        return try access.rules.may(.announce, member, in: announcement.network, sql)
    }

    // MARK: When the time has come

    /// The next announcement that is due.
    ///
    /// Those of dormant networks wait for the module, as long as an announcement may be late.
    func next(at now: Instant, _ sql: any SQLReader) throws -> AnnouncementRecord? {
        let resting = try AnnouncementStore.networksWithDue(now, sql).filter { id in
            try NetworkStore.network(id, sql).map { access.rules.isDormant($0) } ?? false
        }
        return try AnnouncementStore.due(now, resting: resting, late: now.advanced(bySeconds: -lateWindow), sql)
    }

    /// Sends one announcement that is due, or fails it; whether there may be more.
    func sendNext(_ work: UnitOfWork) throws -> Bool {
        guard let announcement = try next(at: work.now, work.sql) else { return false }
        // The zone's rules may have changed since the time was derived.
        if let due = try? announcement.at.resolved(), due > work.now {
            try work.sql.execute("UPDATE announcement SET due = \(due) WHERE id = \(announcement.id)")
            return true
        }
        guard work.now <= announcement.due.advanced(bySeconds: lateWindow) else {
            try fail(announcement, reason: "late", work)
            return true
        }
        do {
            let message = try send(announcement, work)
            try AnnouncementStore.settle(announcement.id, .sent, message: message, work.sql)
            let sent = AnnouncementSent(
                id: announcement.id,
                channel: announcement.channel,
                at: announcement.at,
                message: message
            )
            try tell(sent, author: announcement.author, announcement.network, by: MemberID(), work)
        } catch let refusal as WireError {
            // Refusals are decided before anything is written.
            try fail(announcement, reason: Self.reason(refusal), work)
        }
        return true
    }

    private func send(_ announcement: AnnouncementRecord, _ work: UnitOfWork) throws -> MessageID {
        if announcement.author.kind == .person {
            guard try PeopleStore.activePerson(announcement.author.id, work.sql) != nil else {
                throw WireError.forbidden("the author is gone")
            }
        }
        _ = try network(of: announcement.channel, announcedBy: announcement.author, work)
        let draft = Posting.Draft(
            channel: announcement.channel,
            text: announcement.text,
            acknowledge: announcement.acknowledge,
            addressed: announcement.addressed
        )
        return try posting.post(draft, as: announcement.author, work)
    }

    private static func reason(_ refusal: WireError) -> String {
        switch refusal.code {
        case .notFound, .forbidden: "forbidden"
        case .conflict: "archived"
        default: refusal.code.rawValue
        }
    }

    private func fail(_ announcement: AnnouncementRecord, reason: String, _ work: UnitOfWork) throws {
        try AnnouncementStore.settle(announcement.id, .failed, reason: reason, work.sql)
        try tell(
            AnnouncementFailed(
                id: announcement.id,
                channel: announcement.channel,
                at: announcement.at,
                reason: reason
            ),
            author: announcement.author,
            announcement.network,
            by: MemberID(),
            work
        )
    }
}
