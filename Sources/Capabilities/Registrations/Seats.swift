import CommunityKernel
import Events
import Journal
import WireProtocol

/// The seats of one event within one transaction: the only place where a registration begins or changes its state.
///
/// It keeps the invariants of the domain: seats confirmed and offered never exceed the capacity by a promotion, who waits
/// is served in the order of the queue, and the transaction that frees a seat gives it to the next.
struct Seats {
    /// How long an offered seat is kept, milliseconds.
    static let offerLifetime: Int64 = 48 * 3_600_000
    /// With less time left than this, no offer is made: the seat is confirmed, milliseconds.
    static let shortestOffer: Int64 = 6 * 3_600_000
    /// An offer ends this long before registration closes, milliseconds.
    static let offerMargin: Int64 = 60_000
    /// Those who get a seat in one transaction at most; the rest follow at once in the next ones.
    static let promotedAtOnce = 500

    /// How far apart those who come one after the other stand in the queue.
    static let spacing: Int64 = 1 << 20

    let event: EventRecord
    let work: UnitOfWork
    private let former: EventCounts
    private(set) var counts: EventCounts
    private(set) var number: Int64
    private var isUnfinished = false
    /// Whether somebody in the queue has another place though nothing else changed.
    var isReordered = false

    init(of event: EventRecord, _ work: UnitOfWork) throws {
        self.event = event
        self.work = work
        let known = try work.sql.first(
            """
            SELECT confirmed, waiting, offered, requested, number FROM registration_count WHERE event = \(event.id)
            """
        ) { row in
            (
                EventCounts(
                    confirmed: row.int(0),
                    waiting: row.int(1),
                    offered: row.int(2),
                    requested: row.int(3)
                ), row.int(4)
            )
        }
        counts = known?.0 ?? EventCounts()
        former = counts
        number = known?.1 ?? 0
    }

    /// Whether a seat is free.
    var hasFree: Bool { event.capacity.map { counts.confirmed + counts.offered < $0 } ?? true }

    /// Where somebody comes who asks for a seat now: while anyone waits who may get one, a newcomer goes to the end of
    /// the queue.
    ///
    /// Throws `full` where there is no queue.
    func landing() throws -> RegistrationState {
        if try hasFree
            && (counts.waiting == 0 || RegistrationStore.promotable(of: event.id, limit: 1, work.sql).isEmpty)
        {
            return .confirmed
        }
        // Also once registration is closed, when only the desk registers people.
        guard event.hasWaitingList, work.now < event.ends else { throw WireError(.full, "no seat is free") }
        return .waitlisted
    }

    // MARK: Changes

    /// Somebody registers or is invited.
    mutating func begin(
        _ person: PersonID,
        _ state: RegistrationState,
        _ answers: FormAnswers = FormAnswers()
    ) throws
        -> RegistrationRecord
    {
        var registration = RegistrationRecord(
            id: work.nextID(),
            event: event.id,
            person: person,
            state: state,
            number: nextNumber(),
            answers: answers.text,
            work
        )
        if state == .waitlisted { registration.outlived = outlived }
        try RegistrationStore.insert(registration, work.sql)
        try answers.keepChoices(of: registration, work.sql)
        count(state, 1)
        try RegistrationTelling.created(registration, self)
        return registration
    }

    /// A registration gets another state; as it stands then.
    @discardableResult
    mutating func move(
        _ registration: RegistrationRecord,
        to state: RegistrationState,
        expires: Instant? = nil,
        reason: String? = nil,
        answers: FormAnswers? = nil,
        keepsPlace: Bool = false
    ) throws
        -> RegistrationRecord
    {
        var moved = registration
        moved.state = state
        moved.expires = expires
        moved.reason = reason
        moved.revision += 1
        moved.changed = work.now
        if state == .waitlisted && !keepsPlace {
            moved.number = nextNumber()
            moved.outlived = outlived
        }
        if let answers { moved.storedAnswers = answers.text }
        try RegistrationStore.update(moved, work.sql)
        try answers?.keepChoices(of: moved, work.sql)
        if !state.isActive { try RegistrationStore.forgetChoices(of: registration.id, work.sql) }
        count(registration.state, -1)
        count(state, 1)
        try RegistrationTelling.changed(moved, from: registration, self)
        return moved
    }

