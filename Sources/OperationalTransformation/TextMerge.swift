/// The merge of two texts that come from one.
public enum TextMerge: Equatable, Sendable {
    /// Both sides' edits together.
    case merged(ChunkedText)
    /// Both sides edited the same line, or lines without an untouched one between them.
    case conflict

    /// Merges line by line: edits with an untouched line between them go together, and so do edits that are the same.
    ///
    /// Where equal lines leave open which of them was edited, both sides are read in the same way: the edits as far down
    /// as they go, and where they meet then, as far up.
    public static func merge(base: ChunkedText, _ one: ChunkedText, _ other: ChunkedText) -> TextMerge {
        if one == other || base == other { return .merged(one) }
        if base == one { return .merged(other) }
        let old = Lines(base).lines
        let mine = Lines(one).lines
        let theirs = Lines(other).lines
        let (my, their) = (LineAlignment(old, mine), LineAlignment(old, theirs))
        for sliding in LineAlignment.Sliding.allCases {
            let merged = merge(old, mine, my.hunks(sliding), theirs, their.hunks(sliding))
            if let merged { return .merged(ChunkedText(Array(merged.joined(separator: [ChangeSet.lineFeed])))) }
        }
        return .conflict
    }

    /// The lines of both sides' edits together; nil where they meet.
    private static func merge(
        _ old: [ArraySlice<UInt16>],
        _ mine: [ArraySlice<UInt16>],
        _ myHunks: [LineDiff.Hunk],
        _ theirs: [ArraySlice<UInt16>],
        _ theirHunks: [LineDiff.Hunk]
    ) -> [ArraySlice<UInt16>]? {
        var merged: [ArraySlice<UInt16>] = []
        var position = 0
        var (my, their) = (0, 0)
        func take(_ hunk: LineDiff.Hunk, _ lines: [ArraySlice<UInt16>]) {
            merged += old[position..<hunk.old.lowerBound]
            merged += lines[hunk.new]
            position = hunk.old.upperBound
        }
        while my < myHunks.count || their < theirHunks.count {
            guard my < myHunks.count else {
                take(theirHunks[their], theirs)
                their += 1
                continue
            }
            guard their < theirHunks.count else {
                take(myHunks[my], mine)
                my += 1
                continue
            }
            let (left, right) = (myHunks[my], theirHunks[their])
            if left.old.upperBound < right.old.lowerBound {
                take(left, mine)
                my += 1
            } else if right.old.upperBound < left.old.lowerBound {
                take(right, theirs)
                their += 1
            } else if left.old == right.old, mine[left.new] == theirs[right.new] {
                take(left, mine)
                my += 1
                their += 1
            } else {
                return nil
            }
        }
        merged += old[position...]
        return merged
    }
}
