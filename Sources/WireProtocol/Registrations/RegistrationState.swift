/// Where a registration stands (domain 5).
public enum RegistrationState: String, Sendable, CaseIterable {
    /// A facilitator asks the person to come; holds no seat.
    case invited
    /// Waits for a facilitator's approval; holds no seat.
    case requested
    /// Has a seat.
    case confirmed
    /// Waits for a seat.
    case waitlisted
    /// A seat is kept until the person accepts it or the time for it is over.
    case offered
    /// The invitation was declined.
    case declined
    /// A facilitator did not approve.
    case rejected
    /// Left the queue, or took the request back.
    case left
    /// Still waited when registration closed.
    case expired
    /// The offer was declined or not accepted in time.
    case lapsed
    /// Gave the seat back.
    case cancelled
    /// Came.
    case checkedIn = "checked_in"
    /// Did not come.
    case noShow = "no_show"
    /// Was there for long enough.
    case attended
    /// Was there for a part only.
    case partial

    /// Whether the person still takes part or may come to: one active registration per person and event.
    public var isActive: Bool {
        switch self {
        case .invited, .requested, .confirmed, .waitlisted, .offered, .checkedIn, .noShow, .attended, .partial: true
        case .declined, .rejected, .left, .expired, .lapsed, .cancelled: false
        }
    }

    /// Whether it takes one of the event's seats.
    public var holdsSeat: Bool {
        switch self {
        case .confirmed, .offered, .checkedIn, .noShow, .attended, .partial: true
        default: false
        }
    }
}

/// Why somebody has no seat yet.
public enum WaitingReason: String, Sendable, CaseIterable {
    /// Every seat is taken.
    case full
    /// Others waited before.
    case queue
    /// Each registration is approved by a facilitator.
    case approval
}
