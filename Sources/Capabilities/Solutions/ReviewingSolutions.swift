import CommunityKernel
import Documents
import Journal
import Networks
import WireProtocol

/// The steps of a solution's life: `solution.submit`, `.ask`, `.return`, `.approve`, `.publish`, `.withdraw`, `.supersede`.
struct ReviewingSolutions: Sendable {
    let access: SolutionAccess
    let telling: TellingSolutions
    let documents: DocumentShelf
    let settings: SolutionSettings

    func submit(_ command: SubmitSolution, _ work: UnitOfWork) throws -> SolutionStanding {
        var solution = try access.writable(command.solution, work)
        try solution.require(.draft)
        try solution.requireNewest(command.revision)
        let before = try telling.before(solution, work)
        // Who has answered before is asked anew: it comes back changed.
        try ask(command.reviewers ?? [], of: solution, again: true, work)
        solution.state = .inReview
        return try step(.submitted, &solution, since: before, SolutionSubmitted.init, work)
    }

    func askMore(_ command: AskReview, _ work: UnitOfWork) throws -> SolutionStanding {
        let solution = try access.writable(command.solution, work)
        try solution.require(.inReview)
        let before = try telling.before(solution, work)
        let asked = try ask(command.reviewers, of: solution, again: false, work)
        guard !asked.isEmpty else {
            work.repeats = true
            return solution.standing
        }
        // What it says stays as it is: who writes meanwhile is not told of a newer revision.
        try SolutionStore.note(.asked, solution, seq: work.nextSeq, work)
        try telling.tell(SolutionAsked.init, solution, since: before, work) { $0.who = asked }
        return solution.standing
    }

    /// Asks people for a review, those who were asked or have answered already only `again`; those who are asked by it.
    @discardableResult
    private func ask(
        _ people: [PersonID],
        of solution: SolutionRecord,
        again: Bool,
        _ work: UnitOfWork
    ) throws
        -> [PersonID]
    {
        var known: Set<PersonID> = Set(
            try work.sql.all(
                "SELECT person FROM solution_review WHERE solution = \(solution.id) AND version = \(solution.version)"
            ) { $0.id(0) }
        )
        var asked: [PersonID] = []
        for (index, person) in people.enumerated() {
            let city = try reviewerCity(of: person, for: solution, path: "with.reviewers.\(index)", work)
            let isNew = known.insert(person).inserted
            guard isNew || again else { continue }
            guard !isNew || known.count <= settings.reviewersAsked else {
                throw WireError(.full, "a version has at most \(settings.reviewersAsked) reviewers")
            }
            try review(.asked, by: person, for: city, solution, reason: nil, work)
            asked.append(person)
        }
        return asked
    }

    /// The city that a person would review a solution for; `invalid` for who is no member, or of its own city.
    private func reviewerCity(
        of person: PersonID,
        for solution: SolutionRecord,
        path: String,
        _ work: UnitOfWork
    ) throws
        -> OrganisationID
    {
        guard try NetworkStore.role(of: person, in: solution.network, work.sql) != nil else {
            throw WireError.invalid(path, "not_a_member")
        }
        let member = Member(id: person, kind: .person, name: "")
        guard let city = try access.reviewing(solution, member, at: work.now, work.sql).first else {
            throw WireError.invalid(path, "same_city")
        }
        return city
    }

    func giveBack(_ command: ReturnSolution, _ work: UnitOfWork) throws -> SolutionStanding {
        var solution = try access.writable(command.solution, work)
        let cities = try access.reviewing(solution, work.actor, at: work.now, work.sql)
        let mayReturn =
            try !cities.isEmpty || access.maySettle(solution, work.actor, at: work.now, work.sql)
        guard mayReturn else { throw WireError.forbidden("for members of other cities and facilitators") }
        try solution.require(.inReview)
        try solution.requireNewest(command.revision)
        let before = try telling.before(solution, work)
        if let city = cities.first {
            try review(.returned, by: work.actor.id, for: city, solution, reason: command.reason, work)
        }
        try Self.askAgain(solution, work.sql)
        solution.state = .draft
        return try step(.returned, &solution, since: before, SolutionReturned.init, reason: command.reason, work)
    }

