import CommunityKernel
import Dispatch
import Foundation
import Journal
import Logging
import Synchronization
import TestKit
import Testing
import WireProtocol

/// A capability of these tests: notes on a stream.
private struct Notes: Capability {
    struct Add: ClientCommand {
        static let name = "note.add"
        typealias Reply = Added
        var text = ""
        var fail: Bool?
        init() {}
        mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.text("text", &text, bytes: 1...100)
            visitor.flag("fail", &fail)
        }
    }
    struct Added: ServerUpdate {
        static let name = "note.added"
        var id: Int64 = 0
        var text = ""
        init() {}
        mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.integer("id", &id)
            visitor.text("text", &text)
        }
    }

    struct Consider: ClientCommand {
        static let name = "note.consider"
        typealias Reply = Nothing
        mutating func fields(_ visitor: inout some FieldVisitor) {}
    }
    struct Count: ClientQuery {
        static let name = "note.count"
        typealias Reply = Nothing
        mutating func fields(_ visitor: inout some FieldVisitor) {}
    }

    let name = "notes"
    var migrations: [Migration] { [Migration(1, "CREATE TABLE note (id {bigint} PRIMARY KEY, text TEXT NOT NULL)")] }
    let heard: Heard
    final class Heard: Sendable {
        let seqs = Mutex<[Int64]>([])
        /// What `note.consider` has to wait for.
        let thought = DispatchSemaphore(value: 0)
    }

    func register(in registry: inout Registry) {
        registry.command(Add.self, access: .anyone) { command, work in
            var added = Added()
            added.id = work.nextSeq
            added.text = command.text
            try work.sql.execute("INSERT INTO note (id, text) VALUES (\(added.id), \(command.text))")
            try work.append(added, to: .community)
            if command.fail == true { throw WireError.forbidden("after writing") }
            return added
        }
        let prepare: @Sendable (Consider, QueryContext) throws -> Bool = { [heard] _, _ in
            heard.thought.wait()
            return true
        }
        registry.command(Consider.self, access: .anyone, prepare: prepare) { _, _, _ in Nothing() }
        registry.query(Count.self, access: .anyone) { _, _ in Nothing() }
        registry.follow(
            Follower(name: "ears", types: ["note.added"]) { [heard] update, _ in
                heard.seqs.withLock { $0.append(update.seq) }
            }
        )
    }
}

private final class Fixture {
    let folder: TemporaryFolder
    let heard = Notes.Heard()
    private(set) var core: Community
    private let backend: StorageBackend

    init(_ backend: StorageBackend) throws {
        self.backend = backend
        folder = try TemporaryFolder()
        core = try Self.open(backend, folder, heard)
    }

    deinit { try? core.stop() }

    private static func open(
        _ backend: StorageBackend,
        _ folder: TemporaryFolder,
        _ heard: Notes.Heard
    ) throws -> Community {
        var options = Community.Options()
        options.background = false
        options.readers = 1
        options.preparers = 1
        options.preparationsWaiting = 1
        var log = Logger(label: "test")
        log.logLevel = .critical
        return try Community(
            storage: try backend.open(folder.path),
            capabilities: [Notes(heard: heard)],
            clock: ManualClock(),
            log: log,
            options: options
        )
    }

    func reopen() throws {
        try core.stop()
        core = try Self.open(backend, folder, heard)
    }

    func add(_ text: String, nonce: String? = nil, fail: Bool = false, as member: Member = .system) -> Outcome {
        core.performAndWait(
            Community.Request(
                name: "note.add",
                body: JSON.members(["text": .string(text), "fail": .bool(fail)]).object ?? JSONObject(),
                nonce: nonce
            ),
            as: member
        )
    }
}

