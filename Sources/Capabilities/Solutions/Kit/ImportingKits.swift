import CommunityKernel
import Documents
import Files
import Journal
import People
import WireProtocol

/// Makes a solution of a kit: a draft with the same text, parts, licence and experiments.
///
/// Its reviews and steps stay those of where it comes from: they are kept as its origin, and another city's approval is
/// needed here too.
struct ImportingKits: Sendable {
    let writing: WritingSolutions
    let vault: FileVault
    /// Where this community is reached.
    let home: String

    func take(
        _ kit: KitReader,
        digest: String,
        _ target: KitTarget,
        _ request: WebRequest,
        _ community: Community
    ) throws -> (reply: [UInt8], isRepeated: Bool) {
        // The contents are durable before the transaction that names them; those of one that fails are swept away.
        let kept = try keep(kit, request, community)
        let files = kit.experiments.map { experiment in
            experiment.files.compactMap { file in kept[file.path].map { (name: file.name, kept: $0) } }
        }
        let enclosures = kit.enclosures.compactMap { id, file in
            kept[file.path].map { (id: id, name: file.name, kept: $0) }
        }
        let same = JSON.members([
            "network": .int(target.network.rawValue), "city": target.city.map { .int($0.rawValue) } ?? .null,
            "sha256": .string(digest),
        ])
        return try community.write(
            "PUT /api/v1/solutions/import",
            same,
            nonce: request.nonce,
            as: request.actor,
            address: request.address
        ) { work in
            let city = try city(of: kit, target, work.sql)
            var command = CreateSolution()
            command.network = target.network
            command.title = kit.content.title
            command.city = city
            command.area = kit.area
            // The files come first: the text names them by the ids that they have here.
            var here: [Int64: FileID] = [:]
            for file in enclosures { here[file.id] = try vault.add(file.kept, named: file.name, toEntity: nil, work) }
            func text(_ text: String) -> String {
                KitLinks.moved(text) { file in
                    if let file = here[file] { return "/files/\(file)" }
                    // Under its number stands another file here, or none.
                    return kit.address.isEmpty ? "#" : "\(kit.address)/files/\(file)"
                }
            }
            let created = try writing.create(command, text: text(kit.content.text), work)
            let brought = here.values.sorted()
            try vault.attach(brought, toEntity: created.document.rawValue, work)
            try writing.documents.tellAttached(brought, to: created.document, in: target.network, work)
            guard var solution = try SolutionStore.solution(created.id, work.sql) else { throw WireError.notFound }
            let before = try writing.telling.before(solution, work)
            for part in KitPart.allCases {
                guard let words = kit.content.parts[part] else { continue }
                let moved = text(words)
                guard moved.utf8.count <= Int(largestKitPart) else {
                    throw WireError.invalid("body.parts.\(part.rawValue)", "too_long")
                }
                try SolutionStore.write(moved, as: part, of: solution, work.sql)
            }
            solution.cost = kit.content.cost
            solution.licence = SPDXExpression(kit.content.licence)?.text
            try SolutionStore.save(&solution, work)
            // Of people of this community only their own solution tells: the names go from there with them.
            let origin = !home.isEmpty && kit.address == home ? kit.source : kit.origin
            try work.sql.execute(
                "UPDATE solution SET origin = \(String(decoding: origin.text, as: UTF8.self)) WHERE id = \(solution.id)"
            )
            try writing.telling.tell(SolutionLicensed.init, solution, since: before, work)
            for (experiment, files) in zip(kit.experiments, files) {
                try add(experiment, files, of: solution, work)
            }
            try work.audit("solution.import", subject: solution.id.rawValue, detail: kit.content.hash)
            return created
        }
    }

    /// Keeps the contents of a kit's files, each once, where its sender has room for all that will bear them.
    private func keep(
        _ kit: KitReader,
        _ request: WebRequest,
        _ community: Community
    ) throws -> [String: FileVault.Kept] {
        guard kit.enclosures.count <= writing.documents.mostFiles else {
            throw WireError.invalid("body.associatedMedia", "too_many")
        }
        let files = kit.enclosures.map(\.file) + kit.experiments.flatMap(\.files)
        let bytes = files.reduce(0) { $0 + Int64($1.bytes.count) }
        // What was brought already gets its first answer, whatever else has been uploaded since.
        let isKnown = try community.hasAnswered(request.nonce, to: request.actor)
        try community.read(as: request.actor, address: request.address) {
            if isKnown { return }
            try vault.requireRoom(files: Int64(files.count), bytes: bytes, for: $0.actor, $0.sql)
        }
        var kept: [String: FileVault.Kept] = [:]
        for file in files where kept[file.path] == nil { kept[file.path] = try vault.keep(file.bytes) }
        return kept
    }

    /// The city that the caller names, or else the one that the kit does.
    private func city(of kit: KitReader, _ target: KitTarget, _ sql: any SQLReader) throws -> OrganisationID {
        if let city = target.city { return city }
        let cities = try PeopleStore.metropolitanCities(sql)
        let known =
            cities.first { kit.cityISTAT != nil && $0.istat == kit.cityISTAT }
            ?? cities.first { $0.slug == kit.citySlug }
        guard let known else { throw WireError.invalid("query.city", "missing") }
        return known.id
    }

    private func add(
        _ told: KitReader.Experiment,
        _ files: [(name: String, kept: FileVault.Kept)],
        of solution: SolutionRecord,
        _ work: UnitOfWork
    ) throws {
        var command = CreateExperiment()
        command.network = solution.network
        command.city = solution.city
        command.area = solution.area
        command.title = told.title
        command.solution = solution.id
        command.text = told.text
        command.from = told.first
        command.to = told.last
        var experiment = ExperimentRecord(command, work)
        try ExperimentStore.insert(experiment, work.sql)
        try ExperimentViews.tell(ExperimentCreated.init, experiment, since: nil, work)
        let before = try ExperimentViews.told(experiment, work.sql)
        experiment.state = told.state
        experiment.outcome = told.outcome
        experiment.note = told.note
        experiment.started = told.started
        experiment.concluded = told.concluded
        try ExperimentStore.save(&experiment, work.sql)
        for file in files {
            try vault.add(file.kept, named: file.name, toEntity: experiment.id.rawValue, work)
        }
        // It came to its end elsewhere: nobody is told that it does now.
        try ExperimentViews.tell(ExperimentChanged.init, experiment, since: before, work)
    }
}
