import CommunityKernel
import Events
import Journal
import WireProtocol

/// What the clock does to registrations, in bounded pieces.
enum RegistrationClock {
    private static let batch = 200

    /// Offers whose time is over lapse, and the seat goes to the next.
    static let offers = Tick(
        name: "registrations.offers",
        seconds: 1,
        isDue: { try !RegistrationStore.lapsing(at: $0.now, limit: 1, $0.sql).isEmpty },
        run: { work in
            guard let first = try RegistrationStore.lapsing(at: work.now, limit: 1, work.sql).first,
                let event = try EventStore.event(first.event, work.sql)
            else { return false }
            var seats = try Seats(of: event, work)
            try seats.move(first, to: .lapsed)
            try seats.promote()
            try seats.finish()
            return true
        }
    )

    /// Who still waits when registration closes waits no more; who was put into the queue after that waits until the event
    /// is over.
    static let closing = Tick(
        name: "registrations.closing",
        seconds: 1,
        isDue: { try $0.sql.exists(closed(at: $0.now)) },
        run: { work in
            guard let id = try work.sql.first(closed(at: work.now), { $0.id(0) as EventID }),
                let event = try EventStore.event(id, work.sql)
            else { return false }
            var seats = try Seats(of: event, work)
            // The window may have been moved since.
            if work.now >= event.closes {
                for waiting in try RegistrationStore.expiring(in: event, at: work.now, limit: batch, work.sql) {
                    try seats.move(waiting, to: .expired)
                }
            }
            try seats.finish()
            return true
        }
    )

    /// Goes on with a promotion of more people than one transaction takes.
    static let promotion = Tick(
        name: "registrations.promotion",
        seconds: 1,
        isDue: { try $0.sql.exists(unfinished) },
        run: { work in
            guard let id = try work.sql.first(unfinished, { $0.id(0) as EventID }),
                let event = try EventStore.event(id, work.sql)
            else { return false }
            var seats = try Seats(of: event, work)
            try seats.promote()
            try seats.finish()
            return true
        }
    )

    private static func closed(at now: Instant) -> SQLQuery {
        "SELECT event FROM registration_count WHERE waiting > 0 AND closes <= \(now) ORDER BY closes LIMIT 1"
    }

    private static let unfinished: SQLQuery = "SELECT event FROM registration_count WHERE unfinished = 1 LIMIT 1"
}

/// Gives the seats that a change of an event makes free, in the same transaction.
struct SeatsObserver: EventObserver {
    func changed(_ event: EventRecord, from former: EventRecord, _ work: UnitOfWork) throws {
        try settle(event, work)
    }

    func rescheduled(_ event: EventRecord, from former: EventRecord, _ work: UnitOfWork) throws {
        try settle(event, work)
    }

    private func settle(_ event: EventRecord, _ work: UnitOfWork) throws {
        var seats = try Seats(of: event, work)
        try seats.reviseOffers()
        try seats.promote()
        try seats.finish()
    }
}
