/// A change of a text as CodeMirror 6 writes it: sections over the whole text in order, each kept or replaced.
///
/// Lengths and positions count UTF-16 units. The functions give what `ChangeSet` of `@codemirror/state` 6.5 gives, section
/// by section: a browser and the server that start from the same text and the same changes end with the same text.
public struct ChangeSet: Equatable, Sendable {
    /// A stretch of the text before the change, and what becomes of it.
    struct Section: Equatable, Sendable {
        /// Units of the text before; 0 for an insertion.
        var length: Int
        /// Units of the text after that stand in their place, ``kept`` when they stay.
        var insertion: Int
        /// What stands in their place.
        var text: [UInt16]

        /// The mark of a stretch that stays.
        static let kept = -1

        var isKept: Bool { insertion == Self.kept }
    }

    var sections: [Section]

    init(sections: [Section]) { self.sections = sections }

    /// The change that changes nothing in a text of `length` units.
    public init(keeping length: Int) {
        sections = length > 0 ? [Section(length: length, insertion: Section.kept, text: [])] : []
    }

    /// Units of the text that it can be applied to.
    public var length: Int { sections.reduce(0) { $0 + $1.length } }

    /// Units of the text that it makes.
    public var newLength: Int { sections.reduce(0) { $0 + ($1.isKept ? $1.length : $1.insertion) } }

    /// Whether it changes nothing.
    public var isEmpty: Bool {
        guard let first = sections.first else { return true }
        return sections.count == 1 && first.isKept
    }

    /// Units that it inserts.
    public var inserted: Int { sections.reduce(0) { $0 + ($1.isKept ? 0 : $1.insertion) } }

    /// Units that it takes away.
    public var deleted: Int { sections.reduce(0) { $0 + ($1.isKept ? 0 : $1.length) } }

    /// The first unit of the text before that it touches, nil when it touches none.
    public var start: Int? {
        var position = 0
        for section in sections {
            guard section.isKept else { return position }
            position += section.length
        }
        return nil
    }

    // MARK: Building

    /// Appends a section as CodeMirror's `addSection` and `addInsert` do: neighbours of one kind become one.
    ///
    /// `joins` puts it into the section before, whatever its kind.
    mutating func add(_ length: Int, _ insertion: Int, _ text: some Sequence<UInt16> = [], joins: Bool = false) {
        if length == 0, insertion <= 0 { return }
        let last = sections.count - 1
        if last >= 0, insertion <= 0, insertion == sections[last].insertion {
            sections[last].length += length
        } else if last >= 0, length == 0, sections[last].length == 0 {
            sections[last].insertion += insertion
            sections[last].text += text
        } else if joins {
            sections[last].length += length
            sections[last].insertion += insertion
            sections[last].text += text
        } else {
            sections.append(Section(length: length, insertion: insertion, text: Array(text)))
        }
    }

    /// Appends text to what the last section inserts.
    mutating func addText(_ text: some Sequence<UInt16>) {
        guard !sections.isEmpty else { return }
        sections[sections.count - 1].text += text
    }
}

/// A place in a change set, inside a section or before it.
struct SectionCursor {
    private let sections: [ChangeSet.Section]
    /// How many sections were entered: tells one from the other.
    private(set) var entered = 0
    /// Units of the text before that are left in this section.
    private(set) var length = 0
    /// Units of the text after that are left, -1 for a stretch that stays, -2 past the end.
    private(set) var insertion = -2
    /// Units of this section that were passed.
    private(set) var passed = 0

    init(_ change: ChangeSet) {
        sections = change.sections
        next()
    }

    var isDone: Bool { insertion == -2 }

    /// Units of the text after that are left in this section.
    var newLength: Int { insertion < 0 ? length : insertion }

    /// All that the section inserts.
    var text: [UInt16] { sections[entered - 1].text }

    /// `count` units of what the section inserts, from where the cursor stands; nil for all that is left.
    func text(_ count: Int?) -> ArraySlice<UInt16> {
        let all = sections[entered - 1].text
        let end = count.map { min(passed + $0, all.count) } ?? all.count
        return all[min(passed, end)..<end]
    }

    mutating func next() {
        if entered < sections.count {
            length = sections[entered].length
            insertion = sections[entered].insertion
            entered += 1
        } else {
            length = 0
            insertion = -2
        }
        passed = 0
    }

    /// Passes units of the text before.
    mutating func pass(_ count: Int) {
        if count == length {
            next()
        } else {
            length -= count
            passed += count
        }
    }

    /// Passes units of the text after.
    mutating func passNew(_ count: Int) {
        if insertion == -1 {
            pass(count)
        } else if count == insertion {
            next()
        } else {
            insertion -= count
            passed += count
        }
    }
}
