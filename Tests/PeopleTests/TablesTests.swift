import CommunityKernel
import Journal
import ServerApp
import TestKit
import Testing
import WireProtocol

/// Two cities, and an administrator of the platform.
private struct Scene {
    let c: TestCommunity
    let cities: [Int64]
    let chief: Member

    init(_ backend: StorageBackend, configure: (inout Configuration) -> Void = { _ in }) throws {
        c = try TestCommunity(backend, configure: configure)
        cities = [try c.city("Bologna"), try c.city("Torino")]
        chief = try c.person("Capo", city: cities[1])
        try c.ok("person.assignRoles", ["person": .int(chief.id.rawValue), "roles": .array(["admin"])])
    }

    static let header = "name,email,language,organisation,role,title,from,to\r\n"

    func importing(_ rows: String, _ name: String = "person.import", apply: Bool = false) throws -> JSON {
        try c.ok(name, ["csv": .string(rows), "apply": .bool(apply)], as: chief)
    }

    func refused(_ rows: String, _ name: String = "person.import", apply: Bool = false) throws -> WireError {
        try c.refusal(name, ["csv": .string(rows), "apply": .bool(apply)], as: chief)
    }

    func actions(_ answer: JSON) -> [String] {
        (answer["rows"]?.array ?? []).compactMap { $0["action"]?.string }
    }

    func counts(_ answer: JSON) -> [Int64] {
        ["create", "change", "unchanged", "invalid"].compactMap { answer[$0]?.int }
    }

    func table(_ name: String) throws -> String {
        guard case .bytes(let bytes) = try c.get("/api/v1/\(name).csv", as: chief).body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}

@Suite("Tables of people and organisations", .serialized)
struct TablesTests {
    @Test("an import is tried before it is applied, and applied it is known", arguments: StorageBackend.available)
    func applied(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let rows =
            Scene.header + "Anna Bianchi,anna@example.it,en,cm-1,mayor,Sindaca,2026-01-01,2031-05-31\r\n"
            + "\"Rossi, Marco\",marco@example.it,,,,,,\r\n"
            + "Anna Bianchi,ANNA@example.it,en,cm-2,guest,,,\r\n"
        let head = scene.c.head
        let tried = try scene.importing(rows)
        #expect(scene.actions(tried) == ["create", "create", "change"] && tried["applied"]?.bool == false)
        #expect(scene.counts(tried) == [2, 1, 0, 0] && scene.c.head == head)
        #expect((tried["rows"]?.array ?? []).compactMap { $0["line"]?.int } == [2, 3, 4])
        let done = try scene.importing(rows, apply: true)
        #expect(done["applied"]?.bool == true && done["rows"] == tried["rows"])
        let again = try scene.importing(rows)
        #expect(scene.counts(again) == [0, 0, 3, 0])
        let people = try scene.c.ok("person.list", ["text": "Anna"], as: scene.chief)["people"]?.array ?? []
        #expect(people.count == 1 && people[0]["title"]?.string == "Sindaca")
        #expect(people[0]["email"]?.string == "anna@example.it" && people[0]["state"]?.string == "active")
        #expect(try scene.c.ok("invitation.list", as: scene.chief)["invitations"]?.array?.isEmpty == false)
        let acts = try scene.c.ok("audit.list", ["act": "person.import"], as: scene.chief)["entries"]?.array ?? []
        #expect(acts.map { $0["detail"]?.string } == ["create 2, change 1, unchanged 0"])
    }

    @Test(
        "what differs is changed: the name, the language, a mandate's title and end",
        arguments: StorageBackend.available
    )
    func changed(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let row = "anna@example.it,it,cm-1,employee"
        _ = try scene.importing(Scene.header + "Anna,\(row),Tecnica,,\n", apply: true)
        let changed = Scene.header + "Anna Verdi,anna@example.it,en,cm-1,employee,Dirigente,2026-01-01,\n"
        #expect(scene.actions(try scene.importing(changed)) == ["change"])
        _ = try scene.importing(changed, apply: true)
        #expect(scene.actions(try scene.importing(changed)) == ["unchanged"])
        let table = try scene.table("people")
        #expect(table.contains("Anna Verdi,anna@example.it,en,cm-1,employee,Dirigente,2026-01-01,\r\n"))
        #expect(!table.contains("Tecnica"))
        // A second mandate of the same kind that the table names too is not replaced.
        let both = changed + "Anna Verdi,anna@example.it,en,cm-1,employee,Consulente,,\n"
        #expect(scene.actions(try scene.importing(both, apply: true)) == ["unchanged", "change"])
        #expect(scene.actions(try scene.importing(both)) == ["unchanged", "unchanged"])
        // What is left empty stays.
        let bare = "email;name\nanna@example.it;Anna Verdi\n"
        #expect(scene.actions(try scene.importing(bare)) == ["unchanged"])
    }

