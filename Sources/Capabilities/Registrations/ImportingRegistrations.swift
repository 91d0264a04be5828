import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// `registration.import`: registrations from a table, row by row through the same doors as by hand.
struct ImportingRegistrations: Sendable {
    let registering: Registering
    let deciding: DecidingRegistrations
    /// Rows of one import at most.
    let limit: Int

    private var access: EventAccess { registering.access }

    /// Reads the table off the writer.
    func prepare(_ command: ImportRegistrations, _ context: QueryContext) throws -> ImportTable {
        let event = try access.readable(command.event, by: context.actor, context.sql)
        guard try access.rules.may(.manageEvents, context.actor, in: event.network, context.sql) else {
            throw WireError.forbidden("for the network's facilitators")
        }
        let form = try RegistrationForm(of: event, access.rules, context.sql).fields
        return try RegistrationTable(form).read(command.csv, limit: limit)
    }

    /// What a row does depends on those before it, so that a trial is all of it done and taken back.
    func run(_ command: ImportRegistrations, _ table: ImportTable, _ work: UnitOfWork) throws -> ImportedRegistrations {
        let event = try access.facilitated(command.event, work)
        let form = try RegistrationForm(of: event, access.rules, work.sql).fields
        let columns = RegistrationTable(form)
        let isApplied = command.apply ?? false
        return try work.part(isKept: isApplied) {
            // A row that says what was so before the first of them asks for nothing, whatever the others cause.
            var seen: Set<RegistrationID> = []
            var acts = try table.rows.map { row in
                var act = RowAct(event: event, table: columns, row: row)
                try act.judge(work.sql, &seen)
                return act
            }
            for index in acts.indices where acts[index].isAsking { try perform(&acts[index], work) }
            let done = ImportedRegistrations(acts.map(\.shown), applied: isApplied)
            let counts = done.counts
            try work.audit(
                ImportRegistrations.name,
                subject: event.id.rawValue,
                detail: "create \(counts.create), change \(counts.change), invalid \(counts.invalid)"
            )
            return done
        }
    }

    /// Does a row as a whole or, with what is wrong told, not at all.
    private func perform(_ act: inout RowAct, _ work: UnitOfWork) throws {
        do {
            let standing = try work.part { try perform(act, work) }
            act.shown.registration = standing.id
            act.shown.state = standing.state
        } catch let refusal as WireError where refusal.code != .internal && refusal.code != .unavailable {
            act.refuse(
                refusal.fields?.map { problem in
                    FieldProblem(path: String(problem.path.dropFirst("with.".count)), problem: problem.problem)
                } ?? [FieldProblem(path: "state", problem: refusal.code.rawValue)]
            )
            act.shown.state = act.shown.former
        }
    }

    private func perform(_ act: RowAct, _ work: UnitOfWork) throws -> (id: RegistrationID, state: RegistrationState) {
        guard let known = act.known else {
            let standing: RegistrationStanding
            if act.wanted == .invited {
                var invite = InviteToEvent()
                (invite.event, invite.person) = (act.event.id, act.person)
                standing = try registering.invite(invite, work)
            } else {
                var register = Register()
                (register.event, register.person) = (act.event.id, act.person)
                register.answers = .object(JSONObject(act.answers))
                standing = try registering.register(register, work)
            }
            guard !work.repeats else { throw WireError.invalid("with.person", "already_registered") }
            return (standing.id, standing.state)
        }
        if !act.answers.isEmpty { try registering.answer(known.id, act.answers, work) }
        // Those before it may have brought it there, such as by giving a seat back.
        guard let now = try RegistrationStore.registration(known.id, work.sql) else { throw WireError.notFound }
        guard let wanted = act.wanted, wanted != known.state, wanted != now.state else { return (now.id, now.state) }
        return (now.id, try move(now, to: wanted, act.reason, work).state)
    }

    private func move(
        _ known: RegistrationRecord,
        to wanted: RegistrationState,
        _ reason: String?,
        _ work: UnitOfWork
    ) throws -> RegistrationOutcome {
        switch (known.state, wanted) {
        case (.requested, .confirmed):
            var approve = ApproveRegistration()
            (approve.registration, approve.reason) = (known.id, reason)
            return try deciding.approve(approve, work)
        case (.requested, .rejected):
            var reject = RejectRegistration()
            (reject.registration, reject.reason) = (known.id, reason)
            return try deciding.reject(reject, work)
        case (.confirmed, .checkedIn):
            var checkIn = CheckInRegistration()
            (checkIn.registration, checkIn.reason) = (known.id, reason)
            return try deciding.checkIn(checkIn, work)
        case (.checkedIn, .confirmed), (.noShow, .confirmed), (.rejected, .requested):
            var undo = UndoRegistration()
            (undo.registration, undo.reason) = (known.id, reason)
            return try deciding.undo(undo, work)
        case (.confirmed, .cancelled), (.offered, .lapsed), (.waitlisted, .left), (.requested, .left),
            (.invited, .declined):
            var cancel = CancelRegistration()
            cancel.registration = known.id
            return try registering.cancel(cancel, work)
        default: throw WireError.invalid("with.state", "not_allowed")
        }
    }
}

/// What one row of an import asks for.
struct RowAct {
    let event: EventRecord
    let table: RegistrationTable
    let row: ImportTable.Row
    var shown = ImportedRegistration()
    /// The registration that it changes.
    var known: RegistrationRecord?
    /// Whom it registers.
    var person = PersonID()
    var wanted: RegistrationState?
    var reason: String?
    /// The answers that it gives, or gives anew.
    var answers: [JSONObject.Member] = []

