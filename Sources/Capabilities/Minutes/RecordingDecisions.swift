public import CommunityKernel
import Events
import Foundation
public import Journal
import Messages
import Networks
public import WireProtocol

/// A decision as other capabilities see it.
public struct DecisionRecord: Sendable {
    /// The decision.
    public let id: DecisionID
    /// Whose.
    public let network: NetworkID
    /// Its number in the network.
    public let number: Int64
    /// Of which event.
    public let event: EventID
    /// What was decided, Markdown.
    public let text: String
    /// Who recorded it.
    public let creator: MemberID
    /// When.
    public let at: Instant
    let supersedes: DecisionID?
    let supersededBy: DecisionID?
    /// What queries tell beside the decision itself.
    var context: Context?

    /// The numbers of the decisions that it takes the place of and that took its own, and the event's title.
    struct Context: Sendable {
        let supersedes: Int64?
        let supersededBy: Int64?
        let title: String?
    }

    /// A decision changes once: when another one takes its place.
    var revision: Int64 { supersededBy == nil ? 1 : 2 }
    var state: DecisionState { supersededBy == nil ? .inForce : .superseded }

    var view: DecisionView {
        var view = DecisionView()
        view.id = id
        view.revision = revision
        view.state = state
        view.createdBy = creator
        view.network = network
        view.number = number
        view.event = event
        view.text = text
        view.html = Markdown.html(text)
        view.supersedes = supersedes
        view.supersededBy = supersededBy
        view.supersedesNumber = context?.supersedes
        view.supersededByNumber = context?.supersededBy
        view.title = context?.title
        view.at = at
        return view
    }
}

/// The decisions' queries.
public enum DecisionStore {
    private static let columns: SQLQuery = """
        d.id, d.network, d.number, d.event, d.text, d.creator, d.at, d.supersedes,
        (SELECT n.id FROM decision n WHERE n.supersedes = d.id),
        (SELECT n.number FROM decision n WHERE n.supersedes = d.id),
        (SELECT o.number FROM decision o WHERE o.id = d.supersedes), (SELECT e.title FROM event e WHERE e.id = d.event)
        """

    private static func record(_ row: any SQLRow) -> DecisionRecord {
        DecisionRecord(
            id: row.id(0),
            network: row.id(1),
            number: row.int(2),
            event: row.id(3),
            text: row.text(4),
            creator: row.id(5),
            at: row.instant(6),
            supersedes: row.optionalID(7),
            supersededBy: row.optionalID(8),
            context: DecisionRecord.Context(
                supersedes: row.optionalInt(10),
                supersededBy: row.optionalInt(9),
                title: row.optionalText(11)
            )
        )
    }

    /// A decision by its id.
    public static func decision(_ id: DecisionID, _ sql: any SQLReader) throws -> DecisionRecord? {
        try sql.first("SELECT \(part: columns) FROM decision d WHERE d.id = \(id)", record)
    }

    static func decisions(where filter: SQLQuery, limit: Int, _ sql: any SQLReader) throws -> [DecisionRecord] {
        try sql.all(
            "SELECT \(part: columns) FROM decision d WHERE \(part: filter) ORDER BY d.number DESC LIMIT \(limit)",
            record
        )
    }
}

/// `decision.record` and `decision.list`.
struct RecordingDecisions: Sendable {
    let access: EventAccess

    private static let pageSize: Int64 = 50
    private static let chunk = 200
    /// How many decisions one question for words looks through.
    private static let looked = 2_000

    func record(_ command: RecordDecision, _ work: UnitOfWork) throws -> RecordedDecision {
        let event = try access.facilitated(command.event, work)
        guard event.isOn else { throw event.refused("the event does not take place") }
        let former = try command.supersedes.map { try superseded($0, at: event, work.sql) }
        // One transaction at a time writes: the next number is nobody else's, and it is lost with the transaction.
        let last = try work.sql.first(
            "SELECT number FROM decision WHERE network = \(event.network) ORDER BY number DESC LIMIT 1"
        ) { $0.int(0) }
        let decision = DecisionRecord(
            id: work.nextID(),
            network: event.network,
            number: (last ?? 0) + 1,
            event: event.id,
            text: command.text,
            creator: work.actor.id,
            at: work.now,
            supersedes: command.supersedes,
            supersededBy: nil,
            context: DecisionRecord.Context(supersedes: former?.number, supersededBy: nil, title: event.title)
        )
        try work.append(DecisionRecorded(decision.view), to: .network(event.network))
        try work.sql.execute(
            """
            INSERT INTO decision (id, network, number, event, text, supersedes, creator, at)
            VALUES (\(decision.id), \(decision.network), \(decision.number), \(decision.event), \(decision.text),
                \(decision.supersedes), \(decision.creator), \(decision.at))
            """
        )
        if let former { try tell(former, supersededBy: decision, work) }
        try work.audit("decision.record", subject: decision.id.rawValue, detail: "number \(decision.number)")
        return RecordedDecision(id: decision.id, number: decision.number)
    }

