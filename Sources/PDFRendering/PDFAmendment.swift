/// Adds what cairo 1.16 cannot write, as an incremental update after the file's end (ISO 32000-1, 7.5.6): the document's
/// language, that viewers show its title, and the text in the place of each figure.
///
/// cairo 1.16 writes each object in clear and a classic table of references. Where that is no longer so (cairo 1.18 knows
/// these things itself) the file stays as it is.
struct PDFAmendment {
    let language: String
    /// The texts of the figures, in order.
    let figures: [String]

    func applied(to file: [UInt8]) -> [UInt8] {
        guard let trailer = Self.lastRange(of: "trailer", in: file),
            let root = Self.number("/Root", in: file[trailer...]),
            let size = Self.number("/Size", in: file[trailer...]),
            let former = Self.number("startxref", in: file[trailer...]),
            let info = Self.number("/Info", in: file[trailer...])
        else { return file }
        var objects: [(id: Int, body: [UInt8])] = []
        var texts = figures[...]
        for (id, body) in Self.objects(in: file) {
            if id == root {
                let added = "\n   /Lang \(Self.text(language)) /ViewerPreferences << /DisplayDocTitle true >>\n"
                if let amended = Self.adding(added, to: body) { objects.append((id, amended)) }
            } else if Self.isFigure(body), let text = texts.popFirst() {
                if let amended = Self.adding("\n   /Alt \(Self.text(text))\n", to: body) {
                    objects.append((id, amended))
                }
            }
        }
        guard !objects.isEmpty else { return file }
        var result = file
        var table = "xref\n"
        for object in objects.sorted(by: { $0.id < $1.id }) {
            table += "\(object.id) 1\n\(Self.padded(result.count)) 00000 n \n"
            result += Array("\(object.id) 0 obj\n".utf8) + object.body + Array("\nendobj\n".utf8)
        }
        let start = result.count
        table += "trailer\n<< /Size \(size) /Root \(root) 0 R /Info \(info) 0 R /Prev \(former) >>\n"
        return result + Array("\(table)startxref\n\(start)\n%%EOF\n".utf8)
    }

    /// A text of PDF: UTF-16 in hexadecimal, which needs no escapes.
    private static func text(_ text: String) -> String {
        let units = text.utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "<FEFF\(units.joined())>"
    }

    private static func padded(_ offset: Int) -> String {
        let digits = String(offset)
        return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    }

    /// The dictionaries of the file by their numbers; what holds a stream is left out.
    private static func objects(in file: [UInt8]) -> [(id: Int, body: [UInt8])] {
        var found: [(Int, [UInt8])] = []
        guard let table = lastRange(of: "\nxref", in: file) else { return [] }
        var rest = file[table...].split(separator: 0x0A).dropFirst()
        guard let head = rest.popFirst(), head.starts(with: Array("0 ".utf8)) else { return [] }
        for (id, line) in rest.enumerated() {
            guard line.count >= 18, let offset = Int(String(decoding: line.prefix(10), as: UTF8.self)) else { break }
            let begin = Array("\(id) 0 obj\n".utf8)
            guard offset + begin.count < file.count, file[offset...].starts(with: begin),
                let end = range(of: "\nendobj", in: file[(offset + begin.count)...].prefix(65_536))
            else { continue }
            let body = Array(file[(offset + begin.count)..<end])
            if range(of: "stream", in: body[...]) == nil { found.append((id, body)) }
        }
        return found
    }

    /// Strings that people wrote stand in other objects, in brackets.
    private static func isFigure(_ body: [UInt8]) -> Bool {
        !body.contains(0x28) && range(of: "/S /Figure", in: body[...]) != nil
    }

    private static func adding(_ words: String, to body: [UInt8]) -> [UInt8]? {
        guard let end = lastRange(of: ">>", in: body) else { return nil }
        return Array(body[..<end]) + Array(words.utf8) + Array(body[end...])
    }

    private static func number(_ key: String, in bytes: ArraySlice<UInt8>) -> Int? {
        guard let start = range(of: key, in: bytes) else { return nil }
        let digits = bytes[(start + key.utf8.count)...].drop { $0 == 0x20 || $0 == 0x0A }.prefix {
            (0x30...0x39).contains($0)
        }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private static func range(of words: String, in bytes: ArraySlice<UInt8>) -> Int? {
        let wanted = Array(words.utf8)
        guard bytes.count >= wanted.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - wanted.count)).first { bytes[$0...].starts(with: wanted) }
    }

    private static func lastRange(of words: String, in bytes: [UInt8]) -> Int? {
        let wanted = Array(words.utf8)
        guard bytes.count >= wanted.count else { return nil }
        return (0...(bytes.count - wanted.count)).last { bytes[$0...].starts(with: wanted) }
    }
}
