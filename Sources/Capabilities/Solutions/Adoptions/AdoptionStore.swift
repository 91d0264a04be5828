import CommunityKernel
import Journal
import WireProtocol

/// An adoption as the store knows one.
struct AdoptionRecord: Sendable {
    let id: AdoptionID
    let network: NetworkID
    let solution: SolutionID
    let version: Int64
    let city: OrganisationID
    var state: AdoptionState
    var revision: Int64
    var referent: PersonID?
    var originReferent: PersonID?
    let at: Instant
    var changed: Instant

    static let columns: SQLQuery = """
        a.id, a.network, a.solution, a.version, a.city, a.state, a.revision, a.referent, a.origin_referent, a.at, \
        a.changed_at
        """

    init(_ row: any SQLRow) {
        id = row.id(0)
        network = row.id(1)
        solution = row.id(2)
        version = row.int(3)
        city = row.id(4)
        state = AdoptionState(rawValue: row.text(5)) ?? .abandoned
        revision = row.int(6)
        referent = row.optionalID(7)
        originReferent = row.optionalID(8)
        at = row.instant(9)
        changed = row.instant(10)
    }

    init(_ command: RequestAdoption, of solution: SolutionRecord, referent: PersonID?, _ work: UnitOfWork) {
        id = work.nextID()
        network = solution.network
        self.solution = solution.id
        version = command.version
        city = command.city
        state = .requested
        revision = 1
        self.referent = referent
        at = work.now
        changed = work.now
    }

    /// What an update says of each change.
    var news: AdoptionView {
        var view = AdoptionView()
        view.id = id
        view.revision = revision
        view.state = state
        view.solution = solution
        return view
    }

    /// Refuses what was decided on another revision, where the command says on which.
    func requireNewest(_ read: Int64?) throws {
        guard read == nil || read == revision else { throw refused("there is a newer revision") }
    }

    func refused(_ message: String) -> WireError {
        .conflict(message, current: .members(["state": .string(state.rawValue), "revision": .int(revision)]))
    }

    /// The steps that follow where it stands.
    var next: [AdoptionState] {
        switch state {
        case .requested: [.agreed, .abandoned]
        case .agreed: [.kitDelivered, .abandoned]
        case .kitDelivered: [.adapting, .abandoned]
        case .adapting: [.inUse, .abandoned]
        case .inUse: [.evaluated, .abandoned]
        case .evaluated, .abandoned: []
        }
    }
}

/// The adoptions' queries.
enum AdoptionStore {
    static func adoption(_ id: AdoptionID, _ sql: any SQLReader) throws -> AdoptionRecord? {
        try sql.first("SELECT \(part: AdoptionRecord.columns) FROM adoption a WHERE a.id = \(id)", AdoptionRecord.init)
    }

    static func adoption(
        of solution: SolutionID,
        version: Int64,
        by city: OrganisationID,
        _ sql: any SQLReader
    ) throws
        -> AdoptionRecord?
    {
        try sql.first(
            """
            SELECT \(part: AdoptionRecord.columns) FROM adoption a
            WHERE a.solution = \(solution) AND a.version = \(version) AND a.city = \(city)
            """,
            AdoptionRecord.init
        )
    }

    static func adoptions(where filter: SQLQuery, limit: Int, _ sql: any SQLReader) throws -> [AdoptionRecord] {
        try sql.all(
            """
            SELECT \(part: AdoptionRecord.columns) FROM adoption a WHERE \(part: filter)
            ORDER BY a.changed_at DESC, a.id DESC LIMIT \(limit)
            """,
            AdoptionRecord.init
        )
    }

    static func insert(_ adoption: AdoptionRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO adoption (id, network, solution, version, city, state, revision, referent, at, changed_at)
            VALUES (\(adoption.id), \(adoption.network), \(adoption.solution), \(adoption.version), \(adoption.city),
                \(adoption.state.rawValue), \(adoption.revision), \(adoption.referent), \(adoption.at),
                \(adoption.changed))
            """
        )
    }

    static func save(_ adoption: inout AdoptionRecord, _ work: UnitOfWork) throws {
        adoption.revision += 1
        adoption.changed = work.now
        try work.sql.execute(
            """
            UPDATE adoption SET state = \(adoption.state.rawValue), revision = \(adoption.revision),
                referent = \(adoption.referent), origin_referent = \(adoption.originReferent),
                changed_at = \(adoption.changed)
            WHERE id = \(adoption.id)
            """
        )
    }

    /// Writes a step down, under the `seq` of its update.
    static func note(_ adoption: AdoptionRecord, _ note: String?, seq: Int64, _ work: UnitOfWork) throws {
        try work.sql.execute(
            """
            INSERT INTO adoption_step (seq, adoption, state, note, person, at)
            VALUES (\(seq), \(adoption.id), \(adoption.state.rawValue), \(note), \(work.actor.id), \(work.now))
            """
        )
    }

    /// Who asked for an adoption: who took its first step; nil for somebody who is gone.
    static func asker(of adoption: AdoptionID, _ sql: any SQLReader) throws -> MemberID? {
        try sql.first(
            """
            SELECT person FROM adoption_step
            WHERE adoption = \(adoption) AND state = \(AdoptionState.requested.rawValue) AND person <> 0 LIMIT 1
            """
        ) { $0.id(0) }
    }

    /// Whether another city has a solution in use.
    static func isTransferred(_ solution: SolutionID, _ sql: any SQLReader) throws -> Bool {
        try sql.exists(
            "SELECT 1 FROM adoption WHERE solution = \(solution) AND state IN ('in_use', 'evaluated') LIMIT 1"
        )
    }

    /// How many cities take a solution over or have it in use.
    static func goingOn(_ solution: SolutionID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM adoption WHERE solution = \(solution) AND state <> 'abandoned'")
    }

    /// How far each city is that takes a solution over or has it in use, whatever the version.
    static func furthest(
        of solution: SolutionID,
        _ sql: any SQLReader
    ) throws
        -> [(city: OrganisationID, state: AdoptionState)]
    {
        let order = AdoptionState.allCases
        var furthest: [OrganisationID: AdoptionState] = [:]
        // As many as there are metropolitan cities, a few times over: a city takes a version over once.
        try sql.forEach(
            """
            SELECT city, state FROM adoption WHERE solution = \(solution) AND state <> 'abandoned'
            ORDER BY changed_at DESC, id DESC LIMIT 200
            """
        ) { row in
            guard let state = AdoptionState(rawValue: row.text(1)) else { return }
            let city: OrganisationID = row.id(0)
            let known = furthest[city].flatMap(order.firstIndex(of:)) ?? -1
            if let place = order.firstIndex(of: state), place > known { furthest[city] = state }
        }
        return furthest.prefix(100).map { ($0.key, $0.value) }
    }

    static func cities(of solution: SolutionID, version: Int64, _ sql: any SQLReader) throws -> Set<OrganisationID> {
        Set(try sql.all("SELECT city FROM adoption WHERE solution = \(solution) AND version = \(version)") { $0.id(0) })
    }
}
