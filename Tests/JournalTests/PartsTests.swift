import CommunityKernel
import Journal
import Synchronization
import TestKit
import Testing
import WireProtocol

@Suite("Parts of a command")
struct PartsTests {
    private struct Noted: ServerUpdate {
        static let name = "part.noted"
        var text = ""
        init() {}
        init(_ text: String) { self.text = text }
        mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("text", &text) }
    }

    private final class Told: Sendable {
        let batches = Mutex<[CommittedBatch]>([])
    }

    @Test("what is undone is neither kept nor told, what stands around it is", arguments: StorageBackend.available)
    func undone(_ backend: StorageBackend) throws {
        let c = try TestCommunity(backend)
        let anna = try c.person("Anna")
        let told = Told()
        c.community.writer.onCommit { batch in told.batches.withLock { $0.append(batch) } }
        let (before, stream) = (c.head, StreamName("prova"))
        let repeats = try c.community.write { work in
            func note(_ text: String) throws { try work.append(Noted(text), to: stream) }
            try note("uno")
            try work.part {
                try note("due")
                // One that fails within one that stays, with everything that connections learn of a commit.
                #expect(throws: WireError.self) {
                    try work.part {
                        try note("mai")
                        try work.grant(anna.id, stream)
                        try work.rewrite(before) { _ in JSONObject([]) }
                        try work.closeStreamForAll(stream)
                        work.repeats = true
                        throw WireError.notFound
                    }
                }
                try note("tre")
            }
            try work.part(isKept: false) {
                try note("mai")
                try work.part { try note("mai") }
                #expect(work.nextSeq == before + 6)
            }
            #expect(work.nextSeq == before + 4)
            try note("quattro")
            return work.repeats
        }
        #expect(!repeats)
        let batch = try #require(told.batches.withLock { $0.last })
        #expect(batch.updates.map(\.seq) == (1...4).map { before + $0 })
        #expect(batch.updates.map(\.offset) == [1, 2, 3, 4])
        #expect(batch.access.isEmpty && batch.rewritten.isEmpty && batch.ends.isEmpty && batch.closed.isEmpty)
        let texts = batch.updates.map { PastUpdate(frame: $0.frame)?.data["text"]?.string }
        #expect(texts == ["uno", "due", "tre", "quattro"])
        let kept: [[UInt8]] = try c.community.read { context in
            try context.sql.all("SELECT payload FROM journal WHERE stream = \(stream) ORDER BY position") {
                $0.bytes(0)
            }
        }
        #expect(kept == batch.updates.map(\.frame))
    }
}