    @Test(
        "with a row that is invalid nothing is applied, and each problem is told",
        arguments: StorageBackend.available
    )
    func invalid(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let rows =
            Scene.header + "Buona,buona@example.it,it,,,,,\n" + ",senza-nome@example.it,,,,,,\n"
            + "Male,non-un-indirizzo,fr,altrove,employee,,,\n" + "Date,date@example.it,,cm-1,capo,,31/12/2026,\n"
            + "Fine,fine@example.it,,cm-1,guest,,2026-05-01,2026-04-01\n" + "Ruolo,ruolo@example.it,,,guest,,,\n"
            + "Altra,buona@example.it,it,,,,,\n" + "Corta,corta@example.it\n"
        let tried = try scene.importing(rows)
        #expect(scene.counts(tried) == [1, 0, 0, 7])
        let problems = (tried["rows"]?.array ?? []).map { row in
            (row["problems"]?.array ?? []).map { "\($0["path"]?.string ?? "") \($0["problem"]?.string ?? "")" }
        }
        #expect(
            problems == [
                [], ["name missing"], ["email not_an_email", "language not_allowed", "organisation unknown"],
                ["role not_allowed", "from not_a_time"], ["to out_of_range"], ["organisation missing"],
                ["name contradicts", "row duplicate"], ["row too_few"],
            ]
        )
        let head = scene.c.head
        let refusal = try scene.refused(rows, apply: true)
        #expect(refusal.code == .invalid && scene.c.head == head)
        #expect(refusal.fields?.contains(FieldProblem(path: "with.csv.3.name", problem: "missing")) == true)
        #expect(try scene.c.ok("person.list", ["text": "Buona"], as: scene.chief)["people"]?.array?.isEmpty == true)
    }

    @Test("what is no such table is refused as a whole", arguments: StorageBackend.available)
    func noTable(_ backend: StorageBackend) throws {
        let scene = try Scene(backend) { $0.csv.rows = 2 }
        let texts: [(String, String, String)] = [
            ("nome,email\n", "with.csv.1.nome", "unknown_column"), ("name\nAnna\n", "with.csv.1.email", "missing"),
            ("name,email,email\n", "with.csv.1.email", "duplicate"), ("\n", "with.csv", "empty"),
            ("name,email\n\"Anna,a@b.it\n", "with.csv.2", "open_quote"),
            ("name,email\na,a@b.it\nb,b@b.it\nc,c@b.it\n", "with.csv", "too_many"),
        ]
        for (text, path, problem) in texts {
            let refusal = try scene.refused(text)
            #expect(refusal.code == .invalid && refusal.fields == [FieldProblem(path: path, problem: problem)])
        }
        let long = String(repeating: "a", count: 1_048_577)
        #expect(try scene.refused(long).code == .tooLarge)
    }

    @Test("administrators alone import, export, and see addresses and states", arguments: StorageBackend.available)
    func access(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.c
        let anna = try c.person("Anna", city: scene.cities[0])
        let network = try c.network()
        try c.join([anna, scene.chief], network: network)
        for name in ["person.import", "organisation.import"] {
            #expect(try c.refusal(name, ["csv": "name,email\n"], as: anna).code == .forbidden)
        }
        for name in ["people", "organisations"] {
            #expect(throws: WireError.self) { try c.get("/api/v1/\(name).csv", as: anna) }
            let answer = try c.get("/api/v1/\(name).csv", as: scene.chief)
            let headers = Dictionary(answer.headers, uniquingKeysWith: { first, _ in first })
            #expect(headers["Content-Type"] == "text/csv; header=present")
            #expect(headers["Content-Disposition"] == "attachment; filename=\"\(name).csv\"")
        }
        let seen = try c.ok("person.list", as: anna)["people"]?.array ?? []
        #expect(seen.count == 2 && seen.allSatisfy { $0["email"] == nil && $0["state"] == nil })
        let members = try c.ok("network.members", ["network": .int(network)], as: anna)["members"]?.array ?? []
        #expect(members.count == 2 && members.allSatisfy { $0["email"] == nil && $0["state"] == nil })
        #expect(try c.refusal("person.list", ["state": "active"], as: anna).code == .forbidden)
        #expect(try c.refusal("person.list", ["role": "admin"], as: anna).code == .forbidden)
        try c.ok("person.suspend", ["person": .int(anna.id.rawValue)])
        let suspended = try c.ok("person.list", ["state": "suspended"], as: scene.chief)["people"]?.array ?? []
        #expect(suspended.map { $0["name"]?.string } == ["Anna"] && suspended[0]["state"]?.string == "suspended")
        let chiefs = try c.ok("person.list", ["role": "admin"], as: scene.chief)["people"]?.array ?? []
        #expect(chiefs.map { $0["name"]?.string } == ["Capo"])
    }

