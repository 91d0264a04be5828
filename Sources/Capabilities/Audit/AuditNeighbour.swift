import Journal
import People
import WireProtocol

/// What the export of a person holds of the audit log.
///
/// Erasure leaves the log as it is: it is chained by hash, must stay complete, and names people by their ids alone.
struct AuditNeighbour: PeopleNeighbour {
    /// Entries of one export at most.
    private let limit = 10_000

    /// What the person did, and what was done to the person; not by whom.
    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        var own = AuditLog.Filter()
        own.actor = person
        var about = AuditLog.Filter()
        about.subject = person.rawValue
        return [
            ("acts", .array(try AuditLog.page(own, limit: limit, sql).map(Self.json))),
            ("actsOnPerson", .array(try AuditLog.page(about, limit: limit, sql).map(Self.json))),
        ]
    }

    private static func json(_ entry: AuditEntry) -> JSON {
        .members([
            "at": .string(entry.at.description), "act": .string(entry.act),
            "subject": entry.subject.map(JSON.int) ?? .null,
        ])
    }
}
