public import WireProtocol

/// The table of an import: rows whose cells are known by the names of their columns.
public struct ImportTable: Sendable {
    /// One row; an empty cell is as good as none.
    public struct Row: Sendable {
        /// The line in which it begins.
        public let line: Int
        /// The cells that hold something, by column.
        public let cells: [String: String]
        /// What is wrong with it as a row.
        public let problems: [FieldProblem]

        /// What stands in a column; nil for an empty cell.
        public subscript(column: String) -> String? { cells[column] }

        /// The cells of some columns as the fields of a command.
        func object(_ columns: [String]) -> JSONObject {
            JSONObject(columns.compactMap { column in cells[column].map { .init(name: column, value: .string($0)) } })
        }
    }

    /// The rows.
    public let rows: [Row]

    /// Reads a table of those columns at most, of which `required` must be there.
    ///
    /// Throws `invalid` for what is no such table.
    public init(_ text: String, columns: [String], required: [String], limit: Int) throws {
        let read: [CSVRow]
        do {
            read = try CSVReader.rows(of: text)
        } catch {
            throw WireError.invalid("with.csv.\(error.line)", error.problem)
        }
        guard let first = read.first else { throw WireError.invalid("with.csv", "empty") }
        let header = first.cells.map(Self.key)
        for (index, name) in header.enumerated() where !name.isEmpty {
            guard columns.contains(name) else { throw WireError.invalid("with.csv.1.\(name)", "unknown_column") }
            if header.firstIndex(of: name) != index { throw WireError.invalid("with.csv.1.\(name)", "duplicate") }
        }
        for name in required where !header.contains(name) { throw WireError.invalid("with.csv.1.\(name)", "missing") }
        guard read.count - 1 <= limit else { throw WireError.invalid("with.csv", "too_many") }
        rows = read.dropFirst().map { Self.row($0, header) }
    }

    /// A column's name as it is compared: blanks and case do not count.
    public static func key(_ name: String) -> String {
        name.split(whereSeparator: \.isWhitespace).joined().lowercased()
    }

    private static func row(_ row: CSVRow, _ header: [String]) -> Row {
        var cells: [String: String] = [:]
        var problems: [FieldProblem] = []
        if row.cells.count < header.count { problems.append(FieldProblem(path: "row", problem: "too_few")) }
        for (index, cell) in row.cells.enumerated() where !cell.isEmpty {
            guard index < header.count, !header[index].isEmpty else {
                problems.append(FieldProblem(path: "row", problem: "too_many"))
                break
            }
            cells[header[index]] = FormulaGuard.unguarded(cell)
        }
        return Row(line: row.line, cells: cells, problems: problems)
    }
}

extension WireError {
    /// The problems of a command's fields; throws what is none.
    static func problems(_ body: () throws -> Void) throws -> [FieldProblem] {
        do {
            try body()
            return []
        } catch let refusal as WireError {
            guard let fields = refusal.fields else { throw refusal }
            return fields
        }
    }

    /// `invalid` with the problems of all rows.
    static func invalidRows(_ rows: [(line: Int64, problems: [FieldProblem])]) -> WireError {
        let problems = rows.flatMap { row in
            row.problems.map { FieldProblem(path: "with.csv.\(row.line).\($0.path)", problem: $0.problem) }
        }
        return WireError(.invalid, "\(rows.count) rows are invalid", fields: Array(problems.prefix(1_000)))
    }
}
