public import CommunityKernel
import DequeModule
import Foundation
import Logging
import Synchronization
public import WireProtocol

/// How a command ended.
public enum Outcome: Sendable {
    /// Durable. `seq` is the first update written; `repeated` when an earlier answer was given again.
    case done(reply: [UInt8], seq: Int64?, repeated: Bool)
    /// Refused, nothing written.
    case refused(WireError)
}

/// The one thread that writes: takes all commands waiting, runs each in a savepoint of one transaction, commits once,
/// then answers and hands the updates on (group commit).
public final class Writer: @unchecked Sendable {
    // @unchecked: `queue`, `ownQueue`, `state` and `sinks` are touched under `condition` only; `heads` by the writer
    // thread only, after `start`.

    /// The bounds of one transaction and of the queue.
    public struct Limits: Sendable {
        /// Commands in one transaction.
        public var batch = 256
        /// Work in one transaction before it is committed, milliseconds.
        public var batchMilliseconds = 5
        /// Commands waiting; past it they are refused as `unavailable`.
        public var queue = 20_000

        /// The defaults.
        public init() {}
    }

    struct Job: Sendable {
        let actor: Member
        let address: String?
        var connection: ConnectionStreams?
        let name: String
        let nonce: String?
        let canonical: [UInt8]
        /// Whether it is done again when it is repeated: what it does to a connection is no other connection's.
        var isOfConnection = false
        let run: @Sendable (UnitOfWork) throws -> (reply: [UInt8], remembered: [UInt8])
        var isDerived = false
        let completion: @Sendable (Outcome) -> Void
    }

    private enum State { case idle, running, stopping, stopped }

    private let storage: any StorageEngine
    private let clock: any WallClock
    private let limits: Limits
    private let log: Logger
    private let heads: JournalHeads
    private let receiptKey: [UInt8]
    private let condition = NSCondition()
    private var queue: Deque<Job> = []
    /// The server's own work, which goes before what people ask: indexing, hooks and schedules must keep up under load.
    private var ownQueue: Deque<Job> = []
    private var state = State.idle
    private var sinks: [@Sendable (CommittedBatch) -> Void] = []
    private let committed: Atomic<Int64>
    /// The last `seq` that is durable.
    public var committedHead: Int64 { committed.load(ordering: .acquiring) }
    /// What connections have opened for themselves.
    public let openings = StreamOpenings()
    /// What `/metrics` shows of the writer.
    public let metrics = WriterMetrics()

    init(
        storage: any StorageEngine,
        clock: any WallClock,
        limits: Limits,
        log: Logger,
        head: Int64,
        receiptKey: [UInt8]
    ) {
        self.storage = storage
        self.clock = clock
        self.limits = limits
        self.log = log
        self.receiptKey = receiptKey
        committed = Atomic(head)
        heads = JournalHeads(seq: head)
    }

    /// Adds a listener of commits; it is called on the writer's thread, in commit order, and must not block.
    public func onCommit(_ sink: @escaping @Sendable (CommittedBatch) -> Void) {
        condition.withLock { sinks.append(sink) }
    }

