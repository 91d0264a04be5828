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

    func take(
        _ kit: KitReader,
        digest: String,
        _ target: KitTarget,
        _ request: WebRequest,
        _ community: Community
    ) throws -> (reply: [UInt8], isRepeated: Bool) {
        // The contents are durable before the transaction that names them; those of one that fails are swept away.
        let files = try kit.experiments.map { experiment in
            try experiment.files.map { (name: $0.name, kept: try vault.keep($0.bytes)) }
        }
        let enclosures = try kit.enclosures.map { (id: $0.id, name: $0.name, kept: try vault.keep($0.bytes)) }
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
                KitLinks.moved(text) { here[$0].map { "/files/\($0)" } ?? "\(kit.address)/files/\($0)" }
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
            try work.sql.execute(
                "UPDATE solution SET origin = \(String(decoding: kit.origin.text, as: UTF8.self)) WHERE id = \(solution.id)"
            )
            try writing.telling.tell(SolutionLicensed.init, solution, since: before, work)
            for (experiment, files) in zip(kit.experiments, files) {
                try add(experiment, files, of: solution, work)
            }
            try work.audit("solution.import", subject: solution.id.rawValue, detail: kit.content.hash)
            return created
        }
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
