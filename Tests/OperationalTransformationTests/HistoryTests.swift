import OperationalTransformation
import Testing

/// A document as the server keeps it: every change is transformed over what came since its base.
private struct Authority {
    var text: ChunkedText
    var history: [ChangeSet] = []

    mutating func take(_ change: ChangeSet, base: Int) throws -> ChangeSet {
        var mapped = change
        for later in history[base...] { mapped = try mapped.map(over: later) }
        text = try text.applying(mapped)
        history.append(mapped)
        return mapped
    }
}

/// An editor: one change in flight, one composed buffer.
private struct Replica {
    var text: ChunkedText
    var revision = 0
    var inFlight: (change: ChangeSet, base: Int)?
    var buffer: ChangeSet?

    mutating func edit(_ change: ChangeSet) throws {
        text = try text.applying(change)
        buffer = try buffer?.compose(change) ?? change
    }

    mutating func send() -> (change: ChangeSet, base: Int)? {
        guard inFlight == nil, let buffer else { return nil }
        inFlight = (buffer, revision)
        self.buffer = nil
        return inFlight
    }

    mutating func receive(_ change: ChangeSet, isOwn: Bool) throws {
        revision += 1
        if isOwn {
            inFlight = nil
            return
        }
        var theirs = change
        if let mine = inFlight?.change {
            let mapped = try mine.map(over: theirs)
            theirs = try theirs.map(over: mine, before: true)
            inFlight?.change = mapped
        }
        if let mine = buffer {
            let mapped = try mine.map(over: theirs)
            theirs = try theirs.map(over: mine, before: true)
            buffer = mapped
        }
        text = try text.applying(theirs)
    }
}

@Suite("Histories of people writing at once")
struct HistoryTests {
    @Test("every replica, the server and a replay from the first revision agree", arguments: 0..<10)
    func convergence(part: Int) throws {
        for seed in part * 150..<(part + 1) * 150 { try converges(seed) }
    }

    private func converges(_ seed: Int) throws {
        var edits = RandomEdits(seed: UInt64(seed))
        let start = ChunkedText(edits.text(words: edits.dice.oneIn(5) ? 0 : edits.dice.upTo(60)))
        var server = Authority(text: start)
        let people = 2 + edits.dice.upTo(3)
        var replicas = Array(repeating: Replica(text: start), count: people)
        // What each has on its way from the server, and whether it is its own.
        var mail = Array(repeating: [(ChangeSet, Bool)](), count: people)
        func post(_ who: Int) throws {
            guard let (change, base) = replicas[who].send() else { return }
            let accepted = try server.take(change, base: base)
            for reader in 0..<people { mail[reader].append((accepted, reader == who)) }
        }
        for _ in 0..<40 {
            let who = edits.dice.upTo(people - 1)
            switch edits.dice.upTo(3) {
            case 0: try replicas[who].edit(edits.change(of: replicas[who].text))
            case 1: try post(who)
            default:
                guard !mail[who].isEmpty else { continue }
                let (change, isOwn) = mail[who].removeFirst()
                try replicas[who].receive(change, isOwn: isOwn)
            }
        }
        repeat {
            for who in 0..<people {
                for (change, isOwn) in mail[who] { try replicas[who].receive(change, isOwn: isOwn) }
                mail[who] = []
            }
            for who in 0..<people { try post(who) }
        } while mail.contains { !$0.isEmpty }

        let end = server.text.string
        for replica in replicas { #expect(replica.text.string == end) }
        var replayed = start
        for change in server.history { replayed = try replayed.applying(change) }
        #expect(replayed == server.text)
        // Back again, and all at once.
        var back = server.text
        var forward = start
        var inverses: [ChangeSet] = []
        for change in server.history {
            inverses.append(try change.invert(forward))
            forward = try forward.applying(change)
        }
        for inverse in inverses.reversed() { back = try back.applying(inverse) }
        #expect(back.string == start.string)
        let whole = try server.history.reduce(ChangeSet(keeping: start.count)) { try $0.compose($1) }
        #expect(try start.applying(whole) == server.text)
    }

    @Test("two changes of one text give the same text in either order", arguments: 0..<10)
    func orderDoesNotMatter(part: Int) throws {
        for seed in part * 300..<(part + 1) * 300 { try agrees(seed) }
    }

    private func agrees(_ seed: Int) throws {
        var edits = RandomEdits(seed: UInt64(seed) + 10_000)
        let text = ChunkedText(edits.text(words: edits.dice.upTo(40)))
        let one = edits.change(of: text)
        let other = edits.change(of: text)
        let oneFirst = try text.applying(one).applying(other.map(over: one))
        let otherFirst = try text.applying(other).applying(one.map(over: other, before: true))
        #expect(oneFirst == otherFirst)
        #expect(try one.compose(other.map(over: one)).newLength == oneFirst.count)
        #expect(try other.map(over: one).fits(text.applying(one)))
    }

    @Test("a large text edited for long stays cheap and right")
    func large() throws {
        var edits = RandomEdits(seed: 7)
        let start = String(repeating: "Una riga di testo con l’accento però 🇮🇹.\n", count: 25_000)
        var text = ChunkedText(start)
        #expect(text.utf8.count > 1_000_000)
        for _ in 0..<300 {
            let change = edits.change(of: text)
            // The rare change that deletes to the end is left out: the text is to stay large.
            guard change.deleted < 1_000 else { continue }
            text = try text.applying(change)
        }
        #expect(text.count == text.units.count)
        #expect(text.utf8Count == text.utf8.count)
        #expect(text.string == String(decoding: text.units, as: UTF16.self))
    }
}
