/// The entries of the audit log, newest first: who did which administrative act, on what, when.
///
/// Administrators read all; who has a current mandate of kind `administrator` for an organisation reads that one's, with
/// `organisation` given.
public struct ListAudit: ClientQuery {
    /// The name on the wire.
    public static let name = "audit.list"
    /// What `ok` holds.
    public typealias Reply = AuditPage
    /// Only this act, such as `mandate.grant`.
    public var act: String?
    /// Only what this person or bot did.
    public var actor: MemberID?
    /// Only what was done on the person, network, channel, message … of this id.
    public var subject: Int64?
    /// Only what concerns this organisation.
    public var organisation: OrganisationID?
    /// Only from this moment on.
    public var since: Instant?
    /// Only before this moment.
    public var until: Instant?
    /// Only entries with lower numbers.
    public var before: Int64?
    /// At most so many, 1–200, 50 unless told.
    public var limit: Int64?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("act", &act, bytes: 1...100)
        visitor.id("actor", &actor)
        visitor.integer("subject", &subject, in: 1...largestID)
        visitor.id("organisation", &organisation)
        visitor.instant("since", &since)
        visitor.instant("until", &until)
        visitor.integer("before", &before, in: 1...largestID)
        visitor.integer("limit", &limit, in: 1...200)
    }
}

/// One entry of the audit log.
public struct AuditEntry: WireObject, Equatable {
    /// Its number: 1, 2, 3 and so on.
    public var number: Int64 = 0
    /// When.
    public var at = Instant(milliseconds: 0)
    /// Who; left out for the server itself.
    public var actor: MemberID?
    /// `person`, `bot`, `system` or `nobody`.
    public var actorKind = ""
    /// The name that the actor has now.
    public var actorName: String?
    /// What was done.
    public var act = ""
    /// On what.
    public var subject: Int64?
    /// The organisation that it concerns.
    public var organisation: OrganisationID?
    /// What else there is to know.
    public var detail: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("number", &number)
        visitor.instant("at", &at)
        visitor.id("actor", &actor)
        visitor.text("actorKind", &actorKind)
        visitor.text("actorName", &actorName)
        visitor.text("act", &act)
        visitor.integer("subject", &subject)
        visitor.id("organisation", &organisation)
        visitor.text("detail", &detail)
    }
}

/// A page of the audit log.
public struct AuditPage: WireObject {
    /// The entries, newest first.
    public var entries: [AuditEntry] = []
    /// Whether older ones follow.
    public var more = false

    /// To be read.
    public init() {}

    /// Makes it.
    public init(entries: [AuditEntry], more: Bool) {
        self.entries = entries
        self.more = more
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("entries", &entries, count: 0...200)
        visitor.flag("more", &more)
    }
}
