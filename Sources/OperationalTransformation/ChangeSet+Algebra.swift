/// Two changes do not belong to the same text, or not to texts that follow one another.
public struct LengthMismatch: Error, Equatable {}

extension ChangeSet {
    /// The change that does the same to the text that `other`, made on the same text, has left.
    ///
    /// Where two insertions meet, that of `other` stands first, unless `before` is true. CodeMirror's `map`.
    public func map(over other: ChangeSet, before: Bool = false) throws(LengthMismatch) -> ChangeSet {
        guard !other.isEmpty else {
            guard other.length == length else { throw LengthMismatch() }
            return self
        }
        var mapped = ChangeSet(sections: [])
        var mine = SectionCursor(self)
        var theirs = SectionCursor(other)
        // Which section of ours has put in its text already. Its deletion may go on over what they have inserted.
        var inserted = -1
        while true {
            if mine.isDone && theirs.length > 0 || theirs.isDone && mine.length > 0 { throw LengthMismatch() }
            if mine.insertion == -1, theirs.insertion == -1 {
                let count = min(mine.length, theirs.length)
                mapped.add(count, Section.kept)
                mine.pass(count)
                theirs.pass(count)
            } else if theirs.insertion >= 0,
                mine.insertion < 0 || inserted == mine.entered
                    || mine.passed == 0
                        && (theirs.length < mine.length || theirs.length == mine.length && !before)
            {
                var left = theirs.length
                mapped.add(theirs.insertion, Section.kept)
                while left > 0 {
                    let piece = min(mine.length, left)
                    if mine.insertion >= 0, inserted < mine.entered, mine.length <= piece {
                        mapped.add(0, mine.insertion, mine.text)
                        inserted = mine.entered
                    }
                    mine.pass(piece)
                    left -= piece
                }
                theirs.next()
            } else if mine.insertion >= 0 {
                var length = 0
                var left = mine.length
                while left > 0 {
                    if theirs.insertion == -1 {
                        let piece = min(left, theirs.length)
                        length += piece
                        left -= piece
                        theirs.pass(piece)
                    } else if theirs.insertion == 0, theirs.length < left {
                        left -= theirs.length
                        theirs.next()
                    } else {
                        break
                    }
                }
                if inserted < mine.entered {
                    mapped.add(length, mine.insertion, mine.text)
                } else {
                    mapped.add(length, 0)
                }
                inserted = mine.entered
                mine.pass(mine.length - left)
            } else if mine.isDone, theirs.isDone {
                return mapped
            } else {
                throw LengthMismatch()
            }
        }
    }

    /// The change that does what this one and then `next` do: CodeMirror's `compose`.
    public func compose(_ next: ChangeSet) throws(LengthMismatch) -> ChangeSet {
        if isEmpty || next.isEmpty {
            guard newLength == next.length else { throw LengthMismatch() }
            return isEmpty ? next : self
        }
        var composed = ChangeSet(sections: [])
        var first = SectionCursor(self)
        var second = SectionCursor(next)
        var isOpen = false
        while true {
            if first.isDone, second.isDone { return composed }
            if first.insertion == 0 {
                composed.add(first.length, 0, joins: isOpen)
                first.next()
            } else if second.length == 0, !second.isDone {
                composed.add(0, second.insertion, second.text, joins: isOpen)
                second.next()
            } else if first.isDone || second.isDone {
                throw LengthMismatch()
            } else {
                let count = min(first.newLength, second.length)
                let sectionsBefore = composed.sections.count
                if first.insertion == -1 {
                    let insertion = second.insertion == -1 ? -1 : second.passed > 0 ? 0 : second.insertion
                    composed.add(count, insertion, insertion > 0 ? second.text : [], joins: isOpen)
                } else if second.insertion == -1 {
                    composed.add(first.passed > 0 ? 0 : first.length, count, first.text(count), joins: isOpen)
                } else {
                    composed.add(
                        first.passed > 0 ? 0 : first.length,
                        second.passed > 0 ? 0 : second.insertion,
                        second.passed > 0 ? [] : second.text,
                        joins: isOpen
                    )
                }
                isOpen =
                    (first.insertion > count || second.insertion >= 0 && second.length > count)
                    && (isOpen || composed.sections.count > sectionsBefore)
                first.passNew(count)
                second.pass(count)
            }
        }
    }

    /// The change that takes this one back, as CodeMirror's `invert`; `text` is the text before it.
    public func invert(_ text: ChunkedText) throws(LengthMismatch) -> ChangeSet {
        guard text.count == length else { throw LengthMismatch() }
        var position = 0
        return ChangeSet(
            sections: sections.map { section in
                defer { position += section.length }
                guard !section.isKept else { return section }
                return Section(
                    length: section.insertion,
                    insertion: section.length,
                    text: section.length > 0 ? text.units(position..<position + section.length) : []
                )
            }
        )
    }

    // MARK: Positions

    /// Which side a position keeps to where text is inserted at it.
    public enum Side: Sendable {
        /// Before what is inserted.
        case before
        /// After it.
        case after
    }

    /// Where a position of the text before is in the text after, as CodeMirror's `mapPos`; one past the end is at the end.
    public func mapPosition(_ position: Int, _ side: Side = .before) -> Int {
        var old = 0
        var new = 0
        for section in sections {
            let end = old + section.length
            if section.isKept {
                if end > position { return new + (position - old) }
                new += section.length
            } else {
                if end > position || end == position && side == .before && section.length == 0 {
                    return position == old || side == .before ? new : new + section.insertion
                }
                new += section.insertion
            }
            old = end
        }
        return new
    }

    /// Where a range is in the text after: what is inserted at its edges stays outside, as for a selection in CodeMirror.
    public func mapRange(_ range: Range<Int>) -> Range<Int> {
        guard !range.isEmpty else {
            let place = mapPosition(range.lowerBound)
            return place..<place
        }
        let from = mapPosition(range.lowerBound, .after)
        return from..<max(from, mapPosition(range.upperBound, .before))
    }
}
