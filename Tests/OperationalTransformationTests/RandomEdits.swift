import OperationalTransformation

/// Numbers that look random and are the same in every run of the same seed.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    mutating func upTo(_ most: Int) -> Int { Int.random(in: 0...most, using: &self) }

    mutating func oneIn(_ count: Int) -> Bool { upTo(count - 1) == 0 }
}

/// Texts and changes as people and programs make them: accents, emoji, nothing at all, and everything at once.
struct RandomEdits {
    var dice: Dice

    init(seed: UInt64) { dice = Dice(seed: seed) }

    private static let words = [
        "a", "è", "più", "città", "e\u{301}", "🇮🇹", "👩🏽‍🌾", "𝔐", "\n", "\n\n", " ", "- ", "# ", "l’ente", "1.250,00 €",
        "\"", "\\",
        "piano strategico\n", "metropolitana",
    ]

    mutating func text(words count: Int) -> String {
        (0..<count).map { _ in Self.words[dice.upTo(Self.words.count - 1)] }.joined()
    }

    /// A valid change of a text; with `wild`, not joined up as CodeMirror would write it.
    mutating func change(of text: ChunkedText, wild: Bool = false) -> ChangeSet {
        let units = text.units
        var parts: [ChangeSet.Part] = []
        var position = 0
        let edits = dice.oneIn(12) ? 0 : dice.oneIn(10) ? 1 + dice.upTo(30) : 1 + dice.upTo(3)
        func next(_ dice: inout Dice, _ reach: Int) -> Int {
            var place = min(units.count, position + dice.upTo(reach))
            if place > 0, place < units.count, UTF16.isTrailSurrogate(units[place]) { place += 1 }
            return place
        }
        for _ in 0..<edits {
            let start = next(&dice, max(1, units.count * 2 / max(1, edits)))
            if start > position { parts.append(.keep(start - position)) }
            position = start
            let end = dice.oneIn(2) ? start : dice.oneIn(20) ? units.count : next(&dice, 8)
            let text = dice.oneIn(3) ? "" : dice.oneIn(40) ? self.text(words: 500) : self.text(words: 1 + dice.upTo(3))
            if end == start, text.isEmpty, !wild { continue }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            parts.append(.replace(end - start, with: text.isEmpty ? [] : lines))
            position = end
        }
        if position < units.count { parts.append(.keep(units.count - position)) }
        do {
            let change = try ChangeSet(parts: parts)
            return wild ? change : try change.compose(ChangeSet(keeping: change.newLength))
        } catch {
            preconditionFailure("a change made by the rules was refused: \(error)")
        }
    }
}
