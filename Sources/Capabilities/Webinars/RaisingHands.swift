import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// Hands at an event: raised and lowered by those in its room, called by facilitators.
struct RaisingHands: Sendable {
    let access: WebinarAccess

    func raise(_ command: RaiseHand, _ work: UnitOfWork) throws -> HandPlace {
        let (event, _) = try access.live(command.event, work)
        let bound = access.settings.hands
        guard try HandStore.count(in: event.id, work.sql) < bound else {
            throw WireError(.full, "at most \(bound) hands are raised at an event")
        }
        if try HandStore.raise(event.id, work) {
            try tell(HandRaised(HandNews(event: event.id, person: work.actor.id)), event, work)
        } else {
            work.repeats = true
        }
        return HandPlace(position: try HandStore.position(of: work.actor.id, in: event.id, work.sql))
    }

    func lower(_ command: LowerHand, _ work: UnitOfWork) throws -> Nothing {
        let event = try access.events.readable(command.event, by: work.actor, work.sql)
        let person = command.person ?? work.actor.id
        guard
            try person == work.actor.id
                || access.events.rules.may(.manageEvents, work.actor, in: event.network, work.sql)
        else { throw WireError.forbidden("facilitators lower others' hands") }
        try access.events.requireWritable(event, work.sql)
        guard try HandStore.lower(event.id, person, work.sql) else {
            work.repeats = true
            return Nothing()
        }
        try tell(HandLowered(HandNews(event: event.id, person: person)), event, work)
        return Nothing()
    }

    func call(_ command: CallHand, _ work: UnitOfWork) throws -> Nothing {
        let (event, part) = try access.live(command.event, work)
        guard part == .facilitator else { throw WireError.forbidden("for facilitators") }
        switch try HandStore.call(event.id, command.person, work) {
        case .some(true): try tell(HandCalled(HandNews(event: event.id, person: command.person)), event, work)
        case .some(false): work.repeats = true
        case .none: throw WireError.conflict("the hand is not raised", current: .members(["state": .string("lowered")]))
        }
        return Nothing()
    }

    private func tell(_ update: some ServerUpdate, _ event: EventRecord, _ work: UnitOfWork) throws {
        try work.append(update, to: .network(event.network))
    }

    func list(_ query: ListHands, _ context: QueryContext) throws -> HandList {
        let event = try access.events.readable(query.event, by: context.actor, context.sql)
        let hands = try HandStore.hands(in: event.id, limit: Int(access.settings.hands), context.sql)
        let names = try PeopleStore.names(of: hands.map(\.person), context.sql)
        return HandList(
            hands: hands.map { hand in
                HandView(
                    person: NamedPerson(id: hand.person, name: names[hand.person] ?? "–"),
                    at: hand.raised,
                    called: hand.called
                )
            }
        )
    }
}

/// The hands' queries.
enum HandStore {
    /// Raises the actor's hand; whether it was not raised already and waiting.
    static func raise(_ event: EventID, _ work: UnitOfWork) throws -> Bool {
        // Who was called and raises the hand again waits behind the others.
        try work.sql.execute(
            "DELETE FROM webinar_hand WHERE event = \(event) AND person = \(work.actor.id) AND called_at IS NOT NULL"
        )
        return try work.sql.execute(
            """
            INSERT INTO webinar_hand (event, person, number, raised_at, called_at)
            VALUES (\(event), \(work.actor.id), \(work.nextSeq), \(work.now), NULL)
            ON CONFLICT (event, person) DO NOTHING
            """
        ) > 0
    }

    static func lower(_ event: EventID, _ person: PersonID, _ sql: any SQLWriter) throws -> Bool {
        try sql.execute("DELETE FROM webinar_hand WHERE event = \(event) AND person = \(person)") > 0
    }

    /// Calls a hand: false when it was called before, nil when it is not raised.
    static func call(_ event: EventID, _ person: PersonID, _ work: UnitOfWork) throws -> Bool? {
        let changed = try work.sql.execute(
            """
            UPDATE webinar_hand SET called_at = \(work.now)
            WHERE event = \(event) AND person = \(person) AND called_at IS NULL
            """
        )
        if changed > 0 { return true }
        let isRaised = try work.sql.exists(
            "SELECT 1 FROM webinar_hand WHERE event = \(event) AND person = \(person)"
        )
        return isRaised ? false : nil
    }

    static func count(in event: EventID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM webinar_hand WHERE event = \(event)")
    }

    /// The place among those who wait: 1 is next.
    static func position(of person: PersonID, in event: EventID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count(
            """
            SELECT COUNT(*) FROM webinar_hand WHERE event = \(event) AND called_at IS NULL
                AND number <= (SELECT number FROM webinar_hand WHERE event = \(event) AND person = \(person))
            """
        )
    }

    /// Those called in the order of being called, then those who wait in theirs.
    static func hands(
        in event: EventID,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [(person: PersonID, raised: Instant, called: Instant?)] {
        try sql.all(
            """
            SELECT person, raised_at, called_at FROM webinar_hand WHERE event = \(event)
            ORDER BY CASE WHEN called_at IS NULL THEN 1 ELSE 0 END, called_at, number LIMIT \(limit)
            """
        ) { ($0.id(0), $0.instant(1), $0.optionalInt(2).map { Instant(milliseconds: $0) }) }
    }
}
