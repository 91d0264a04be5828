import CommunityKernel
import Journal
public import WireProtocol

/// A message as the store keeps it.
public struct MessageRecord: Sendable {
    /// Its id.
    public let id: MessageID
    /// Where it stands.
    public let channel: ChannelID
    /// The root of the thread that it replies in.
    public let thread: MessageID?
    /// Who wrote it; 0 for the server.
    public let author: MemberID
    /// When.
    public let at: Instant
    /// The Markdown text; empty for a tombstone.
    public let text: String
    /// The HTML; empty for a tombstone.
    public let html: String
    /// The files attached.
    public let files: [AttachedFile]
    /// The people mentioned.
    public let mentions: [MemberID]
    /// The groups mentioned.
    public let groups: [String]
    /// The messages quoted.
    public let quotes: [MessageID]
    /// Whether the readers are asked to say that they have seen it.
    public let acknowledge: Bool
    /// The sub-bodies of the network that it is addressed to.
    public let addressed: [OrganisationID]
    /// 1; each edit adds 1.
    public let revision: Int64
    /// Whether it is pinned.
    public let isPinned: Bool
    /// Whether it is a tombstone.
    public let isDeleted: Bool
    /// Why it was removed.
    public let reason: String?
}

extension MessageRecord {
    static let columns: SQLQuery = """
        id, channel, thread, author, at, text, html, files, mentions, groups_named, quotes, acknowledge, revision, \
        pinned, deleted, reason, addressed
        """

    init(_ row: any SQLRow) {
        id = row.id(0)
        channel = row.id(1)
        thread = row.optionalID(2)
        author = row.id(3)
        at = row.instant(4)
        text = row.text(5)
        html = row.text(6)
        files = StoredList.files(row.text(7))
        mentions = StoredList.ids(row.text(8))
        groups = row.text(9).split(separator: ",").map(String.init)
        quotes = StoredList.ids(row.text(10))
        acknowledge = row.flag(11)
        revision = row.int(12)
        isPinned = row.int(13) > 0
        isDeleted = row.flag(14)
        reason = row.optionalText(15)
        addressed = StoredList.ids(row.text(16))
    }

    /// The message as answers show it, without what other tables know of it.
    var view: MessageView {
        var view = MessageView()
        view.id = id
        view.channel = channel
        view.thread = thread
        view.by = author.rawValue == 0 ? nil : author
        view.at = at
        view.quotes = quotes
        view.acknowledge = acknowledge ? true : nil
        view.revision = revision
        if isDeleted {
            view.deleted = true
            view.reason = reason
        } else {
            view.text = text
            view.html = html
            view.files = files
            view.mentions = mentions
            view.addressed = addressed.isEmpty ? nil : addressed
            view.groups = groups.isEmpty ? nil : groups
            view.pinned = isPinned ? true : nil
        }
        return view
    }
}

/// Lists kept in one column: ids with commas, files as JSON.
enum StoredList {
    static func ids<Kind>(_ text: String) -> [EntityID<Kind>] {
        text.isEmpty ? [] : text.split(separator: ",").compactMap { Int64($0).map(EntityID.init) }
    }

    static func text<Kind>(_ ids: [EntityID<Kind>]) -> String {
        ids.isEmpty ? "" : ids.map(\.description).joined(separator: ",")
    }

    static func files(_ text: String) -> [AttachedFile] {
        guard !text.isEmpty, let items = try? JSONParser.parse(Array(text.utf8)).array else { return [] }
        return items.compactMap { item in item.object.flatMap { try? AttachedFile.read($0) } }
    }

    static func text(_ files: [AttachedFile]) -> String {
        if files.isEmpty { return "" }
        var writer = JSONWriter()
        writer.beginArray()
        for file in files { writer.value(file) }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
