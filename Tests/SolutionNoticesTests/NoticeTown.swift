import CommunityKernel
import Journal
import Mail
import ServerApp
import TestKit
import Testing
import WireProtocol

/// A network in which Bologna writes solutions, Genova reviews them and Messina takes them over, on Tuesday 24 November
/// 2026 at 10:00 in Rome, with nothing mailed yet.
final class NoticeTown {
    let c: TestCommunity
    let network: Int64
    let (bologna, genova, messina): (Int64, Int64, Int64)
    /// Runs the network.
    let giulia: Member
    /// Writes, for Bologna.
    let anna: Member
    /// Writes with her.
    let bruno: Member
    /// Of Bologna too, but has no part in anything.
    let dario: Member
    /// Review, for Genova.
    let (luca, carla): (Member, Member)
    /// Takes over, for Messina.
    let marta: Member
    /// Of Genova, but no member of the network.
    let elena: Member
    private var mark: Int64 = 0

    static let parts = [
        "summary", "context", "organisation", "acts", "technology", "training", "communication", "costs", "indicators",
        "risks", "contacts",
    ]

    var everybody: [Member] { [giulia, anna, bruno, dario, luca, carla, marta, elena] }

    init(
        _ backend: StorageBackend,
        _ server: MailServer? = nil,
        configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        c = try TestCommunity(backend) { configuration in
            configuration.publicUrl = "https://rete.example.it"
            if let server {
                configuration.mail.server = "localhost"
                configuration.mail.port = Int64(server.port)
                configuration.mail.tls = "off"
                configuration.mail.from = "rete@example.it"
                configuration.mail.perMinute = 60_000
                configuration.mail.timeout = 5
            }
            configure(&configuration)
        }
        network = try c.network("rete")
        (bologna, genova, messina) = (try c.city("Bologna"), try c.city("Genova"), try c.city("Messina"))
        giulia = try c.person("Giulia")
        (anna, bruno) = (try c.person("Anna", city: bologna), try c.person("Bruno", city: bologna))
        dario = try c.person("Dario", city: bologna)
        (luca, carla) = (try c.person("Luca", city: genova), try c.person("Carla", city: genova))
        (marta, elena) = (try c.person("Marta", city: messina), try c.person("Elena", city: genova))
        try c.join([giulia, anna, bruno, dario, luca, carla, marta], network: network)
        try c.ok(
            "network.appoint",
            ["network": .int(network), "person": .int(giulia.id.rawValue), "role": "facilitator"]
        )
        try at("2026-11-24T10:00")
        for mail in try waiting() { try c.ok("mail.discard", ["mail": mail["id"] ?? .null]) }
    }

    /// Moves the clock to a moment in Rome and lets the server do what is due then.
    func at(_ local: String) throws {
        c.clock.set(try LocalTime(local: local, zone: "Europe/Rome").resolved())
        try c.settle()
    }

    // MARK: Documents

    /// A document that Anna began and Bruno wrote in.
    func document(_ title: String = "Linee guida") throws -> Int64 {
        let document = try c.id(
            c.ok(
                "document.create",
                ["network": .int(network), "title": .string(title), "text": "Uno due tre"],
                as: anna
            )
        )
        try c.ok(
            "document.save",
            ["document": .int(document), "text": "Uno due tre quattro", "base": 1],
            as: bruno
        )
        return document
    }

    func comment(_ document: Int64, _ text: String, as member: Member) throws -> Int64 {
        let revision = try c.ok("document.read", ["document": .int(document)], as: member)["revision"] ?? .null
        return try c.id(
            c.ok(
                "document.comment",
                ["document": .int(document), "revision": revision, "from": 0, "to": 3, "text": .string(text)],
                as: member
            )
        )
    }

    func reply(_ comment: Int64, _ text: String, as member: Member) throws -> Int64 {
        try c.id(c.ok("document.reply", ["comment": .int(comment), "text": .string(text)], as: member))
    }

    func mention(_ member: Member) -> String { "@[\(member.name)](\(member.id))" }

    // MARK: Solutions

    func revision(_ solution: Int64) throws -> JSON {
        try c.ok("solution.get", ["solution": .int(solution)], as: anna)["revision"] ?? .null
    }

    /// The body of a step: the solution on its newest revision.
    func step(_ solution: Int64) throws -> KeyValuePairs<String, JSON> {
        ["solution": .int(solution), "revision": try revision(solution)]
    }

    func write(_ solution: Int64, _ part: String, as member: Member) throws {
        try c.ok(
            "solution.write",
            [
                "solution": .int(solution), "part": .string(part), "text": "Testo",
                "revision": revision(solution),
            ],
            as: member
        )
    }

