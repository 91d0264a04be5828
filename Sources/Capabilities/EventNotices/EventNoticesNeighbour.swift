import Journal
import People
import WireProtocol

/// What becomes with a person of what was told to them.
struct EventNoticesNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM attendee WHERE person = \(person)")
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let attendees = try sql.all(
            "SELECT \(part: Attendee.columns) FROM attendee WHERE person = \(person) ORDER BY registration",
            Attendee.init
        )
        let reminders = attendees.filter { !$0.reminded.isEmpty || $0.due != nil }.map { attendee in
            JSON.members([
                "event": .int(attendee.event.rawValue),
                "sent": .array(attendee.reminded.sorted().map(JSON.string)),
                "next": attendee.due.map { .string($0.description) } ?? .null,
            ])
        }
        return [("reminders", .array(reminders))]
    }
}
