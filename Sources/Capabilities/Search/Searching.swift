import Channels
import CommunityKernel
import Documents
import Events
import Journal
import Minutes
import Networks
import People
import Solutions
import WireProtocol

/// The query `search`.
struct Searching: Sendable {
    let access: ChannelAccess
    let events: EventAccess
    let documents: DocumentAccess

    /// Hits on a page unless told.
    private let pageSize = 20
    /// Hits of one search over all its pages at most.
    private let deepest = 1_000
    /// Rows of the index looked at for one page at most.
    private let scanned = 5_000

    private struct Row {
        let id: Int64
        let kind: SearchKind
        let channel: ChannelID?
        let message: MessageID?
        let author: MemberID?
        let at: Instant
    }

    func answer(_ query: Search, _ context: QueryContext) throws -> SearchResults {
        let fingerprint = Self.fingerprint(query)
        let place =
            try query.cursor.map { try SearchCursor($0, of: fingerprint) }
            ?? SearchCursor(now: context.now.milliseconds, skip: 0)
        let text = SearchText(query.text)
        guard !text.wanted.isEmpty || !text.conditions.isEmpty else { return SearchResults(hits: [], cursor: nil) }
        let pattern = FullText.Pattern(phrases: text.wanted)
        let reach = try SearchReach(context)
        let size = min(Int(query.limit ?? Int64(pageSize)), deepest - place.skip)
        let filter = try SearchFilter(query, text, reach, context)
        let statement: SQLQuery = """
            SELECT i.id, i.kind, i.channel, i.message, i.author, i.at \(part: FullText.from(pattern))
            \(part: reach.condition) \(part: filter.sql)
            \(part: FullText.without(FullText.Pattern(phrases: text.unwanted)))
            \(part: FullText.order(pattern, nowMilliseconds: place.now)) LIMIT \(scanned)
            """
        let rows = try readable(statement, reach, context, skip: place.skip, count: size + 1)
        let page = Array(rows.prefix(max(size, 0)))
        let next = place.skip + page.count
        let hasMore = rows.count > size && next < deepest
        return SearchResults(
            hits: try hits(page, pattern, context),
            cursor: hasMore ? SearchCursor(now: place.now, skip: next).text(of: fingerprint) : nil
        )
    }

    /// The rows that the reader may see, without those of the pages before.
    ///
    /// Only such rows are counted, so that no cursor tells of others.
    private func readable(
        _ statement: SQLQuery,
        _ reach: SearchReach,
        _ context: QueryContext,
        skip: Int,
        count: Int
    ) throws -> [Row] {
        guard count > 0 else { return [] }
        var judge = SearchJudge(
            access: access,
            events: events,
            documents: documents,
            reach: reach,
            context: context
        )
        // Judged after reading: the judge asks the same connection.
        let candidates = try context.sql.all(statement) { row in
            Row(
                id: row.int(0),
                kind: SearchKind(rawValue: row.text(1)) ?? .message,
                channel: row.optionalID(2),
                message: row.optionalID(3),
                author: row.optionalID(4),
                at: row.instant(5)
            )
        }
        var rows: [Row] = []
        var skipped = 0
        for row in candidates {
            guard try judge.mayRead(row.kind, row.id, in: row.channel, message: row.message) else { continue }
            if skipped < skip {
                skipped += 1
                continue
            }
            rows.append(row)
            if rows.count == count { break }
        }
        return rows
    }

    private func hits(_ rows: [Row], _ pattern: FullText.Pattern, _ context: QueryContext) throws -> [SearchHit] {
        let excerpts = try FullText.excerpts(of: rows.map(\.id), matching: pattern, context.sql)
        return try rows.map { row in
            let excerpt = excerpts[row.id]
            let title = excerpt?.title ?? ""
            return SearchHit(
                kind: row.kind,
                id: row.id,
                title: title.isEmpty ? nil : title,
                snippet: Excerpt.html(excerpt?.text ?? ""),
                at: row.at,
                link: try Self.link(row, context.sql),
                channel: row.channel,
                by: row.kind == .person || row.author?.rawValue == 0 ? nil : row.author
            )
        }
    }

    private static func link(_ row: Row, _ sql: any SQLReader) throws -> String {
        switch row.kind {
        case .event: return "/events/\(row.id)"
        case .document: return "/documents/\(row.id)"
        case .solution: return "/solutions/\(row.id)"
        case .message, .decision, .person, .file: break
        }
        if row.kind == .decision, let decision = try DecisionStore.decision(DecisionID(row.id), sql) {
            return "/events/\(decision.event)#decision-\(row.id)"
        }
        guard let channel = row.channel, let message = row.message else { return "/go/\(row.id)" }
        return "/channels/\(channel)?message=\(message)"
    }