    @Test(
        "what is exported is imported unchanged, and no cell begins like a formula",
        arguments: StorageBackend.available
    )
    func roundTrip(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let rows =
            Scene.header + "\"'=HYPERLINK(\"\"x\"\")\",formula@example.it,en,cm-1,guest,\"'+39, interno\",2026-01-01,\n"
            + "\"'-D'Angelo; Èva\",eva@example.it,it,,,,,\n"
            + "Doppia,doppia@example.it,it,cm-1,employee,,,\nDoppia,doppia@example.it,it,cm-2,administrator,,,2099-12-31\n"
        #expect(scene.counts(try scene.importing(rows, apply: true)) == [3, 1, 0, 0])
        let people = try scene.table("people")
        #expect(people.hasPrefix(Scene.header))
        let again = try scene.importing(people)
        #expect(scene.counts(again) == [0, 0, 5, 0])
        #expect(people.contains("'=HYPERLINK") && !people.contains("\n=") && !people.contains(",\"+39"))
        let places =
            "slug;kind;name;istat;region;parent;lat;lon\nvega;comune;Vega;;Lombardia;nuova;45,5;-9,1\n"
            + "nuova;citta_metropolitana;Nuova;099;Lombardia;;45.5;9.25\n"
        #expect(scene.counts(try scene.importing(places, "organisation.import", apply: true)) == [2, 0, 0, 0])
        let organisations = try scene.table("organisations")
        #expect(organisations.contains("vega,comune,Vega,,Lombardia,nuova,45.5,'-9.1\r\n"))
        #expect(scene.counts(try scene.importing(organisations, "organisation.import")) == [0, 0, 4, 0])
    }

    @Test("organisations are made, changed and refused by their rows", arguments: StorageBackend.available)
    func organisations(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.c
        let name = "organisation.import"
        let header = "slug,kind,name,parent,lat\n"
        let rows = header + "cm-1,,Bologna la grande,,44.5\nimola,comune,Imola,cm-1,\n"
        #expect(scene.actions(try scene.importing(rows, name)) == ["change", "create"])
        _ = try scene.importing(rows, name, apply: true)
        #expect(scene.actions(try scene.importing(rows, name)) == ["unchanged", "unchanged"])
        let known = try c.ok("organisation.list")["organisations"]?.array ?? []
        #expect(known.first { $0["slug"]?.string == "cm-1" }?["lat"]?.double == 44.5)
        #expect(known.first { $0["slug"]?.string == "imola" }?["parent"]?.int == scene.cities[0])
        let bad =
            header + "X,comune,Maiuscola,,\nnuovo,,Senza tipo,,\nposto,comune,Posto,imola,\naltro,comune,A,nessuno,\n"
            + "fuori,comune,F,,99\nvuoto,comune,V,,nord\nimola,comune,Imola,,\nimola,comune,Imola,,\n"
        let tried = try scene.importing(bad, name)
        let problems = (tried["rows"]?.array ?? []).map { row in
            (row["problems"]?.array ?? []).map { "\($0["path"]?.string ?? "") \($0["problem"]?.string ?? "")" }
        }
        #expect(
            problems == [
                ["slug not_allowed"], ["kind missing"], ["parent not_allowed"], ["parent unknown"],
                ["lat out_of_range"], ["lat wrong_type"], [], ["slug duplicate"],
            ]
        )
        #expect(try scene.refused(bad, name, apply: true).code == .invalid)
    }

    @Test("an import is done once, and remembered without anybody's name", arguments: StorageBackend.available)
    func nonce(_ backend: StorageBackend) throws {
        let scene = try Scene(backend)
        let c = scene.c
        let body: KeyValuePairs<String, JSON> = [
            "csv": .string(Scene.header + "Parolasegreta,anna@example.it,,,,,,\n"), "apply": .bool(true),
        ]
        try c.ok("person.import", body, as: scene.chief, nonce: "una")
        let again = try c.ok("person.import", body, as: scene.chief, nonce: "una")
        #expect(again["create"]?.int == 1 && again["applied"]?.bool == true && again["rows"]?.array?.isEmpty == true)
        let kept = try c.community.read { context in
            try context.sql.all("SELECT reply FROM receipt") { String(decoding: $0.bytes(0), as: UTF8.self) }
        }
        #expect(!kept.contains { $0.contains("Parolasegreta") || $0.contains("anna@") })
    }
}
