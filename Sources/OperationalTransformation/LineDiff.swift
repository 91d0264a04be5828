/// Where two texts differ, line by line.
struct LineDiff {
    /// Lines of the one that stand for lines of the other.
    struct Hunk: Equatable {
        var old: Range<Int>
        var new: Range<Int>
    }

    /// The steps that the search for the shortest difference takes at most; past it what lies between the first and the
    /// last difference is one hunk.
    static let effort = 2_000_000

    /// The hunks in rising order; lines between them are the same.
    static func hunks<Line: Hashable>(_ old: [Line], _ new: [Line], effort: Int = effort) -> [Hunk] {
        var numbers: [Line: Int32] = [:]
        func number(_ lines: [Line]) -> [Int32] {
            lines.map { line in
                if let known = numbers[line] { return known }
                let fresh = Int32(numbers.count)
                numbers[line] = fresh
                return fresh
            }
        }
        return hunks(number(old), number(new), effort: effort)
    }

    private static func hunks(_ old: [Int32], _ new: [Int32], effort: Int) -> [Hunk] {
        var start = 0
        while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
        var oldEnd = old.count
        var newEnd = new.count
        while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
            oldEnd -= 1
            newEnd -= 1
        }
        if start == oldEnd, start == newEnd { return [] }
        let middle = Hunk(old: start..<oldEnd, new: start..<newEnd)
        guard start < oldEnd, start < newEnd else { return [middle] }
        return shortest(Array(old[middle.old]), Array(new[middle.new]), effort: effort)?.map { hunk in
            Hunk(
                old: hunk.old.lowerBound + start..<hunk.old.upperBound + start,
                new: hunk.new.lowerBound + start..<hunk.new.upperBound + start
            )
        } ?? [middle]
    }

    /// Myers' greedy search for the shortest edit script; nil when it would take more than `effort`.
    private static func shortest(_ old: [Int32], _ new: [Int32], effort: Int) -> [Hunk]? {
        let most = old.count + new.count
        // By diagonal, from the lowest that the effort lets it reach; -1 where it was not yet.
        let reach = min(most, Int(Double(effort).squareRoot()) + 1) + 1
        var furthest = [Int](repeating: -1, count: 2 * reach + 1)
        furthest[reach + 1] = 0
        // What `furthest` held before each round, only the diagonals it can have reached: the way back.
        var rounds: [[Int32]] = []
        var spent = 0
        for edits in 0...most {
            spent += 2 * edits + 1
            if spent > effort { return nil }
            var reached: [Int32] = []
            reached.reserveCapacity(edits + 1)
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let down =
                    diagonal == -edits
                    || diagonal != edits && furthest[reach + diagonal - 1] < furthest[reach + diagonal + 1]
                var x = down ? furthest[reach + diagonal + 1] : furthest[reach + diagonal - 1] + 1
                var y = x - diagonal
                while x < old.count, y < new.count, old[x] == new[y] {
                    x += 1
                    y += 1
                    spent += 1
                }
                furthest[reach + diagonal] = x
                reached.append(Int32(x))
                if x >= old.count, y >= new.count {
                    return way(back: rounds, edits, old.count, new.count)
                }
            }
            rounds.append(reached)
        }
        return nil
    }

    private static func way(back rounds: [[Int32]], _ edits: Int, _ oldCount: Int, _ newCount: Int) -> [Hunk] {
        var x = oldCount
        var y = newCount
        var hunks: [Hunk] = []
        for edit in stride(from: edits, to: 0, by: -1) {
            let diagonal = x - y
            let before = rounds[edit - 1]
            func reached(_ diagonal: Int) -> Int? {
                let index = (diagonal + edit - 1) / 2
                return abs(diagonal) <= edit - 1 ? Int(before[index]) : nil
            }
            let left = reached(diagonal - 1)
            let above = reached(diagonal + 1)
            let down = diagonal == -edit || diagonal != edit && (left ?? -1) < (above ?? -1)
            let fromX = (down ? above : left) ?? 0
            let fromY = fromX - (down ? diagonal + 1 : diagonal - 1)
            let step = Hunk(old: fromX..<(down ? fromX : fromX + 1), new: fromY..<(down ? fromY + 1 : fromY))
            if let last = hunks.last, last.old.lowerBound == step.old.upperBound,
                last.new.lowerBound == step.new.upperBound
            {
                hunks[hunks.count - 1] = Hunk(
                    old: step.old.lowerBound..<last.old.upperBound,
                    new: step.new.lowerBound..<last.new.upperBound
                )
            } else {
                hunks.append(step)
            }
            x = fromX
            y = fromY
        }
        return hunks.reversed()
    }
}

/// A text cut into lines, each with its units; what joins them is one `\n`.
struct Lines {
    let lines: [ArraySlice<UInt16>]
    /// Where each line begins, as if a `\n` ended the last one too; one more than there are lines.
    let starts: [Int]

    init(_ text: ChunkedText) {
        lines = text.units.split(separator: ChangeSet.lineFeed, omittingEmptySubsequences: false)
        var starts = [0]
        starts.reserveCapacity(lines.count + 1)
        for line in lines { starts.append(starts[starts.count - 1] + line.count + 1) }
        self.starts = starts
    }
}
