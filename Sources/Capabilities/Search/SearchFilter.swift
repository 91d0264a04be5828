import Channels
import CommunityKernel
import Foundation
import Journal
import Networks
import People
import WireProtocol

/// The conditions of one search beside its words, as SQL over `search_item i`.
///
/// What does not exist for the reader makes a condition that nothing meets, without a word about why.
struct SearchFilter {
    private let context: QueryContext
    private let reach: SearchReach
    private(set) var parts: [SQLQuery] = []

    init(_ query: Search, _ text: SearchText, _ reach: SearchReach, _ context: QueryContext) throws {
        self.context = context
        self.reach = reach
        if let channel = query.channel { parts.append("i.channel = \(channel)") }
        if let network = query.network { parts.append("i.network = \(network)") }
        if let by = query.by { parts.append("i.author = \(by)") }
        if let kind = query.kind { parts.append("i.kind = \(kind.rawValue)") }
        if let since = query.since { parts.append("i.at >= \(since)") }
        if let until = query.until { parts.append("i.at < \(until)") }
        for condition in text.conditions {
            let part = try self.part(condition)
            parts.append(condition.isNegated ? "NOT COALESCE((\(part: part)), 1 = 0)" : part)
        }
    }

    /// All of them, each behind `AND`.
    var sql: SQLQuery {
        parts.reduce("" as SQLQuery) { "\(part: $0) AND \(part: $1)" }
    }

    private func part(_ condition: SearchText.Condition) throws -> SQLQuery {
        switch condition.field {
        case .place: try place(condition.value)
        case .author: try author(condition.value)
        case .kind: SearchText.kind(condition.value).map { "i.kind = \($0.rawValue)" } ?? Self.nothing
        case .before: try time(condition.value).map { "i.at < \($0)" } ?? Self.nothing
        case .since: try time(condition.value).map { "i.at >= \($0)" } ?? Self.nothing
        }
    }

    private static let nothing: SQLQuery = "1 = 0"

    private func place(_ value: String) throws -> SQLQuery {
        let places = try reach.places(called: value, context.sql)
        return """
            (i.channel IN (\(list: places.channels)) OR i.network IN (\(list: places.networks)))
            """
    }

    private func author(_ value: String) throws -> SQLQuery {
        if ["io", "me"].contains(value.lowercased()) { return "i.author = \(context.actor.id)" }
        if let id = Int64(value) { return "i.author = \(id)" }
        let name = value.hasPrefix("@") ? String(value.dropFirst()) : value
        guard name.contains(where: { $0.isLetter || $0.isNumber }) else { return Self.nothing }
        let people = try FullText.titled(name, kind: SearchKind.person.rawValue, limit: 200, context.sql)
        return "i.author IN (\(list: people))"
    }

    /// A time, or the beginning of a day where the reader is.
    private func time(_ value: String) throws -> Instant? {
        if let instant = Instant(value) { return instant }
        let zone = try PeopleStore.person(context.actor.id, context.sql)?.zone ?? "Europe/Rome"
        // Some zones skip midnight once a year.
        for hour in ["00:00", "01:00"] {
            if let instant = try? LocalTime(local: "\(value)T\(hour)", zone: zone).resolved() { return instant }
        }
        return nil
    }
}
