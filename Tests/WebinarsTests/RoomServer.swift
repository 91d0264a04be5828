import Foundation
import SocketTransport
import TestKit
import WireProtocol

/// The tests' servers of rooms, as a process of their own.
final class RoomServer {
    let port: Int
    private let process = Process()

    init(_ arguments: [String] = []) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "room_server.py"
        )
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script.path] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(output.fileHandleForReading.fileDescriptor, &byte, 1) == 1, byte != 0x0A { line.append(byte) }
        guard let port = try JSONParser.parse(line)["port"]?.int else {
            throw UnexpectedOutcome("the room server did not start")
        }
        self.port = Int(port)
    }

    deinit {
        // SIGTERM may be blocked in what a thread of the test runner starts.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var address: String { "http://127.0.0.1:\(port)" }

    /// What the server says at an address; `now` is its clock.
    func ask(_ path: String, now: Instant = Instant(milliseconds: 0)) async throws -> (status: Int, text: String) {
        let reply = try await HTTPClient.request(
            "GET",
            address + path,
            headers: [("X-Now", String(now.milliseconds / 1_000))]
        )
        return (Int(reply.status), String(decoding: reply.body, as: UTF8.self))
    }

    func json(_ path: String, now: Instant = Instant(milliseconds: 0)) async throws -> JSON {
        try JSONParser.parse(Array(try await ask(path, now: now).text.utf8), limits: .answers)
    }

    /// Path and query of an address.
    static func target(_ url: String) throws -> String {
        guard let parts = URLComponents(string: url) else { throw UnexpectedOutcome("no address: \(url)") }
        return parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
    }
}

/// Files that a test makes with Debian's openssl.
enum Keys {
    /// A private RSA key and its public half, in a folder.
    static func rsa(in folder: String) throws -> (key: String, public: String) {
        let (key, open) = (folder + "/key.pem", folder + "/public.pem")
        try run(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key])
        try run(["pkey", "-in", key, "-pubout", "-out", open])
        return (key, open)
    }

    private static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw UnexpectedOutcome("openssl \(arguments)") }
    }
}
