public import CommunityKernel
public import WireProtocol

/// A coherent part of the community: its tables, commands, queries and what it does by itself.
public protocol Capability: Sendable {
    /// Its name: the folder's, in lower case.
    var name: String { get }
    /// Its schema, numbered from 1.
    var migrations: [Migration] { get }
    /// Says what it brings.
    func register(in registry: inout Registry)
}

/// Who may use a command or query.
///
/// What depends on a network or a channel is judged by the handler in the same transaction; the words are what
/// `metropoli operations` prints.
public enum Access: String, Sendable, CaseIterable {
    /// Anybody, without credentials.
    case anyone
    /// Any person signed in; the handler judges the rest by ownership.
    case person
    /// Members of the channel concerned.
    case channelMember = "channel member"
    /// Members of the network concerned.
    case networkMember = "network member"
    /// Facilitators of the network concerned, and administrators.
    case facilitator
    /// Moderators and administrators.
    case moderator
    /// Administrators.
    case administrator
}

/// Where a query or the preparation of a command reads.
public struct QueryContext {
    /// One snapshot of the store.
    public let sql: any SQLReader
    /// The present moment.
    public let now: Instant
    /// Who asks.
    public let actor: Member
    /// Where the request came from, nil for the server's own work.
    public let address: String?

    /// Makes a context.
    public init(sql: any SQLReader, now: Instant, actor: Member, address: String?) {
        self.sql = sql
        self.now = now
        self.actor = actor
        self.address = address
    }
}

/// A command decoded and ready to run in the writer's transaction.
public struct ReadyCommand: Sendable {
    /// The known fields in canonical form, for comparing repetitions.
    let canonical: [UInt8]
    /// Slow work that must not hold the writer (password hashing, rendering); gives what `run` needs.
    let prepare: (@Sendable (QueryContext) throws -> any Sendable)?
    /// The transaction's part; gives the reply, and the reply as it is remembered.
    let run: @Sendable (UnitOfWork, (any Sendable)?) throws -> (reply: [UInt8], remembered: [UInt8])
}

/// A reply that holds something shown once; it is remembered without it.
public protocol SecretBearing {
    /// The reply without its secrets.
    var withoutSecrets: Self { get }
}

/// One command or query that the server knows.
public struct Operation: Sendable {
    /// What it does to the state.
    public enum Kind: Sendable {
        /// May change something.
        case command(@Sendable (JSONObject, FieldReader.Notation) throws -> ReadyCommand)
        /// Changes nothing.
        case query(
            @Sendable (JSONObject, FieldReader.Notation) throws -> (@Sendable (QueryContext) throws -> [UInt8])
        )
    }

    /// Its name on the wire.
    public let name: String
    /// The capability that brings it.
    public let capability: String
    /// Who may use it.
    public let access: Access
    /// Whether a bot may use it, as far as its scopes go.
    public let bots: Bool
    /// The body that it may have over HTTP, bytes; nil for what the door allows.
    public let bodyBytes: Int?
    /// Whether it opens or closes a stream for the connection that it comes by: other doors do not know it, and its
    /// nonce is not remembered, since the same request means another thing on another connection.
    public let isOfConnection: Bool
    /// Command or query.
    public let kind: Kind
    /// The schema of its fields.
    public let input: @Sendable () -> JSON
    /// The schema of its `ok`.
    public let output: @Sendable () -> JSON

    /// Whether it is a command.
    public var isCommand: Bool {
        if case .command = kind { true } else { false }
    }
}

/// A signal that clients may send: short-lived news for the connections that read a stream.
public struct SignalKind: Sendable {
    /// Its name, such as `typing`.
    public let name: String
    /// The fields that are passed on; whatever else a client sends stays here.
    public let fields: Set<String>
    /// Which stream's readers get it, from its fields; the sender must read that stream too.
    public let stream: @Sendable (JSONObject) -> StreamName?
    /// How long it holds, milliseconds.
    public let lifetime: Int64
}

