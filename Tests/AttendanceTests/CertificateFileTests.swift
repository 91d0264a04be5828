import CommunityKernel
import Foundation
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("Certificates and tickets as files", .serialized)
struct CertificateFileTests {
    /// What Debian's pdftotext reads in a file.
    private func text(of file: [UInt8]) throws -> String {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/certificate.pdf"
        try Data(file).write(to: URL(fileURLWithPath: path))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/pdftotext")
        process.arguments = ["-layout", path, "-"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: said, as: UTF8.self)
    }

    private func content(_ response: WebResponse) -> [UInt8] {
        if case .bytes(let content) = response.body { content } else { [] }
    }

    private func refusal(_ fetch: () throws -> WebResponse) -> WireErrorCode? {
        do {
            _ = try fetch()
            return nil
        } catch {
            return (error as? WireError)?.code
        }
    }

    @Test(
        "its person and the facilitators fetch a document that says what was attended",
        arguments: StorageBackend.available
    )
    func certificate(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let people = try day.town.people(2)
        let registration = try day.registered(people[0])
        try day.at("12:00:00")
        #expect(try day.record(people[0], "09:00:00", "11:00:00") == 120)
        let issued = try day.issue(registration)
        func fetch(as reader: Member) throws -> WebResponse {
            try day.c.get("/certificates/{id}.pdf", ["id": "\(issued["id"]?.int ?? 0)"], as: reader)
        }
        #expect(refusal { try fetch(as: people[1]) } == .notFound)
        for reader in [people[0], day.town.facilitator] {
            let said = try text(of: content(fetch(as: reader)))
            let code = try #require(issued["code"]?.string)
            for words in [
                "P1", "Sportello unico", "Giovedì 10 dicembre 2026", "10:00", "12:00", "2 ore su 2 ore", code,
            ] {
                #expect(said.contains(words), "\(words) in \(said)")
            }
        }
        try day.c.ok(
            "certificate.withdraw",
            ["certificate": issued["id"] ?? .null, "reason": "errore"],
            as: day.town.facilitator
        )
        #expect(refusal { try fetch(as: people[0]) } == .conflict)
    }

    @Test("a ticket is a symbol for its person alone", arguments: StorageBackend.available)
    func ticket(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let people = try day.town.people(2)
        let registration = try day.registered(people[0])
        func fetch(as reader: Member) throws -> WebResponse {
            try day.c.get("/registrations/{id}/ticket.svg", ["id": "\(registration)"], as: reader)
        }
        #expect(try String(decoding: content(fetch(as: people[0])), as: UTF8.self).hasPrefix("<svg"))
        #expect(refusal { try fetch(as: people[1]) } == .notFound)
        #expect(refusal { try fetch(as: day.town.facilitator) } == .notFound)
        try day.town.act("cancel", registration, as: people[0])
        #expect(refusal { try fetch(as: people[0]) } == .conflict)
    }
}
