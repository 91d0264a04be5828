import CommunityKernel
import Journal
import WireProtocol

/// `person.import`: persons and their mandates from a table.
struct ImportingPersons: Sendable {
    let creating: CreatingPersons
    let changing: ChangingPersons
    let mandates: Mandates
    /// Rows of one import at most.
    let limit: Int

    static let columns = ["name", "email", "language", "organisation", "role", "title", "from", "to"]

    /// What a row asks for.
    enum Act: Sendable {
        case create(CreatePerson)
        case change(ChangePerson)
        /// To a person by the address, folded; `instead` of one that ends.
        case grant(WantedMandate, to: String, instead: MandateID?)
    }

    /// One row, judged.
    struct Plan: Sendable {
        var shown: ImportedPerson
        var acts: [Act] = []
    }

    /// What is done off the writer: a table that is not applied is judged there as a whole.
    enum Prepared: Sendable {
        case table(ImportTable)
        case plans([Plan])
    }

    func prepare(_ command: ImportPersons, _ context: QueryContext) throws -> Prepared {
        try PeopleStore.requireAdministrator(context.actor, context.sql)
        let table = try ImportTable(command.csv, columns: Self.columns, required: ["name", "email"], limit: limit)
        return command.apply ?? false ? .table(table) : .plans(try plans(table, context.sql, context.now))
    }

    func run(_ command: ImportPersons, _ prepared: Prepared, _ work: UnitOfWork) throws -> ImportedPersons {
        try PeopleStore.requireAdministrator(work)
        switch prepared {
        case .plans(let plans): return ImportedPersons(plans.map(\.shown), applied: false)
        case .table(let table):
            let plans = try plans(table, work.sql, work.now)
            let invalid = plans.filter { $0.shown.action == .invalid }
            if !invalid.isEmpty {
                throw WireError.invalidRows(invalid.map { ($0.shown.line, $0.shown.problems ?? []) })
            }
            for plan in plans { for act in plan.acts { try perform(act, work) } }
            let done = ImportedPersons(plans.map(\.shown), applied: true)
            try work.audit("person.import", detail: done.counts.sentence)
            return done
        }
    }

    private func perform(_ act: Act, _ work: UnitOfWork) throws {
        switch act {
        case .create(let command): _ = try creating.create(command, nil, work)
        case .change(let command): _ = try changing.change(command, work)
        case .grant(let wanted, let address, let former):
            if let former {
                var end = EndMandate()
                end.mandate = former
                _ = try mandates.end(end, work)
            }
            guard let person = try PeopleStore.person(address: address, work.sql) else { throw WireError.notFound }
            var grant = GrantMandate()
            grant.person = person.id
            grant.mandate = wanted
            _ = try mandates.grant(grant, work)
        }
    }

    // MARK: Judging

    private func plans(_ table: ImportTable, _ sql: any SQLReader, _ now: Instant) throws -> [Plan] {
        var judge = PersonRowJudge(mandates: mandates, now: now, sql: sql)
        // Which mandates the rows name as they are decides which of the others they replace.
        for row in table.rows { try judge.claim(row) }
        return try table.rows.map { try judge.plan($0) }
    }
}

extension ImportCounts {
    /// For the audit log.
    var sentence: String { "create \(create), change \(change), unchanged \(unchanged)" }
}

/// Judges the rows of an import of persons, one after the other.
struct PersonRowJudge {
    private let mandates: Mandates
    private let now: Instant
    private let sql: any SQLReader
    private var organisations: [String: OrganisationID?] = [:]
    private var people: [String: Known] = [:]

    /// What is known of the person of one address.
    private struct Known {
        var person: PersonRecord?
        var mandates: [MandateFacts] = []
        /// Mandates that some row names as they are, or that one replaces.
        var claimed: Set<MandateID> = []
        /// The first row of that address.
        var first: ImportTable.Row?
        var wanted: [String] = []
    }

    init(mandates: Mandates, now: Instant, sql: any SQLReader) {
        self.mandates = mandates
        self.now = now
        self.sql = sql
    }

    mutating func claim(_ row: ImportTable.Row) throws {
        guard let address = row["email"].map(Folding.email), let slug = row["organisation"] else { return }
        _ = try organisation(slug)
        var known = try self.known(address)
        if let same = known.mandates.first(where: { key(of: $0) == key(of: row) }) { known.claimed.insert(same.id) }
        people[address] = known
    }

