public import WireProtocol

/// Reads the audit log, which ``UnitOfWork/audit(_:subject:organisation:detail:)`` writes.
public enum AuditLog {
    /// Which entries are wanted; nil for whatever there is.
    public struct Filter: Sendable {
        /// The act.
        public var act: String?
        /// Who acted.
        public var actor: MemberID?
        /// On what.
        public var subject: Int64?
        /// The organisation concerned.
        public var organisation: OrganisationID?
        /// From this moment on.
        public var since: Instant?
        /// Before this moment.
        public var until: Instant?
        /// Entries with lower numbers.
        public var before: Int64?

        /// All entries.
        public init() {}
    }

    /// A page of entries without the actors' names, newest first.
    public static func page(_ filter: Filter, limit: Int, _ sql: any SQLReader) throws -> [AuditEntry] {
        var condition: SQLQuery = "number < \(filter.before ?? .max)"
        if let act = filter.act { condition = "\(part: condition) AND act = \(act)" }
        if let actor = filter.actor { condition = "\(part: condition) AND actor = \(actor)" }
        if let subject = filter.subject { condition = "\(part: condition) AND subject = \(subject)" }
        if let organisation = filter.organisation {
            condition = "\(part: condition) AND organisation = \(organisation)"
        }
        if let since = filter.since { condition = "\(part: condition) AND at >= \(since)" }
        if let until = filter.until { condition = "\(part: condition) AND at < \(until)" }
        return try sql.all(
            """
            SELECT number, at, actor, actor_kind, act, subject, organisation, detail FROM audit
            WHERE \(part: condition) ORDER BY number DESC LIMIT \(limit)
            """
        ) { row in
            var entry = AuditEntry()
            entry.number = row.int(0)
            entry.at = row.instant(1)
            entry.actor = row.int(2) == 0 ? nil : row.id(2)
            entry.actorKind = row.text(3)
            entry.act = row.text(4)
            entry.subject = row.optionalInt(5)
            entry.organisation = row.optionalID(6)
            entry.detail = row.text(7).isEmpty ? nil : row.text(7)
            return entry
        }
    }
}
