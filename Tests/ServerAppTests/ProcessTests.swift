import Foundation
import SocketTransport
import TestKit
import Testing
import WireProtocol

/// A server process with a network, its people and a bot, set up over HTTP like by anyone.
private struct Town {
    let folder: TemporaryFolder
    var server: ServerProcess
    let network: Int64
    let channel: Int64
    let anna: String
    let marco: String
    let bot: String

    init() async throws {
        folder = try TemporaryFolder()
        server = try ServerProcess(folder: folder)
        let url = server.url
        let admin = try await Self.signIn(url, ServerProcess.administrator.0, ServerProcess.administrator.1)
        let city = try await Self.id(
            url,
            "organisation.create",
            ["kind": "citta_metropolitana", "slug": "cm", "name": "Bologna"],
            admin
        )
        network = try await Self.id(
            url,
            "network.create",
            ["type": "NationalThematic", "slug": "semplificazione", "name": .members(["it": "S", "en": "S"])],
            admin
        )
        var tokens: [String] = []
        for name in ["Anna", "Marco"] {
            let mandate = JSON.members(["organisation": .int(city), "role": "employee"])
            _ = try await Self.id(
                url,
                "person.create",
                [
                    "name": .string(name), "email": .string("\(name)@example.it"), "password": "password-di-prova",
                    "mandates": .array([mandate]),
                ],
                admin
            )
            tokens.append(try await Self.signIn(url, "\(name)@example.it", "password-di-prova"))
        }
        (anna, marco) = (tokens[0], tokens[1])
        let list = try await HTTPClient.request(
            "GET",
            "\(url)/api/v1/channel.list?network=\(network)",
            headers: [("Authorization", "Bearer \(admin)")]
        )
        let channels = try JSONParser.parse(list.body)["channels"]?.array ?? []
        channel = try #require(channels.first { $0["slug"]?.string == "generale" }?["id"]?.int)
        let announcements = try #require(channels.first { $0["slug"]?.string == "annunci" }?["id"]?.int)
        for token in tokens {
            _ = try await Self.ask(url, "network.join", ["network": .int(network)], token)
            for one in [channel, announcements] {
                _ = try await Self.ask(url, "channel.join", ["channel": .int(one)], token)
            }
        }
        let made = try await Self.ask(
            url,
            "bot.create",
            [
                "owner": .members(["network": .int(network)]), "name": "Avvisi",
                "scopes": .array([.string("announce:network/\(network)")]),
            ],
            admin
        )
        bot = try #require(made["token"]?.string)
    }

    static func ask(
        _ url: String,
        _ name: String,
        _ body: KeyValuePairs<String, JSON>,
        _ token: String?
    ) async throws
        -> JSON
    {
        var headers = [("Content-Type", "application/json")]
        if let token { headers.append(("Authorization", "Bearer \(token)")) }
        let reply = try await HTTPClient.request(
            "POST",
            "\(url)/api/v1/\(name)",
            headers: headers,
            body: JSON.members(body).text
        )
        let answer = try JSONParser.parse(reply.body)
        guard reply.status == 200 else { throw UnexpectedOutcome("\(name): \(answer)") }
        return answer
    }

    static func id(
        _ url: String,
        _ name: String,
        _ body: KeyValuePairs<String, JSON>,
        _ token: String
    ) async throws
        -> Int64
    {
        try #require(try await ask(url, name, body, token)["id"]?.int)
    }

    static func signIn(_ url: String, _ login: String, _ password: String) async throws -> String {
        let opened = try await ask(
            url,
            "session.open",
            ["login": .string(login), "password": .string(password)],
            nil
        )
        return try #require(opened["token"]?.string)
    }
}

