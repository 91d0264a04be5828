/// How a text came from another.
public enum TextDiff {
    /// A change that makes `new` of `old`: lines that are the same are kept, and of those that differ the beginning and
    /// the end that are the same.
    ///
    /// The search is bounded: where it would take long, what lies between the first and the last difference is replaced.
    public static func change(from old: ChunkedText, to new: ChunkedText) -> ChangeSet {
        change(from: old, to: new, effort: LineDiff.effort)
    }

    static func change(from old: ChunkedText, to new: ChunkedText, effort: Int) -> ChangeSet {
        let before = Lines(old)
        let after = Lines(new)
        let oldUnits = old.units
        let newUnits = new.units
        var change = ChangeSet(sections: [])
        var position = 0
        for hunk in LineDiff.hunks(before.lines, after.lines, effort: effort) {
            var from = before.starts[hunk.old.lowerBound]..<before.starts[hunk.old.upperBound]
            var to = after.starts[hunk.new.lowerBound]..<after.starts[hunk.new.upperBound]
            if hunk.old.upperBound == before.lines.count {
                // The last lines have no `\n` of their own. What is empty takes part with the one before it.
                let shift = from.isEmpty || to.isEmpty ? 1 : 0
                from = from.lowerBound - shift..<from.upperBound - 1
                to = to.lowerBound - shift..<to.upperBound - 1
            }
            trim(&from, oldUnits, &to, newUnits)
            guard !from.isEmpty || !to.isEmpty else { continue }
            change.add(from.lowerBound - position, ChangeSet.Section.kept)
            change.add(from.count, to.count, newUnits[to])
            position = from.upperBound
        }
        change.add(oldUnits.count - position, ChangeSet.Section.kept)
        return change
    }

    /// Lines that differ, with some of those around them.
    public struct Hunk: Equatable, Sendable {
        /// The number of the first line in the one text, from 1.
        public let old: Int
        /// The number of the first line in the other.
        public let new: Int
        /// The lines, each after a space where both texts have it, `-` or `+` where only the one or the other has.
        public let lines: [String]
    }

    /// The lines that differ between two texts, with `context` lines around them.
    public static func hunks(from old: ChunkedText, to new: ChunkedText, context: Int) -> [Hunk] {
        let before = Lines(old).lines
        let after = Lines(new).lines
        var groups: [[LineDiff.Hunk]] = []
        for hunk in LineDiff.hunks(before, after) {
            if let last = groups.last?.last, hunk.old.lowerBound - last.old.upperBound <= 2 * context {
                groups[groups.count - 1].append(hunk)
            } else {
                groups.append([hunk])
            }
        }
        return groups.compactMap { group in
            guard let first = group.first else { return nil }
            var place = max(0, first.old.lowerBound - context)
            let start = place
            var lines: [String] = []
            func put(_ mark: String, _ some: ArraySlice<ArraySlice<UInt16>>) {
                lines += some.map { mark + String(decoding: $0, as: UTF16.self) }
            }
            for hunk in group {
                put(" ", before[place..<hunk.old.lowerBound])
                put("-", before[hunk.old])
                put("+", after[hunk.new])
                place = hunk.old.upperBound
            }
            put(" ", before[place..<min(before.count, place + context)])
            let ahead = first.old.lowerBound - start
            return Hunk(old: start + 1, new: first.new.lowerBound - ahead + 1, lines: lines)
        }
    }

    /// Takes off what both stretches begin and end with, never parting a pair.
    private static func trim(
        _ old: inout Range<Int>,
        _ oldUnits: [UInt16],
        _ new: inout Range<Int>,
        _ newUnits: [UInt16]
    ) {
        var (oldStart, newStart) = (old.lowerBound, new.lowerBound)
        var (oldEnd, newEnd) = (old.upperBound, new.upperBound)
        while oldStart < oldEnd, newStart < newEnd, oldUnits[oldStart] == newUnits[newStart] {
            oldStart += 1
            newStart += 1
        }
        while oldEnd > oldStart, newEnd > newStart, oldUnits[oldEnd - 1] == newUnits[newEnd - 1] {
            oldEnd -= 1
            newEnd -= 1
        }
        if isInsidePair(oldStart, oldUnits) || isInsidePair(newStart, newUnits) {
            oldStart -= 1
            newStart -= 1
        }
        if isInsidePair(oldEnd, oldUnits) || isInsidePair(newEnd, newUnits) {
            oldEnd += 1
            newEnd += 1
        }
        old = oldStart..<oldEnd
        new = newStart..<newEnd
    }

    private static func isInsidePair(_ place: Int, _ units: [UInt16]) -> Bool {
        place > 0 && place < units.count && units[place].isLowSurrogate && units[place - 1].isHighSurrogate
    }
}
