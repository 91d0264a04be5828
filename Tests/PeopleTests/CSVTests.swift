import Testing

@testable import People

@Suite("Tables as text")
struct CSVTests {
    private func cells(_ text: String) throws -> [[String]] { try CSVReader.rows(of: text).map(\.cells) }

    @Test(
        "RFC 4180 is read: quotes, line breaks in cells, CRLF, a byte order mark, and what spreadsheets write",
        arguments: [
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}\"a\",b\r\n", [["a", "b"]]),
            ("a,b\r\n\"x \"\"y\"\"\",\"\"\r\n", [["a", "b"], ["x \"y\"", ""]]),
            ("a,b\r\n\"uno\r\ndue\ntre\",\"1,2;3\"\r\n", [["a", "b"], ["uno\r\ndue\ntre", "1,2;3"]]),
            ("a;b\r\n1,5;2\r\n", [["a", "b"], ["1,5", "2"]]),
            ("a\tb\n1,5;x\t2\n", [["a", "b"], ["1,5;x", "2"]]),
            ("\"a,x\";b\n1;2\n", [["a,x", "b"], ["1", "2"]]),
            ("a,b\n 1 , 2\n", [["a", "b"], [" 1 ", " 2"]]),
            ("a,b\n\n,\n1,2\n\n", [["a", "b"], ["1", "2"]]),
            ("a,b,\n", [["a", "b", ""]]),
            // A mark that combines with a separator or a quote stays in its cell.
            ("a,b\n1,\u{301}x\n\"\u{301}\",\"2\"\n", [["a", "b"], ["1", "\u{301}x"], ["\u{301}", "2"]]),
            ("", []),
        ]
    )
    func read(_ text: String, _ rows: [[String]]) throws {
        #expect(try cells(text) == rows)
    }

    @Test("a row is known by the line in which it begins")
    func lines() throws {
        let rows = try CSVReader.rows(of: "a\r\n\"x\r\ny\rz\n\"\r\n\r\nb\r\n")
        #expect(rows.map(\.line) == [1, 2, 7])
    }

    @Test(
        "a quote that does not end or stands where none may is an error, never repaired",
        arguments: [
            ("a,b\n1,\"2\n3,4\n", 2, "open_quote"), ("a,b\n1,x\"y\n", 2, "stray_quote"),
            ("a,b\n\"1\"x,2\n", 2, "stray_quote"), ("\"", 1, "open_quote"), ("a,b\n\"1\" ,2\n", 2, "stray_quote"),
        ]
    )
    func broken(_ text: String, _ line: Int, _ problem: String) {
        #expect(throws: CSVError(line: line, problem: problem)) { try CSVReader.rows(of: text) }
    }

    @Test(
        "what is written is read again as it was, and no cell begins like a formula",
        arguments: [
            "=1+1", "+39 06", "-9.1", "@nome", "\tx", "\rx", "'=x", "''-", "'nome", "a\"b", "a,b", "a;b", "a\r\nb",
            " a ", "è\u{301}", "", "\u{301}", "'",
        ]
    )
    func written(_ cell: String) throws {
        var writer = CSVWriter(["colonna", "altra"])
        writer.row([cell, "x"])
        let text = String(decoding: writer.bytes, as: UTF8.self)
        let row = try #require(try CSVReader.rows(of: text).last)
        #expect(FormulaGuard.unguarded(row.cells[0]).utf8.elementsEqual(cell.utf8))
        let first = row.cells[0].utf8.first
        #expect(first.map { !Array("=+-@\t\r".utf8).contains($0) } ?? true)
    }
}