    /// A draft of Anna's in which Bruno wrote too, with all that a kit needs.
    func draft(_ title: String = "Sportello unico") throws -> Int64 {
        let solution = try c.id(
            c.ok(
                "solution.create",
                ["network": .int(network), "title": .string(title), "city": .int(bologna), "area": "edilizia"],
                as: anna
            )
        )
        for part in Self.parts { try write(solution, part, as: part == "risks" ? bruno : anna) }
        try c.ok(
            "solution.license",
            ["solution": .int(solution), "licence": "CC-BY-4.0", "revision": revision(solution)],
            as: anna
        )
        return solution
    }

    func experiment(_ solution: Int64) throws -> Int64 {
        try c.id(
            c.ok(
                "experiment.create",
                [
                    "network": .int(network), "city": .int(bologna), "area": "edilizia", "title": "Prova a Bologna",
                    "solution": .int(solution),
                ],
                as: anna
            )
        )
    }

    func conclude(_ solution: Int64, as member: Member? = nil) throws {
        let experiment = JSON.int(try experiment(solution))
        try c.ok("experiment.advance", ["experiment": experiment, "to": "started"], as: anna)
        try c.ok(
            "experiment.advance",
            ["experiment": experiment, "to": "concluded", "outcome": "success"],
            as: member ?? anna
        )
    }

    func submit(_ solution: Int64, _ reviewers: Member...) throws {
        guard !reviewers.isEmpty else {
            _ = try c.ok("solution.submit", step(solution), as: anna)
            return
        }
        try c.ok(
            "solution.submit",
            [
                "solution": .int(solution), "revision": revision(solution),
                "reviewers": .array(reviewers.map { .int($0.id.rawValue) }),
            ],
            as: anna
        )
    }

    /// A published solution, told and forgotten.
    func published(_ title: String = "Sportello unico") throws -> Int64 {
        let solution = try draft(title)
        try conclude(solution)
        try submit(solution, luca)
        try c.ok("solution.approve", step(solution), as: luca)
        try c.ok("solution.publish", step(solution), as: anna)
        _ = try told()
        return solution
    }

    func adopt(_ solution: Int64, as member: Member? = nil) throws -> Int64 {
        try c.id(
            c.ok(
                "adoption.request",
                ["solution": .int(solution), "version": 1, "city": .int(messina)],
                as: member ?? marta
            )
        )
    }

    func advance(_ adoption: Int64, to state: String, as member: Member) throws {
        try c.ok("adoption.advance", ["adoption": .int(adoption), "to": .string(state)], as: member)
    }

    // MARK: What people are told

    func list(_ member: Member) throws -> [JSON] {
        try c.ok("notification.list", as: member)["notifications"]?.array ?? []
    }

    func unread(_ member: Member) throws -> Int64? {
        try c.settle()
        return try c.ok("notification.list", as: member)["unread"]?.int
    }

    /// Who was told what since this was asked last: `Name kind told`, by name; who is not in it was told nothing.
    func told() throws -> [String] {
        try c.settle()
        var told: [String] = []
        for member in everybody {
            for one in try list(member) where (one["id"]?.int ?? 0) > mark {
                let kind = one["kind"]?.string ?? ""
                let what = one["told"]?.string ?? ""
                told.append(kind == what ? "\(member.name) \(kind)" : "\(member.name) \(kind) \(what)")
            }
        }
        mark = c.head
        return told.sorted()
    }

    /// The mails that wait.
    func waiting() throws -> [JSON] { try c.ok("mail.list", ["state": "waiting", "limit": 100])["mails"]?.array ?? [] }

    /// Sends what is due and reads so many mails back.
    func sent(_ count: Int, by server: MailServer) throws -> [ReceivedMail] {
        guard let sender = c.community.registry.services.lazy.compactMap({ $0 as? MailSender }).first else {
            throw UnexpectedOutcome("nobody sends mail")
        }
        let before = try c.rows(of: "mail WHERE state = 'sent'")
        _ = try sender.sendDue(in: c.community)
        let went = try c.rows(of: "mail WHERE state = 'sent'") - before
        // What never went would be waited for in vain.
        guard went == count, try waiting().isEmpty else { throw UnexpectedOutcome("\(went) mails went, not \(count)") }
        return try (0..<count).map { _ in try server.next() }
    }

    func choose(_ group: String, _ way: String, _ member: Member) throws {
        try c.ok("notification.set", ["solutions": .members([group: .string(way)])], as: member)
    }
}
