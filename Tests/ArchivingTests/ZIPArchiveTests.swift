import Archiving
import Testing

@Suite("ZIP archives")
struct ZIPArchiveTests {
    private let archive = ZIPArchive([
        .init("LEGGIMI.md", Array("# È così 😀\n".utf8)), .init("parti/costi.md", Array("Poco".utf8)),
        .init("vuoto.txt", []),
    ])

    @Test("what is written is read again, and the same files give the same bytes")
    func roundTrip() throws {
        let bytes = try archive.written(modified: 1_700_000_000)
        #expect(try ZIPArchive(reading: bytes) == archive)
        #expect(try archive.written(modified: 1_700_000_000) == bytes)
        #expect(archive["parti/costi.md"] == Array("Poco".utf8) && archive["altro"] == nil)
    }

    @Test(
        "paths that lead elsewhere are refused",
        arguments: [
            "../fuori", "a/../../fuori", "/etc/passwd", "a//b", "./a", "C:/a", "a\\b",
            String(repeating: "a", count: 256),
        ]
    )
    func paths(name: String) throws {
        let bytes = try ZIPArchive([.init(name, [1])]).written(modified: 0)
        #expect(throws: ZIPError.unsafeName) { try ZIPArchive(reading: bytes) }
    }

    @Test("a control character in a path is refused")
    func control() throws {
        // No library writes one: put in afterwards.
        let bytes = try ZIPArchive([.init("fine~", [1])]).written(modified: 0)
        let changed = bytes.map { $0 == UInt8(ascii: "~") ? 1 : $0 }
        #expect(throws: ZIPError.unsafeName) { try ZIPArchive(reading: changed) }
    }

    @Test("what would unpack to more than allowed is not unpacked")
    func bombs() throws {
        let large = try ZIPArchive([.init("a", [UInt8](repeating: 0, count: 2_000_000))]).written(modified: 0)
        #expect(large.count < 10_000)
        var limits = ZIPLimits()
        limits.entryBytes = 1_999_999
        #expect(throws: ZIPError.tooLarge) { try ZIPArchive(reading: large, limits: limits) }
        limits = ZIPLimits()
        limits.totalBytes = 15
        let several = try ZIPArchive((0..<2).map { .init("f\($0)", [UInt8](repeating: 1, count: 8)) }).written(
            modified: 0
        )
        #expect(throws: ZIPError.tooLarge) { try ZIPArchive(reading: several, limits: limits) }
        limits = ZIPLimits()
        limits.entries = 1
        #expect(throws: ZIPError.tooLarge) { try ZIPArchive(reading: several, limits: limits) }
    }

    @Test("an entry that lies about its size is damaged, whatever it says")
    func lies() throws {
        let bytes = try ZIPArchive([.init("a", [UInt8](repeating: 7, count: 1_000))]).written(modified: 0)
        // The uncompressed size stands in the local header and in the central directory, little-endian.
        for said in [10, 100_000] {
            var changed = bytes
            var found = 0
            for start in 0..<(changed.count - 4) where changed[start..<start + 4].elementsEqual([0xE8, 3, 0, 0]) {
                changed[start] = UInt8(said & 0xFF)
                changed[start + 1] = UInt8(said >> 8 & 0xFF)
                changed[start + 2] = UInt8(said >> 16 & 0xFF)
                found += 1
            }
            #expect(found == 2)
            #expect(throws: ZIPError.damaged) { try ZIPArchive(reading: changed) }
        }
    }

    @Test("damaged bytes are refused, wherever they are")
    func damage() throws {
        let bytes = try archive.written(modified: 0)
        #expect(throws: ZIPError.damaged) { try ZIPArchive(reading: []) }
        #expect(throws: ZIPError.damaged) { try ZIPArchive(reading: Array("nessun archivio".utf8)) }
        #expect(throws: (any Error).self) { try ZIPArchive(reading: Array(bytes.dropLast(30))) }
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0x55
            // Refused, or read as it was written: its name may be another one, what it holds may not.
            guard let read = try? ZIPArchive(reading: changed) else { continue }
            let known = archive.entries.map(\.bytes)
            #expect(read.entries.allSatisfy { known.contains($0.bytes) }, "byte \(place)")
        }
    }

    @Test("two files of one path are refused")
    func duplicates() throws {
        let twice = ZIPArchive([.init("a", [1]), .init("a", [2])])
        #expect(throws: ZIPError.duplicate) { try twice.written(modified: 0) }
        let folded = try ZIPArchive([.init("a", [1]), .init("A", [2])]).written(modified: 0)
        #expect(throws: ZIPError.duplicate) { try ZIPArchive(reading: folded) }
    }
}