@Suite("Programs", .serialized)
struct ProcessTests {
    @Test("SIGKILL during load: every acknowledged message is there once, in order, for one who was away")
    func crash() async throws {
        var town = try await Town()
        let away = try await WireClient.live(town.server.url, token: town.marco)
        let seen = await away.seen
        let epoch = try #require(seen.first?["welcome"]?["epoch"]?.string)
        let cursor = Cursor(epoch: epoch, seq: try #require(seen.last?["live"]?.int))
        await away.close()
        let writer = try await WireClient.live(town.server.url, token: town.anna)
        var acknowledged: [Int64] = []
        // Thirty under way at any time, so that the kill comes in the middle of commits.
        var number = 0
        while number < 30 {
            number += 1
            try await writer.send(post(town.channel, number))
        }
        while acknowledged.count < 40 {
            if let id = try await writer.next("ok")["id"]?.int { acknowledged.append(id) }
            number += 1
            try await writer.send(post(town.channel, number))
        }
        town.server.end(with: SIGKILL)
        while let object = try await writer.receive() {
            if let id = object["ok"]?["id"]?.int { acknowledged.append(id) }
        }
        #expect(acknowledged.count >= 40)
        town.server = try ServerProcess(folder: town.folder)
        let back = try await WireClient(town.server.url)
        try await back.hello(token: town.marco, cursor: cursor)
        _ = try await back.next("live")
        let got = await back.seen.compactMap { $0["update"] }.filter { $0["type"]?.string == "message.posted" }
            .compactMap { $0["data"]?["id"]?.int }
        #expect(got == got.sorted())
        #expect(Set(got).count == got.count)
        #expect(Set(acknowledged).isSubset(of: got))
        #expect(town.server.end(with: SIGTERM) == 0)
    }

    @Test("SIGKILL during load: every message is notified once")
    func notifiedOnce() async throws {
        var town = try await Town()
        let tuning: KeyValuePairs<String, JSON> = ["channel": .int(town.channel), "notify": "all"]
        _ = try await Town.ask(town.server.url, "channel.tune", tuning, town.marco)
        let away = try await WireClient.live(town.server.url, token: town.marco)
        let seen = await away.seen
        let epoch = try #require(seen.first?["welcome"]?["epoch"]?.string)
        let cursor = Cursor(epoch: epoch, seq: try #require(seen.last?["live"]?.int))
        await away.close()
        let writer = try await WireClient.live(town.server.url, token: town.anna)
        var acknowledged: [Int64] = []
        var number = 0
        while number < 30 {
            number += 1
            try await writer.send(post(town.channel, number))
        }
        // Long enough for the follower to be at work.
        while acknowledged.count < 600 {
            if let id = try await writer.next("ok")["id"]?.int { acknowledged.append(id) }
            number += 1
            try await writer.send(post(town.channel, number))
        }
        town.server.end(with: SIGKILL)
        while let object = try await writer.receive() {
            if let id = object["ok"]?["id"]?.int { acknowledged.append(id) }
        }
        town.server = try ServerProcess(folder: town.folder)
        let body: KeyValuePairs<String, JSON> = ["channel": .int(town.channel), "text": "ultimo"]
        let last = try await Town.id(town.server.url, "message.post", body, town.anna)
        let back = try await WireClient(town.server.url)
        try await back.hello(token: town.marco, cursor: cursor)
        var notified: [Int64] = []
        while notified.last != last {
            let update = try await back.next("update")
            if update["type"]?.string == "notification.added", let message = update["data"]?["message"]?.int {
                notified.append(message)
            }
        }
        #expect(notified == notified.sorted() && Set(notified).count == notified.count)
        #expect(Set(acknowledged).isSubset(of: notified))
        #expect(town.server.end(with: SIGTERM) == 0)
    }

    private func post(_ channel: Int64, _ number: Int) -> String {
        "{\"id\":\(number),\"do\":\"message.post\",\"with\":{\"channel\":\(channel),\"text\":\"n\(number)\"},\"nonce\":\"n\(number)\"}"
    }

    @Test("the bot announces once per key and ends with the exit codes of the protocol")
    func bot() async throws {
        let town = try await Town()
        let reader = try await WireClient.live(town.server.url, token: town.marco)
        let environment = ["METROPOLI_URL": town.server.url, "METROPOLI_TOKEN": town.bot]
        func announce(_ arguments: [String], token: String? = nil, input: String = "") async throws -> Int32 {
            var environment = environment
            if let token { environment["METROPOLI_TOKEN"] = token }
            return try await Programs.run(
                "metropoli-bot",
                ["announce", "--channel", "semplificazione/annunci"] + arguments,
                environment: environment,
                input: input
            ).status
        }
        #expect(try await announce(["--key", "k1", "Il webinar comincia alle 15"]) == 0)
        #expect(try await reader.update("message.posted")["data"]?["text"] == "Il webinar comincia alle 15")
        #expect(try await announce(["--key", "k1", "Il webinar comincia alle 15"]) == 0)
        #expect(try await announce(["--key", "k1", "Un altro testo"]) == 65)
        #expect(try await announce(["-"], input: "Dallo standard input") == 0)
        #expect(try await reader.update("message.posted")["data"]?["text"] == "Dallo standard input")
        #expect(try await announce(["x"], token: "mtb_wrong") == 77)
        #expect(try await announce([]) == 64)
        let elsewhere = try await Programs.run(
            "metropoli-bot",
            ["announce", "--channel", "semplificazione/niente", "x"],
            environment: environment
        )
        #expect(elsewhere.status == 65)
        #expect(town.server.end(with: SIGTERM) == 0)
        #expect(try await announce(["x"]) == 69)
    }

    @Test("the bot addresses an announcement of a local network to comuni, by slug or code")
    func botAddresses() async throws {
        let town = try await Town()
        let url = town.server.url
        let admin = try await Town.signIn(url, ServerProcess.administrator.0, ServerProcess.administrator.1)
        let city = try await Town.id(
            url,
            "organisation.create",
            ["kind": "citta_metropolitana", "slug": "cm-bo", "name": "Bologna"],
            admin
        )
        var comuni: [Int64] = []
        for (slug, code) in [("imola", "037032"), ("budrio", "037008")] {
            let fields: KeyValuePairs<String, JSON> = [
                "kind": "comune", "slug": .string(slug), "name": .string(slug), "istat": .string(code),
                "parent": .int(city),
            ]
            comuni.append(try await Town.id(url, "organisation.create", fields, admin))
        }
        let local = try await Town.id(
            url,
            "network.create",
            [
                "type": "Local", "slug": "locale", "name": .members(["it": "L", "en": "L"]),
                "settings": .members(["city": .int(city)]),
            ],
            admin
        )
        let made = try await Town.ask(
            url,
            "bot.create",
            [
                "owner": .members(["network": .int(local)]), "name": "Avvisi",
                "scopes": .array([.string("announce:network/\(local)"), .string("read:network/\(local)")]),
            ],
            admin
        )
        let token = try #require(made["token"]?.string)
        func announce(_ arguments: [String]) async throws -> Programs.Result {
            try await Programs.run(
                "metropoli-bot",
                ["announce", "--channel", "locale/annunci"] + arguments,
                environment: ["METROPOLI_URL": url, "METROPOLI_TOKEN": token]
            )
        }
        let sent = try await announce(["--to", "imola", "--to", "037008", "La sala è prenotata"])
        #expect(sent.status == 0, "\(sent.errors)")
        let unknown = try await announce(["--to", "altrove", "x"])
        #expect(unknown.status == 65 && unknown.errors.contains("altrove"))
        let networks = try await HTTPClient.request(
            "GET",
            "\(url)/api/v1/channel.list?network=\(local)",
            headers: [("Authorization", "Bearer \(admin)")]
        )
        let channels = try JSONParser.parse(networks.body)["channels"]?.array ?? []
        let channel = try #require(channels.first { $0["slug"]?.string == "annunci" }?["id"]?.int)
        let history = try await HTTPClient.request(
            "GET",
            "\(url)/api/v1/message.history?channel=\(channel)",
            headers: [("Authorization", "Bearer \(token)")]
        )
        let message = try JSONParser.parse(history.body)["messages"]?.array?.first
        #expect(message?["addressed"] == .array(comuni.map(JSON.int)))
        #expect(town.server.end(with: SIGTERM) == 0)
    }

    @Test("a document is got, put with a merge or a conflict that is shown, and compared")
    func documents() async throws {
        let town = try await Town()
        let made = try await Town.ask(
            town.server.url,
            "document.create",
            ["network": .int(town.network), "title": "Linee", "text": "uno\ndue\ntre"],
            town.anna
        )
        let id = String(try #require(made["id"]?.int))
        func document(_ arguments: [String], input: String = "") async throws -> Programs.Result {
            try await Programs.run(
                "metropoli-bot",
                ["document"] + arguments,
                environment: ["METROPOLI_URL": town.server.url, "METROPOLI_TOKEN": town.anna],
                input: input
            )
        }
        let got = try await document(["get", id])
        #expect(got.status == 0 && got.output == "uno\ndue\ntre" && got.errors == "revision 1\n")
        let saved = try await document(["put", id, "--base", "1", "--file", "-"], input: "UNO\ndue\ntre")
        #expect(saved.status == 0 && saved.output == "saved 2\n")
        let merged = try await document(["put", id, "--base", "1", "--file", "-"], input: "uno\ndue\nTRE")
        #expect(merged.status == 0 && merged.output == "merged 3\n")
        let conflict = try await document(["put", id, "--base", "1", "--file", "-"], input: "primo\ndue\ntre")
        #expect(conflict.status == 65)
        #expect(conflict.output.contains("-UNO\n") && conflict.output.contains("+primo\n"))
        #expect(conflict.errors.contains("revision 3"))
        #expect(try await document(["get", id]).output == "UNO\ndue\nTRE")
        let same = try await document(["diff", id, "--file", "-"], input: "UNO\ndue\nTRE")
        #expect(same.status == 0 && same.output.isEmpty)
        let since = try await document(["diff", id, "--from-revision", "2"])
        #expect(since.status == 1 && since.output == "@@ -1,3 +1,3 @@\n UNO\n due\n-tre\n+TRE\n")
        #expect(try await document(["get", "999999"]).status == 65)
        #expect(try await document(["get"]).status == 64)
        town.server.end(with: SIGTERM)
    }

    @Test("two people talk by the terminal client")
    func chat() async throws {
        let town = try await Town()
        let reader = try await WireClient.live(town.server.url, token: town.marco)
        let folder = try TemporaryFolder()
        let result = try await Programs.run(
            "metropoli-chat",
            ["--plain"],
            environment: [
                "METROPOLI_URL": town.server.url, "METROPOLI_TOKEN": town.anna, "XDG_CONFIG_HOME": folder.path,
            ],
            input: "/join semplificazione/generale\nBuongiorno dal terminale\n/quit\n"
        )
        #expect(result.status == 0)
        #expect(try await reader.update("message.posted")["data"]?["text"] == "Buongiorno dal terminale")
        town.server.end(with: SIGTERM)
    }

    @Test("the terminal client shows mentions as people read them")
    func mentions() async throws {
        let town = try await Town()
        let text = "Chiedi a @[Marco Russo](176), @[facilitators] o @[nessuno] in @[Anna Neri](12)!"
        _ = try await Town.ask(
            town.server.url,
            "message.post",
            ["channel": .int(town.channel), "text": .string(text)],
            town.anna
        )
        let folder = try TemporaryFolder()
        let result = try await Programs.run(
            "metropoli-chat",
            ["--plain"],
            environment: [
                "METROPOLI_URL": town.server.url, "METROPOLI_TOKEN": town.anna, "XDG_CONFIG_HOME": folder.path,
            ],
            input: "/join semplificazione/generale\n/quit\n"
        )
        #expect(result.output.contains("Chiedi a @Marco Russo, @facilitators o @[nessuno] in @Anna Neri!"))
        town.server.end(with: SIGTERM)
    }

    @Test("the bot says whether and when it is worth trying again, and which option was wrong")
    func botWords() async throws {
        let town = try await Town()
        func announce(_ url: String, _ arguments: [String]) async throws -> Programs.Result {
            try await Programs.run(
                "metropoli-bot",
                ["announce", "--channel", "semplificazione/annunci"] + arguments,
                environment: ["METROPOLI_URL": url, "METROPOLI_TOKEN": town.bot]
            )
        }
        let key = try await announce(town.server.url, ["--key", "a b", "x"])
        #expect(key.status == 65)
        #expect(key.errors.contains("--key"))
        town.server.end(with: SIGTERM)
        let without = try ServerProcess(folder: town.folder, environment: ["METROPOLI_NETWORK_TYPES": "Local"])
        let dormant = try await announce(without.url, ["x"])
        #expect(dormant.status == 75)
        #expect(dormant.errors.contains("NationalThematic"))
        #expect(!dormant.errors.contains("try later") && !dormant.errors.contains("try again"))
        #expect(without.end(with: SIGTERM) == 0)
    }

    @Test("seeds load once, are refused while a server runs, and a backup restores into a new epoch")
    func seedBackupRestore() async throws {
        let folder = try TemporaryFolder()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let names = try FileManager.default.contentsOfDirectory(atPath: root.path + "/seeds")
        let files = names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(root.path)/seeds/\($0)" }
        let first = try await Programs.run("metropoli", ["seed", "--data", folder.path] + files)
        #expect(first.status == 0, "\(first.errors)")
        let second = try await Programs.run("metropoli", ["seed", "--data", folder.path] + files)
        #expect(second.output.contains(" 0 new"))
        let server = try ServerProcess(folder: folder)
        #expect(try await Programs.run("metropoli", ["seed", "--data", folder.path] + files).status == 75)
        let backup = folder.path + "-backup"
        defer { try? FileManager.default.removeItem(atPath: backup) }
        let made = try await Programs.run("metropoli", ["backup", "--data", folder.path, "--to", backup])
        #expect(made.status == 0, "\(made.errors)")
        #expect(try await Programs.run("metropoli", ["doctor", "--data", folder.path]).status == 0)
        let epoch = try await epoch(server.url)
        #expect(server.end(with: SIGTERM) == 0)
        #expect(try await Programs.run("metropoli", ["restore", "--verify", backup]).status == 0)
        let target = try TemporaryFolder()
        let restored = try await Programs.run("metropoli", ["restore", "--data", target.path, backup])
        #expect(restored.status == 0, "\(restored.errors)")
        let again = try ServerProcess(folder: target)
        #expect(try await self.epoch(again.url) != epoch)
        #expect(again.end(with: SIGTERM) == 0)
        try Data("x".utf8).write(to: URL(fileURLWithPath: backup + "/metropoli.sqlite"))
        #expect(try await Programs.run("metropoli", ["restore", "--verify", backup]).status == 1)
    }

    private func epoch(_ url: String) async throws -> String {
        let token = try await Town.signIn(
            url,
            "anna.bianchi@demo.metropolistrategiche.example",
            "metropoli-demo-2026"
        )
        let client = try await WireClient(url)
        try await client.hello(token: token)
        let epoch = try await client.next("welcome")["epoch"]?.string
        return try #require(epoch)
    }

    @Test("the configuration is printed, checked, and every mistake is told")
    func configuration() async throws {
        let printed = try await Programs.run("metropoli", ["print-config"])
        #expect(printed.output.contains("editWindow: 86400"))
        #expect(try await Programs.run("metropoli", ["check-config"]).status == 0)
        let wrong = try await Programs.run(
            "metropoli",
            ["check-config"],
            environment: ["METROPOLI_LIMITS_RATE": "maybe", "METROPOLI_MESSAGE_EDIT_WINDOW": "-1"]
        )
        #expect(wrong.status == 78)
        for key in ["limits.rate", "message.editWindow"] { #expect(wrong.errors.contains(key)) }
        let unknown = try await Programs.run(
            "metropoli",
            ["check-config"],
            environment: ["METROPOLI_NETWORK_TYPES": "Sconosciuta"]
        )
        #expect(unknown.status == 78)
        #expect(unknown.errors.contains("networkTypes.Sconosciuta"))
        let folder = try TemporaryFolder()
        let file = folder.path + "/metropoli.yaml"
        try Data("networkTypes: {NationalThematic: {reviewers: 99, altro: 1}}\n".utf8)
            .write(to: URL(fileURLWithPath: file))
        let types = try await Programs.run("metropoli", ["check-config", "--config", file])
        #expect(types.status == 78)
        #expect(types.errors.contains("networkTypes.NationalThematic.reviewers: out_of_range"))
        #expect(types.errors.contains("networkTypes.NationalThematic.altro: unknown key"))
    }
}
