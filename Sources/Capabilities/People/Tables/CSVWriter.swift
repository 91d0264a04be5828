/// Writes RFC 4180: commas, CRLF, quotes where they are needed.
public struct CSVWriter {
    /// What is written.
    public private(set) var bytes: [UInt8] = []

    /// Begins with the names of the columns.
    public init(_ columns: [String]) { row(columns) }

    /// Writes a row.
    public mutating func row(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(FormulaGuard.guarded(cell))
        }
        bytes += [0x0D, 0x0A]
    }

    private mutating func write(_ cell: String) {
        let special: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, 0x0A, 0x0D]
        guard cell.utf8.contains(where: special.contains) else {
            bytes += cell.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

/// Keeps spreadsheets from running a cell: one that begins like a formula gets a `'` before it, which is taken away when
/// it is read again.
enum FormulaGuard {
    static func guarded(_ cell: String) -> String { isFormula(cell) ? "'" + cell : cell }

    static func unguarded(_ cell: String) -> String {
        cell.utf8.first == UInt8(ascii: "'") && isFormula(cell) ? String(cell.dropFirst()) : cell
    }

    /// Also behind any number of `'`, so that what is written is read again as it was.
    private static func isFormula(_ cell: String) -> Bool {
        let first = cell.utf8.first { $0 != UInt8(ascii: "'") }
        return first.map { Array("=+-@\t\r".utf8).contains($0) } ?? false
    }
}