    func approve(_ command: ApproveSolution, _ work: UnitOfWork) throws -> SolutionStanding {
        var solution = try access.writable(command.solution, work)
        let cities = try access.reviewing(solution, work.actor, at: work.now, work.sql)
        guard !cities.isEmpty else {
            throw WireError.forbidden("for members of a city other than the solution's own")
        }
        try solution.require(.inReview)
        try solution.requireNewest(command.revision)
        guard try ExperimentStore.isAnyConcluded(of: solution.id, work.sql) else {
            throw Self.missing(["experiments"])
        }
        let approvals = try Self.approvals(of: solution, work.sql)
        guard let city = Self.city(of: cities, spokenForBy: work.actor.id, approvals) else {
            throw solution.refused("the city has approved it already")
        }
        let before = try telling.before(solution, work)
        try review(.approved, by: work.actor.id, for: city, solution, reason: nil, work)
        // As many cities as there are approvals, this one among them: none is counted twice.
        if try approvals.count + 1 >= access.approvalsNeeded(in: solution.network, work.sql) {
            solution.state = .tested
        }
        return try step(.approved, &solution, since: before, SolutionApproved.init, work)
    }

    func publish(_ command: PublishSolution, _ work: UnitOfWork) throws -> SolutionStanding {
        var solution = try settled(command.solution, work)
        try solution.require(.tested)
        try solution.requireNewest(command.revision)
        let parts = try SolutionStore.parts(of: solution.id, work.sql)
        let missing = try Self.missing(solution, parts, access, work.sql)
        guard missing.isEmpty else { throw Self.missing(missing) }
        let before = try telling.before(solution, work)
        let content = SolutionContent(solution, parts, text: try documents.text(of: solution.document, work.sql))
        try SolutionContent.insert(content, solution, work)
        solution.state = .published
        solution.published = solution.version
        try SolutionStore.keepPublished(solution.id, work.sql)
        let standing = try step(.published, &solution, since: before, SolutionPublished.init, work)
        try work.audit("solution.publish", subject: solution.id.rawValue, detail: "version \(solution.version)")
        return standing
    }

    func withdraw(_ command: WithdrawSolution, _ work: UnitOfWork) throws -> SolutionStanding {
        var solution = try settled(command.solution, work)
        try requirePublished(solution)
        try solution.requireNewest(command.revision)
        let before = try telling.before(solution, work)
        solution.state = .withdrawn
        let standing = try step(
            .withdrawn,
            &solution,
            since: before,
            SolutionWithdrawn.init,
            reason: command.reason,
            work
        )
        try work.audit("solution.withdraw", subject: solution.id.rawValue, detail: command.reason ?? "")
        return standing
    }

    func supersede(_ command: SupersedeSolution, _ work: UnitOfWork) throws -> SolutionStanding {
        var solution = try settled(command.solution, work)
        let newer = try access.readable(command.by, by: work.actor, work.sql)
        try requirePublished(solution)
        try solution.requireNewest(command.revision)
        guard newer.id != solution.id else { throw solution.refused("a solution does not take its own place") }
        guard newer.published != nil, ![.superseded, .withdrawn].contains(newer.state) else {
            throw newer.refused("the newer solution is \(newer.state.rawValue)")
        }
        let before = try telling.before(solution, work)
        solution.state = .superseded
        solution.supersededBy = newer.id
        return try step(.superseded, &solution, since: before, SolutionSuperseded.init, work) { $0.by = newer.id }
    }

    // MARK: What the steps share

    private func settled(_ id: SolutionID, _ work: UnitOfWork) throws -> SolutionRecord {
        let solution = try access.writable(id, work)
        guard try access.maySettle(solution, work.actor, at: work.now, work.sql) else {
            throw WireError.forbidden("for its city's members, who started it and facilitators")
        }
        return solution
    }

