public import CommunityKernel
public import Logging
public import WireProtocol

/// The running core: the store, what the capabilities bring, the writer, the readers and the followers.
///
/// Everything that reaches the server by any door goes through ``perform(_:as:address:connection:completion:)``.
public final class Community: Sendable {
    /// How the core is set up.
    public struct Options: Sendable {
        /// The bounds of the writer.
        public var writer = Writer.Limits()
        /// Threads for queries.
        public var readers = 4
        /// Threads for the slow preparation of commands (password hashing, exports).
        public var preparers = 2
        /// Preparations that may wait; past it they are refused as `rate_limited`.
        public var preparationsWaiting = 100
        /// Whether followers, ticks and services run by themselves; tests that drive them by hand say no.
        public var background = true

        /// The defaults.
        public init() {}
    }

    /// One request, from whatever door.
    public struct Request: Sendable {
        /// The command's or query's name.
        public let name: String
        /// Its fields.
        public let body: JSONObject
        /// How they are written.
        public let notation: FieldReader.Notation
        /// What makes a command safe to repeat.
        public let nonce: String?

        /// Makes a request.
        public init(name: String, body: JSONObject, notation: FieldReader.Notation = .json, nonce: String? = nil) {
            self.name = name
            self.body = body
            self.notation = notation
            self.nonce = nonce
        }
    }

    /// The store.
    public let storage: any StorageEngine
    /// What the capabilities bring.
    public let registry: Registry
    /// The thread that writes.
    public let writer: Writer
    /// The threads that read.
    public let readers: ReaderPool
    /// The threads that prepare commands, so that hashing for anybody delays nobody's queries.
    public let preparers: ReaderPool
    /// The clock that people read.
    public let clock: any WallClock
    /// The journal's random id.
    public let epoch: String
    /// The log.
    public let log: Logger
    /// Runs followers and ticks.
    public let background: Background

    /// Migrates the store, then starts the writer, the readers and the background work.
    public init(
        storage: any StorageEngine,
        capabilities: [any Capability],
        clock: any WallClock = SystemClock(),
        log: Logger,
        options: Options = Options()
    ) throws {
        var registry = Registry()
        for capability in capabilities { registry.install(capability) }
        let opened = try StoreSetup.open(storage, capabilities)
        if !registry.openings.isEmpty {
            try storage.unsafeWrite { sql in for opening in registry.openings { try opening(sql) } }
        }
        self.storage = storage
        self.registry = registry
        self.clock = clock
        self.log = log
        epoch = opened.epoch
        writer = Writer(
            storage: storage,
            clock: clock,
            limits: options.writer,
            log: log,
            head: opened.head,
            receiptKey: opened.receiptKey
        )
        readers = ReaderPool(threads: options.readers)
        preparers = ReaderPool(
            threads: options.preparers,
            limit: options.preparationsWaiting,
            name: "preparer"
        )
        background = Background(
            storage: storage,
            writer: writer,
            followers: registry.followers,
            ticks: registry.ticks,
            clock: clock,
            log: log
        )
        writer.start()
        guard options.background else { return }
        background.start()
        for service in registry.services { service.start(self) }
    }

    /// Finishes what waits and ends every thread; the store is closed.
    public func stop() throws {
        for service in registry.services { service.stop() }
        background.stop()
        writer.stop()
        preparers.stop()
        readers.stop()
        try storage.close()
    }

    /// Reads on one snapshot, on the calling thread, which may block.
    public func read<Value>(
        as actor: Member = .system,
        address: String? = nil,
        _ body: (QueryContext) throws -> Value
    ) throws -> Value {
        try storage.read { sql in
            try body(QueryContext(sql: sql, now: clock.now, actor: actor, address: address))
        }
    }

    /// Runs the server's own work in the writer's transaction and waits for the commit.
    public func write<Value: Sendable>(
        as actor: Member = .system,
        _ body: @escaping @Sendable (UnitOfWork) throws -> Value
    ) throws -> Value {
        try writer.perform(as: actor, body)
    }

    /// Does at once all that a tick has to do.
    public func finish(_ tick: String) throws {
        for work in registry.ticks where work.name == tick { while try write(work.run) {} }
    }

    /// Decodes a request, judges who may use it and runs it.
    ///
    /// `completion` is called once, on any thread. `connection` is given by a door whose connections read streams.
    public func perform(
        _ request: Request,
        as actor: Member,
        address: String?,
        connection: ConnectionStreams? = nil,
        completion: @escaping @Sendable (Outcome) -> Void
    ) {
        do {
            guard let operation = registry.operations[request.name],
                connection != nil || !operation.isOfConnection
            else {
                throw WireError(.notFound, "no such command")
            }
            try admit(actor, to: operation)
            switch operation.kind {
            case .query(let decode):
                try answer(try decode(request.body, request.notation), actor, address, completion)
            case .command(let decode):
                try run(
                    try decode(request.body, request.notation),
                    request,
                    isOfConnection: operation.isOfConnection,
                    actor,
                    address,
                    connection,
                    completion
                )
            }
        } catch let refusal as WireError {
            completion(.refused(refusal))
        } catch {
            completion(.refused(defect(error, request.name)))
        }
    }

