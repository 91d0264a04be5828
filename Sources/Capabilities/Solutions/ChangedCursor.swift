import CommunityKernel
import Journal
import WireProtocol

/// Where a page of a list ended whose rows stand by when they changed last.
enum ChangedCursor {
    static func text(_ changed: Instant, _ id: Int64) -> String { "\(changed.milliseconds).\(id)" }

    /// The rows after it, as a condition about the columns of a table.
    static func after(_ cursor: String, of table: SQLQuery) throws -> SQLQuery {
        let parts = cursor.split(separator: ".")
        guard parts.count == 2, let changed = Int64(parts[0]), let id = Int64(parts[1]) else {
            throw WireError.invalid("with.cursor", "not_allowed")
        }
        let (at, own): (SQLQuery, SQLQuery) = ("\(part: table).changed_at", "\(part: table).id")
        return "(\(part: at) < \(changed) OR (\(part: at) = \(changed) AND \(part: own) < \(id)))"
    }
}
