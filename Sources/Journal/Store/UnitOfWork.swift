public import CommunityKernel
public import WireProtocol

/// What one command does inside the writer's transaction: reads and writes rows, appends updates, begins and ends
/// entitlements.
///
/// When it throws, all of it is undone; when it returns, all of it becomes durable together.
public final class UnitOfWork {
    /// The writer's connection.
    public let sql: any SQLWriter
    /// The moment of the command; the same for everything it writes.
    public let now: Instant
    /// Who acts.
    public let actor: Member
    /// Where the request came from, nil for the server's own work.
    public let address: String?

    /// Whether the reply is one that an earlier command got, which changed what this one asks for.
    public var repeats = false
    /// The first update that the earlier command wrote, where it is known.
    public var repeatedSeq: Int64?

    private let connection: ConnectionStreams?
    private let heads: JournalHeads
    private let openings: StreamOpenings
    /// What connections of members had opened within the streams that the members lost, until that is told.
    private var endedOpenings: [MemberID: [StreamName]] = [:]
    private let nowText: String
    private(set) var batch = CommittedBatch()

    init(
        sql: any SQLWriter,
        now: Instant,
        actor: Member,
        address: String?,
        connection: ConnectionStreams? = nil,
        heads: JournalHeads,
        openings: StreamOpenings
    ) {
        self.openings = openings
        self.connection = connection
        self.sql = sql
        self.now = now
        self.actor = actor
        self.address = address
        self.heads = heads
        nowText = now.description
    }

    /// The `seq` that the next appended update gets: the id of the entity it creates.
    public var nextSeq: Int64 { heads.seq + 1 }

    /// The id that the next appended update gives to what it creates.
    public func nextID<Kind>(_ kind: Kind.Type = Kind.self) -> EntityID<Kind> { EntityID(nextSeq) }

    /// The first update's `seq`, nil when none was written.
    public var firstSeq: Int64? { batch.updates.first?.seq }

    /// Appends an update to a stream; its `seq`.
    ///
    /// `by` defaults to who acts.
    @discardableResult
    public func append<Update: ServerUpdate>(
        _ update: Update,
        to stream: StreamName,
        by: MemberID? = nil
    ) throws
        -> Int64
    {
        try append(type: Update.name, data: update.text, to: stream, by: by)
    }

    private func append(type: String, data: [UInt8], to stream: StreamName, by: MemberID?) throws -> Int64 {
        let author = by ?? actor.id
        let seq = heads.seq + 1
        let offset = try heads.offset(of: stream, in: sql) + 1
        let frame = ServerFrame.update(
            seq: seq,
            stream: stream.rawValue,
            offset: offset,
            type: type,
            at: nowText,
            by: author.rawValue == 0 ? nil : author.rawValue,
            data: data
        )
        try sql.execute(
            """
            INSERT INTO journal (seq, stream, position, type, at, actor, payload)
            VALUES (\(seq), \(stream), \(offset), \(type), \(now), \(author), \(frame))
            """
        )
        try sql.execute(
            """
            INSERT INTO stream_head (stream, position) VALUES (\(stream), \(offset))
            ON CONFLICT (stream) DO UPDATE SET position = excluded.position
            """
        )
        heads.advance(stream, to: offset)
        batch.updates.append(CommittedUpdate(seq: seq, stream: stream, offset: offset, type: type, frame: frame))
        return seq
    }

    // MARK: Parts

    /// Does a part of a command as a whole or not at all: when it throws, or is not to be kept, nothing of it is left
    /// and the command goes on.
    public func part<Result>(isKept: Bool = true, _ body: () throws -> Result) throws -> Result {
        let point = heads.point
        let former = (batch.extent, repeats, endedOpenings)
        func undo() throws {
            heads.undo(to: point)
            batch.cut(to: former.0)
            repeats = former.1
            endedOpenings = former.2
            try sql.rollbackSavepoint()
        }
        try sql.beginSavepoint()
        do {
            let result = try body()
            if isKept { try sql.releaseSavepoint() } else { try undo() }
            return result
        } catch StorageError.unavailable(let reason) {
            // The whole transaction is lost.
            throw StorageError.unavailable(reason)
        } catch {
            try undo()
            throw error
        }
    }

    // MARK: Entitlement

    /// Begins a member's entitlement to a stream with the update `from`, by default the next one to be appended.
    ///
    /// Already entitled: nothing changes.
    public func grant(_ member: MemberID, _ stream: StreamName, from: Int64? = nil) throws {
        let seq = from ?? nextSeq
        let changed = try sql.execute(
            """
            INSERT INTO stream_access (member, stream, since) SELECT \(member), \(stream), \(seq)
            WHERE NOT EXISTS (SELECT 1 FROM stream_access
                WHERE member = \(member) AND stream = \(stream) AND until IS NULL)
            """
        )
        if changed > 0 {
            batch.access.append(AccessChange(member: member, stream: stream, seq: seq, begins: true))
        }
    }