@Suite("Journal", .timeLimit(.minutes(2)))
struct JournalTests {
    @Test("slow preparations delay no query, and are refused when too many wait", arguments: StorageBackend.available)
    func preparations(_ backend: StorageBackend) async throws {
        let fixture = try Fixture(backend)
        let core = fixture.core
        let ask: @Sendable (String) async -> Outcome = { name in
            await withCheckedContinuation { continuation in
                core.perform(Community.Request(name: name, body: JSONObject()), as: .system, address: nil) {
                    continuation.resume(returning: $0)
                }
            }
        }
        // One is considered, and one waits if the first was taken up already: of three, one or two are refused.
        let outcomes = await withTaskGroup(of: Outcome.self) { group in
            for _ in 0..<3 { group.addTask { await ask("note.consider") } }
            let first = await group.next()
            _ = await ask("note.count")
            for _ in 0..<2 { fixture.heard.thought.signal() }
            return await [first].compactMap { $0 } + group.reduce(into: []) { $0.append($1) }
        }
        let refusals = outcomes.compactMap { outcome in
            if case .refused(let refusal) = outcome { refusal } else { nil }
        }
        #expect((1...2).contains(refusals.count))
        #expect(refusals.allSatisfy { $0.code == .rateLimited && $0.retryAfterMs ?? 0 > 0 })
    }

    @Test("seq and offset are gapless, also after refusals", arguments: StorageBackend.available)
    func gapless(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        for number in 0..<20 { _ = fixture.add("n\(number)", fail: number % 3 == 0) }
        let rows = try fixture.core.read { context in
            try context.sql.all("SELECT seq, position, payload FROM journal ORDER BY seq") {
                ($0.int(0), $0.int(1), $0.bytes(2))
            }
        }
        #expect(rows.map(\.0) == Array(1...13))
        #expect(rows.map(\.1) == Array(1...13))
        let first = try #require(PastUpdate(frame: rows[0].2))
        #expect(first.data["id"]?.int == 1)
        #expect(try fixture.core.read { try $0.sql.count("SELECT COUNT(*) FROM note") } == 13)
    }