    init(event: EventRecord, table: RegistrationTable, row: ImportTable.Row) {
        self.event = event
        self.table = table
        self.row = row
        shown.line = Int64(row.line)
    }

    /// Whether it asks for something that can be tried.
    var isAsking: Bool { shown.action == .create || shown.action == .change }

    mutating func refuse(_ problems: [FieldProblem]) {
        shown.action = .invalid
        shown.problems = problems
    }

    /// Reads the row against what there is; changes nothing.
    mutating func judge(_ sql: any SQLReader, _ seen: inout Set<RegistrationID>) throws {
        let cells = table.cells(row)
        var problems = row.problems
        shown.name = cells["name"] ?? ""
        reason = cells["reason"]
        if let reason, reason.utf8.count > 500 || reason.lineProblem != nil {
            problems.append(FieldProblem(path: "reason", problem: reason.lineProblem ?? "too_long"))
        }
        if let words = cells["state"] {
            wanted = RegistrationState(words: words)
            if wanted == nil { problems.append(FieldProblem(path: "state", problem: "unknown")) }
        }
        if let number = cells["registration"] {
            try judge(registration: number, cells, sql, &seen, &problems)
        } else {
            try judge(newcomer: cells, sql, &problems)
        }
        if !problems.isEmpty { refuse(problems) }
    }

    private mutating func judge(
        registration number: String,
        _ cells: [String: String],
        _ sql: any SQLReader,
        _ seen: inout Set<RegistrationID>,
        _ problems: inout [FieldProblem]
    ) throws {
        guard let id = Int64(number), let known = try RegistrationStore.registration(RegistrationID(id), sql),
            known.event == event.id
        else { return problems.append(FieldProblem(path: "registration", problem: "unknown")) }
        self.known = known
        shown.registration = known.id
        (shown.former, shown.state) = (known.state, known.state)
        // A table of which one column alone was sorted would give each person another's place.
        let name = try PeopleStore.names(of: [known.person], sql)[known.person] ?? ""
        if let given = cells["name"], given != name {
            problems.append(FieldProblem(path: "name", problem: "contradicts"))
        }
        if let given = cells["person"], Int64(given) != known.person.rawValue {
            problems.append(FieldProblem(path: "person", problem: "contradicts"))
        }
        shown.name = name
        if !seen.insert(known.id).inserted { problems.append(FieldProblem(path: "registration", problem: "duplicate")) }
        let stored = known.answers
        for field in table.form {
            guard let words = cells[RegistrationTable.path(field)] else { continue }
            let isSame = ["it", "en"].contains {
                field.words(stored[field.name], in: $0).utf8.elementsEqual(words.utf8)
            }
            let answer = field.answer(words)
            guard !isSame, (stored[field.name] ?? .null).text != answer.text else { continue }
            answers.append(JSONObject.Member(name: field.name, value: answer))
        }
        let moves = wanted.map { $0 != known.state } ?? false
        if !moves, let reason, reason != known.reason {
            problems.append(FieldProblem(path: "reason", problem: "not_changeable"))
        }
        if moves || !answers.isEmpty, let moment = cells["changed"].flatMap({ Instant($0) }), moment != known.changed {
            problems.append(FieldProblem(path: "changed", problem: "stale"))
        }
        if !answers.isEmpty { shown.answers = answers.map(\.name) }
        shown.action = moves || !answers.isEmpty ? .change : .unchanged
    }

    private mutating func judge(
        newcomer cells: [String: String],
        _ sql: any SQLReader,
        _ problems: inout [FieldProblem]
    ) throws {
        shown.action = .create
        switch wanted {
        case nil, .confirmed, .waitlisted, .requested, .invited: break
        default: problems.append(FieldProblem(path: "state", problem: "not_allowed"))
        }
        if let number = cells["person"] {
            guard let id = Int64(number).map(PersonID.init), try isMember(id, sql) else {
                return problems.append(FieldProblem(path: "person", problem: "not_a_member"))
            }
            person = id
            let name = try PeopleStore.names(of: [id], sql)[id] ?? ""
            if let given = cells["name"], given != name {
                problems.append(FieldProblem(path: "name", problem: "contradicts"))
            }
            shown.name = name
        } else if let name = cells["name"] {
            // Of those of that name only who takes part in the network counts: others may not be known of.
            let found = try PeopleStore.activePersons(named: name, limit: 100, sql).filter { try isMember($0, sql) }
            guard let one = found.first, found.count == 1 else {
                let problem = found.isEmpty ? "not_a_member" : "ambiguous"
                return problems.append(FieldProblem(path: "name", problem: problem))
            }
            person = one
        } else {
            return problems.append(FieldProblem(path: "name", problem: "missing"))
        }
        if try RegistrationStore.active(of: person, for: event.id, sql) != nil {
            problems.append(FieldProblem(path: "person", problem: "already_registered"))
        }
        for field in table.form {
            guard let words = cells[RegistrationTable.path(field)] else { continue }
            answers.append(JSONObject.Member(name: field.name, value: field.answer(words)))
        }
    }

    private func isMember(_ person: PersonID, _ sql: any SQLReader) throws -> Bool {
        try NetworkStore.role(of: person, in: event.network, sql) != nil
    }
}
