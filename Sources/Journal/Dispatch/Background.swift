import CommunityKernel
import Foundation
import Logging
import Synchronization
import WireProtocol

/// Runs the followers and the ticks on a thread of their own; what they write goes through the writer.
public final class Background: @unchecked Sendable {
    // @unchecked: `stopping` and `running` are touched under `condition` only; `due` by the background thread only (or
    // by a test, when the thread was never started).
    private let storage: any StorageEngine
    private let writer: Writer
    private let followers: [Follower]
    private let ticks: [Tick]
    private let clock: any WallClock
    private let log: Logger
    private let condition = NSCondition()
    private var stopping = false
    private var running = false
    private let cursors = Mutex<[String: Cursor]>([:])
    private var due: [String: ContinuousClock.Instant] = [:]
    /// Updates in one transaction of a follower, by how many it is behind: few near the head, so that a post never waits
    /// long behind the indexing of others; more, which cost less each, under load and far behind.
    private static func page(behind: Int64) -> Int {
        switch behind {
        case ...100: 5
        case ...1_000: 20
        default: 200
        }
    }
    /// Updates that a follower looks through at a time for those that it wants.
    private let span: Int64 = 5_000
    /// Updates that a cursor may be ahead in memory of where it is stored while nothing concerns its follower; so many are
    /// looked through again after a crash.
    private let unstored: Int64 = 1_000
    /// Pages of one follower before the others and the ticks have their turn.
    private let pagesInTurn = 10
    /// The least time between two rounds, so that followers share few commits instead of doubling those of the posts.
    private let pause: Int32 = 200
    /// The longest time between two rounds, which the ticks need.
    private let longestPause: Int32 = 1_000
    private let commits = Bell()
    /// Scrubs of the engine's logs still to do after a deletion: more than one, since the index gives words up in steps.
    private let scrubs = Atomic<Int>(0)
    private let scrubsAfterDeletion = 3
    private var nextScrub = ContinuousClock.now
    private let end = Bell()

    init(
        storage: any StorageEngine,
        writer: Writer,
        followers: [Follower],
        ticks: [Tick],
        clock: any WallClock,
        log: Logger
    ) {
        self.storage = storage
        self.writer = writer
        self.followers = followers
        self.ticks = ticks
        self.clock = clock
        self.log = log
    }

    func start() {
        condition.withLock { running = true }
        commits.ring()
        writer.onCommit { [weak self] batch in
            guard let self else { return }
            if !batch.rewritten.isEmpty { scrubs.store(scrubsAfterDeletion, ordering: .relaxed) }
            commits.ring()
        }
        let thread = Thread { [self] in run() }
        thread.name = "background"
        thread.start()
    }

    func stop() {
        condition.lock()
        defer { condition.unlock() }
        stopping = true
        end.ring()
        commits.ring()
        while running { condition.wait() }
    }

    private func run() {
        while waitForWork() {
            var isBehind = true
            while isBehind, !isStopping {
                isBehind = false
                for follower in followers {
                    attempt(follower.name) { if try self.readOn(follower) { isBehind = true } }
                }
                runDueTicks()
                attempt("scrub") { try self.scrubAfterDeletions() }
            }
        }
        storeCursors()
        condition.withLock {
            running = false
            condition.broadcast()
        }
    }

    /// Writes down how far the followers looked without finding anything, at an orderly end.
    private func storeCursors() {
        for follower in followers {
            guard let cursor = cursors.withLock({ $0[follower.name] }), cursor.read > cursor.stored else { continue }
            attempt(follower.name) { try self.handle([], follower, upTo: cursor.read) }
        }
    }

    /// Deleted text must leave the write-ahead log as well, within seconds.
    private func scrubAfterDeletions() throws {
        let left = scrubs.load(ordering: .relaxed)
        guard left > 0, ContinuousClock.now >= nextScrub else { return }
        nextScrub = ContinuousClock.now + .seconds(1)
        if try storage.scrub() {
            _ = scrubs.compareExchange(expected: left, desired: left - 1, ordering: .relaxed)
        }
    }

    private func waitForWork() -> Bool {
        end.wait(milliseconds: pause)
        if isStopping { return false }
        commits.wait(milliseconds: longestPause)
        return !isStopping
    }

    private var isStopping: Bool { condition.withLock { stopping } }

    private func attempt(_ what: String, _ body: () throws -> Void) {
        do { try body() } catch {
            if !isStopping { log.error("background work failed", metadata: ["what": "\(what)", "error": "\(error)"]) }
        }
    }

    // MARK: Followers