    @Test("the server's own work does not wait behind what people ask", arguments: StorageBackend.available)
    func ownWorkFirst(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        let core = fixture.core
        let (entered, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let own = Mutex<Int64>(0)
        let ended = DispatchGroup()
        DispatchQueue.global().async(group: ended) {
            _ = try? core.write { _ in
                entered.signal()
                gate.wait()
            }
        }
        entered.wait()
        for number in 0..<300 {
            ended.enter()
            let body = JSON.members(["text": .string("n\(number)")]).object ?? JSONObject()
            core.perform(Community.Request(name: "note.add", body: body), as: .system, address: nil) { _ in
                ended.leave()
            }
        }
        DispatchQueue.global().async(group: ended) {
            _ = try? core.write { work in own.withLock { $0 = work.nextSeq } }
        }
        while core.writer.depth < 301 { sched_yield() }
        gate.signal()
        ended.wait()
        #expect(own.withLock { $0 } == 1)
        #expect(core.writer.committedHead == 300)
    }

    @Test(
        "the same nonce gives the first answer for ever, another body is refused",
        arguments: StorageBackend.available
    )
    func nonces(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        guard case .done(let first, let seq, false) = fixture.add("a", nonce: "n1") else {
            throw UnexpectedOutcome("refused")
        }
        _ = fixture.add("b")
        try fixture.reopen()
        guard case .done(let again, let sameSeq, true) = fixture.add("a", nonce: "n1") else {
            throw UnexpectedOutcome("not repeated")
        }
        #expect(first == again)
        #expect(seq == sameSeq)
        guard case .refused(let error) = fixture.add("c", nonce: "n1") else { throw UnexpectedOutcome("accepted") }
        #expect(error.code == .nonceReused)
        guard case .refused(let decomposed) = fixture.add("e\u{301}", nonce: "n2", fail: true) else {
            throw UnexpectedOutcome("accepted")
        }
        #expect(decomposed.code == .forbidden)
        guard case .done(_, _, false) = fixture.add("é", nonce: "n2") else {
            throw UnexpectedOutcome("a refusal must leave the nonce unused")
        }
        guard case .refused(let other) = fixture.add("e\u{301}", nonce: "n2") else {
            throw UnexpectedOutcome("equated")
        }
        #expect(other.code == .nonceReused)
    }

    @Test("many writers at once: each answer is durable, once, in one order", arguments: StorageBackend.available)
    func manyWriters(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        let answered = Mutex<[Int64]>([])
        let core = fixture.core
        DispatchQueue.concurrentPerform(iterations: 8) { writer in
            for number in 0..<50 {
                let body = JSON.members(["text": .string("\(writer)-\(number)")]).object ?? JSONObject()
                if case .done(_, let seq, _) = core.performAndWait(.init(name: "note.add", body: body), as: .system),
                    let seq
                {
                    answered.withLock { $0.append(seq) }
                }
            }
        }
        #expect(answered.withLock { $0.sorted() } == Array(1...400))
        #expect(try core.read { try $0.sql.count("SELECT COUNT(DISTINCT text) FROM note") } == 400)
    }

    @Test("a follower hears each update once, also across a restart", arguments: StorageBackend.available)
    func followers(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        for number in 0..<150 { _ = fixture.add("n\(number)") }
        try fixture.core.background.catchUp()
        try fixture.reopen()
        for number in 0..<5 { _ = fixture.add("m\(number)") }
        try fixture.core.background.catchUp()
        #expect(fixture.heard.seqs.withLock { $0 } == Array(1...155))
    }

    @Test("replay gives what a member was entitled to at each update's own seq", arguments: StorageBackend.available)
    func entitlement(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        let member = MemberID(77)
        for step in 1...9 {
            if step == 3 || step == 8 { try fixture.core.write { try $0.grant(member, .community) } }
            _ = fixture.add("n\(step)")
            if step == 5 { try fixture.core.write { try $0.revoke(member, .community) } }
        }
        var window = ReplayWindow()
        let page = try fixture.core.read { context in
            try context.sql.replay(to: member, after: 0, limit: 100, bytes: 1 << 20, &window)
        }
        #expect(page.updates.map(\.seq) == [3, 4, 5, 8, 9])
        #expect(page.upTo == 9)
        #expect(page.streams == [.community])
        var small = ReplayWindow()
        let first = try fixture.core.read { try $0.sql.replay(to: member, after: 0, limit: 2, bytes: 1 << 20, &small) }
        #expect(first.updates.map(\.seq) == [3, 4])
        #expect(first.upTo == 4)
        #expect(first.streams == nil)
    }

    @Test("a rewritten update keeps its place and loses its text", arguments: StorageBackend.available)
    func rewriting(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        _ = fixture.add("segreto")
        _ = fixture.add("altro")
        try fixture.core.write { work in
            try work.rewrite(1) { data in JSONObject(data.members.filter { $0.name != "text" }) }
        }
        let payloads = try fixture.core.read { context in
            try context.sql.all("SELECT payload FROM journal ORDER BY seq") {
                String(decoding: $0.bytes(0), as: UTF8.self)
            }
        }
        #expect(payloads[0].contains(#""seq":1,"stream":"community","offset":1"#))
        #expect(!payloads[0].contains("segreto"))
        #expect(payloads[1].contains("altro"))
    }

    @Test("a store in use and a store of a newer program do not open", arguments: StorageBackend.available)
    func refusedStores(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        #expect(throws: StorageError.self) { try backend.open(fixture.folder.path) }
        try fixture.core.write { work in
            _ = try work.sql.execute("INSERT INTO schema_migration (capability, number) VALUES ('notes', 99)")
        }
        do {
            try fixture.reopen()
            Issue.record("opened")
        } catch StorageError.newerSchema(let sentence) {
            #expect(sentence.contains("newer version"))
        }
    }

    @Test("the audit log is a chain that shows a changed entry", arguments: StorageBackend.available)
    func audit(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        for number in 1...3 { try fixture.core.write { try $0.audit("test.act", subject: Int64(number), detail: "d") } }
        let entries = try fixture.core.read { context in
            try context.sql.all("SELECT number, hash FROM audit ORDER BY number") { ($0.int(0), $0.bytes(1)) }
        }
        #expect(entries.map(\.0) == [1, 2, 3])
        #expect(Set(entries.map(\.1)).count == 3)
    }
}

@Suite("Deleted text")
struct ScrubTests {
    @Test("after a scrub no file of the store holds text that was taken out", arguments: StorageBackend.available)
    func scrub(_ backend: StorageBackend) throws {
        let fixture = try Fixture(backend)
        _ = fixture.add("parola-segretissima")
        #expect(try holds("parola-segretissima", in: fixture.folder.path))
        try fixture.core.write { work in
            try work.rewrite(1) { data in JSONObject(data.members.filter { $0.name != "text" }) }
            _ = try work.sql.execute("UPDATE note SET text = ''")
        }
        #expect(try fixture.core.storage.scrub())
        #expect(try !holds("parola-segretissima", in: fixture.folder.path))
    }

    private func holds(_ text: String, in folder: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: folder).contains { name in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return false }
            return data.range(of: Data(text.utf8)) != nil
        }
    }
}