    /// A registration gets other answers and stays where it is.
    mutating func answer(_ registration: RegistrationRecord, _ answers: FormAnswers) throws {
        var changed = registration
        changed.storedAnswers = answers.text
        changed.revision += 1
        changed.changed = work.now
        try RegistrationStore.update(changed, work.sql)
        try answers.keepChoices(of: changed, work.sql)
        try RegistrationTelling.changed(changed, from: registration, self)
    }

    /// The closing of the registration that who is put into the queue now comes after.
    private var outlived: Instant { work.now >= event.closes ? event.closes : Instant(milliseconds: 0) }

    /// The number of who comes to the end of the queue.
    mutating func nextNumber() -> Int64 {
        advance(by: 1)
        return number
    }

    /// Leaves room for numbers that were given.
    mutating func advance(by places: Int64) { number += places * Self.spacing }

    /// No offer lasts longer than this.
    private var lastOffer: Instant { event.closes.advanced(byMilliseconds: -Self.offerMargin) }

    /// Fits the offers that are out to an event that changed: those past the capacity are taken back, the last of the
    /// queue first, and wait where they stood; the others end before registration closes.
    mutating func reviseOffers() throws {
        guard counts.offered > 0 else { return }
        let offers = try RegistrationStore.offers(of: event.id, limit: Self.promotedAtOnce, work.sql)
        let seats = event.capacity.map { max(0, Int($0 - counts.confirmed)) } ?? .max
        for (place, offer) in offers.enumerated() {
            if work.now >= lastOffer {
                try move(offer, to: .lapsed)
            } else if place >= seats {
                try move(offer, to: .waitlisted, keepsPlace: true)
            } else if let expires = offer.expires, expires > lastOffer {
                try move(offer, to: .offered, expires: lastOffer)
            }
        }
    }

    /// Gives the free seats to those who wait, in their order, unless registration is closed; who is suspended is passed
    /// over and keeps the place.
    mutating func promote() throws {
        guard counts.waiting > 0, hasFree, event.keepsSeats, work.now < event.closes else { return }
        let free = event.capacity.map { $0 - counts.confirmed - counts.offered } ?? .max
        let limit = Int(min(free, Int64(Self.promotedAtOnce)))
        let next = try RegistrationStore.promotable(of: event.id, limit: limit, work.sql)
        let end = min(work.now.advanced(byMilliseconds: Self.offerLifetime), lastOffer)
        let isOffer = event.makesOffers && end >= work.now.advanced(byMilliseconds: Self.shortestOffer)
        for registration in next {
            try move(registration, to: isOffer ? .offered : .confirmed, expires: isOffer ? end : nil)
        }
        isUnfinished = hasFree && next.count == limit
    }

    /// When those who wait have to be looked at next: when registration closes, and who came after that when the event
    /// is over.
    private func nextClosing() throws -> Instant {
        guard counts.waiting > 0, work.now >= event.closes else { return event.closes }
        return try RegistrationStore.expiring(in: event, at: work.now, limit: 1, work.sql).isEmpty
            ? event.ends : event.closes
    }

    /// Keeps what the seats come to and tells the network when it changed.
    func finish() throws {
        try work.sql.execute(
            """
            INSERT INTO registration_count (event, confirmed, offered, waiting, requested, number, closes, unfinished)
            VALUES (\(event.id), \(counts.confirmed), \(counts.offered), \(counts.waiting), \(counts.requested),
                \(number), \(try nextClosing()), \(isUnfinished))
            ON CONFLICT (event) DO UPDATE SET confirmed = excluded.confirmed, offered = excluded.offered,
                waiting = excluded.waiting, requested = excluded.requested, number = excluded.number,
                closes = excluded.closes, unfinished = excluded.unfinished
            """
        )
        if counts != former || isReordered { try EventStore.tellCounts(counts, of: event, work) }
    }

    private mutating func count(_ state: RegistrationState, _ change: Int64) {
        switch state {
        case .confirmed, .checkedIn, .noShow, .attended, .partial: counts.confirmed += change
        case .offered: counts.offered += change
        case .waitlisted: counts.waiting += change
        case .requested: counts.requested += change
        case .invited, .declined, .rejected, .left, .expired, .lapsed, .cancelled: break
        }
    }

    /// Why somebody in that state has no seat yet.
    func reason(for state: RegistrationState) -> WaitingReason? {
        switch state {
        case .requested: .approval
        case .waitlisted: hasFree ? .queue : .full
        default: nil
        }
    }
}

extension EventRecord {
    /// Whether its seats are of use to somebody: also while it is put off, since registrations stay.
    var keepsSeats: Bool { isOn || (isPublic && state == .postponed) }
}