/// A reader of the journal that does its work through the writer, with its cursor in the same transaction: each update
/// exactly once, also across SIGKILL.
public struct Follower: Sendable {
    /// Its name; the cursor is kept under it.
    public let name: String
    /// The types of updates that it wants; nil for all.
    public let types: Set<String>?
    /// Whether all that it writes is made from the journal again and tells nobody: a commit of it, lost with its cursor
    /// when the power fails, is made again, so it need not wait for the disk.
    public let isDerived: Bool
    /// Whether an update needs its work, judged on a snapshot so that what concerns nobody keeps nobody waiting; nil
    /// where every update does.
    public let concerns: (@Sendable (PastUpdate, any SQLReader) throws -> Bool)?
    /// Its work for one update.
    public let handle: @Sendable (PastUpdate, UnitOfWork) throws -> Void

    /// Makes a follower.
    public init(
        name: String,
        types: Set<String>?,
        isDerived: Bool = false,
        concerns: (@Sendable (PastUpdate, any SQLReader) throws -> Bool)? = nil,
        handle: @escaping @Sendable (PastUpdate, UnitOfWork) throws -> Void
    ) {
        self.name = name
        self.types = types
        self.isDerived = isDerived
        self.concerns = concerns
        self.handle = handle
    }
}

/// Work that the clock asks for: scheduled announcements, mandates that end.
public struct Tick: Sendable {
    /// Its name, for the log.
    public let name: String
    /// How often it looks, seconds.
    public let seconds: Int
    /// Whether there is anything to do; asked on a reader, so that an idle server writes nothing.
    public let isDue: @Sendable (QueryContext) throws -> Bool
    /// One bounded piece of the work; called again at once while it returns true.
    public let run: @Sendable (UnitOfWork) throws -> Bool

    /// Makes a tick.
    public init(
        name: String,
        seconds: Int,
        isDue: @escaping @Sendable (QueryContext) throws -> Bool,
        run: @escaping @Sendable (UnitOfWork) throws -> Bool
    ) {
        self.name = name
        self.seconds = seconds
        self.isDue = isDue
        self.run = run
    }
}

/// Who a token stands for, and until when.
public struct Authenticated: Sendable {
    /// Who.
    public let member: Member
    /// When the credential ends by itself, nil for never.
    public let expires: Instant?

    /// Makes it.
    public init(member: Member, expires: Instant?) {
        self.member = member
        self.expires = expires
    }
}

/// Everything that the installed capabilities bring.
public struct Registry: Sendable {
    /// Commands and queries by name.
    public private(set) var operations: [String: Operation] = [:]
    /// Signals by name.
    public private(set) var signals: [String: SignalKind] = [:]
    /// The keys that capabilities add to the first snapshot, in order; each gives JSON text.
    public private(set) var snapshotParts: [(key: String, make: @Sendable (QueryContext) throws -> [UInt8])] = []
    /// Readers of the journal.
    public private(set) var followers: [Follower] = []
    /// Work by the clock.
    public private(set) var ticks: [Tick] = []
    /// What is set right in the store whenever it is opened.
    public private(set) var openings: [@Sendable (any SQLWriter) throws -> Void] = []
    /// Routes beside the commands.
    public private(set) var routes: [WebRoute] = []
    /// Work on threads of its own.
    public private(set) var services: [any BackgroundService] = []
    /// Numbers for `/metrics`.
    public private(set) var figures: [Figure] = []
    /// Tells who a token stands for; brought by the capability that keeps credentials.
    public private(set) var authenticate: @Sendable (String, QueryContext) throws -> Authenticated? = { _, _ in nil }

    var capability = ""

    /// An empty registry.
    public init() {}

    /// Adds a command.
    public mutating func command<Command: ClientCommand>(
        _ type: Command.Type,
        access: Access,
        bots: Bool = false,
        bodyBytes: Int? = nil,
        isOfConnection: Bool = false,
        _ run: @escaping @Sendable (Command, UnitOfWork) throws -> Command.Reply
    ) {
        add(Command.self, access, bots, bodyBytes, isOfConnection: isOfConnection) { command in
            ReadyCommand(canonical: command.text, prepare: nil) { work, _ in
                Self.encode(try run(command, work))
            }
        }
    }

