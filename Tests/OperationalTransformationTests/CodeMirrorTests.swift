import Foundation
import OperationalTransformation
import TestKit
import Testing

/// CodeMirror's own change sets under node, from the module that the browser client is built of.
@Suite("The same as CodeMirror")
struct CodeMirrorTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    @Test("apply, map, compose, invert and mapPos give what CodeMirror gives, byte for byte")
    func comparison() throws {
        // Fetched by hash as the browser client's build does; at once when it is there already.
        let fetch =
            "import sys; sys.path.insert(0, '\(Self.root)/Sources/WebClient'); "
            + "from tooling import vendor; vendor.fetch()"
        _ = try run("python3", ["-B", "-c", fetch], input: "")

        var cases: [String] = []
        var ours: [String] = []
        for seed in 0..<4_000 {
            var edits = RandomEdits(seed: UInt64(seed) + 100_000)
            let text = ChunkedText(edits.text(words: edits.dice.oneIn(6) ? 0 : edits.dice.upTo(50)))
            let wild = seed % 4 == 0
            let first = edits.change(of: text, wild: wild)
            let other = edits.change(of: text, wild: wild)
            let after = try text.applying(first)
            let next = edits.change(of: after, wild: wild)
            let positions = (0..<5).map { _ in edits.dice.upTo(text.count) }
            cases.append(
                """
                {"text":\(json(text.string)),"a":\(json(first)),"b":\(json(other)),"c":\(json(next)),\
                "positions":\(positions)}
                """
            )
            let mapped = positions.map { "[\(first.mapPosition($0)),\(first.mapPosition($0, .after))]" }
            let answers = [
                json(first), json(other), json(next), json(after.string),
                json(try first.map(over: other)), json(try first.map(over: other, before: true)),
                json(try other.map(over: first)), json(try first.compose(next)), json(try first.invert(text)),
                "[\(mapped.joined(separator: ","))]",
            ]
            ours.append("[\(answers.joined(separator: ","))]")
        }
        let script = "\(Self.root)/Tests/OperationalTransformationTests/codemirror.mjs"
        let module = "\(Self.root)/.build/vendor/codemirror/codemirror.mjs"
        let said = try run("node", [script, module], input: cases.joined(separator: "\n") + "\n")
        let theirs = said.split(separator: "\n")
        #expect(theirs.count == cases.count)
        for (index, (mine, its)) in zip(ours, theirs).enumerated() where Array(mine.utf8) != Array(its.utf8) {
            Issue.record("case \(cases[index])\nours \(mine)\ntheirs \(its)")
            return
        }
    }

    /// Runs one of Debian's programs; input and output go through files, so that neither side waits for the other.
    private func run(_ program: String, _ arguments: [String], input: String) throws -> String {
        let folder = try TemporaryFolder()
        try Data(input.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/in"))
        try Data().write(to: URL(fileURLWithPath: "\(folder.path)/out"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/\(program)")
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: "\(folder.path)/in"))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder.path)/out"))
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(program) ended with \(process.terminationStatus)")
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/out")), as: UTF8.self)
    }

    private func json(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\"": "\\\""
            case "\\": "\\\\"
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private func json(_ change: ChangeSet) -> String {
        let parts = change.parts.map { part in
            switch part {
            case .keep(let count): "\(count)"
            case .replace(let count, let lines): "[\((["\(count)"] + lines.map(json)).joined(separator: ","))]"
            }
        }
        return "[\(parts.joined(separator: ","))]"
    }
}
