import OperationalTransformation
import Testing

@Suite("Change sets")
struct ChangeSetTests {
    private func change(_ parts: ChangeSet.Part...) throws -> ChangeSet { try ChangeSet(parts: parts) }

    @Test("where two insertions meet, the earlier one stands first")
    func meeting() throws {
        let text = ChunkedText("ab")
        let earlier = try change(.keep(1), .replace(0, with: ["X"]), .keep(1))
        let later = try change(.keep(1), .replace(0, with: ["Y"]), .keep(1))
        #expect(try text.applying(earlier).applying(later.map(over: earlier)).string == "aXYb")
        #expect(try later.map(over: earlier).parts == [.keep(2), .replace(0, with: ["Y"]), .keep(1)])
        #expect(try later.map(over: earlier, before: true).parts == [.keep(1), .replace(0, with: ["Y"]), .keep(2)])
    }

    @Test(
        "what CodeMirror never writes is refused",
        arguments: [
            ([.keep(0)], .length), ([.keep(-1)], .length), ([.replace(-1, with: [])], .length),
            ([.keep(.max), .keep(.max)], .length), ([.replace(0, with: ["a\nb"])], .line),
            ([.replace(0, with: ["a\r"])], .line), ([.keep(1), .keep(1), .keep(1), .keep(1)], .tooMany),
        ] as [([ChangeSet.Part], ChangeSet.Fault)]
    )
    func refused(parts: [ChangeSet.Part], fault: ChangeSet.Fault) {
        #expect(throws: fault) { try ChangeSet(parts: parts, limit: 3) }
    }

    @Test("lengths that do not add up and changes inside a surrogate pair do not fit")
    func fitting() throws {
        let text = ChunkedText("a🇮🇹b")
        #expect(try change(.keep(6)).fits(text))
        #expect(try !change(.keep(5)).fits(text))
        #expect(try change(.keep(1), .replace(4, with: []), .keep(1)).fits(text))
        #expect(try change(.keep(3), .replace(2, with: []), .keep(1)).fits(text))
        #expect(try !change(.keep(2), .replace(0, with: ["x"]), .keep(4)).fits(text))
        #expect(try !change(.keep(1), .replace(1, with: []), .keep(4)).fits(text))
        #expect(try !change(.keep(1), .replace(3, with: []), .keep(2)).fits(text))
        // Two keeps that meet there touch nothing.
        #expect(try change(.keep(2), .keep(4)).fits(text))
        #expect(throws: LengthMismatch.self) { try text.applying(change(.keep(5))) }
    }

    @Test("parts are written as they were read")
    func roundTrip() throws {
        let parts: [ChangeSet.Part] = [
            .keep(2), .replace(3, with: []), .replace(0, with: ["a", "", "b"]), .replace(1, with: ["", ""]), .keep(1),
        ]
        #expect(try ChangeSet(parts: parts).parts == parts)
        #expect(try ChangeSet(parts: []).parts == [])
        #expect(ChangeSet(keeping: 0).parts == [])
    }

    @Test("a range keeps to its words: what is written at its edges stays outside, what is within stays in")
    func ranges() throws {
        let insertion = try change(.keep(2), .replace(0, with: ["xx"]), .keep(3))
        #expect(insertion.mapRange(2..<4) == 4..<6)
        #expect(insertion.mapRange(0..<2) == 0..<2)
        #expect(insertion.mapRange(1..<4) == 1..<6)
        let deletion = try change(.keep(1), .replace(4, with: []))
        #expect(deletion.mapRange(2..<4) == 1..<1)
    }
}

@Suite("Differences and merges")
struct MergeTests {
    @Test("a change made of two texts makes the one of the other", arguments: 0..<10)
    func difference(part: Int) throws {
        for seed in part * 200..<(part + 1) * 200 { try makesTheOther(seed) }
    }

    private func makesTheOther(_ seed: Int) throws {
        var edits = RandomEdits(seed: UInt64(seed) + 50_000)
        let old = ChunkedText(edits.text(words: edits.dice.upTo(40)))
        let new = edits.dice.oneIn(5) ? ChunkedText(edits.text(words: 20)) : try old.applying(edits.change(of: old))
        let change = TextDiff.change(from: old, to: new)
        #expect(try old.applying(change) == new)
        #expect(change.fits(old))
    }

