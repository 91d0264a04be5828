import CommunityKernel
import Journal
import TestKit
import Testing
import WireProtocol

@testable import Solutions

@Suite("Licences of solutions", .serialized)
struct LicenceTests {
    @Test(
        "an expression of known identifiers comes back as the list writes them",
        arguments: [
            ("CC-BY-4.0", "CC-BY-4.0"), ("cc-by-4.0", "CC-BY-4.0"), ("  eupl-1.2 ", "EUPL-1.2"),
            ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
            ("mit and (eupl-1.2 or cc0-1.0)", "MIT AND (EUPL-1.2 OR CC0-1.0)"),
            ("GPL-2.0-or-later WITH classpath-exception-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
            ("Apache-2.0+", "Apache-2.0+"), ("GPL-2.0+", "GPL-2.0+"), ("(((MIT)))", "(((MIT)))"),
            ("LicenseRef-Comune.di-Bologna", "LicenseRef-Comune.di-Bologna"),
            ("MIT OR DocumentRef-kit:LicenseRef-1", "MIT OR DocumentRef-kit:LicenseRef-1"),
        ]
    )
    func known(given: String, kept: String) {
        #expect(SPDXExpression(given)?.text == kept)
        #expect(SPDXExpression(kept)?.text == kept)
    }

    @Test(
        "what is no expression, or names what is not on the list, is none",
        arguments: [
            "", " ", "CC-BY", "Tutti", "CC BY 4.0", "-x", "javascript:alert(1)", "MIT OR", "AND MIT", "MIT MIT",
            "MIT Or MIT",
            "(MIT", "MIT)", "()", "MIT WITH MIT", "MIT WITH Classpath-exception-2.0 WITH Classpath-exception-2.0",
            "(MIT OR EUPL-1.2) WITH Classpath-exception-2.0", "LicenseRef-", "licenseref-x",
            "DocumentRef-:LicenseRef-x",
            "LicenseRef-x:LicenseRef-y", "LicenseRef-x+", "MIT++", "MIT\u{A0}OR EUPL-1.2", "MIT\nOR EUPL-1.2", "МIT",
            "Classpath-exception-2.0",
        ]
    )
    func unknown(given: String) {
        #expect(SPDXExpression(given) == nil)
    }

    @Test("an expression is bounded in length and depth")
    func bounds() {
        let (open, shut) = ({ String(repeating: "(", count: $0) }, { String(repeating: ")", count: $0) })
        #expect(SPDXExpression(open(8) + "MIT" + shut(8)) != nil)
        #expect(SPDXExpression(open(9) + "MIT" + shut(9)) == nil)
        let many = Array(repeating: "MIT", count: 43).joined(separator: " OR ")
        let dense = Array(repeating: "(0BSD)", count: 37).joined(separator: "OR")
        #expect(dense.utf8.count == 294 && SPDXExpression(dense) == nil)
        #expect(many.utf8.count == 297 && SPDXExpression(many) != nil && SPDXExpression(many + " OR MIT") == nil)
    }

    @Test("a solution is given one, and refused what is none", arguments: StorageBackend.available)
    func given(backend: StorageBackend) throws {
        let town = try SolutionTown(backend)
        let c = town.c
        let solution = try town.create()
        func body(_ licence: String) throws -> KeyValuePairs<String, JSON> {
            ["solution": .int(solution), "licence": .string(licence), "revision": try town.revision(solution)]
        }
        try c.ok("solution.license", body("eupl-1.2 or (cc-by-4.0 and mit)"), as: town.author)
        #expect(try town.get(solution)["licence"]?.string == "EUPL-1.2 OR (CC-BY-4.0 AND MIT)")
        for wrong in ["Tutti-i-diritti", "EUPL-1.2 OR", "EUPL-9.9"] {
            let refused = try c.refusal("solution.license", body(wrong), as: town.author)
            #expect(refused.code == .invalid && refused.fields?.map(\.path) == ["with.licence"], "\(wrong)")
        }
        let long = try c.refusal("solution.license", body(String(repeating: "M", count: 301)), as: town.author)
        #expect(long.code == .tooLarge)
        #expect(try town.get(solution)["licence"]?.string == "EUPL-1.2 OR (CC-BY-4.0 AND MIT)")
    }
}
