import CommunityKernel
import Dispatch
import Journal
import Logging
import Synchronization
import TestKit
import Testing
import WireProtocol

@testable import StorageSQLite

/// A capability of these tests: words that followers read.
private struct Words: Capability {
    struct Say: ClientCommand {
        static let name = "word.say"
        typealias Reply = Nothing
        var text = ""
        init() {}
        mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("text", &text, bytes: 1...100) }
    }
    struct Said: ServerUpdate {
        static let name = "word.said"
        var text = ""
        init() {}
        mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("text", &text) }
    }

    let name = "words"
    let migrations = [Migration(1, "CREATE TABLE word (seq {bigint} PRIMARY KEY, text TEXT NOT NULL)")]
    let heard: Heard
    final class Heard: Sendable {
        let handled = Mutex<[String]>([])
        let judged = Mutex<[String]>([])
        /// Signalled at each judgement.
        let aJudgement = DispatchSemaphore(value: 0)
    }

    func register(in registry: inout Registry) {
        registry.command(Say.self, access: .anyone) { command, work in
            var said = Said()
            said.text = command.text
            try work.append(said, to: .community)
            return Nothing()
        }
        registry.follow(
            Follower(name: "copy", types: [Said.name], isDerived: true) { update, work in
                let text = update.data["text"]?.string ?? ""
                try work.sql.execute("INSERT INTO word (seq, text) VALUES (\(update.seq), \(text))")
                if text == "told" { try work.append(Said(), to: .community) }
            }
        )
        registry.follow(
            Follower(
                name: "picky",
                types: [Said.name],
                concerns: { [heard] update, _ in
                    let text = update.data["text"]?.string ?? ""
                    heard.judged.withLock { $0.append(text) }
                    heard.aJudgement.signal()
                    if text == "puzzling" { throw WireError(.internal, "cannot say") }
                    return text.hasPrefix("news")
                },
                handle: { [heard] update, _ in
                    heard.handled.withLock { $0.append(update.data["text"]?.string ?? "") }
                }
            )
        )
    }
}

@Suite("Followers of the journal", .timeLimit(.minutes(2)))
struct FollowerTests {
    private func open(
        _ backend: StorageBackend,
        _ folder: TemporaryFolder,
        _ heard: Words.Heard,
        background: Bool = false
    ) throws -> Community {
        var options = Community.Options()
        options.background = background
        var log = Logger(label: "test")
        log.logLevel = .critical
        return try Community(
            storage: try backend.open(folder.path),
            capabilities: [Words(heard: heard)],
            clock: ManualClock(),
            log: log,
            options: options
        )
    }

    private func say(_ texts: [String], _ core: Community) {
        for text in texts {
            let body = JSON.members(["text": .string(text)]).object ?? JSONObject()
            _ = core.performAndWait(Community.Request(name: "word.say", body: body, nonce: nil), as: .system)
        }
    }

    private func stored(_ follower: String, _ core: Community) throws -> Int64 {
        try core.read {
            try $0.sql.count("SELECT COALESCE(MAX(seq), 0) FROM follower WHERE name = \(follower)")
        }
    }

    @Test("what concerns a follower reaches it, the rest costs no commit", arguments: StorageBackend.available)
    func concerns(_ backend: StorageBackend) throws {
        let (folder, heard) = (try TemporaryFolder(), Words.Heard())
        let core = try open(backend, folder, heard)
        defer { try? core.stop() }
        say(["a", "b", "c"], core)
        try core.background.catchUp()
        #expect(heard.handled.withLock { $0 } == [])
        #expect(try stored("picky", core) == 0)
        #expect(try core.background.lags().map(\.updates) == [0, 0])
        // What cannot be judged is handed on, rather than lost.
        say(["d", "news", "puzzling", "e"], core)
        try core.background.catchUp()
        #expect(heard.handled.withLock { $0 } == ["news", "puzzling"])
        #expect(try stored("picky", core) == 7)
        // Looked through once, however many commits there were.
        #expect(heard.judged.withLock { $0 } == ["a", "b", "c", "d", "news", "puzzling", "e"])
    }

    @Test("an orderly end writes down how far a follower looked", arguments: StorageBackend.available)
    func orderly(_ backend: StorageBackend) throws {
        let (folder, heard) = (try TemporaryFolder(), Words.Heard())
        let core = try open(backend, folder, heard, background: true)
        say(["a", "b"], core)
        for _ in 0..<2 { heard.aJudgement.wait() }
        try core.stop()
        let again = try open(backend, folder, heard)
        defer { try? again.stop() }
        #expect(try stored("picky", again) == 2)
    }

    @Test("what is derived tells nobody: such work is undone and left out", arguments: StorageBackend.available)
    func derived(_ backend: StorageBackend) throws {
        let (folder, heard) = (try TemporaryFolder(), Words.Heard())
        let core = try open(backend, folder, heard)
        defer { try? core.stop() }
        say(["a", "told", "b"], core)
        try core.background.catchUp()
        #expect(try core.read { try $0.sql.all("SELECT text FROM word ORDER BY seq") { $0.text(0) } } == ["a", "b"])
        #expect(try core.read { try $0.sql.journalHead() } == 3)
    }

    @Test("a commit after derived ones waits for the disk again")
    func synchronous() throws {
        let folder = try TemporaryFolder()
        let storage = try SQLiteStorage(folder: folder.path)
        defer { try? storage.close() }
        func level(durably: Bool) throws -> Int64 {
            try storage.unsafeWrite(durably: durably) { try $0.count("PRAGMA synchronous") }
        }
        let (normal, full) = (Int64(1), Int64(2))
        #expect(try level(durably: true) == full)
        #expect(try level(durably: false) == normal)
        #expect(try level(durably: false) == normal)
        #expect(throws: StorageError.self) {
            try storage.unsafeWrite(durably: false) { _ in throw StorageError.failed("given up") }
        }
        #expect(try level(durably: true) == full)
    }
}
