import CommunityKernel
import Foundation
import Journal
import TestKit
import Testing
import WireProtocol

@testable import Files

@Suite("Names, types and pictures")
struct FilePartsTests {
    @Test(
        "a shown name has no path, no control and no direction characters",
        arguments: [
            ("../../etc/passwd", "passwd"), ("C:\\Windows\\win.ini", "win.ini"), ("a\u{202E}gpj.exe", "agpj.exe"),
            ("con.txt", "_con.txt"), ("  .htaccess ", "htaccess"), ("\u{0}\r\n", "file"), ("..", "file"),
            ("verbale <1>.pdf", "verbale _1_.pdf"), ("perche\u{301}.txt", "perch\u{E9}.txt"),
        ]
    )
    func cleanedName(_ given: String, _ shown: String) {
        #expect(FileName.cleaned(given).unicodeScalars.elementsEqual(shown.unicodeScalars))
    }

    @Test("a long name keeps its extension and whole characters")
    func longName() {
        let name = FileName.cleaned(String(repeating: "è", count: 300) + ".pdf")
        #expect(name.utf8.count <= FileName.longest)
        #expect(name.hasSuffix("è.pdf"))
    }

    @Test("the name in Content-Disposition cannot break the header")
    func disposition() {
        let header = FileName.disposition("attachment", "verità \"1\"%.pdf")
        #expect(header == "attachment; filename=\"verit_ _1__.pdf\"; filename*=UTF-8''verit%C3%A0%20%221%22%25.pdf")
    }

    private let png: [UInt8] = Array(
        Data(
            base64Encoded:
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
            ?? Data()
    )

    @Test("the size of a picture is read from its header")
    func sizes() {
        #expect(ImageSize(png, type: "image/png").map { [$0.width, $0.height] } == [1, 1])
        let gif = Array("GIF89a".utf8) + [0x10, 0x27, 0x20, 0x4E]
        #expect(ImageSize(gif, type: "image/gif")?.pixels == Int64(200_000_000))
        #expect(ImageSize(Array("no picture".utf8), type: "image/png") == nil)
        #expect(ImageSize([0xFF, 0xD8, 0xFF], type: "image/jpeg") == nil)
    }

    @Test("a picture over the pixel limit is not decoded")
    func bomb() throws {
        var bomb = png
        bomb.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
        #expect(throws: WireError.self) {
            try Thumbnail.make(of: bomb, type: "image/png", side: 100, pixels: 40_000_000)
        }
        let small = try Thumbnail.make(of: png, type: "image/png", side: 100, pixels: 40_000_000)
        #expect(small.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test("what the camera wrote leaves a PNG and a JPEG, the way up stays")
    func metadata() throws {
        // A tEXt chunk behind IHDR.
        let chunk: [UInt8] = [0, 0, 0, 3] + Array("tEXtGPS".utf8) + [1, 2, 3, 4]
        let noted = Array(png[..<33]) + chunk + Array(png[33...])
        #expect(ImageMetadata.removed(from: noted, "image/png") == png)
        #expect(ImageMetadata.removed(from: png, "image/png") == nil)
        let exif: [UInt8] =
            [0xFF, 0xE1, 0x00, 0x26] + Array("Exif\0\0II".utf8) + [0x2A, 0, 8, 0, 0, 0, 1, 0]
            + [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0] + [0, 0, 0, 0] + Array("ROMA".utf8)
        let rest: [UInt8] = [0xFF, 0xDA, 0x00, 0x02, 0x11, 0xFF, 0x00, 0x22, 0xFF, 0xD9]
        let jpeg: [UInt8] = [0xFF, 0xD8] + exif + rest + Array("a second picture with GPS".utf8)
        let clean = try #require(ImageMetadata.removed(from: jpeg, "image/jpeg"))
        #expect(!String(decoding: clean, as: Unicode.ASCII.self).contains("ROMA"))
        #expect(!String(decoding: clean, as: Unicode.ASCII.self).contains("GPS"))
        #expect(ImageMetadata.orientation(of: clean) == 6)
        #expect(ImageMetadata.removed(from: clean, "image/jpeg") == nil)
        #expect(Array(clean.suffix(rest.count)) == rest)
    }
}