    /// Adds a command with slow work that is done before, off the writer.
    public mutating func command<Command: ClientCommand, Prepared: Sendable>(
        _ type: Command.Type,
        access: Access,
        bots: Bool = false,
        bodyBytes: Int? = nil,
        prepare: @escaping @Sendable (Command, QueryContext) throws -> Prepared,
        _ run: @escaping @Sendable (Command, Prepared, UnitOfWork) throws -> Command.Reply
    ) {
        add(Command.self, access, bots, bodyBytes) { command in
            ReadyCommand(canonical: command.text, prepare: { try prepare(command, $0) }) { work, prepared in
                guard let prepared = prepared as? Prepared else {
                    throw WireError(.internal, "prepared as another type")
                }
                return Self.encode(try run(command, prepared, work))
            }
        }
    }

    private mutating func add<Command: ClientCommand>(
        _ type: Command.Type,
        _ access: Access,
        _ bots: Bool,
        _ bodyBytes: Int? = nil,
        isOfConnection: Bool = false,
        _ ready: @escaping @Sendable (Command) -> ReadyCommand
    ) {
        add(
            Operation(
                name: Command.name,
                capability: capability,
                access: access,
                bots: bots,
                bodyBytes: bodyBytes,
                isOfConnection: isOfConnection,
                kind: .command { body, notation in
                    ready(try Command.read(body, notation: notation))
                },
                input: { SchemaRecorder.schema(of: Command.self) },
                output: { SchemaRecorder.schema(of: Command.Reply.self) }
            )
        )
    }

    private static func encode(_ reply: some WireObject) -> (reply: [UInt8], remembered: [UInt8]) {
        let text = reply.text
        guard let secret = reply as? any SecretBearing & WireObject else { return (text, text) }
        return (text, Self.stripped(secret))
    }

    private static func stripped(_ reply: some SecretBearing & WireObject) -> [UInt8] { reply.withoutSecrets.text }

    /// Adds a query.
    public mutating func query<Query: ClientQuery>(
        _ type: Query.Type,
        access: Access,
        bots: Bool = false,
        _ answer: @escaping @Sendable (Query, QueryContext) throws -> Query.Reply
    ) {
        add(
            Operation(
                name: Query.name,
                capability: capability,
                access: access,
                bots: bots,
                bodyBytes: nil,
                isOfConnection: false,
                kind: .query { body, notation in
                    let query = try Query.read(body, notation: notation)
                    return { context in try answer(query, context).text }
                },
                input: { SchemaRecorder.schema(of: Query.self) },
                output: { SchemaRecorder.schema(of: Query.Reply.self) }
            )
        )
    }

    private mutating func add(_ operation: Operation) {
        precondition(operations[operation.name] == nil, "two capabilities bring \(operation.name)")
        operations[operation.name] = operation
    }

    /// Adds a signal that clients may send.
    public mutating func signal(
        _ name: String,
        fields: Set<String>,
        lifetime: Int64,
        stream: @escaping @Sendable (JSONObject) -> StreamName?
    ) {
        signals[name] = SignalKind(name: name, fields: fields, stream: stream, lifetime: lifetime)
    }

    /// Adds a key to the first snapshot.
    public mutating func snapshot(_ key: String, _ make: @escaping @Sendable (QueryContext) throws -> [UInt8]) {
        snapshotParts.append((key, make))
    }

    /// Adds a reader of the journal.
    public mutating func follow(_ follower: Follower) { followers.append(follower) }

    /// Adds work by the clock.
    public mutating func tick(_ tick: Tick) { ticks.append(tick) }

    /// Adds what is set right in the store whenever it is opened, before anything is read or written.
    public mutating func opening(_ body: @escaping @Sendable (any SQLWriter) throws -> Void) { openings.append(body) }

    /// Adds a route.
    public mutating func route(_ route: WebRoute) { routes.append(route) }

    /// Adds work on a thread of its own.
    public mutating func service(_ service: any BackgroundService) { services.append(service) }

    /// Adds a number to `/metrics`.
    public mutating func figure(_ figure: Figure) { figures.append(figure) }

    /// Says how tokens are recognised.
    public mutating func authenticator(
        _ authenticate: @escaping @Sendable (String, QueryContext) throws -> Authenticated?
    ) {
        self.authenticate = authenticate
    }

    /// Lets a capability say what it brings.
    public mutating func install(_ capability: any Capability) {
        self.capability = capability.name
        capability.register(in: &self)
    }
}
