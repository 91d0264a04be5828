import CommunityKernel
import Journal
import WireProtocol

/// `organisation.import`: organisations from a table.
struct ImportingOrganisations: Sendable {
    let organisations: Organisations
    /// Rows of one import at most.
    let limit: Int

    static let columns = ["slug", "kind", "name", "istat", "region", "parent", "lat", "lon"]

    /// One row, judged.
    struct Plan: Sendable {
        var shown: ImportedOrganisation
        /// What it will be, without the parent.
        var command = CreateOrganisation()
        /// The organisation of that slug, when there is one.
        var known: OrganisationRecord?
        /// The slug of the metropolitan city that it belongs to.
        var parent: String?
    }

    /// What is done off the writer: a table that is not applied is judged there as a whole.
    enum Prepared: Sendable {
        case table(ImportTable)
        case plans([Plan])
    }

    func prepare(_ command: ImportOrganisations, _ context: QueryContext) throws -> Prepared {
        try PeopleStore.requireAdministrator(context.actor, context.sql)
        let table = try ImportTable(command.csv, columns: Self.columns, required: ["slug"], limit: limit)
        return command.apply ?? false ? .table(table) : .plans(try plans(table, context.sql))
    }

    func run(_ command: ImportOrganisations, _ prepared: Prepared, _ work: UnitOfWork) throws -> ImportedOrganisations {
        try PeopleStore.requireAdministrator(work)
        switch prepared {
        case .plans(let plans): return ImportedOrganisations(plans.map(\.shown), applied: false)
        case .table(let table):
            let plans = try plans(table, work.sql)
            let invalid = plans.filter { $0.shown.action == .invalid }
            if !invalid.isEmpty {
                throw WireError.invalidRows(invalid.map { ($0.shown.line, $0.shown.problems ?? []) })
            }
            // Metropolitan cities come first: others may belong to them.
            let isCity: (Plan) -> Bool = { $0.command.kind == .metropolitanCity }
            for plan in plans.filter(isCity) + plans.filter({ !isCity($0) }) { try perform(plan, work) }
            let done = ImportedOrganisations(plans.map(\.shown), applied: true)
            try work.audit("organisation.import", detail: done.counts.sentence)
            return done
        }
    }

    private func perform(_ plan: Plan, _ work: UnitOfWork) throws {
        var command = plan.command
        command.parent = try plan.parent.flatMap { try PeopleStore.organisation(slug: $0, work.sql)?.id }
        switch plan.shown.action {
        case .create: _ = try organisations.create(command, work)
        case .change:
            var change = ChangeOrganisation()
            change.organisation = plan.known?.id
            change.kind = command.kind
            change.name = command.name
            change.istat = command.istat
            change.region = command.region
            change.parent = command.parent
            change.lat = command.lat
            change.lon = command.lon
            _ = try organisations.change(change, work)
        case .unchanged, .invalid: break
        }
    }

    // MARK: Judging

    private func plans(_ table: ImportTable, _ sql: any SQLReader) throws -> [Plan] {
        let cities = Set(table.rows.filter { $0["kind"] == "citta_metropolitana" }.compactMap { $0["slug"] })
        let others = Set(
            table.rows.filter { $0["kind"].map { $0 != "citta_metropolitana" } ?? false }
                .compactMap { $0["slug"] }
        )
        var seen: Set<String> = []
        return try table.rows.map { row in
            var plan = try plan(row, sql)
            var problems = plan.shown.problems ?? []
            if let slug = row["slug"], !seen.insert(slug).inserted {
                problems.append(FieldProblem(path: "slug", problem: "duplicate"))
            }
            if let parent = plan.parent {
                let known = try PeopleStore.organisation(slug: parent, sql)
                let isCity = cities.contains(parent) || known?.kind == .metropolitanCity && !others.contains(parent)
                if !isCity {
                    let isKnown = known != nil || others.contains(parent)
                    problems.append(FieldProblem(path: "parent", problem: isKnown ? "not_allowed" : "unknown"))
                } else if parent == row["slug"] {
                    problems.append(FieldProblem(path: "parent", problem: "not_allowed"))
                }
            }
            if !problems.isEmpty {
                plan.shown.action = .invalid
                plan.shown.problems = problems
            }
            return plan
        }
    }

    private func plan(_ row: ImportTable.Row, _ sql: any SQLReader) throws -> Plan {
        var shown = ImportedOrganisation()
        shown.line = Int64(row.line)
        shown.slug = row["slug"] ?? ""
        var plan = Plan(shown: shown)
        plan.known = try row["slug"].flatMap { try PeopleStore.organisation(slug: $0, sql) }
        plan.parent = row["parent"]
        var problems = row.problems
        var members = row.object(["slug", "kind", "name", "istat", "region"]).members
        // An empty cell leaves what there is.
        if let known = plan.known {
            if row["kind"] == nil { members.append(.init(name: "kind", value: .string(known.kind.rawValue))) }
            if row["name"] == nil { members.append(.init(name: "name", value: .string(known.name))) }
        }
        for column in ["lat", "lon"] {
            guard let cell = row[column] else { continue }
            if let number = Self.number(cell) {
                members.append(.init(name: column, value: .double(number)))
            } else {
                problems.append(FieldProblem(path: column, problem: "wrong_type"))
            }
        }
        problems += try WireError.problems {
            plan.command = try CreateOrganisation.read(JSONObject(members), path: "")
        }
        plan.shown.name = row["name"] ?? plan.known?.name ?? ""
        plan.shown.problems = problems.isEmpty ? nil : problems
        if let known = plan.known {
            plan.shown.action = try isUnchanged(plan, known, sql) ? .unchanged : .change
        } else {
            plan.shown.action = .create
        }
        return plan
    }

    /// A number with a point or, as in Italian, with a comma.
    private static func number(_ text: String) -> Double? {
        let plain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || [0x2B, 0x2C, 0x2D, 0x2E].contains($0) }
        return plain ? Double(text.replacing(",", with: ".")) : nil
    }

    private func isUnchanged(_ plan: Plan, _ known: OrganisationRecord, _ sql: any SQLReader) throws -> Bool {
        let command = plan.command
        let parent = try plan.parent.map { try PeopleStore.organisation(slug: $0, sql)?.id }
        return command.kind == known.kind && command.name == known.name
            && (command.istat ?? known.istat) == known.istat && (command.region ?? known.region) == known.region
            && (parent ?? known.parent) == known.parent && (command.lat ?? known.lat) == known.lat
            && (command.lon ?? known.lon) == known.lon
    }
}