    /// A version is published; the next one may be being written.
    private func requirePublished(_ solution: SolutionRecord) throws {
        guard solution.published != nil, ![.superseded, .withdrawn].contains(solution.state) else {
            throw solution.refused("the solution is \(solution.state.rawValue)")
        }
    }

    private func step(
        _ act: SolutionActKind,
        _ solution: inout SolutionRecord,
        since before: SolutionView,
        _ update: (SolutionView) -> some ServerUpdate,
        reason: String? = nil,
        _ work: UnitOfWork,
        _ more: (inout SolutionView) -> Void = { _ in }
    ) throws
        -> SolutionStanding
    {
        try SolutionStore.save(&solution, work)
        try SolutionStore.note(act, solution, reason: reason, seq: work.nextSeq, work)
        try telling.tell(update, solution, since: before, work) { news in
            news.reason = reason
            more(&news)
        }
        return solution.standing
    }

    private func review(
        _ state: ReviewState,
        by person: PersonID,
        for city: OrganisationID,
        _ solution: SolutionRecord,
        reason: String?,
        _ work: UnitOfWork
    ) throws {
        try work.sql.execute(
            """
            INSERT INTO solution_review (solution, version, person, city, state, reason, at)
            VALUES (\(solution.id), \(solution.version), \(person), \(city), \(state.rawValue), \(reason), \(work.now))
            ON CONFLICT (solution, version, person)
            DO UPDATE SET city = \(city), state = \(state.rawValue), reason = \(reason), at = \(work.now)
            """
        )
    }

    /// For which city somebody may still approve: who acts for several speaks for one of them, which nobody has spoken
    /// for yet; nil for none.
    static func city(
        of cities: [OrganisationID],
        spokenForBy person: PersonID,
        _ approvals: [Approval]
    ) -> OrganisationID? {
        guard !approvals.contains(where: { $0.person == person }) else { return nil }
        return cities.first { city in !approvals.contains { $0.city == city } }
    }

    /// Who approved, and for which city.
    typealias Approval = (person: PersonID, city: OrganisationID)

    /// Who has approved the version that is being reviewed, each for another city.
    static func approvals(
        of solution: SolutionRecord,
        _ sql: any SQLReader
    ) throws
        -> [Approval]
    {
        try sql.all(
            """
            SELECT person, city FROM solution_review
            WHERE solution = \(solution.id) AND version = \(solution.version)
                AND state = \(ReviewState.approved.rawValue)
            """
        ) { ($0.id(0), $0.id(1)) }
    }

    /// Who approved what was given back is asked again: it comes back changed.
    private static func askAgain(_ solution: SolutionRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            UPDATE solution_review SET state = \(ReviewState.asked.rawValue)
            WHERE solution = \(solution.id) AND version = \(solution.version)
                AND state = \(ReviewState.approved.rawValue)
            """
        )
    }

    // MARK: What is missing

    /// What a solution still needs to be published, by name.
    static func missing(
        _ solution: SolutionRecord,
        _ parts: [KitPart: String],
        _ access: SolutionAccess,
        _ sql: any SQLReader
    ) throws
        -> [String]
    {
        var missing = try access.mandatoryParts(in: solution.network, sql).filter { part in
            parts[part].map { $0.allSatisfy(\.isWhitespace) } ?? true
        }.map(\.rawValue)
        if solution.licence == nil { missing.append("licence") }
        return missing
    }

    /// `invalid` with what is missing.
    static func missing(_ names: [String]) -> WireError {
        let fields = names.map { name in
            FieldProblem(
                path: KitPart(rawValue: name) == nil ? "with.\(name)" : "with.parts.\(name)",
                problem: "missing"
            )
        }
        return WireError(.invalid, "missing: \(names.joined(separator: ", "))", fields: fields)
    }
}
