import CommunityKernel
import Journal
public import WireProtocol

/// An event as the store knows one.
public struct EventRecord: Sendable {
    /// The id.
    public let id: EventID
    /// Whose event.
    public let network: NetworkID
    /// Its series.
    public var series: SeriesID?
    /// Its number in its series, from 1.
    public var index: Int64?
    /// How many events its series is to have.
    public var planned: Int64?
    /// What kind.
    public var kind: EventKind
    /// The title.
    public var title: String
    /// When it takes place.
    public var span: EventSpan
    /// What else its facilitators said; names of people of the community are looked up, not kept.
    public var details: EventDetails
    /// Where it stands.
    public var state: EventState
    /// Whether the members know of it: it was published once.
    public var isPublic: Bool
    /// How often its time changed since then.
    public var sequence: Int64
    /// Rises with each change.
    public var revision: Int64
    /// The revision of the last change that was not the clock's.
    public var edited: Int64
    /// Why it was cancelled, postponed or moved.
    public var reason: String?
    /// Who prepared it; 0 for the server.
    public let creator: MemberID
    /// When it was prepared.
    public let created: Instant
    /// When it changed last.
    public var changed: Instant

    /// When it begins.
    public var starts: Instant { span.starts }
    /// When it is over.
    public var ends: Instant { span.ends }
    /// How many seats there are; nil for any number.
    public var capacity: Int64? { details.capacity }
    /// Whether those whom no seat is left for wait for one.
    public var hasWaitingList: Bool { details.waitingList ?? true }
    /// Whether a facilitator approves each registration.
    public var needsApproval: Bool { details.approval ?? false }
    /// Whether a free seat is offered and has to be accepted.
    public var makesOffers: Bool { details.offers ?? false }
    /// From when on one may register; nil for as soon as it is published.
    public var opens: Instant? { details.registration?.opens.flatMap(Self.instant) }
    /// Until when one may register.
    public var closes: Instant { details.registration?.closes.flatMap(Self.instant) ?? starts }
    /// Until when one may cancel oneself.
    public var cancelBy: Instant { details.registration?.cancelBy.flatMap(Self.instant) ?? starts }
    /// Whether it is to take place: neither called off nor put off.
    public var isOn: Bool {
        switch state {
        case .published, .live, .ended, .minuted, .archived: isPublic
        case .draft, .cancelled, .postponed: false
        }
    }

    /// Whether it was called off or put off.
    public var isWithdrawn: Bool { state == .cancelled || state == .postponed }

    private static func instant(_ time: LocalTime) -> Instant? { try? time.resolved() }

    static let columns: SQLQuery = """
        e.id, e.network, e.series, e.series_index, e.kind, e.title, e.start_local, e.start_zone, e.end_local, e.end_zone, \
        e.starts, e.ends, e.details, e.state, e.public, e.sequence, e.revision, e.edited, e.reason, e.creator, \
        e.created_at, e.changed_at, (SELECT s.planned FROM event_series s WHERE s.id = e.series)
        """
    /// How many they are.
    static let columnCount = 23

    init(
        id: EventID,
        network: NetworkID,
        kind: EventKind,
        title: String,
        span: EventSpan,
        details: EventDetails,
        creator: MemberID,
        now: Instant
    ) {
        self.id = id
        self.network = network
        self.kind = kind
        self.title = title
        self.span = span
        self.details = details
        state = .draft
        isPublic = false
        sequence = 0
        revision = 1
        edited = 1
        self.creator = creator
        created = now
        changed = now
    }

    init(_ row: any SQLRow) {
        id = row.id(0)
        network = row.id(1)
        series = row.optionalID(2)
        index = row.optionalInt(3)
        kind = EventKind(rawValue: row.text(4)) ?? .other
        title = row.text(5)
        span = EventSpan(row, 6)
        details = EventDetails(stored: row.text(12))
        state = EventState(rawValue: row.text(13)) ?? .archived
        isPublic = row.flag(14)
        sequence = row.int(15)
        revision = row.int(16)
        edited = row.int(17)
        reason = row.optionalText(18)
        creator = row.id(19)
        created = row.instant(20)
        changed = row.instant(21)
        planned = row.optionalInt(22)
    }

    /// What `conflict` tells of it.
    public var current: JSON {
        .members(["revision": .int(revision), "state": .string(state.rawValue)])
    }

    /// `conflict`: the state does not allow it.
    public func refused(_ message: String) -> WireError { .conflict(message, current: current) }
}
