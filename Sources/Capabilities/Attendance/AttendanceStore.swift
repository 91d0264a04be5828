import CommunityKernel
import Events
import Journal
import WireProtocol

/// Attendance's queries.
enum AttendanceStore {
    static func time(of person: PersonID, at event: EventID, _ sql: any SQLReader) throws -> PresentTime {
        PresentTime(
            try sql.all(
                """
                SELECT joined, left_at FROM attendance_interval WHERE event = \(event) AND person = \(person)
                ORDER BY joined
                """
            ) { AttendanceInterval(joined: $0.instant(0), left: $0.instant(1)) }
        )
    }

    /// Keeps somebody's time in the place of what stood before; the minutes that it comes to.
    static func keep(
        _ time: PresentTime,
        of person: PersonID,
        at event: EventRecord,
        _ work: UnitOfWork
    ) throws
        -> Int64
    {
        try work.sql.execute("DELETE FROM attendance_interval WHERE event = \(event.id) AND person = \(person)")
        for interval in time.intervals {
            try work.sql.execute(
                """
                INSERT INTO attendance_interval (event, person, joined, left_at)
                VALUES (\(event.id), \(person), \(interval.joined), \(interval.left))
                """
            )
        }
        let minutes = time.minutes(at: event)
        try work.sql.execute(
            """
            INSERT INTO attendance (event, person, minutes) VALUES (\(event.id), \(person), \(minutes))
            ON CONFLICT (event, person) DO UPDATE SET minutes = excluded.minutes
            """
        )
        let news = AttendanceRecorded(event: event.id, person: person, minutes: minutes)
        try work.append(news, to: .person(person))
        try work.append(news, to: .desk(event.network))
        return minutes
    }

    static func minutes(of person: PersonID, at event: EventID, _ sql: any SQLReader) throws -> Int64? {
        try sql.first("SELECT minutes FROM attendance WHERE event = \(event) AND person = \(person)") { $0.int(0) }
    }

    static func forget(_ person: PersonID, at event: EventID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM attendance_interval WHERE event = \(event) AND person = \(person)")
        try sql.execute("DELETE FROM attendance WHERE event = \(event) AND person = \(person)")
    }

    static func forget(_ person: PersonID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM attendance_interval WHERE person = \(person)")
        try sql.execute("DELETE FROM attendance WHERE person = \(person)")
        try sql.execute("DELETE FROM certificate WHERE person = \(person)")
    }
}
