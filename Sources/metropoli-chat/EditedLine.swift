/// The line being typed: what each key does to it.
///
/// It knows nothing of the terminal.
struct EditedLine {
    private(set) var text: [Character] = []
    private(set) var position = 0
    private var history: [[Character]] = []
    private var place = 0
    private var draft: [Character] = []
    private static let remembered = 200

    /// What a key means.
    enum Key: Equatable {
        case character(Character)
        case backspace, delete, left, right, home, end, up, down
        case killToEnd, killToStart, killWord
    }

    mutating func press(_ key: Key) {
        switch key {
        case .character(let character): insert(character)
        case .backspace where position > 0:
            position -= 1
            text.remove(at: position)
        case .delete where position < text.count: text.remove(at: position)
        case .left: position = max(0, position - 1)
        case .right: position = min(text.count, position + 1)
        case .home: position = 0
        case .end: position = text.count
        case .up: move(to: place - 1)
        case .down: move(to: place + 1)
        case .killToEnd: text.removeSubrange(position...)
        case .killToStart:
            text.removeSubrange(..<position)
            position = 0
        case .killWord: killWord()
        case .backspace, .delete: break
        }
    }

    /// A part of a character that came later (an accent, half an emoji) joins the one before it.
    private mutating func insert(_ character: Character) {
        if position > 0 {
            let joined = String(text[position - 1]) + String(character)
            if joined.count == 1, let whole = joined.first {
                text[position - 1] = whole
                return
            }
        }
        text.insert(character, at: position)
        position += 1
    }

    private mutating func killWord() {
        var start = position
        while start > 0, text[start - 1].isWhitespace { start -= 1 }
        while start > 0, !text[start - 1].isWhitespace { start -= 1 }
        text.removeSubrange(start..<position)
        position = start
    }

    private mutating func move(to wanted: Int) {
        guard wanted >= 0, wanted <= history.count, wanted != place else { return }
        if place == history.count { draft = text }
        place = wanted
        text = place == history.count ? draft : history[place]
        position = text.count
    }

    /// Ends the line: its text, and an empty one begins.
    mutating func take() -> String {
        let line = String(text)
        if !text.isEmpty, history.last != text { history.append(text) }
        if history.count > Self.remembered { history.removeFirst() }
        place = history.count
        text = []
        position = 0
        draft = []
        return line
    }
}
