import CommunityKernel
import Journal
import People
import WireProtocol

/// `audit.list`.
struct ReadingAudit: Sendable {
    func list(_ query: ListAudit, _ context: QueryContext) throws -> AuditPage {
        try requireReader(query.organisation, context)
        let limit = Int(query.limit ?? 50)
        var filter = AuditLog.Filter()
        filter.act = query.act
        filter.actor = query.actor
        filter.subject = query.subject
        filter.organisation = query.organisation
        filter.since = query.since
        filter.until = query.until
        filter.before = query.before
        let found = try AuditLog.page(filter, limit: limit + 1, context.sql)
        var entries = Array(found.prefix(limit))
        let names = try PeopleStore.names(of: Array(Set(entries.compactMap(\.actor))), context.sql)
        for index in entries.indices { entries[index].actorName = entries[index].actor.flatMap { names[$0] } }
        return AuditPage(entries: entries, more: found.count > limit)
    }

    /// Administrators, and those who administer the organisation asked for.
    private func requireReader(_ organisation: OrganisationID?, _ context: QueryContext) throws {
        if try PeopleStore.isAdministrator(context.actor, context.sql) { return }
        guard context.actor.kind == .person, let organisation,
            try PeopleStore.activeMandates(of: context.actor.id, at: context.now, context.sql).contains(where: {
                $0.organisation == organisation && $0.role == MandateRole.administrator.rawValue
            })
        else { throw WireError.forbidden("for administrators, and an organisation's own") }
    }
}
