/// A row of a table, by column.
struct CSVRow: Sendable, Equatable {
    /// The line in which it begins, from 1.
    let line: Int
    /// The cells.
    let cells: [String]
}

/// Why a text is no table.
struct CSVError: Error, Equatable {
    /// The line in which the row begins.
    let line: Int
    /// `open_quote` or `stray_quote`.
    let problem: String
}

/// Reads RFC 4180, byte by byte: quoted cells with quotes and line breaks in them, CRLF, LF or CR between rows, a byte
/// order mark; also `;` and tabs between cells, as spreadsheets in Italian write them.
///
/// It never repairs: a quote that does not end, or that stands where none may, is an error.
struct CSVReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var line = 1

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        separator = Self.separator(of: bytes)
    }

    /// The rows of a text, without those that hold nothing.
    static func rows(of text: String) throws(CSVError) -> [CSVRow] {
        var bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var reader = CSVReader(bytes)
        var rows: [CSVRow] = []
        while reader.position < reader.bytes.count {
            let row = try reader.row()
            if row.cells.contains(where: { !$0.isEmpty }) { rows.append(row) }
        }
        return rows
    }

    /// The first of `,` `;` and tab that stands outside of quotes in the first row.
    private static func separator(of bytes: [UInt8]) -> UInt8 {
        var isQuoted = false
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"): if !isQuoted { return byte }
            case 0x0A, 0x0D: if !isQuoted { return UInt8(ascii: ",") }
            default: break
            }
        }
        return UInt8(ascii: ",")
    }

    private mutating func row() throws(CSVError) -> CSVRow {
        let first = line
        var cells: [String] = []
        while true {
            cells.append(try cell(first))
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        takeLineBreak()
        return CSVRow(line: first, cells: cells)
    }

    private mutating func cell(_ first: Int) throws(CSVError) -> String {
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quoted(first) }
        let start = position
        while let byte = peek, byte != separator, byte != 0x0A, byte != 0x0D {
            if byte == UInt8(ascii: "\"") { throw CSVError(line: first, problem: "stray_quote") }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quoted(_ first: Int) throws(CSVError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = peek {
            position += 1
            if byte != UInt8(ascii: "\"") {
                if byte == 0x0A || byte == 0x0D && peek != 0x0A { line += 1 }
                text.append(byte)
            } else if peek == UInt8(ascii: "\"") {
                position += 1
                text.append(byte)
            } else {
                if let next = peek, next != separator, next != 0x0A, next != 0x0D {
                    throw CSVError(line: first, problem: "stray_quote")
                }
                return String(decoding: text, as: UTF8.self)
            }
        }
        throw CSVError(line: first, problem: "open_quote")
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func takeLineBreak() {
        if peek == 0x0D { position += 1 } else if peek != 0x0A { return }
        if peek == 0x0A { position += 1 }
        line += 1
    }
}
