public import CommunityKernel
public import Journal
public import WireProtocol

/// Tells a member what waits in a channel, when something else than a new message or the member's own reading changed
/// it: a client cannot know whether a message that it has never seen was its own, or mentioned it.
public struct UnreadNews: Sendable {
    let timeline: any ChannelTimeline

    /// Tells those of `people` who have not read as far as `message`.
    public func tell(_ people: [MemberID], of message: MessageID, in channel: ChannelID, _ work: UnitOfWork) throws {
        for person in people {
            guard let (record, membership) = try ChannelStore.channel(channel, with: person, work.sql),
                let since = membership?.since, try work.isEntitled(person, .channel(channel))
            else { continue }
            let marker = try ChannelStore.marker(of: person, in: channel, work.sql)
            guard marker < message.rawValue else { continue }
            try tell(person, record, since: since, marker: marker, work)
        }
    }

    /// Tells one member.
    func tell(
        _ member: MemberID,
        _ channel: ChannelRecord,
        since: Int64,
        marker: Int64,
        _ work: UnitOfWork
    ) throws {
        let counts = try counts(member, channel, since: since, marker: marker, work.sql)
        try work.append(
            ChannelMarked(channel: channel.id, upTo: marker, unread: counts.unread, mentions: counts.mentions),
            to: .person(member)
        )
    }

    func counts(
        _ member: MemberID,
        _ channel: ChannelRecord,
        since: Int64,
        marker: Int64,
        _ sql: any SQLReader
    ) throws -> UnreadCounts {
        try timeline.counts(
            in: channel.id,
            for: member,
            above: marker,
            visibleFrom: channel.history == .shared ? 0 : since,
            since: since,
            sql
        )
    }
}
