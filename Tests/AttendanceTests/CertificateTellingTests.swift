import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@Suite("What updates of certificates tell (protocol 9)")
struct CertificateTellingTests {
    @Test(
        "issuing and withdrawing tell what they changed, and a second withdrawal is a conflict with the present one",
        arguments: StorageBackend.available
    )
    func acts(backend: StorageBackend) throws {
        let day = try AttendedDay(backend)
        let anna = try day.town.people(1)[0]
        let registration = try day.registered(anna)
        try day.at("09:00:00")
        try day.c.settle()
        try day.town.act("checkIn", registration, as: day.town.facilitator)
        _ = try day.record(anna, "09:00:00", "11:00:00")
        try day.at("12:00:00")
        try day.c.settle()
        let law = TellingLaw(day.c, reader: anna)
        func list() throws -> [JSON] { try day.c.ok("certificate.list", as: anna)["certificates"]?.array ?? [] }
        var id: Int64 = 0
        var broken = try law.broken("issue", list) { id = try day.c.id(day.issue(registration)) }
        let body: KeyValuePairs<String, JSON> = ["certificate": .int(id), "reason": "Errore"]
        broken += try law.broken("withdraw", list) {
            try day.c.ok("certificate.withdraw", body, as: day.town.facilitator)
        }
        #expect(broken.isEmpty, "\(broken)")
        let refusal = try day.c.refusal("certificate.withdraw", body, as: day.town.facilitator)
        #expect(refusal.code == .conflict)
        #expect(refusal.current == .members(["revision": 2, "state": "withdrawn"]))
    }
}