    @Test(
        "a change touches only the lines that differ",
        arguments: [
            ("a\nb\nc", "a\nB\nc", [.keep(2), .replace(1, with: ["B"]), .keep(2)]),
            ("a", "a\nb", [.keep(1), .replace(0, with: ["", "b"])]),
            ("a\nb", "a", [.keep(1), .replace(2, with: [])]),
            ("", "a\nb", [.replace(0, with: ["a", "b"])]),
            ("a\nb\nc\nd\ne", "a\nx\nc\nd", [.keep(2), .replace(1, with: ["x"]), .keep(4), .replace(2, with: [])]),
            ("🇮🇹", "🇮🇸", [.keep(2), .replace(2, with: ["🇸"])]),
        ] as [(String, String, [ChangeSet.Part])]
    )
    func lines(old: String, new: String, parts: [ChangeSet.Part]) {
        #expect(TextDiff.change(from: ChunkedText(old), to: ChunkedText(new)).parts == parts)
    }

    private func merge(_ base: String, _ one: String, _ other: String) -> String? {
        guard case .merged(let text) = TextMerge.merge(base: ChunkedText(base), ChunkedText(one), ChunkedText(other))
        else { return nil }
        return text.string
    }

    @Test("edits with an untouched line between them merge")
    func merging() {
        #expect(merge("a\nb\nc", "A\nb\nc", "a\nb\nC") == "A\nb\nC")
        #expect(merge("a\nb\nc", "a\nb\nc\nd", "A\nb\nc") == "A\nb\nc\nd")
        #expect(merge("a\nb\nc\nd\ne", "a\nc\nd\ne", "a\nb\nc\nd") == "a\nc\nd")
        #expect(merge("a\nb\nc", "a\nb\nc", "x") == "x")
        #expect(merge("a\nb", "X", "X") == "X")
        #expect(merge("a\nb\nc\n", "A\nb\nc\n", "a\nb\nc\nd\n") == "A\nb\nc\nd\n")
        #expect(merge("", "", "città") == "città")
    }

    @Test("edits of one line, or of lines side by side, do not")
    func conflicts() {
        #expect(merge("a\nb\nc", "A\nb\nc", "x\nb\nc") == nil)
        #expect(merge("a\nb\nc", "A\nb\nc", "a\nB\nc") == nil)
        #expect(merge("a", "a\nb", "a\nc") == nil)
        #expect(merge("", "x", "y") == nil)
        // The same letter to the eye, other code units.
        #expect(merge("a", "\u{E9}", "e\u{301}") == nil)
    }

    @Test("edits of separate lines always merge, whoever comes first", arguments: 0..<10)
    func separate(part: Int) {
        for seed in part * 50..<(part + 1) * 50 { mergesBoth(seed) }
    }

    private func mergesBoth(_ seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        // Lines with numbers of their own: the difference is what was edited and nothing else.
        let base = (0..<(20 + dice.upTo(20))).map { "riga \($0)" }
        var (one, other, both) = (base, base, base)
        var isMine = true
        var line = dice.upTo(2)
        while line < base.count {
            let edit = dice.oneIn(3) ? [] : dice.oneIn(2) ? ["più \(line)"] : ["più \(line)", base[line], "🇮🇹"]
            let text = edit.joined(separator: "\n")
            if isMine { one[line] = text } else { other[line] = text }
            both[line] = text
            if dice.oneIn(2) { isMine.toggle() }
            line += 2 + dice.upTo(4)
        }
        func join(_ lines: [String]) -> String { lines.joined(separator: "\n") }
        #expect(merge(join(base), join(one), join(other)) == join(both))
        #expect(merge(join(base), join(other), join(one)) == join(both))
    }

    @Test("texts that have nothing in common are compared in bounded time")
    func bounded() throws {
        let old = ChunkedText((0..<20_000).map { "a\($0)" }.joined(separator: "\n"))
        let new = ChunkedText((0..<20_000).map { "b\($0)" }.joined(separator: "\n"))
        #expect(try old.applying(TextDiff.change(from: old, to: new)) == new)
    }
}
