import OperationalTransformation
import TestKit
import Testing

@Suite("Merging texts of many blank lines")
struct TextMergeTests {
    /// One line is edited, or lines are put before one.
    private struct Edit {
        let isMine: Bool
        let lines: Range<Int>
        let by: [String]
    }

    private struct Case {
        var base: [String] = []
        var edits: [Edit] = []

        /// The base with the edits of those sides.
        func text(_ isIn: (Edit) -> Bool) -> [String] {
            var made: [String] = []
            var position = 0
            for edit in edits where isIn(edit) {
                made += base[position..<edit.lines.lowerBound] + edit.by
                position = edit.lines.upperBound
            }
            return made + base[position...]
        }

        func merged() -> [String]? {
            func joined(_ lines: [String]) -> ChunkedText { ChunkedText(lines.joined(separator: "\n")) }
            let one = joined(text(\.isMine))
            let other = joined(text { !$0.isMine })
            guard case .merged(let text) = TextMerge.merge(base: joined(base), one, other),
                case .merged(let same) = TextMerge.merge(base: joined(base), other, one)
            else { return nil }
            #expect(text == same, "who is asked first makes a difference")
            return text.string.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private static func base(_ random: inout SeededGenerator) -> [String] {
        (0..<Int.random(in: 6...30, using: &random)).map { line in
            Int.random(in: 0..<5, using: &random) < 3 ? "" : "riga \(line)"
        }
    }

    /// Edits of both sides with at least one line between any two; `blank` says what may be done with blank lines, once
    /// for each side: where they are only pushed apart, the texts leave no doubt about what was edited.
    private static func separated(_ blank: [String], _ random: inout SeededGenerator) -> Case {
        var made = Case(base: base(&random))
        var line = Int.random(in: 0...2, using: &random)
        var used: Set<Bool> = []
        while line < made.base.count {
            let isMine = Bool.random(using: &random)
            let new = "nuova \(line)"
            let act: String
            if made.base[line].isEmpty {
                let wanted = blank.randomElement(using: &random) ?? "insert"
                act = wanted != "insert" && !used.insert(isMine).inserted ? "insert" : wanted
            } else {
                act = ["insert", "replace", "delete"].randomElement(using: &random) ?? "insert"
            }
            let isEdit = act == "replace" || act == "delete"
            let by: [String] =
                switch act {
                case "delete": []
                case "paragraph": [new, ""]
                case "following": ["", new]
                default: [new]
                }
            made.edits.append(Edit(isMine: isMine, lines: line..<(isEdit ? line + 1 : line), by: by))
            line += (isEdit ? 1 : 0) + 1 + Int.random(in: 0...3, using: &random)
        }
        return made
    }

    @Test("edits with an untouched line between them are all in the merged text, however many blank lines there are")
    func separatedEdits() {
        for seed in 1...1_500 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let made = Self.separated(["insert"], &random)
            #expect(made.merged() == made.text { _ in true }, "seed \(seed)")
        }
    }

    @Test(
        "where equal lines leave open which of them was edited, nothing that was written is lost",
        arguments: ["replace", "delete", "paragraph", "following"]
    )
    func openEdits(act: String) {
        var conflicts = 0
        var moved = 0
        for seed in 1...1_000 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let made = Self.separated(["insert", act], &random)
            guard let merged = made.merged() else {
                conflicts += 1
                continue
            }
            let wanted = made.text { _ in true }
            #expect(merged.filter { !$0.isEmpty }.sorted() == wanted.filter { !$0.isEmpty }.sorted(), "seed \(seed)")
            if merged.filter({ !$0.isEmpty }) != wanted.filter({ !$0.isEmpty }) { moved += 1 }
            if act != "delete" { #expect(merged.count == wanted.count, "seed \(seed)") }
        }
        // A shortest difference of any kind lets up to a fifth of these meet.
        #expect(conflicts < 50, "\(conflicts) of 1,000")
        // Two of the very few that can be read as put in on the other side of each other.
        #expect(moved < 5, "\(moved) of 1,000")
    }

    @Test("edits of one line never merge, whatever else is edited", arguments: ["replace", "insert"])
    func sameLine(act: String) {
        for seed in 1...1_500 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            var made = Case(base: Self.base(&random))
            let line = Int.random(in: 0..<made.base.count, using: &random)
            for other in stride(from: Int.random(in: 0...3, using: &random), to: made.base.count, by: 3) {
                if abs(other - line) < 2 || Bool.random(using: &random) { continue }
                // With a blank line less or more it is open where something was put in between blank lines.
                if act == "insert", made.base[other].isEmpty { continue }
                let by = Bool.random(using: &random) ? ["altra \(other)"] : []
                made.edits.append(Edit(isMine: Bool.random(using: &random), lines: other..<other + 1, by: by))
            }
            let edited = act == "replace" ? line..<line + 1 : line..<line
            for (isMine, text) in [(true, "mia"), (false, "loro")] {
                made.edits.append(Edit(isMine: isMine, lines: edited, by: [text]))
            }
            made.edits.sort { ($0.lines.lowerBound, $0.isMine ? 0 : 1) < ($1.lines.lowerBound, $1.isMine ? 0 : 1) }
            #expect(made.merged() == nil, "seed \(seed)")
        }
    }

    @Test("a long text with edits at both ends is merged at once")
    func long() {
        var made = Case(base: (0..<20_000).map { $0 % 3 == 0 ? "riga \($0)" : "" })
        for line in stride(from: 0, to: 20_000, by: 500) {
            made.edits.append(Edit(isMine: line % 1_000 == 0, lines: line..<line + 1, by: ["nuova \(line)", ""]))
        }
        let started = ContinuousClock.now
        #expect(made.merged()?.filter { !$0.isEmpty } == made.text { _ in true }.filter { !$0.isEmpty })
        #expect(ContinuousClock.now - started < .seconds(20))
    }
}
