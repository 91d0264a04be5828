public import CommunityKernel
public import WireProtocol

extension UnitOfWork {
    /// Records an administrative act in the audit log, chained by hash to the one before: who, what, on what, when.
    public func audit(
        _ act: String,
        subject: Int64? = nil,
        organisation: OrganisationID? = nil,
        detail: String = ""
    )
        throws
    {
        let last = try sql.first("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1") {
            (number: $0.int(0), hash: $0.bytes(1))
        }
        let number = (last?.number ?? 0) + 1
        let hash = Self.auditHash(
            after: last?.hash ?? [],
            number: number,
            organisation: organisation?.rawValue,
            actor: actor.id.rawValue,
            kind: actor.kind.rawValue,
            act: act,
            subject: subject,
            at: now,
            detail: detail
        )
        try sql.execute(
            """
            INSERT INTO audit (number, at, actor, actor_kind, act, subject, organisation, detail, hash)
            VALUES (\(number), \(now), \(actor.id), \(actor.kind.rawValue), \(act), \(subject), \(organisation),
                \(detail), \(hash))
            """
        )
    }

    /// The hash of an entry of the audit log; it covers the hash before it, so that no entry can be changed alone.
    public static func auditHash(
        after previous: [UInt8],
        number: Int64,
        organisation: Int64?,
        actor: Int64,
        kind: String,
        act: String,
        subject: Int64?,
        at: Instant,
        detail: String
    ) -> [UInt8] {
        let text =
            "\(number)|\(organisation ?? 0)|\(actor)|\(kind)|\(act)|\(subject ?? 0)|\(at)|\(detail)"
        return Secret.sha256(previous + Array(text.utf8))
    }

    /// The hash of an entry written before it covered number and organisation.
    public static func formerAuditHash(
        after previous: [UInt8],
        actor: Int64,
        kind: String,
        act: String,
        subject: Int64?,
        at: Instant,
        detail: String
    ) -> [UInt8] {
        Secret.sha256(previous + Array("\(actor)|\(kind)|\(act)|\(subject ?? 0)|\(at)|\(detail)".utf8))
    }
}

extension SQLReader {
    /// Whether a member is entitled to a stream at this moment.
    public func isEntitled(_ member: MemberID, _ stream: StreamName) throws -> Bool {
        try exists(
            """
            SELECT 1 FROM stream_access WHERE member = \(member) AND stream = \(stream) AND until IS NULL LIMIT 1
            """
        )
    }
}