    mutating func plan(_ row: ImportTable.Row) throws -> ImportingPersons.Plan {
        var shown = ImportedPerson()
        shown.line = Int64(row.line)
        shown.name = row["name"] ?? ""
        shown.email = row["email"] ?? ""
        var problems = row.problems
        var create = CreatePerson()
        problems += try WireError.problems {
            create = try CreatePerson.read(row.object(["name", "email", "language"]), path: "")
        }
        let wanted = try mandate(of: row, &problems)
        let address = Folding.email(shown.email)
        var known = try self.known(address)
        problems += contradictions(row, known)
        guard problems.isEmpty else {
            shown.action = .invalid
            shown.problems = problems
            return ImportingPersons.Plan(shown: shown)
        }
        let acts = acts(row, create, wanted, address, &known)
        known.first = known.first ?? row
        known.wanted.append(key(of: row))
        people[address] = known
        if case .create? = acts.first {
            shown.action = .create
        } else {
            shown.action = acts.isEmpty ? .unchanged : .change
        }
        return ImportingPersons.Plan(shown: shown, acts: acts)
    }

    private func acts(
        _ row: ImportTable.Row,
        _ create: CreatePerson,
        _ wanted: WantedMandate?,
        _ address: String,
        _ known: inout Known
    ) -> [ImportingPersons.Act] {
        guard let person = known.person else {
            if known.first != nil { return wanted.map { [.grant($0, to: address, instead: nil)] } ?? [] }
            var create = create
            create.mandates = wanted.map { [$0] }
            return [.create(create)]
        }
        var acts: [ImportingPersons.Act] = []
        if known.first == nil {
            var change = ChangePerson()
            change.person = person.id
            change.name = create.name
            change.language = create.language
            let language = create.language?.rawValue ?? person.language
            if create.name != person.name || language != person.language { acts.append(.change(change)) }
        }
        guard let wanted, !known.mandates.contains(where: { key(of: $0) == key(of: row) }) else { return acts }
        let former = known.mandates.first { facts in
            facts.organisation == wanted.organisation && facts.role == wanted.role.rawValue && !isOver(facts)
                && !known.claimed.contains(facts.id)
        }
        if let former { known.claimed.insert(former.id) }
        acts.append(.grant(wanted, to: address, instead: former?.id))
        return acts
    }

    // MARK: What a row says

    /// The mandate that a row asks for; nil for none, and when something is wrong with it.
    private mutating func mandate(
        of row: ImportTable.Row,
        _ problems: inout [FieldProblem]
    ) throws -> WantedMandate? {
        let columns = ["role", "title", "from", "to"]
        guard let slug = row["organisation"] else {
            if columns.contains(where: { row[$0] != nil }) {
                problems.append(FieldProblem(path: "organisation", problem: "missing"))
            }
            return nil
        }
        guard let organisation = try organisation(slug) else {
            problems.append(FieldProblem(path: "organisation", problem: "unknown"))
            return nil
        }
        guard row["role"] != nil else {
            problems.append(FieldProblem(path: "role", problem: "missing"))
            return nil
        }
        let own = [JSONObject.Member(name: "organisation", value: .int(organisation.rawValue))]
        var wanted: WantedMandate?
        problems += try WireError.problems {
            let read = try WantedMandate.read(JSONObject(own + row.object(columns).members), path: "")
            _ = try mandates.interval(of: read, path: "")
            wanted = read
        }
        return wanted
    }

    /// A row against those before it of the same person.
    private func contradictions(_ row: ImportTable.Row, _ known: Known) -> [FieldProblem] {
        guard let first = known.first else { return [] }
        var problems = ["name", "language"].filter { first[$0] != row[$0] }
            .map { FieldProblem(path: $0, problem: "contradicts") }
        if known.wanted.contains(key(of: row)) { problems.append(FieldProblem(path: "row", problem: "duplicate")) }
        return problems
    }

    private func key(of row: ImportTable.Row) -> String {
        let organisation = row["organisation"].flatMap { organisations[$0] ?? nil }
        return Self.key(organisation?.rawValue ?? 0, ["role", "title", "from", "to"].map { row[$0] })
    }

    private func key(of facts: MandateFacts) -> String {
        Self.key(facts.organisation.rawValue, [facts.role, facts.title, facts.from, facts.to])
    }

    private static func key(_ organisation: Int64, _ rest: [String?]) -> String {
        ([String(organisation)] + rest.map { $0 ?? "" }).joined(separator: "\u{1F}")
    }

    private func isOver(_ facts: MandateFacts) -> Bool {
        guard let to = facts.to.flatMap({ Moment($0) }), let end = try? to.end(in: mandates.zone) else { return false }
        return end <= now
    }

    // MARK: What the store says

    private mutating func organisation(_ slug: String) throws -> OrganisationID? {
        if let known = organisations[slug] { return known }
        let found = try PeopleStore.organisation(slug: slug, sql)?.id
        organisations[slug] = .some(found)
        return found
    }

    private mutating func known(_ address: String) throws -> Known {
        if let known = people[address] { return known }
        var known = Known()
        known.person = try PeopleStore.person(address: address, sql)
        if let person = known.person {
            known.mandates = try Mandates.facts(of: person.id, all: true, at: now, sql)
        }
        people[address] = known
        return known
    }
}
