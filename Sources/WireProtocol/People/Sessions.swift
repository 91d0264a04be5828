/// Signs in.
///
/// Needs no credentials.
///
/// Errors: `unauthenticated`, the same for an unknown login, a wrong password and a suspended person;
/// `rate_limited` with `retryAfterMs` after several failures.
public struct OpenSession: ClientCommand {
    /// The name on the wire.
    public static let name = "session.open"
    /// What `ok` holds.
    public typealias Reply = OpenedSession
    /// The e-mail address; upper and lower case are the same.
    public var login = ""
    /// The password.
    public var password = ""
    /// What signs in, for the list of sessions: `Firefox, Linux`; over HTTP it is read from `User-Agent` when left out.
    public var client: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("login", &login, bytes: 1...254)
        visitor.text("password", &password, bytes: 1...1_024)
        visitor.line("client", &client, bytes: 1...100)
    }
}

/// A session just opened.
public struct OpenedSession: WireObject {
    /// Its token, `mtp_…`; shown once.
    public var token: String?
    /// Who signed in.
    public var person = NamedPerson()
    /// When it ends at the latest.
    public var expires = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Makes it.
    public init(token: String?, person: NamedPerson, expires: Instant) {
        self.token = token
        self.person = person
        self.expires = expires
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("token", &token)
        visitor.object("person", &person)
        visitor.instant("expires", &expires)
    }
}

/// Ends the session in use; its sockets close.
public struct CloseSession: ClientCommand {
    /// The name on the wire.
    public static let name = "session.close"
    /// What `ok` holds.
    public typealias Reply = Nothing

    /// Makes it.
    public init() {}

    /// No fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// The caller's own sessions that are open; administrators, anybody's.
///
/// Errors: `forbidden` for who asks for another's and is no administrator, `not_found` for an unknown person.
public struct ListSessions: ClientQuery {
    /// The name on the wire.
    public static let name = "session.list"
    /// What `ok` holds.
    public typealias Reply = SessionList
    /// Whose; the caller's when left out.
    public var person: PersonID?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// One of a person's sessions.
public struct SessionFacts: WireObject {
    /// Its number.
    public var id: Int64 = 0
    /// When it was opened.
    public var at = Instant(milliseconds: 0)
    /// When it was last used, to the minute.
    public var lastUse = Instant(milliseconds: 0)
    /// When it ends at the latest.
    public var expires = Instant(milliseconds: 0)
    /// The address that it was opened from.
    public var address: String?
    /// What signed in; left out when it did not say.
    public var client: String?
    /// Whether it is the one in use.
    public var current = false

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("id", &id)
        visitor.instant("at", &at)
        visitor.instant("lastUse", &lastUse)
        visitor.instant("expires", &expires)
        visitor.text("address", &address)
        visitor.text("client", &client)
        visitor.flag("current", &current)
    }
}

/// Sessions.
public struct SessionList: WireObject {
    /// The newest first, at most 200.
    public var sessions: [SessionFacts] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(sessions: [SessionFacts]) { self.sessions = sessions }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("sessions", &sessions, count: 0...200)
    }
}

/// Ends one of the caller's own sessions; administrators, anybody's, which is audited.
///
/// Its sockets close.
///
/// Errors: `forbidden` for who names another person and is no administrator, `not_found` for a session that is no open
/// one of that person.
public struct EndSession: ClientCommand {
    /// The name on the wire.
    public static let name = "session.end"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Its number, of `session.list`.
    public var session: Int64 = 0
    /// Whose; the caller's when left out.
    public var person: PersonID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("session", &session, in: 1...largestID)
        visitor.id("person", &person)
    }
}