    /// Starts the thread.
    func start() {
        condition.withLock { state = .running }
        let thread = Thread { [self] in run() }
        thread.name = "writer"
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Refuses new commands, finishes those waiting, ends the thread.
    public func stop() {
        condition.lock()
        defer { condition.unlock() }
        guard state == .running || state == .stopping else { return }
        state = .stopping
        condition.broadcast()
        while state != .stopped { condition.wait() }
    }

    /// The number of commands waiting.
    public var depth: Int { condition.withLock { queue.count + ownQueue.count } }

    func submit(_ job: Job) { submit(job, to: \.queue) }

    private func submit(_ job: Job, to queue: ReferenceWritableKeyPath<Writer, Deque<Job>>) {
        condition.lock()
        guard state == .running, self[keyPath: queue].count < limits.queue else {
            condition.unlock()
            job.completion(.refused(WireError(.unavailable, "the store is not taking commands", retryAfterMs: 1_000)))
            return
        }
        self[keyPath: queue].append(job)
        if self.queue.count + ownQueue.count == 1 { condition.signal() }
        condition.unlock()
    }

    /// Runs work of the server itself and waits for its commit.
    ///
    /// What is derived may tell nothing, and its commit does not wait for the disk; see ``Follower/isDerived``.
    func perform<Value: Sendable>(
        as actor: Member = .system,
        isDerived: Bool = false,
        _ body: @escaping @Sendable (UnitOfWork) throws -> Value
    ) throws -> Value {
        let box = ResultBox<Value>()
        submit(
            Job(
                actor: actor,
                address: nil,
                name: "",
                nonce: nil,
                canonical: [],
                run: { work in
                    box.set(try body(work))
                    return ([], [])
                },
                isDerived: isDerived,
                completion: { box.complete($0) }
            ),
            to: \.ownQueue
        )
        return try box.wait()
    }

    private func run() {
        while let batch = takeBatch() {
            var rest = batch[...]
            while !rest.isEmpty { rest = commit(rest) }
        }
        condition.lock()
        state = .stopped
        condition.broadcast()
        condition.unlock()
    }

    private func takeBatch() -> [Job]? {
        condition.lock()
        defer { condition.unlock() }
        while queue.isEmpty && ownQueue.isEmpty {
            if state == .stopping { return nil }
            condition.wait()
        }
        if !ownQueue.isEmpty {
            // In a transaction of its own: a page of a follower may be long, and a fault of it is nobody else's.
            defer { ownQueue.removeAll(keepingCapacity: true) }
            return Array(ownQueue)
        }
        let batch = Array(queue.prefix(limits.batch))
        queue.removeFirst(batch.count)
        return batch
    }

    /// Commits a part of the jobs and answers them; what is left after the time bound is returned.
    private func commit(_ jobs: ArraySlice<Job>) -> ArraySlice<Job> {
        let started = ContinuousClock.now
        let firstSeq = heads.seq
        var outcomes: [Outcome] = []
        var batch = CommittedBatch()
        do {
            try storage.unsafeWrite(durably: !jobs.allSatisfy(\.isDerived)) { sql in
                outcomes.removeAll(keepingCapacity: true)
                for job in jobs {
                    outcomes.append(try perform(job, sql, &batch))
                    if ContinuousClock.now - started > .milliseconds(limits.batchMilliseconds) { break }
                }
            }
        } catch {
            heads.reset(to: firstSeq)
            log.error("commit failed", metadata: ["error": "\(error)"])
            let refusal = WireError(.unavailable, "the store cannot take it now", retryAfterMs: 1_000)
            for job in jobs { job.completion(.refused(refusal)) }
            metrics.observeFailure()
            return []
        }
        batch.head = heads.seq
        committed.store(heads.seq, ordering: .releasing)
        let listeners = condition.withLock { sinks }
        // Whoever ends connections, perhaps the own one, has the answer before the end; whoever opens a stream has it
        // before what comes on it.
        let answersFirst = !batch.ends.isEmpty || batch.opensStreams
        if answersFirst { for (job, outcome) in zip(jobs, outcomes) { job.completion(outcome) } }
        if !batch.isEmpty { for sink in listeners { sink(batch) } }
        if !answersFirst { for (job, outcome) in zip(jobs, outcomes) { job.completion(outcome) } }
        metrics.observe(commands: outcomes.count, updates: batch.updates.count, since: started)
        return jobs.dropFirst(outcomes.count)
    }

    /// Runs one job in a savepoint.
    ///
    /// Throws only when the whole transaction is lost.
    private func perform(_ job: Job, _ sql: any SQLWriter, _ batch: inout CommittedBatch) throws -> Outcome {
        heads.mark()
        try sql.beginSavepoint()
        do {
            let (outcome, work) = try attempt(job, sql)
            try sql.releaseSavepoint()
            if let work { batch.append(work.batch) }
            return outcome
        } catch StorageError.unavailable(let reason) {
            throw StorageError.unavailable(reason)
        } catch {
            heads.undo()
            try sql.rollbackSavepoint()
            if let refusal = error as? WireError { return .refused(refusal) }
            return .refused(defect(error, in: job.name))
        }
    }

    private func attempt(_ job: Job, _ sql: any SQLWriter) throws -> (Outcome, UnitOfWork?) {
        let work = UnitOfWork(
            sql: sql,
            now: clock.now,
            actor: job.actor,
            address: job.address,
            connection: job.connection,
            heads: heads,
            openings: openings
        )
        guard let nonce = job.nonce else {
            let answer = try job.run(work)
            guard !job.isDerived || work.batch.isEmpty else {
                throw WireError(.internal, "derived work told something")
            }
            return (.done(reply: answer.reply, seq: work.firstSeq ?? work.repeatedSeq, repeated: work.repeats), work)
        }
        let hash = Secret.authenticate(Array(job.name.utf8) + [0] + job.canonical, key: receiptKey)
        let known = try sql.first(
            "SELECT hash, reply, seq FROM receipt WHERE actor = \(job.actor.id) AND nonce = \(nonce)"
        ) { (hash: $0.bytes(0), reply: $0.bytes(1), seq: $0.optionalInt(2)) }
        if let known {
            guard Secret.equal(known.hash, hash) else {
                throw WireError(.nonceReused, "the nonce was used with another command or body")
            }
            guard job.isOfConnection else {
                return (.done(reply: known.reply, seq: known.seq, repeated: true), nil)
            }
            // The first answer would not do: the connection reads the stream from now on.
            return (.done(reply: try job.run(work).reply, seq: nil, repeated: true), work)
        }
        let answer = try job.run(work)
        let seq = work.firstSeq ?? work.repeatedSeq
        try sql.execute(
            """
            INSERT INTO receipt (actor, nonce, hash, reply, seq)
            VALUES (\(job.actor.id), \(nonce), \(hash), \(job.isOfConnection ? [] : answer.remembered), \(seq))
            """
        )
        return (.done(reply: answer.reply, seq: seq, repeated: work.repeats), work)
    }

    private func defect(_ error: any Error, in name: String) -> WireError {
        let incident = Secret.hex(Secret.random(6))
        log.error("defect", metadata: ["incident": "\(incident)", "command": "\(name)", "error": "\(error)"])
        return WireError(.internal, "a defect; see the log", incident: incident)
    }
}

extension CommittedBatch {
    mutating func append(_ other: CommittedBatch) {
        updates += other.updates
        access += other.access
        rewritten += other.rewritten
        ends += other.ends
        closed += other.closed
        opensStreams = opensStreams || other.opensStreams
    }
}

/// Lets one thread wait for what another one finds.
final class ResultBox<Value: Sendable>: @unchecked Sendable {
    // @unchecked: every field is touched under `condition` only.
    private let condition = NSCondition()
    private var value: Value?
    private var outcome: Outcome?

    func set(_ value: Value) { condition.withLock { self.value = value } }

    func complete(_ outcome: Outcome) {
        condition.withLock {
            self.outcome = outcome
            condition.broadcast()
        }
    }

    func wait() throws -> Value {
        condition.lock()
        defer { condition.unlock() }
        while outcome == nil { condition.wait() }
        if case .refused(let error) = outcome { throw error }
        guard let value else { throw WireError(.internal, "no value") }
        return value
    }
}
