import CommunityKernel
import Foundation
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Registrations as a table", .serialized)
struct RegistrationTableTests {
    /// An event of a kind whose form has every kind of question that matters to a table.
    private struct Scene {
        let town: EventTown
        let event: Int64
        let people: [Member]

        init(_ backend: StorageBackend, _ count: Int = 4, _ fields: [String: JSON] = [:]) throws {
            town = try EventTown(backend, type: "European")
            let usual: [String: JSON] = ["kind": "study_visit", "capacity": 2]
            event = try town.event(usual.merging(fields) { $1 })
            let city = try town.c.city()
            var people: [Member] = []
            for number in 0..<count {
                let person = try town.c.person(number == 0 ? "=SOMMA(A1;B2)" : "P\(number)", city: city)
                try town.c.ok("network.add", ["network": .int(town.network), "person": .int(person.id.rawValue)])
                people.append(person)
            }
            self.people = people
        }

        func register(_ index: Int, _ needs: String) throws -> Int64 {
            let answers = JSON.members(["travel": "coach", "needs": .string(needs), "hostConsent": .bool(true)])
            let body: KeyValuePairs<String, JSON> = ["event": .int(event), "answers": answers]
            return try town.c.id(town.c.ok("registration.register", body, as: people[index]))
        }

        func table(_ language: String = "it", as member: Member? = nil) throws -> String {
            let response = try town.c.get(
                "/events/{id}/registrations.csv",
                ["id": String(event)],
                query: ["language": [language]],
                as: member ?? town.facilitator
            )
            guard case .bytes(let bytes) = response.body else { throw UnexpectedOutcome("no bytes") }
            #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
            return String(decoding: bytes.dropFirst(3), as: UTF8.self)
        }

        func read(_ csv: String, apply: Bool = false) throws -> JSON {
            let body: KeyValuePairs<String, JSON> = [
                "event": .int(event), "csv": .string(csv), "apply": .bool(apply),
            ]
            return try town.c.ok("registration.import", body, as: town.facilitator)
        }
    }

    private static func problems(_ row: JSON) -> [String] {
        row["problems"]?.array?.map { "\($0["path"]?.string ?? "") \($0["problem"]?.string ?? "")" } ?? []
    }

    /// Texts that spreadsheets, quotes and folding have got wrong before.
    private static let hard = [
        "=HYPERLINK(\"http://x\";\"sì\")", "'=1+1", "''-2", "@nome", "-5", "+39 06",
        "due\r\nrighe; e \"virgolette\", qui",
        " spazi ", "e\u{301} non è é", "\ttab", "sì", "1", "😀 | non ha",
    ]

    @Test("what is written is read again without any change, in both languages", arguments: StorageBackend.available)
    func roundTrip(backend: StorageBackend) throws {
        let scene = try Scene(backend, Self.hard.count, ["approval": .bool(false)])
        var ids: [Int64] = []
        for (index, text) in Self.hard.enumerated() { ids.append(try scene.register(index, text)) }
        let town = scene.town
        try town.act("cancel", ids[0], as: scene.people[0])
        try town.act("checkIn", ids[1], as: town.facilitator)
        let before = try town.list(scene.event)
        for language in ["it", "en"] {
            let csv = try scene.table(language)
            #expect(csv.contains(language == "it" ? "In lista d’attesa" : "On the waiting list"))
            // Nothing that a spreadsheet would run, whatever people write.
            let cells = csv.split(separator: "\r\n").flatMap { $0.split(separator: ",") }
            #expect(cells.allSatisfy { !"=+-@".contains($0.first ?? " ") && !$0.hasPrefix("\"=") })
            for apply in [false, true] {
                let head = town.c.head
                let done = try scene.read(csv, apply: apply)
                #expect(done["unchanged"]?.int == Int64(Self.hard.count))
                #expect(done["create"]?.int == 0 && done["change"]?.int == 0 && done["invalid"]?.int == 0)
                #expect(town.c.head == head)
            }
        }
        #expect(try town.list(scene.event) == before)
        let rows = try scene.table().split(separator: "\r\n").count
        #expect(rows >= Self.hard.count + 1)
        #expect(throws: (any Error).self) { _ = try scene.table(as: scene.people[0]) }
    }

