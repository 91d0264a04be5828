/// Asks for scheduled announcements, newest first: one's own and those of the networks that one facilitates.
public struct ListAnnouncements: ClientQuery {
    /// The name on the wire.
    public static let name = "announcement.list"
    /// What `ok` holds.
    public typealias Reply = AnnouncementList
    /// Only those of this network.
    public var network: NetworkID?
    /// Only those of this channel.
    public var channel: ChannelID?
    /// Only those in this state: `scheduled`, `sent`, `cancelled`, `failed`.
    public var state: AnnouncementState?
    /// Only those older than this one.
    public var before: AnnouncementID?
    /// Announcements in one answer, 50 unless told.
    public var limit: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("channel", &channel)
        visitor.choice("state", &state)
        visitor.id("before", &before)
        visitor.integer("limit", &limit, in: 1...200)
    }
}

/// What became of a scheduled announcement.
public enum AnnouncementState: String, Sendable, CaseIterable {
    /// It waits for its time.
    case scheduled
    /// It was written.
    case sent
    /// It was called off.
    case cancelled
    /// It could not be written.
    case failed
}

/// A scheduled announcement.
public struct AnnouncementView: WireObject {
    /// The announcement.
    public var id = AnnouncementID()
    /// The network that owns it.
    public var network = NetworkID()
    /// Its channel.
    public var channel = ChannelID()
    /// The Markdown text; of one that was sent, the message's present text.
    ///
    /// Empty when that was deleted, when it was cancelled, and of one that failed for others than its author, and for
    /// everybody after a time.
    public var text = ""
    /// When it is to be written.
    public var at = LocalTime()
    /// Whether the readers are asked to say that they have seen it.
    public var acknowledge: Bool?
    /// The comuni of the network that it is addressed to.
    public var addressed: [OrganisationID]?
    /// What became of it.
    public var state = AnnouncementState.scheduled
    /// 1; each change adds 1.
    public var revision: Int64 = 1
    /// Who scheduled it; left out for the server.
    public var createdBy: MemberID?
    /// The message that it became.
    public var message: MessageID?
    /// Why it failed.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("network", &network)
        visitor.id("channel", &channel)
        visitor.text("text", &text)
        visitor.object("at", &at)
        visitor.flag("acknowledge", &acknowledge)
        visitor.addressed(&addressed)
        visitor.choice("state", &state)
        visitor.integer("revision", &revision)
        visitor.id("createdBy", &createdBy)
        visitor.id("message", &message)
        visitor.text("reason", &reason)
    }
}

/// Scheduled announcements, newest first.
public struct AnnouncementList: WireObject {
    /// The announcements.
    public var announcements: [AnnouncementView] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ announcements: [AnnouncementView]) { self.announcements = announcements }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("announcements", &announcements, count: 0...200)
    }
}

/// Asks who has seen an announcement; its author and the network's facilitators.
public struct ListAcknowledgements: ClientQuery {
    /// The name on the wire.
    public static let name = "announcement.acknowledgements"
    /// What `ok` holds.
    public typealias Reply = Acknowledgements
    /// Which message.
    public var message = MessageID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("message", &message) }
}

/// Who has seen an announcement, and which members of the channel have not; at most 1,000 of each, by id.
public struct Acknowledgements: WireObject {
    /// Who has.
    public var people: [NamedPerson] = []
    /// Who has not.
    public var missing: [NamedPerson] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(people: [NamedPerson], missing: [NamedPerson]) {
        self.people = people
        self.missing = missing
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("people", &people, count: 0...1_000)
        visitor.objects("missing", &missing, count: 0...1_000)
    }
}
