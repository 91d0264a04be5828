public import CommunityKernel
import Events
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

    var view: DecisionView {
        var view = DecisionView()
        view.id = id
        view.network = network
        view.number = number
        view.event = event
        view.text = text
        view.html = Markdown.html(text)
        view.supersedes = supersedes
        view.supersededBy = supersededBy
        view.at = at
        return view
    }
}

/// The decisions' queries.
public enum DecisionStore {
    private static let columns: SQLQuery = """
        d.id, d.network, d.number, d.event, d.text, d.creator, d.at, d.supersedes,
        (SELECT n.id FROM decision n WHERE n.supersedes = d.id)
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
            supersededBy: row.optionalID(8)
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

    func record(_ command: RecordDecision, _ work: UnitOfWork) throws -> RecordedDecision {
        let event = try access.facilitated(command.event, work)
        guard event.isOn else { throw event.refused("the event does not take place") }
        if let former = command.supersedes {
            guard let known = try DecisionStore.decision(former, work.sql), known.network == event.network else {
                throw WireError.notFound
            }
            guard known.supersededBy == nil else {
                throw WireError.conflict("it was superseded", current: .members(["state": .string("superseded")]))
            }
        }
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
            supersededBy: nil
        )
        try work.append(DecisionRecorded(decision.view), to: .network(event.network))
        try work.sql.execute(
            """
            INSERT INTO decision (id, network, number, event, text, supersedes, creator, at)
            VALUES (\(decision.id), \(decision.network), \(decision.number), \(decision.event), \(decision.text),
                \(decision.supersedes), \(decision.creator), \(decision.at))
            """
        )
        try work.audit("decision.record", subject: decision.id.rawValue, detail: "number \(decision.number)")
        return RecordedDecision(id: decision.id, number: decision.number)
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
        if let before = query.before { filter = "\(part: filter) AND d.number < \(before)" }
        let limit = Int(query.limit ?? Self.pageSize)
        let found = try DecisionStore.decisions(where: filter, limit: limit + 1, context.sql)
        return DecisionList(decisions: found.prefix(limit).map(\.view), more: found.count > limit)
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
