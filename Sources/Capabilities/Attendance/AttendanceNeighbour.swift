import Journal
import People
import WireProtocol

/// What becomes of a person's presence and certificates with the person: they go, and nobody can check them any more.
struct AttendanceNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws { try AttendanceStore.forget(person, work.sql) }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let attendance = try sql.all(
            "SELECT event, minutes FROM attendance WHERE person = \(person) ORDER BY event"
        ) { JSON.members(["event": .int($0.int(0)), "minutes": .int($0.int(1))]) }
        let certificates = try CertificateStore.certificates(of: person, limit: 10_000, sql)
        return [
            ("attendance", .array(attendance)),
            ("certificates", .array(try certificates.map { try JSONParser.parse($0.view.text) })),
        ]
    }
}
