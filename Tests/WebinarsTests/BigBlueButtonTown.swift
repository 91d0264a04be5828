import CommunityKernel
import Events
import Foundation
import Journal
import Networks
import Registrations
import Synchronization
import TestKit
import WireProtocol

@testable import ServerApp
@testable import Webinars

/// A town whose rooms are on the tests' BigBlueButton, with somebody who keeps attendance.
final class BigBlueButtonTown {
    static let secret = "un-segreto-di-bigbluebutton"
    static let address = "https://community.example.it"

    let server: RoomServer
    let town: WebinarTown
    let kept = Kept()
    let callback: WebRoute
    let keeper: MeetingKeeper

    init(_ backend: StorageBackend, configure: @escaping (inout Configuration) -> Void = { _ in }) throws {
        server = try RoomServer(["--secret", Self.secret])
        let url = server.address
        var used = Configuration()
        let change: (inout Configuration) -> Void = {
            $0.publicUrl = Self.address
            $0.bigbluebutton.url = url + "/bigbluebutton/"
            $0.bigbluebutton.secret = Self.secret
            $0.bigbluebutton.timeout = 1
            configure(&$0)
        }
        change(&used)
        town = try WebinarTown(backend, configure: change)
        // The same capability, told to whom attendance goes.
        var registry = Registry()
        registry.install(
            WebinarsCapability(
                access: EventAccess(rules: NetworksCapability(types: InstalledNetworkTypes.enabled([])).rules),
                attendance: RegistrationsCapability.attendance,
                keeper: kept,
                settings: used.webinarSettings,
                address: PublicAddress(Self.address)
            )
        )
        guard let route = registry.routes.first(where: { $0.pattern == "/rooms/bigbluebutton/{event}" }),
            let keeper = registry.services.compactMap({ $0 as? MeetingKeeper }).first
        else { throw UnexpectedOutcome("no callback") }
        callback = route
        self.keeper = keeper
    }

    func event() throws -> Int64 { try town.event(.members(["provider": "bigbluebutton"])) }

    /// What the server was asked, by the names of the calls; `nil` fields are those with a wrong checksum.
    func calls() async throws -> [(name: String, fields: JSON)] {
        let log = try await server.json("/log")["log"]?.array ?? []
        return log.map { ($0["call"]?.string ?? "", $0["fields"] ?? .null) }
    }

    func meeting(_ event: Int64) async throws -> String {
        let created = try await calls().last { $0.name == "create" && $0.fields["name"] != nil }
        return created?.fields["meetingID"]?.string ?? "none"
    }

    // MARK: Callbacks

    /// A callback as bbb-webhooks makes one; the signature is Python's own.
    func tell(
        _ event: Int64,
        _ news: [JSON],
        secret: String = secret,
        signedFor other: Int64? = nil,
        checksum: String? = nil,
        through route: WebRoute? = nil
    ) throws {
        let body = try Self.python(
            """
            import sys, urllib.parse
            print(urllib.parse.urlencode({"domain": "bbb.example.it", "event": sys.argv[1], "timestamp": "1"}), end="")
            """,
            String(decoding: JSON.array(news).text, as: UTF8.self)
        )
        let url = "\(Self.address)/rooms/bigbluebutton/\(other ?? event)"
        let signature =
            try checksum
            ?? Self.python(
                "import hashlib, sys; print(hashlib.sha256(sys.argv[1].encode()).hexdigest(), end='')",
                url + body + secret
            )
        let request = WebRequest(
            parameters: ["event": String(event)],
            query: signature.isEmpty ? [:] : ["checksum": [signature]],
            headers: [:],
            body: Array(body.utf8),
            bodyFile: nil,
            actor: .nobody,
            address: "192.0.2.1"
        )
        _ = try (route ?? callback).handle(request, town.c.community)
    }

    /// One piece of news, as bbb-webhooks maps it.
    static func news(_ id: String, meeting: String, session: String = "", person: Int64 = 0, at: Instant) -> JSON {
        let attributes = JSON.members([
            "meeting": .members(["internal-meeting-id": "i1", "external-meeting-id": .string(meeting)]),
            "user": .members([
                "internal-user-id": .string(session), "external-user-id": .string(String(person)), "name": "Nome & c.",
            ]),
        ])
        let data = JSON.members([
            "type": "event", "id": .string(id), "attributes": attributes,
            "event": .members(["ts": .int(at.milliseconds)]),
        ])
        return .members(["data": data])
    }

    private static func python(_ program: String, _ argument: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", program, argument]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

/// What was told to whoever keeps attendance.
final class Kept: AttendanceKeeper {
    struct Stay: Equatable {
        let event: Int64
        let person: Int64
        let seconds: Int64
    }

    private let all = Mutex<[Stay]>([])

    var stays: [Stay] { all.withLock { $0 } }

    func record(_ event: EventID, _ person: PersonID, joined: Instant, left: Instant, _ work: UnitOfWork) throws {
        let seconds = (left.milliseconds - joined.milliseconds) / 1_000
        all.withLock { $0.append(Stay(event: event.rawValue, person: person.rawValue, seconds: seconds)) }
    }
}
