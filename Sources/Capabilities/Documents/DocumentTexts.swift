import Journal
import OperationalTransformation
import Synchronization
import WireProtocol

/// A document's text at its newest revision, with the changes that led to it.
struct DocumentHead: Sendable {
    /// A revision's change, and the text before it as long as that is kept.
    struct Step: Sendable {
        let change: ChangeSet
        var before: ChunkedText?
    }

    /// Changes, and texts before them, that are kept: who writes now is a few revisions behind.
    private static let steps = 512
    private static let texts = 64

    private(set) var revision: Int64
    private(set) var text: ChunkedText
    private(set) var hash: [UInt8]
    /// The last ones; the last makes `revision`.
    private(set) var trail: [Step] = []

    init(revision: Int64, text: ChunkedText, hash: [UInt8]) {
        self.revision = revision
        self.text = text
        self.hash = hash
    }

    /// The head that a change makes; `text` and `hash` are those after it.
    mutating func advance(_ change: ChangeSet, to text: ChunkedText, hash: [UInt8]) {
        trail.append(Step(change: change, before: self.text))
        if trail.count > Self.texts { trail[trail.count - 1 - Self.texts].before = nil }
        if trail.count > 2 * Self.steps { trail.removeFirst(trail.count - Self.steps) }
        self.text = text
        self.hash = hash
        revision += 1
    }

    /// The text at a revision, where it is at hand.
    func text(at revision: Int64) -> ChunkedText? {
        if revision == self.revision { return text }
        let index = trail.count - Int(self.revision - revision)
        return trail.indices.contains(index) ? trail[index].before : nil
    }

    /// The changes after a revision, where they are at hand.
    func changes(after revision: Int64) -> [ChangeSet]? {
        let count = Int(self.revision - revision)
        return count <= trail.count ? trail.suffix(count).map(\.change) : nil
    }
}

/// The texts of documents: of those written lately from memory, of the others from the last text that was kept whole and
/// the changes after it.
///
/// What is in memory is used only where revision and hash are those of the store, so that a transaction that was undone
/// leaves nothing wrong behind.
final class DocumentTexts: Sendable {
    private struct Entry {
        var head: DocumentHead
        var used: UInt64
        var bytes: Int { head.text.utf8Count * 3 + 4_096 }
    }

    private struct State {
        var entries: [DocumentID: Entry] = [:]
        var bytes = 0
        var turn: UInt64 = 0
    }

    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// The newest text; nil only where the store is damaged.
    func head(of document: DocumentRecord, _ sql: any SQLReader) throws -> DocumentHead {
        if let known = cached(document) { return known }
        guard let text = try stored(document, at: document.revision, sql) else {
            throw StorageError.failed("document \(document.id) has no text")
        }
        let head = DocumentHead(revision: document.revision, text: text, hash: document.hash)
        // A reader's snapshot may be older than what the writer has made since.
        keep(head, of: document.id, unlessNewerThan: document.revision)
        return head
    }

    private func cached(_ document: DocumentRecord) -> DocumentHead? {
        state.withLock { state in
            guard let entry = state.entries[document.id], entry.head.revision == document.revision,
                entry.head.hash == document.hash
            else { return nil }
            state.turn += 1
            state.entries[document.id]?.used = state.turn
            return entry.head
        }
    }

    /// Keeps a head in memory, in the place of a newer one only where the writer says so; what was used longest ago goes.
    func keep(_ head: DocumentHead, of document: DocumentID, unlessNewerThan revision: Int64 = .max) {
        state.withLock { state in
            if let known = state.entries[document], known.head.revision > revision { return }
            state.turn += 1
            let entry = Entry(head: head, used: state.turn)
            state.bytes += entry.bytes - (state.entries.updateValue(entry, forKey: document)?.bytes ?? 0)
            while state.bytes > capacity, state.entries.count > 1,
                let oldest = state.entries.min(by: { $0.value.used < $1.value.used })?.key
            {
                state.bytes -= state.entries.removeValue(forKey: oldest)?.bytes ?? 0
            }
        }
    }

    /// The text at a revision; nil where it is not retained.
    func text(of document: DocumentRecord, at revision: Int64, _ sql: any SQLReader) throws -> ChunkedText? {
        guard revision >= 1, revision <= document.revision else { return nil }
        let head = try head(of: document, sql)
        return try head.text(at: revision) ?? stored(document, at: revision, sql)
    }

    /// The changes after a revision, in order; nil where some are not retained.
    func changes(of document: DocumentRecord, after revision: Int64, _ sql: any SQLReader) throws -> [ChangeSet]? {
        if let known = try head(of: document, sql).changes(after: revision) { return known }
        return try DocumentStore.changes(of: document.id, after: revision, through: document.revision, sql)?
            .map(ChangeCodec.read(stored:))
    }

    private func stored(_ document: DocumentRecord, at revision: Int64, _ sql: any SQLReader) throws -> ChunkedText? {
        guard let kept = try DocumentStore.snapshot(of: document.id, upTo: revision, sql),
            let changes = try DocumentStore.changes(of: document.id, after: kept.revision, through: revision, sql)
        else { return nil }
        var text = ChunkedText(kept.text)
        for change in changes { text = try text.applying(try ChangeCodec.read(stored: change)) }
        return text
    }
}