    @Test("states are called in a table as they are on the desk")
    func words() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Sources/WebClient/Assets/registrations/i18n")
        for language in ["it", "en"] {
            let scene = try Scene(.sqlite)
            let texts = try JSONParser.parse(
                [UInt8](Data(contentsOf: folder.appendingPathComponent("\(language).json"))),
                limits: .answers
            )
            for state in RegistrationState.allCases {
                let key = state.rawValue.split(separator: "_").enumerated()
                    .map { $0 == 0 ? String($1) : $1.capitalized }.joined()
                let word = try #require(texts["registrations.state.\(key)"]?.string)
                let row = try scene.read("stato,nome\n\(word),P1")["rows"]?.array?.first ?? .null
                #expect(!Self.problems(row).contains("state unknown"), "\(word)")
            }
            _ = try scene.register(0, "x")
            #expect(try scene.table(language).contains(texts["registrations.state.confirmed"]?.string ?? "-"))
        }
    }

    @Test(
        "a trial says what would be and changes nothing; then it is so, row by row",
        arguments: StorageBackend.available
    )
    func applied(backend: StorageBackend) throws {
        let scene = try Scene(backend, 6, ["approval": .bool(true)])
        let (town, c) = (scene.town, scene.town.c)
        let ids = try (0..<4).map { try scene.register($0, "n\($0)") }
        let csv = """
            N. iscrizione;Stato;Motivo;answers.needs;Nome
            \(ids[0]);posto confermato;;Rampa;
            \(ids[1]);confirmed;;;
            \(ids[2]);Posto confermato;;;
            \(ids[3]);Non approvata;È riservata;;
            ;;;;p5
            ;Invito;;;P4
            """
        let head = c.head
        let tried = try scene.read(csv)
        #expect(c.head == head && tried["applied"]?.bool == false)
        // The third finds no seat: a trial tells so because it was tried out.
        let rows = tried["rows"]?.array ?? []
        #expect(
            rows.map { $0["state"]?.string } == ["confirmed", "confirmed", "waitlisted", "rejected", nil, "invited"]
        )
        #expect(rows[0]["former"]?.string == "requested" && rows[0]["answers"]?.array?.first?.string == "needs")
        #expect(rows[4]["action"]?.string == "invalid")
        #expect(Self.problems(rows[4]) == ["answers.hostConsent missing"])
        #expect(try town.states(scene.event).values.allSatisfy { $0 == "requested" })

        let done = try scene.read(csv, apply: true)
        #expect(done["rows"]?.array?.map { $0["state"]?.string } == rows.map { $0["state"]?.string })
        #expect(done["change"]?.int == 4 && done["create"]?.int == 1 && done["invalid"]?.int == 1)
        let list = try town.list(scene.event)
        let first = list.first { $0["id"]?.int == ids[0] }
        #expect(first?["answers"]?["needs"]?.string == "Rampa" && first?["answers"]?["travel"]?.string == "coach")
        #expect(list.first { $0["id"]?.int == ids[3] }?["reason"]?.string == "È riservata")
        #expect(try town.states(scene.event)[scene.people[4].id.rawValue] == "invited")
        // Done is done: the same table changes nothing more, but the row that was refused.
        let again = try scene.read(csv, apply: true)
        #expect(again["change"]?.int == 0 && again["create"]?.int == 0)
    }

    @Test("each row says by a code what is wrong with it, and none of it is done", arguments: StorageBackend.available)
    func refusals(backend: StorageBackend) throws {
        let scene = try Scene(backend, 3)
        let (town, c) = (scene.town, scene.town.c)
        let id = try scene.register(0, "n")
        _ = try scene.register(1, "n")
        let stranger = try c.person("P2", city: c.city("Torino"))
        let csv = """
            registration,person,name,state,reason,answers.travel,answers.needs,answers.hostConsent
            999999,,,,,,,
            \(id),,P1,,,,,
            \(id),\(stranger.id.rawValue),,,,,,
            \(id),,,boh,,,,
            \(id),,,presente,,razzo,,
            \(id),,,,perché no,,,
            \(id),,,partial,,,,
            \(id),,,,,,,no
            ,\(stranger.id.rawValue),,,,,,sì
            ,,Nessuno,,,,,sì
            ,,P1,,,,,sì
            ,,,confirmed,,,,sì
            ,,P2,presente,,,,sì
            """
        // One by one: of a registration only the first row counts.
        let lines = csv.split(separator: "\n").map(String.init)
        let found = try lines.dropFirst().map { line in
            Self.problems(try scene.read("\(lines[0])\n\(line)")["rows"]?.array?.first ?? .null)
        }
        let twice = try scene.read("\(lines[0])\n\(id),,,,,,,\n\(id),,,,,,,")["rows"]?.array ?? []
        #expect(twice.map(Self.problems) == [[], ["registration duplicate"]])
        #expect(
            found == [
                ["registration unknown"], ["name contradicts"], ["person contradicts"], ["state unknown"],
                ["answers.travel not_allowed"], ["reason not_changeable"], ["state not_allowed"],
                ["answers.hostConsent not_accepted"], ["person not_a_member"], ["name not_a_member"],
                ["person already_registered"], ["name missing"], ["state not_allowed"],
            ]
        )
        let before = try town.list(scene.event)
        _ = try scene.read(csv, apply: true)
        #expect(try town.list(scene.event) == before)

        func refused(_ csv: String, as member: Member) throws -> WireError {
            let body: KeyValuePairs<String, JSON> = ["event": .int(scene.event), "csv": .string(csv)]
            return try c.refusal("registration.import", body, as: member)
        }
        #expect(try refused("nome,altro\r\nx,y", as: town.facilitator).fields?.first?.problem == "unknown_column")
        #expect(try refused("nome\r\n\"x", as: town.facilitator).fields?.first?.problem == "open_quote")
        let many = "nome\r\n" + String(repeating: "x\r\n", count: 501)
        #expect(try refused(many, as: town.facilitator).fields?.first?.problem == "too_many")
        #expect(try refused("nome", as: scene.people[0]).code == .forbidden)
        #expect(try refused("nome", as: stranger).code == .notFound)
    }

    @Test(
        "what rows cause for others is no wish of theirs, and what changed since the table was written stays",
        arguments: StorageBackend.available
    )
    func since(backend: StorageBackend) throws {
        let scene = try Scene(backend, 4, ["capacity": 1])
        let town = scene.town
        let ids = try (0..<3).map { try scene.register($0, "n") }
        let csv = try scene.table().replacing("Posto confermato", with: "Rinuncia")
        let done = try scene.read(csv)
        #expect(done["rows"]?.array?.map { $0["action"]?.string } == ["change", "unchanged", "unchanged"])
        // Meanwhile the first gives the seat back by hand, and the second has it.
        town.c.clock.advance(seconds: 60)
        try town.act("cancel", ids[0], as: scene.people[0])
        let later = try scene.read(csv.replacing("In lista d’attesa", with: "Ritirata"), apply: true)
        let rows = later["rows"]?.array ?? []
        #expect(rows.map { $0["action"]?.string } == ["unchanged", "invalid", "change"])
        #expect(Self.problems(rows[1]) == ["changed stale"])
        #expect(try town.states(scene.event)[scene.people[1].id.rawValue] == "confirmed")
    }

    @Test("a row whose second half is refused leaves nothing of its first", arguments: StorageBackend.available)
    func whole(backend: StorageBackend) throws {
        let scene = try Scene(backend, 2)
        let id = try scene.register(0, "prima")
        try scene.town.act("checkIn", id, as: scene.town.facilitator)
        let head = scene.town.c.head
        let csv = "registration,state,answers.needs\r\n\(id),cancelled,dopo\r\n"
        let done = try scene.read(csv, apply: true)
        #expect(Self.problems(done["rows"]?.array?.first ?? .null) == ["state not_allowed"])
        #expect(try scene.town.list(scene.event).first?["answers"]?["needs"]?.string == "prima")
        #expect(scene.town.c.head == head)
        // What comes after it is numbered as if it had not been.
        let next = try scene.register(1, "x")
        #expect(next == head + 1)
    }
}