    /// Tells one search from another, without its page.
    private static func fingerprint(_ query: Search) -> String {
        var query = query
        query.cursor = nil
        query.limit = nil
        return Secret.hex(Array(Secret.sha256(SearchBytes.of(query)).prefix(6)))
    }
}

private enum SearchBytes {
    /// The query as JSON; its own field `text` hides the property of that name.
    static func of(_ query: some WireObject) -> [UInt8] { query.text }
}

/// Judges hits one by one by the readers' rights of this moment, asking once for each channel.
private struct SearchJudge {
    let access: ChannelAccess
    let events: EventAccess
    let documents: DocumentAccess
    let reach: SearchReach
    let context: QueryContext
    private var visibleFrom: [ChannelID: Int64?] = [:]

    init(
        access: ChannelAccess,
        events: EventAccess,
        documents: DocumentAccess,
        reach: SearchReach,
        context: QueryContext
    ) {
        self.access = access
        self.events = events
        self.documents = documents
        self.reach = reach
        self.context = context
    }

    mutating func mayRead(_ kind: SearchKind, _ id: Int64, in channel: ChannelID?, message: MessageID?) throws -> Bool {
        if kind == .person { return try knows(PersonID(id)) }
        if kind == .event {
            guard let event = try EventStore.event(EventID(id), context.sql) else { return false }
            return try events.mayRead(event, context.actor, context.sql)
        }
        if kind == .decision {
            guard let decision = try DecisionStore.decision(DecisionID(id), context.sql),
                let event = try EventStore.event(decision.event, context.sql)
            else { return false }
            return try events.mayRead(event, context.actor, context.sql)
        }
        if kind == .document {
            guard let document = try DocumentStore.document(DocumentID(id), context.sql) else { return false }
            return try documents.mayRead(in: document.network, context.actor, context.sql)
        }
        if kind == .solution {
            guard let solution = try SolutionStore.solution(SolutionID(id), context.sql) else { return false }
            return try events.mayRead(of: solution.network, isPublic: true, context.actor, context.sql)
        }
        guard let channel, let message, let from = try lowest(in: channel) else { return false }
        return message.rawValue > from
    }

    /// From where on the reader may read a channel; nil when not at all.
    private mutating func lowest(in channel: ChannelID) throws -> Int64? {
        if let known = visibleFrom[channel] { return known }
        var found: Int64?
        do {
            found = try access.readable(channel, by: context.actor, context.sql, context.now).visibleFrom
        } catch is WireError {}
        visibleFrom[channel] = .some(found)
        return found
    }

    /// People know those with whom they share a network, and themselves.
    private func knows(_ person: PersonID) throws -> Bool {
        guard reach.reader.kind != .bot, try PeopleStore.activePerson(person, context.sql) != nil else { return false }
        if person == reach.reader.id || reach.seesEveryNetwork { return true }
        return try reach.networks.contains { try NetworkStore.role(of: person, in: $0, context.sql) != nil }
    }
}

/// Where a page ended: the moment at which the search began, which keeps its order, and the hits given.
struct SearchCursor: Equatable {
    let now: Int64
    let skip: Int

    init(now: Int64, skip: Int) {
        self.now = now
        self.skip = skip
    }

    init(_ text: String, of fingerprint: String) throws {
        let parts = text.split(separator: ".")
        guard parts.count == 3, parts[0] == fingerprint, let now = Int64(parts[1]), let skip = Int(parts[2]),
            (0...1_000).contains(skip), now >= 0, now < 1 << 53
        else { throw WireError.invalid("with.cursor", "not_allowed") }
        self.init(now: now, skip: skip)
    }

    func text(of fingerprint: String) -> String { "\(fingerprint).\(now).\(skip)" }
}

/// A piece of text as HTML.
enum Excerpt {
    /// Escaped, with `<mark>` around the words found.
    static func html(_ text: String) -> String {
        var html = ""
        var isOpen = false
        // Scalar by scalar: an accent behind a `<` must not hide it.
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            case "\u{2}":
                if !isOpen { html += "<mark>" }
                isOpen = true
            case "\u{3}":
                if isOpen { html += "</mark>" }
                isOpen = false
            default: html.unicodeScalars.append(scalar)
            }
        }
        return isOpen ? html + "</mark>" : html
    }
}
