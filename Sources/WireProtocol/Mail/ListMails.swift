/// What the server mails, newest first; administrators.
///
/// It shows to whom, of which kind and what became of it, never what a mail says: links in it are for its reader alone.
public struct ListMails: ClientQuery {
    /// The name on the wire.
    public static let name = "mail.list"
    /// What `ok` holds.
    public typealias Reply = MailPage
    /// Only those in this state.
    public var state: MailState?
    /// Only those to this person.
    public var person: PersonID?
    /// Only those older than this one.
    public var before: Int64?
    /// At most so many, 1–100, 50 unless told.
    public var limit: Int64?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("state", &state)
        visitor.id("person", &person)
        visitor.integer("before", &before, in: 1...largestID)
        visitor.integer("limit", &limit, in: 1...100)
    }
}

/// What became of a mail.
public enum MailState: String, Sendable, CaseIterable {
    /// It waits for its time, for the mail server or for another attempt.
    case waiting
    /// The mail server took it.
    case sent
    /// The mail server refused it, or was asked too often: it waits for an administrator.
    case failed
    /// It is not sent: an administrator said so, or there was nothing to tell any more.
    case discarded
}

/// One mail.
public struct MailView: WireObject, Equatable {
    /// Its number.
    public var id: Int64 = 0
    /// To whom; left out for somebody who is no person here.
    public var person: PersonID?
    /// The name of whom it is for.
    public var name: String?
    /// The address.
    public var address: String?
    /// Of which kind it is, such as `invitation`.
    public var template = ""
    /// What became of it.
    public var state = MailState.waiting
    /// When it was written.
    public var at = Instant(milliseconds: 0)
    /// When it is tried next; left out when it is not.
    public var due: Instant?
    /// When it was sent, given up or discarded.
    public var finished: Instant?
    /// How often the mail server judged it.
    public var attempts: Int64 = 0
    /// What went wrong last, in the mail server's words.
    public var error: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("id", &id)
        visitor.id("person", &person)
        visitor.text("name", &name)
        visitor.text("address", &address)
        visitor.text("template", &template)
        visitor.choice("state", &state)
        visitor.instant("at", &at)
        visitor.instant("due", &due)
        visitor.instant("finished", &finished)
        visitor.integer("attempts", &attempts)
        visitor.text("error", &error)
    }
}

/// A page of mails.
public struct MailPage: WireObject {
    /// The mails, newest first.
    public var mails: [MailView] = []
    /// How many wait in all.
    public var waiting: Int64 = 0
    /// How many failed in all.
    public var failed: Int64 = 0
    /// Whether a mail server is configured: without one every mail waits.
    public var configured = false
    /// Whether older ones follow.
    public var more = false

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("mails", &mails, count: 0...100)
        visitor.integer("waiting", &waiting)
        visitor.integer("failed", &failed)
        visitor.flag("configured", &configured)
        visitor.flag("more", &more)
    }
}
