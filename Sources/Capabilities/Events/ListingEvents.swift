import CommunityKernel
import Journal
import Networks
import People
import WireProtocol

/// `event.get` and `event.list`.
struct ListingEvents: Sendable {
    let access: EventAccess
    let views: EventViews
    let clashes: EventClashes
    /// The community's zone, in which the days of a query begin.
    let zone: String

    private static let pageSize: Int64 = 200

    func get(_ query: GetEvent, _ context: QueryContext) throws -> EventView {
        let event = try access.readable(query.event, by: context.actor, context.sql)
        guard var view = try views.views([event], for: context.actor, context.sql).first else {
            throw WireError.notFound
        }
        var found: [EventClash] = []
        if try access.rules.may(.manageEvents, context.actor, in: event.network, context.sql) {
            found += try clashes.clashes(of: event, for: context.actor, context.sql)
        }
        found += try clashes.own(event, context.actor, context.sql)
        view.clashes = found.isEmpty ? nil : Array(found.prefix(100))
        return view
    }

    func list(_ query: ListEvents, _ context: QueryContext) throws -> EventList {
        var conditions = [try access.condition(for: context.actor, context.sql)]
        if let network = query.network {
            // What one may not know of is not an empty list.
            _ = try access.rules.network(network, for: context.actor, context.sql, now: context.now)
            conditions.append("e.network = \(network)")
        }
        if let from = query.from { conditions.append("e.ends > \(try from.start(in: zone))") }
        if let to = query.to { conditions.append("e.starts < \(try to.end(in: zone))") }
        if let kind = query.kind { conditions.append("e.kind = \(kind.rawValue)") }
        if let series = query.series { conditions.append("e.series = \(series)") }
        if let state = query.state { conditions.append("e.state = \(state.rawValue)") }
        if let organisation = query.addressed {
            conditions.append("e.id IN (SELECT event FROM event_addressed WHERE organisation = \(organisation))")
        }
        if query.mine ?? false { conditions.append(mine(context.actor)) }
        let isDescending = query.newest ?? false
        if let cursor = query.cursor { conditions.append(try after(cursor, isDescending)) }
        let size = Int(query.limit ?? Self.pageSize)
        let found = try EventStore.events(
            where: conditions.dropFirst().reduce(conditions[0]) { "\(part: $0) AND \(part: $1)" },
            order: isDescending ? "e.starts DESC, e.id DESC" : "e.starts, e.id",
            limit: size + 1,
            context.sql
        )
        let page = Array(found.prefix(size))
        return EventList(
            events: try views.views(page, for: context.actor, context.sql),
            cursor: found.count > size ? page.last.map { "\($0.starts.milliseconds).\($0.id)" } : nil
        )
    }

    /// The events that a member has a part in, or speaks at.
    private func mine(_ member: Member) -> SQLQuery {
        guard member.kind == .person else { return "1 = 0" }
        let speaking: SQLQuery = "e.id IN (SELECT event FROM event_speaker WHERE person = \(member.id) AND current = 1)"
        guard let own = views.attendance.events(of: member.id) else { return speaking }
        return "(\(part: speaking) OR e.id IN (\(part: own)))"
    }

    private func after(_ cursor: String, _ isDescending: Bool) throws -> SQLQuery {
        let parts = cursor.split(separator: ".")
        guard parts.count == 2, let starts = Int64(parts[0]), let id = Int64(parts[1]) else {
            throw WireError.invalid("with.cursor", "not_allowed")
        }
        return isDescending
            ? "(e.starts < \(starts) OR (e.starts = \(starts) AND e.id < \(id)))"
            : "(e.starts > \(starts) OR (e.starts = \(starts) AND e.id > \(id)))"
    }
}
