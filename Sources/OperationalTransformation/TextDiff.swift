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