    /// The same, for callers that may block.
    public func performAndWait(
        _ request: Request,
        as actor: Member,
        address: String? = nil,
        connection: ConnectionStreams? = nil
    ) -> Outcome {
        let box = ResultBox<Outcome>()
        perform(request, as: actor, address: address, connection: connection) { outcome in
            box.set(outcome)
            box.complete(.done(reply: [], seq: nil, repeated: false))
        }
        return (try? box.wait()) ?? .refused(WireError(.internal, "no outcome"))
    }

    private func admit(_ actor: Member, to operation: Operation) throws {
        switch actor.kind {
        case .nobody where operation.access != .anyone:
            throw WireError(.unauthenticated, "credentials are needed")
        case .bot where !operation.bots:
            throw WireError.forbidden("not for bots")
        default: break
        }
    }

    private func answer(
        _ query: @escaping @Sendable (QueryContext) throws -> [UInt8],
        _ actor: Member,
        _ address: String?,
        _ completion: @escaping @Sendable (Outcome) -> Void
    ) throws {
        let queued = readers.submit { [self] in
            do {
                let reply = try read(as: actor, address: address, query)
                completion(.done(reply: reply, seq: nil, repeated: false))
            } catch {
                completion(.refused(refusal(error, "query")))
            }
        }
        if !queued { throw WireError(.unavailable, "too many queries wait", retryAfterMs: 1_000) }
    }

    private func run(
        _ command: ReadyCommand,
        _ request: Request,
        isOfConnection: Bool,
        _ actor: Member,
        _ address: String?,
        _ connection: ConnectionStreams?,
        _ completion: @escaping @Sendable (Outcome) -> Void
    ) throws {
        let nonce = actor.kind == .nobody ? nil : request.nonce
        let submit: @Sendable ((any Sendable)?) -> Void = { [writer] prepared in
            writer.submit(
                Writer.Job(
                    actor: actor,
                    address: address,
                    connection: connection,
                    name: request.name,
                    nonce: nonce,
                    canonical: command.canonical,
                    isOfConnection: isOfConnection,
                    run: { try command.run($0, prepared) },
                    completion: completion
                )
            )
        }
        guard let prepare = command.prepare else { return submit(nil) }
        let queued = preparers.submit { [self] in
            do {
                // A repeated command gets its first answer, whatever has changed since that would refuse it now.
                let isRepeated = try read { context in try Self.hasReceipt(nonce, actor, context.sql) }
                submit(isRepeated ? nil : try read(as: actor, address: address, prepare))
            } catch {
                completion(.refused(refusal(error, request.name)))
            }
        }
        if !queued { throw WireError(.rateLimited, "too many slow commands wait", retryAfterMs: 2_000) }
    }

    static func hasReceipt(_ nonce: String?, _ actor: Member, _ sql: any SQLReader) throws -> Bool {
        guard let nonce else { return false }
        return try sql.exists("SELECT 1 FROM receipt WHERE actor = \(actor.id) AND nonce = \(nonce)")
    }

    /// The refusal that an error becomes at the door.
    public func refusal(_ error: any Error, _ name: String) -> WireError {
        switch error {
        case let refusal as WireError: refusal
        case StorageError.unavailable: WireError(.unavailable, "the store is away", retryAfterMs: 1_000)
        default: defect(error, name)
        }
    }

    private func defect(_ error: any Error, _ name: String) -> WireError {
        let incident = Secret.hex(Secret.random(6))
        log.error("defect", metadata: ["incident": "\(incident)", "request": "\(name)", "error": "\(error)"])
        return WireError(.internal, "a defect; see the log", incident: incident)
    }

    /// The first whole state of the context's member, read in the context's snapshot.
    public func snapshot(_ context: QueryContext) throws -> (seq: Int64, frame: [UInt8], streams: [StreamName]) {
        let seq = try context.sql.journalHead()
        let offsets = try context.sql.currentOffsets(of: context.actor.id)
        var writer = JSONWriter(capacity: 4_096)
        writer.beginObject()
        writer.name("snapshot")
        writer.beginObject()
        writer.name("seq")
        writer.value(seq)
        for part in registry.snapshotParts {
            writer.name(part.key)
            writer.raw(try part.make(context))
        }
        writer.name("offsets")
        writer.beginObject()
        for (stream, offset) in offsets {
            writer.name(stream.rawValue)
            writer.value(offset)
        }
        writer.endObject()
        writer.endObject()
        writer.endObject()
        return (seq, writer.bytes, offsets.map(\.stream))
    }

    /// The first whole state of a member.
    public func snapshot(for member: Member) throws -> (seq: Int64, frame: [UInt8], streams: [StreamName]) {
        try read(as: member) { try snapshot($0) }
    }
}