    /// How far a follower is behind the journal, by its name; for `/metrics`.
    public func lags() throws -> [(name: String, updates: Int64)] {
        try storage.read { sql in
            let head = try sql.journalHead()
            return try followers.map { follower in
                (follower.name, try max(0, head - self.place(of: follower, sql).read))
            }
        }
    }

    /// Lets every follower read to the journal's end; for a core whose background thread was not started.
    public func catchUp() throws {
        requireNoThread()
        for follower in followers {
            while !isStopping, try step(follower) {}
        }
    }

    private func requireNoThread() {
        precondition(!condition.withLock { running }, "the background thread does that")
    }

    /// A few pages of one follower; false when it is at the end.
    private func readOn(_ follower: Follower) throws -> Bool {
        for _ in 0..<pagesInTurn where !isStopping {
            guard try step(follower) else { return false }
        }
        return true
    }

    /// How far a follower has read, and how far it would go on from after a crash.
    private struct Cursor {
        var read: Int64
        var stored: Int64
    }

    /// One page of one follower; false when it is at the end.
    private func step(_ follower: Follower) throws -> Bool {
        let (cursor, wanted, upTo, head) = try storage.read { sql in
            let cursor = try self.place(of: follower, sql)
            let head = try sql.journalHead()
            let end = min(head, cursor.read + span)
            let limit = Self.page(behind: head - cursor.read)
            let rows = try sql.page(after: cursor.read, upTo: end, types: follower.types, limit: limit)
            let wanted = rows.compactMap { PastUpdate(frame: $0.frame) }.filter { concerns($0, follower, sql) }
            return (cursor, wanted, rows.count == limit ? rows.last?.seq ?? end : end, head)
        }
        guard upTo > cursor.read else { return false }
        // Where nothing is of interest the cursor moves on in memory and is stored with the next work, or by and by.
        if wanted.isEmpty, upTo - cursor.stored < unstored {
            cursors.withLock { $0[follower.name] = Cursor(read: upTo, stored: cursor.stored) }
            return upTo < head
        }
        do {
            try handle(wanted, follower, upTo: upTo)
        } catch is WireError {
            try handleOneByOne(wanted, follower, upTo: upTo)
        }
        return upTo < head
    }

    private func place(of follower: Follower, _ sql: any SQLReader) throws -> Cursor {
        if let cursor = cursors.withLock({ $0[follower.name] }) { return cursor }
        let seq = try sql.count("SELECT COALESCE(MAX(seq), 0) FROM follower WHERE name = \(follower.name)")
        return Cursor(read: seq, stored: seq)
    }

    /// Whether an update is handed to its follower; also when that cannot be said, since its work then fails by itself
    /// and is told.
    private func concerns(_ update: PastUpdate, _ follower: Follower, _ sql: any SQLReader) -> Bool {
        guard let concerns = follower.concerns else { return true }
        return (try? concerns(update, sql)) ?? true
    }

    private func handle(_ updates: [PastUpdate], _ follower: Follower, upTo seq: Int64) throws {
        try writer.perform(isDerived: follower.isDerived) { work in
            for update in updates { try follower.handle(update, work) }
            try work.sql.execute(
                """
                INSERT INTO follower (name, seq) VALUES (\(follower.name), \(seq))
                ON CONFLICT (name) DO UPDATE SET seq = excluded.seq
                """
            )
        }
        cursors.withLock { $0[follower.name] = Cursor(read: seq, stored: seq) }
    }

    /// An update whose handling fails loses its own work only; the follower goes on after it.
    private func handleOneByOne(_ updates: [PastUpdate], _ follower: Follower, upTo seq: Int64) throws {
        for update in updates {
            do {
                try handle([update], follower, upTo: update.seq)
            } catch let error as WireError where error.code != .unavailable {
                log.error(
                    "a follower failed on an update",
                    metadata: ["follower": "\(follower.name)", "seq": "\(update.seq)", "error": "\(error)"]
                )
            }
        }
        try handle([], follower, upTo: seq)
    }

    // MARK: Ticks

    private func runDueTicks() {
        let now = ContinuousClock.now
        for tick in ticks where due[tick.name].map({ $0 <= now }) ?? true {
            due[tick.name] = now + .seconds(tick.seconds)
            attempt(tick.name) { try run(tick) }
        }
    }

    /// Runs every tick that has something to do, whatever the time since it last ran; for a core whose background thread
    /// was not started.
    public func runTicks() throws {
        requireNoThread()
        for tick in ticks { try run(tick) }
    }

    private func run(_ tick: Tick) throws {
        let clock = clock
        let isDue = try storage.read { sql in
            try tick.isDue(QueryContext(sql: sql, now: clock.now, actor: .system, address: nil))
        }
        guard isDue else { return }
        while !isStopping, try writer.perform(tick.run) {}
    }
}
