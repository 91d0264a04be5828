import Channels
import CommunityKernel
import Journal
import Networks
import WireProtocol

/// Whom a text mentions, as the channel's membership has it at that moment.
struct Mentions {
    /// The people, members of the channel, by id.
    var people: [MemberID] = []
    /// Everybody whose name stands in the text, members or not.
    var named: [MemberID] = []
    /// The groups, nil for none.
    var groups: [String]?
    /// Everybody in a channel too large to list.
    var includesEverybody = false

    /// The rows by which unread mentions are counted.
    var counted: [MemberID] { includesEverybody ? people + [MessageStore.everybody] : people }
}

/// Finds out whom a rendered text mentions.
struct MentionRules: Sendable {
    /// Above this many members, `@[channel]` is for those whose role allows it: facilitators, mostly.
    let channelMentionMembers: Int64
    /// Above this many members, `@[channel]` is not written out person by person.
    let listed: Int64 = 256

    /// Whom the text mentions.
    ///
    /// Throws `forbidden` for `@[channel]` in a large channel by whose role does not allow it.
    func resolve(
        _ rendered: RenderedMarkdown,
        in channel: ChannelRecord,
        by author: Member,
        _ rules: NetworkRules,
        _ sql: any SQLReader
    ) throws -> Mentions {
        var mentions = Mentions()
        if rendered.people.isEmpty && rendered.groups.isEmpty { return mentions }
        let named = rendered.people.prefix(1_000).map { MemberID($0) }
        mentions.named = named
        var people = Set(try ChannelStore.members(of: channel.id, among: named, sql))
        for group in rendered.groups {
            switch group {
            case "facilitators":
                guard let network = channel.network else { continue }
                let facilitators = try NetworkStore.facilitators(of: network, sql)
                people.formUnion(try ChannelStore.members(of: channel.id, among: facilitators, sql))
            case "channel":
                let count = try ChannelStore.memberCount(of: channel.id, sql)
                if count > channelMentionMembers { try requireRight(author, channel, rules, sql) }
                if count > listed {
                    mentions.includesEverybody = true
                } else {
                    people.formUnion(try ChannelStore.members(of: channel.id, limit: Int(listed), sql))
                }
            default: continue
            }
        }
        // Nobody is told that they mentioned themselves by naming a group.
        if !named.contains(author.id) { people.remove(author.id) }
        mentions.people = people.sorted()
        mentions.groups = rendered.groups.isEmpty ? nil : rendered.groups
        return mentions
    }

    private func requireRight(
        _ author: Member,
        _ channel: ChannelRecord,
        _ rules: NetworkRules,
        _ sql: any SQLReader
    ) throws {
        if author.kind == .system { return }
        guard let network = channel.network, try rules.may(.mentionEverybody, author, in: network, sql) else {
            throw WireError.forbidden("facilitators mention a channel of more than \(channelMentionMembers) members")
        }
    }
}
