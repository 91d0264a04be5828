import CommunityKernel
import Journal
import Messages
import People
import WireProtocol

/// What is the same for everybody who reads a solution: what its updates bear.
struct SolutionFacts: Sendable {
    let access: SolutionAccess

    /// What lists show too.
    func basic(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> SolutionView {
        var view = solution.news
        view.network = solution.network
        view.document = solution.document
        view.title = solution.title
        view.city = solution.city
        view.cityName = try SolutionViews.city(solution.city, sql).name
        view.createdBy = solution.createdBy
        view.area = solution.area
        view.licence = solution.licence
        view.supersededBy = solution.supersededBy
        view.at = solution.at
        view.changed = solution.changed
        view.cost = solution.cost.map { .on($0) }
        return view
    }

    /// What is being written, or a version as it stands: the newest one where nothing is being written.
    func told(_ solution: SolutionRecord, version: Int64? = nil, _ sql: any SQLReader) throws -> SolutionView {
        var view = try basic(solution, sql)
        let parts: [KitPart: String]
        if let number = version ?? (solution.isAtRest ? solution.published : nil),
            solution.isAtRest || number != solution.version
        {
            guard let content = try SolutionContent.content(of: solution.id, version: number, sql) else {
                throw WireError.notFound
            }
            Self.show(content, as: number, of: solution, in: &view)
            view.text = content.text
            view.missing = []
            parts = content.parts
        } else {
            parts = try SolutionStore.parts(of: solution.id, sql)
            view.missing = try missing(solution, parts, sql)
        }
        view.approvalsNeeded = try access.approvalsNeeded(in: solution.network, sql)
        view.parts = SolutionContent.json(of: parts)
        view.partsHtml = SolutionContent.json(of: parts.mapValues { Markdown.html($0) })
        view.reviewers = try reviewers(solution, version: view.version ?? solution.version, sql)
        view.acts = try acts(solution, sql)
        view.versions = try versions(solution, sql)
        view.authors = try authors(solution, sql)
        return view
    }

    /// What a version says and where it stands: one that was published later took its place.
    static func show(
        _ content: SolutionContent,
        as version: Int64,
        of solution: SolutionRecord,
        in view: inout SolutionView
    ) {
        view.version = version
        view.title = content.title
        view.licence = content.licence
        view.cost = content.cost.map { .on($0) }
        if version != solution.published {
            view.state = .superseded
        } else if !solution.isAtRest {
            view.state = .published
        }
        view.next = solution.isAtRest ? nil : solution.version
    }

    private func missing(
        _ solution: SolutionRecord,
        _ parts: [KitPart: String],
        _ sql: any SQLReader
    ) throws
        -> [String]
    {
        var missing = try ReviewingSolutions.missing(solution, parts, access, sql)
        if try !ExperimentStore.isAnyConcluded(of: solution.id, sql) { missing.append("experiments") }
        if [.draft, .inReview].contains(solution.state) { missing.append("approval") }
        return missing
    }

    private func reviewers(
        _ solution: SolutionRecord,
        version: Int64,
        _ sql: any SQLReader
    ) throws
        -> [SolutionReviewer]
    {
        let rows = try sql.all(
            """
            SELECT person, city, state, reason, at FROM solution_review
            WHERE solution = \(solution.id) AND version = \(version) ORDER BY at, person LIMIT 100
            """
        ) { row in
            (
                person: row.id(0) as PersonID, city: row.optionalID(1) as OrganisationID?,
                state: ReviewState(rawValue: row.text(2)) ?? .asked, reason: row.optionalText(3), at: row.instant(4)
            )
        }
        let names = try PeopleStore.names(of: rows.map(\.person), sql)
        return try rows.map { row in
            var reviewer = SolutionReviewer()
            reviewer.person = row.person
            reviewer.name = names[row.person]
            reviewer.city = try row.city.map { try SolutionViews.city($0, sql) }
            reviewer.state = row.state
            reviewer.reason = row.reason
            reviewer.at = row.at
            return reviewer
        }
    }

    private func acts(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> [SolutionAct] {
        let rows = try sql.all(
            """
            SELECT act, version, person, reason, at FROM solution_act
            WHERE solution = \(solution.id) ORDER BY seq DESC LIMIT 100
            """
        ) { row in
            var act = SolutionAct()
            act.act = SolutionActKind(rawValue: row.text(0)) ?? .created
            act.version = row.int(1)
            act.reason = row.optionalText(3)
            act.at = row.instant(4)
            return (person: row.id(2) as PersonID, act: act)
        }
        let people = try SolutionViews.people(rows.map(\.person), sql)
        return rows.reversed().map { row in
            var act = row.act
            act.by = people[row.person]
            return act
        }
    }

    private func versions(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> [SolutionVersion] {
        let rows = try sql.all(
            """
            SELECT version, hash, publisher, at FROM solution_version
            WHERE solution = \(solution.id) ORDER BY version DESC LIMIT 200
            """
        ) { row in
            var version = SolutionVersion()
            version.version = row.int(0)
            version.hash = row.text(1)
            version.at = row.instant(3)
            return (person: row.id(2) as PersonID, version: version)
        }
        let people = try SolutionViews.people(rows.map(\.person), sql)
        return rows.reversed().map { row in
            var version = row.version
            version.by = people[row.person]
            return version
        }
    }

    private func authors(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> [NamedPerson] {
        let authors: [PersonID] = try sql.all(
            "SELECT person FROM solution_author WHERE solution = \(solution.id) ORDER BY at, person LIMIT 200"
        ) { $0.id(0) }
        let people = try SolutionViews.people(authors, sql)
        return authors.compactMap { people[$0] }
    }
}