    /// A decision that may be superseded at an event: one of its network that holds.
    private func superseded(_ id: DecisionID, at event: EventRecord, _ sql: any SQLReader) throws -> DecisionRecord {
        guard let former = try DecisionStore.decision(id, sql), former.network == event.network else {
            throw WireError.notFound
        }
        guard former.supersededBy == nil else {
            let current = JSON.members(["revision": .int(former.revision), "state": .string(former.state.rawValue)])
            throw WireError.conflict("it was superseded", current: current)
        }
        return former
    }

    private func tell(_ former: DecisionRecord, supersededBy decision: DecisionRecord, _ work: UnitOfWork) throws {
        var news = DecisionSuperseded()
        news.id = former.id
        news.revision = former.revision + 1
        news.supersededBy = decision.id
        news.supersededByNumber = decision.number
        try work.append(news, to: .network(decision.network))
    }

    func list(_ query: ListDecisions, _ context: QueryContext) throws -> DecisionList {
        var filter: SQLQuery
        if let id = query.event {
            let event = try access.readable(id, by: context.actor, context.sql)
            filter = "d.event = \(event.id)"
            if let network = query.network, network != event.network { throw WireError.notFound }
        } else if let network = query.network {
            try MinutesReach.require(network, context.actor, access, context.sql)
            filter = "d.network = \(network)"
        } else {
            throw WireError.invalid("with.network", "missing")
        }
        if let inForce = query.inForce {
            let part: SQLQuery = "EXISTS (SELECT 1 FROM decision n WHERE n.supersedes = d.id)"
            filter = inForce ? "\(part: filter) AND NOT \(part: part)" : "\(part: filter) AND \(part: part)"
        }
        let limit = Int(query.limit ?? Self.pageSize)
        guard let words = query.text.map(Self.words), !words.isEmpty else {
            if let before = query.before { filter = "\(part: filter) AND d.number < \(before)" }
            let found = try DecisionStore.decisions(where: filter, limit: limit + 1, context.sql)
            return page(found, limit)
        }
        return try search(words, where: filter, before: query.before, limit, context.sql)
    }

    private func page(_ found: [DecisionRecord], _ limit: Int) -> DecisionList {
        let page = found.prefix(limit)
        return DecisionList(decisions: page.map(\.view), next: found.count > limit ? page.last?.number : nil)
    }

    private static func words(_ text: String) -> [String] {
        folded(text).split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// A text in which accents, case and width do not count.
    private static func folded(_ text: String) -> String {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil).lowercased()
    }

    /// Looks for words as people's names are looked for, which the store does not know how to do in a text.
    private func search(
        _ words: [String],
        where filter: SQLQuery,
        before: Int64?,
        _ limit: Int,
        _ sql: any SQLReader
    ) throws -> DecisionList {
        var found: [DecisionRecord] = []
        var last = before
        for _ in 0..<(Self.looked / Self.chunk) {
            let chunk = try DecisionStore.decisions(
                where: last.map { "\(part: filter) AND d.number < \($0)" } ?? filter,
                limit: Self.chunk,
                sql
            )
            for decision in chunk {
                let text = Self.folded(decision.text)
                if words.allSatisfy(text.contains) { found.append(decision) }
                if found.count > limit { return page(found, limit) }
                last = decision.number
            }
            if chunk.count < Self.chunk { return page(found, limit) }
        }
        return DecisionList(decisions: found.map(\.view), next: last)
    }
}

/// Who reads what a network decided.
enum MinutesReach {
    /// Refuses who takes no part in a network, as if there were none.
    static func require(_ network: NetworkID, _ member: Member, _ access: EventAccess, _ sql: any SQLReader) throws {
        if try NetworkStore.network(network, sql) != nil {
            if try access.rules.may(.manageEvents, member, in: network, sql) { return }
            if member.kind == .person, try NetworkStore.role(of: member.id, in: network, sql) != nil { return }
            if member.kind == .bot, try sql.isEntitled(member.id, .network(network)) { return }
        }
        throw WireError.notFound
    }
}
