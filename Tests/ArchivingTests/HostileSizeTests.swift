import Archiving
import Testing

@Suite("Sizes that an archive only says it has")
struct HostileSizeTests {
    private func little(_ value: UInt64, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }

    /// An archive by hand (APPNOTE 6.3.10): one stored entry of five bytes, and one of Deflate that says, in its ZIP64
    /// field, that it unpacks to 2⁶⁴ − 1 bytes.
    private var hostile: [UInt8] {
        let extra = little(1, 2) + little(16, 2) + little(.max, 8) + little(2, 8)
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        let entries: [(name: UInt8, method: UInt64, crc: UInt64, content: [UInt8], extra: [UInt8])] = [
            (UInt8(ascii: "a"), 0, 0x3610_a686, Array("hello".utf8), []), (UInt8(ascii: "b"), 8, 0, [3, 0], extra),
        ]
        for entry in entries {
            let isHuge = !entry.extra.isEmpty
            let packed = isHuge ? 0xffff_ffff : UInt64(entry.content.count)
            let head =
                little(isHuge ? 45 : 20, 2) + little(0, 2) + little(entry.method, 2) + little(0, 4)
                + little(entry.crc, 4) + little(packed, 4) + little(packed, 4) + little(1, 2)
                + little(UInt64(entry.extra.count), 2)
            directory +=
                little(0x0201_4b50, 4) + little(45, 2) + head + little(0, 10)
                + little(UInt64(archive.count), 4) + [entry.name] + entry.extra
            archive += little(0x0403_4b50, 4) + head + [entry.name] + entry.extra + entry.content
        }
        let start = UInt64(archive.count)
        return archive + directory + little(0x0605_4b50, 4) + little(0, 4) + little(2, 2) + little(2, 2)
            + little(UInt64(directory.count), 4) + little(start, 4) + little(0, 2)
    }

    @Test("a size near the end of the numbers is too large, and ends nothing else")
    func overflow() {
        #expect(throws: ZIPError.tooLarge) { _ = try ZIPArchive(reading: hostile) }
    }
}
