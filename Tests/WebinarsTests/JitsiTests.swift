import CommunityKernel
import Foundation
import TestKit
import Testing
import WireProtocol

@testable import ServerApp

@Suite("Rooms on a Jitsi server", .serialized)
struct JitsiTests {
    private static let room = JSON.members(["provider": "jitsi"])

    @Test(
        "the server admits each with a token of one's own, and moderators as such",
        arguments: StorageBackend.available
    )
    func shared(_ backend: StorageBackend) async throws {
        let server = try RoomServer(["--secret", WebinarTown.secret])
        let town = try WebinarTown(backend, configure: WebinarTown.jitsi)
        let event = try town.event(Self.room)
        town.clock(minutes: -15)
        var rooms: Set<String> = []
        for (person, moderates) in [(town.anna, false), (town.speaker, true), (town.giulia, true)] {
            let (url, expires) = try town.join(event, as: person)
            #expect(url.hasPrefix("https://meet.example.it/metropoli-\(event)-"))
            let target = try RoomServer.target(url)
            rooms.insert(String(target.prefix { $0 != "?" }))
            let judged = try await server.json(target, now: town.c.clock.now)
            let user = judged["claims"]?["context"]?["user"]
            #expect(judged["refused"] == nil, "\(judged)")
            #expect(user?["id"]?.string == String(person.id.rawValue))
            #expect(user?["name"]?.string == person.name)
            #expect(user?["moderator"]?.bool == moderates)
            #expect(judged["claims"]?["moderator"]?.bool == moderates)
            #expect(judged["claims"]?["exp"]?.int == expires.milliseconds / 1_000)
            // Nothing else of the person leaves.
            #expect(!url.contains("example.it/p") && user?["email"] == nil)
        }
        #expect(rooms.count == 1)
    }

    @Test("an expired, an altered and a foreign token are refused by the server", arguments: StorageBackend.available)
    func refused(_ backend: StorageBackend) async throws {
        let server = try RoomServer(["--secret", WebinarTown.secret])
        let town = try WebinarTown(backend, configure: WebinarTown.jitsi)
        let event = try town.event(Self.room)
        let other = try town.event(Self.room)
        town.clock(minutes: -15)
        let target = try RoomServer.target(town.join(event, as: town.anna).url)
        let second = try RoomServer.target(town.join(other, as: town.anna).url)
        let start = WebinarTown.start
        #expect(try await server.ask(target, now: start.advanced(bySeconds: 7_199)).status == 200)
        #expect(try await server.json(target, now: start.advanced(bySeconds: 7_200))["refused"]?.string == "exp")
        #expect(try await server.json(target, now: start.advanced(bySeconds: -1_000))["refused"]?.string == "nbf")
        // The token of one event does not open the room of another.
        let room = second.prefix { $0 != "?" }
        let crossed = room + target.drop { $0 != "?" }
        #expect(try await server.json(String(crossed), now: start)["refused"]?.string == "room")
        let altered = target.dropLast(4) + "AAAA"
        #expect(try await server.json(String(altered), now: start)["refused"]?.string == "signature")
        let foreign = try RoomServer(["--secret", "un altro segreto, di qualche altro server"])
        #expect(try await foreign.json(target, now: start)["refused"]?.string == "signature")
    }

    @Test("with a private key the server needs the public one alone", arguments: StorageBackend.available)
    func rsa(_ backend: StorageBackend) async throws {
        let folder = try TemporaryFolder()
        let keys = try Keys.rsa(in: folder.path)
        let server = try RoomServer(["--public-key", keys.public, "--subject", "vpaas-tenant", "--issuer", "chat"])
        let town = try WebinarTown(backend) {
            $0.jitsi.url = "https://8x8.example/vpaas-tenant/"
            $0.jitsi.application = "chat"
            $0.jitsi.subject = "vpaas-tenant"
            $0.jitsi.algorithm = "RS256"
            $0.jitsi.keyFile = keys.key
            $0.jitsi.keyName = "vpaas-tenant/4f4910"
        }
        let event = try town.event(.members(["provider": "jitsi", "name": "Sportello Unico/2026"]))
        town.clock(minutes: 0)
        let (url, _) = try town.join(event, as: town.anna)
        #expect(url.hasPrefix("https://8x8.example/vpaas-tenant/sportello-unico-2026?jwt="))
        let target = try RoomServer.target(url).replacingOccurrences(of: "/vpaas-tenant/", with: "/")
        let judged = try await server.json(target, now: town.c.clock.now)
        #expect(judged["refused"] == nil, "\(judged)")
        #expect(judged["header"]?["kid"]?.string == "vpaas-tenant/4f4910")
        let altered = target.dropLast(4) + "AAAA"
        #expect(try await server.json(String(altered), now: town.c.clock.now)["refused"]?.string == "signature")
    }

    @Test("the configuration is checked before the start")
    func problems() throws {
        let folder = try TemporaryFolder()
        let keys = try Keys.rsa(in: folder.path)
        func problems(_ change: (inout Configuration) -> Void) -> [String] {
            var configuration = Configuration()
            WebinarTown.jitsi(&configuration)
            change(&configuration)
            return configuration.problems.map { String($0.prefix { $0 != ":" }) }
        }
        #expect(problems { _ in } == [])
        #expect(problems { $0.jitsi.secret = "corto" } == ["jitsi.secret"])
        #expect(problems { $0.jitsi.url = "http://meet.example.it" } == ["jitsi.url"])
        #expect(problems { $0.jitsi.url = "https://a:b@meet.example.it" } == ["jitsi.url"])
        #expect(problems { $0.jitsi.application = "" } == ["jitsi.application"])
        #expect(problems { $0.jitsi.secretFile = folder.path + "/none" } == ["jitsi.secretFile"])
        #expect(problems { $0.jitsi.algorithm = "RS256" } == ["jitsi.keyFile"])
        func keyed(_ path: String) -> [String] {
            problems {
                $0.jitsi.algorithm = "RS256"
                $0.jitsi.keyFile = path
            }
        }
        #expect(keyed(keys.key) == [])
        #expect(keyed(keys.public) == ["jitsi.keyFile"])
        chmod(keys.key, 0o644)
        #expect(keyed(keys.key) == ["jitsi.keyFile"])
    }
}
