/// Where two texts differ, as three texts are merged by: of all shortest differences the one of the fewest hunks, each
/// as far down, or as far up, as equal lines let it be.
///
/// Repeated lines, blank ones above all, let a difference be read in many ways. Two people's edits go together only when
/// both are read alike and in as few pieces as they were made in.
struct LineAlignment {
    /// To where hunks slide among equal lines.
    enum Sliding: CaseIterable {
        case down, up
    }

    /// The cells that the search for the fewest hunks looks at; past it any shortest difference does.
    static let effort = 1_000_000

    /// The lines as numbers: equal ones have the same.
    private let old: [Int32]
    private let new: [Int32]
    private let fewest: [LineDiff.Hunk]

    init<Line: Hashable>(_ old: [Line], _ new: [Line]) {
        var numbers: [Line: Int32] = [:]
        func number(_ line: Line) -> Int32 {
            if let known = numbers[line] { return known }
            let fresh = Int32(numbers.count)
            numbers[line] = fresh
            return fresh
        }
        self.old = old.map(number)
        self.new = new.map(number)
        let shortest = LineDiff.hunks(self.old, self.new)
        fewest = shortest.count < 2 ? shortest : Self.fewest(self.old, self.new, like: shortest) ?? shortest
    }

    // MARK: The fewest hunks

    /// Whether the line before was in a hunk.
    private enum Place: Int {
        case outside, inside
    }

    /// What is left to do from a place in both texts, by the diagonals that a shortest difference can reach.
    private struct Costs {
        /// One more edit costs more than any number of hunks.
        static let edit = 1 << 24
        static let impossible = Int.max / 2
        let deletions: Int
        let width: Int
        private var costs: [Int]

        init(rows: Int, deletions: Int, insertions: Int) {
            self.deletions = deletions
            width = deletions + insertions + 1
            costs = Array(repeating: Self.impossible, count: 2 * rows * width)
        }

        subscript(old: Int, new: Int, place: Place) -> Int {
            get {
                let diagonal = new - old + deletions
                guard diagonal >= 0, diagonal < width else { return Self.impossible }
                return costs[2 * (old * width + diagonal) + place.rawValue]
            }
            set { costs[2 * (old * width + new - old + deletions) + place.rawValue] = newValue }
        }
    }

    private static func fewest(
        _ old: [Int32],
        _ new: [Int32],
        like shortest: [LineDiff.Hunk]
    ) -> [LineDiff.Hunk]? {
        // All shortest differences have as many deletions and insertions.
        let deletions = shortest.reduce(0) { $0 + $1.old.count }
        let insertions = shortest.reduce(0) { $0 + $1.new.count }
        guard (old.count + 1) * (deletions + insertions + 1) <= effort else { return nil }
        var costs = Costs(rows: old.count + 1, deletions: deletions, insertions: insertions)
        for at in stride(from: old.count, through: 0, by: -1) {
            let last = min(new.count, at + insertions)
            for place in stride(from: last, through: max(0, at - deletions), by: -1) {
                if at == old.count, place == new.count {
                    costs[at, place, .outside] = 0
                    costs[at, place, .inside] = 0
                    continue
                }
                var kept = Costs.impossible
                if at < old.count, place < new.count, old[at] == new[place] {
                    kept = costs[at + 1, place + 1, .outside]
                }
                var edited = Costs.impossible
                if at < old.count { edited = min(edited, costs[at + 1, place, .inside] + Costs.edit) }
                if place < new.count { edited = min(edited, costs[at, place + 1, .inside] + Costs.edit) }
                costs[at, place, .outside] = min(kept, edited + 1, Costs.impossible)
                costs[at, place, .inside] = min(kept, edited, Costs.impossible)
            }
        }
        return way(through: costs, old, new)
    }

    private static func way(through costs: Costs, _ old: [Int32], _ new: [Int32]) -> [LineDiff.Hunk] {
        var hunks: [LineDiff.Hunk] = []
        var (at, place) = (0, 0)
        var start: (old: Int, new: Int)?
        func end() {
            if let begun = start { hunks.append(LineDiff.Hunk(old: begun.old..<at, new: begun.new..<place)) }
            start = nil
        }
        while at < old.count || place < new.count {
            let left = costs[at, place, start == nil ? .outside : .inside]
            if at < old.count, place < new.count, old[at] == new[place], costs[at + 1, place + 1, .outside] == left {
                end()
                (at, place) = (at + 1, place + 1)
                continue
            }
            let edited = start == nil ? left - 1 : left
            if start == nil { start = (at, place) }
            if at < old.count, costs[at + 1, place, .inside] + Costs.edit == edited { at += 1 } else { place += 1 }
        }
        end()
        return hunks
    }

    // MARK: Sliding

    /// The hunks in rising order, lines between them the same; each that only adds or only takes away is slid as far as
    /// it goes, and those that meet are one.
    func hunks(_ sliding: Sliding) -> [LineDiff.Hunk] {
        var slid = fewest
        while true {
            let order = sliding == .down ? Array(slid.indices.reversed()) : Array(slid.indices)
            for index in order {
                while let next = moved(slid[index], sliding), !Self.isHeld(slid, at: index, sliding) {
                    slid[index] = next
                }
            }
            let joined = Self.joined(slid)
            if joined.count == slid.count { return joined }
            slid = joined
        }
    }

    /// Whether the neighbour to which a hunk slides touches it.
    private static func isHeld(_ hunks: [LineDiff.Hunk], at index: Int, _ sliding: Sliding) -> Bool {
        switch sliding {
        case .down: index + 1 < hunks.count && hunks[index].old.upperBound == hunks[index + 1].old.lowerBound
        case .up: index > 0 && hunks[index].old.lowerBound == hunks[index - 1].old.upperBound
        }
    }

    /// A hunk one line further; nil where it cannot slide.
    private func moved(_ hunk: LineDiff.Hunk, _ sliding: Sliding) -> LineDiff.Hunk? {
        let isFree: Bool
        switch (sliding, hunk.old.isEmpty, hunk.new.isEmpty) {
        case (.down, true, _):
            isFree = hunk.new.upperBound < new.count && new[hunk.new.lowerBound] == new[hunk.new.upperBound]
        case (.down, _, true):
            isFree = hunk.old.upperBound < old.count && old[hunk.old.lowerBound] == old[hunk.old.upperBound]
        case (.up, true, _):
            isFree = hunk.new.lowerBound > 0 && new[hunk.new.lowerBound - 1] == new[hunk.new.upperBound - 1]
        case (.up, _, true):
            isFree = hunk.old.lowerBound > 0 && old[hunk.old.lowerBound - 1] == old[hunk.old.upperBound - 1]
        default: isFree = false
        }
        guard isFree else { return nil }
        let step = sliding == .down ? 1 : -1
        return LineDiff.Hunk(
            old: hunk.old.lowerBound + step..<hunk.old.upperBound + step,
            new: hunk.new.lowerBound + step..<hunk.new.upperBound + step
        )
    }

    private static func joined(_ hunks: [LineDiff.Hunk]) -> [LineDiff.Hunk] {
        var joined: [LineDiff.Hunk] = []
        for hunk in hunks {
            if let last = joined.last, last.old.upperBound == hunk.old.lowerBound,
                last.new.upperBound == hunk.new.lowerBound
            {
                joined[joined.count - 1] = LineDiff.Hunk(
                    old: last.old.lowerBound..<hunk.old.upperBound,
                    new: last.new.lowerBound..<hunk.new.upperBound
                )
            } else {
                joined.append(hunk)
            }
        }
        return joined
    }
}