    /// Ends a member's entitlement to a stream with the update `through` as the last one, by default the last appended.
    public func revoke(_ member: MemberID, _ stream: StreamName, through: Int64? = nil) throws {
        let seq = through ?? heads.seq
        let changed = try sql.execute(
            """
            UPDATE stream_access SET until = \(seq)
            WHERE member = \(member) AND stream = \(stream) AND until IS NULL
            """
        )
        if changed > 0 {
            batch.access.append(AccessChange(member: member, stream: stream, seq: seq, begins: false))
            let opened = openings.streams(within: stream, of: member)
            if !opened.isEmpty { endedOpenings[member, default: []] += opened }
        }
    }

    /// Whether a member is entitled to a stream at this moment.
    public func isEntitled(_ member: MemberID, _ stream: StreamName) throws -> Bool {
        try sql.isEntitled(member, stream)
    }

    /// Begins entitlements that no update of their own tells (`access.gained`): `streams` that are held already are
    /// left out, and nothing is told when none is new.
    public func gainAccess(_ member: MemberID, _ streams: [StreamName]) throws {
        let fresh = try streams.filter { try !isEntitled(member, $0) }
        guard !fresh.isEmpty else { return }
        let offsets = try fresh.map { stream in
            JSONObject.Member(name: stream.rawValue, value: .int(try heads.offset(of: stream, in: sql)))
        }
        // From the telling update itself: a connection that resumes right after it, or enters meanwhile, has the stream.
        let seq = try append(
            AccessGained(streams: fresh.map(\.rawValue), offsets: .object(JSONObject(offsets))),
            to: .person(member)
        )
        for stream in fresh { try grant(member, stream, from: seq) }
    }

    /// Ends entitlements that no update of their own tells (`access.lost`); those not held are left out.
    ///
    /// It tells too what connections of the member had opened within the streams that the member lost by this command.
    public func loseAccess(_ member: MemberID, _ streams: [StreamName]) throws {
        let held = try streams.filter { try isEntitled(member, $0) }
        for stream in held { try revoke(member, stream) }
        let lost = held + (endedOpenings.removeValue(forKey: member) ?? [])
        guard !lost.isEmpty else { return }
        try append(AccessLost(streams: lost.map(\.rawValue)), to: .person(member))
    }

    // MARK: Streams of a connection

    /// Opens a stream for the connection that the command came by, with what is appended from now on, as long as its
    /// member reads `parent`; without effect elsewhere.
    public func openStream(_ stream: StreamName, within parent: StreamName) throws {
        if let connection, !connection.mayOpen {
            throw WireError(.rateLimited, "too many streams are open on this connection", retryAfterMs: 1_000)
        }
        if let connection {
            connection.append(.open(stream, parent: parent, after: heads.seq))
            openings.add(stream, within: parent, of: actor.id)
        }
        batch.opensStreams = true
    }

    /// Closes a stream that the connection opened.
    public func closeStream(_ stream: StreamName) {
        connection?.append(.close(stream))
        batch.opensStreams = true
    }

    /// Closes a stream for every connection that opened it, with the last update appended, and tells their members.
    public func closeStreamForAll(_ stream: StreamName) throws {
        batch.closed.append((stream, heads.seq))
        for member in openings.members(of: stream) {
            try append(AccessLost(streams: [stream.rawValue]), to: .person(member))
        }
    }

    // MARK: What else a command may need

    /// Ends the open connections of a member, or of one of the member's credentials, once this is committed.
    public func endConnections(of member: MemberID, credential: Int64? = nil) {
        batch.ends.append(ConnectionEnd(member: member, credential: credential))
    }

    /// Takes data out of an update that is in the journal already: `change` gets its data and returns what stays.
    ///
    /// `seq`, stream, offset, type, time and author stay as they were, so cursors remain valid.
    public func rewrite(_ seq: Int64, _ change: (JSONObject) -> JSONObject) throws {
        let payload = try sql.first("SELECT payload FROM journal WHERE seq = \(seq)") { $0.bytes(0) }
        guard let payload, let update = try JSONParser.parse(payload, limits: .answers)["update"]?.object else {
            return
        }
        let members = update.members.map { member in
            member.name == "data"
                ? JSONObject.Member(name: "data", value: .object(change(member.value.object ?? JSONObject()))) : member
        }
        let frame = JSON.members(["update": .object(JSONObject(members))]).text
        try sql.execute("UPDATE journal SET payload = \(frame) WHERE seq = \(seq)")
        batch.rewritten.append((seq, frame))
    }
}
