/// The id of what a command made.
public struct CreatedPerson: WireObject {
    /// The person.
    public var id = PersonID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: PersonID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Makes a person; administrators.
///
/// Without a password an invitation is made, whose link lets the person choose one.
///
/// Errors: `invalid` for a bad address, zone or password (`too_short`, `too_long`, `too_common`), `conflict` when the
/// address is taken, `forbidden` for others.
public struct CreatePerson: ClientCommand {
    /// The name on the wire.
    public static let name = "person.create"
    /// What `ok` holds.
    public typealias Reply = CreatedPerson
    /// The name shown, 1–200 bytes.
    public var name = ""
    /// The e-mail address, which is the login; upper and lower case are the same.
    public var email = ""
    /// The first password, 8–128 characters.
    public var password: String?
    /// `it` or `en`.
    public var language: Language?
    /// A name of the tz database.
    public var zone: String?
    /// The first mandates.
    public var mandates: [WantedMandate]?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.line("name", &name, bytes: 1...200)
        visitor.email("email", &email)
        visitor.text("password", &password, bytes: 1...1_024)
        visitor.choice("language", &language)
        visitor.text("zone", &zone, bytes: 1...64)
        visitor.objects("mandates", &mandates, count: 0...50)
    }
}

/// The languages of the community.
public enum Language: String, Sendable, CaseIterable {
    /// Italian.
    case it
    /// English.
    case en
}

/// Accepts an invitation, or sets a forgotten password anew, with the token of the link.
///
/// Needs no credentials.
///
/// Errors: `not_found` for a token that is unknown, used or expired; `invalid` for a bad password.
public struct AcceptInvitation: ClientCommand {
    /// The name on the wire.
    public static let name = "person.acceptInvitation"
    /// What `ok` holds.
    public typealias Reply = CreatedPerson
    /// The token of the link.
    public var token = ""
    /// The name to be shown, 1–200 bytes.
    public var name: String?
    /// The password, 8–128 characters.
    public var password = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("token", &token, bytes: 1...128)
        visitor.line("name", &name, bytes: 1...200)
        visitor.text("password", &password, bytes: 1...1_024)
    }
}

/// Shuts a person out: sessions end, sockets close, mandates lose their effect; moderators and administrators.
public struct SuspendPerson: ClientCommand {
    /// The name on the wire.
    public static let name = "person.suspend"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Whom.
    public var person = PersonID()
    /// Why, for the audit log.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("person", &person)
        visitor.line("reason", &reason, bytes: 1...500)
    }
}

/// Lets a suspended person take part again; moderators and administrators.
public struct RestorePerson: ClientCommand {
    /// The name on the wire.
    public static let name = "person.restore"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Whom.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// Erases a person for ever (GDPR 17): what is left is the id, without name, address or words; administrators.
public struct ErasePerson: ClientCommand {
    /// The name on the wire.
    public static let name = "person.erase"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Whom.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// Writes everything about a person into a file (GDPR 15, 20); the person, and administrators.
public struct ExportPerson: ClientCommand {
    /// The name on the wire.
    public static let name = "person.export"
    /// What `ok` holds.
    public typealias Reply = ExportedPerson
    /// Whom.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// The file of an export.
public struct ExportedPerson: WireObject {
    /// The file: JSON, for the caller's eyes only.
    public var file = FileID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(file: FileID) { self.file = file }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("file", &file) }
}

/// Changes one's own name, language or time zone; administrators, anybody's.
public struct ChangePerson: ClientCommand {
    /// The name on the wire.
    public static let name = "person.change"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Whom; the caller when left out.
    public var person: PersonID?
    /// The name shown, 1–200 bytes.
    public var name: String?
    /// `it` or `en`.
    public var language: Language?
    /// A name of the tz database.
    public var zone: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("person", &person)
        visitor.line("name", &name, bytes: 1...200)
        visitor.choice("language", &language)
        visitor.text("zone", &zone, bytes: 1...64)
    }
}

/// Gives a person exactly these platform roles (`admin`, `moderator`, `monitor`); administrators.
///
/// The person's sessions end, so that no session lives through a change of rights.
public struct AssignRoles: ClientCommand {
    /// The name on the wire.
    public static let name = "person.assignRoles"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Whom.
    public var person = PersonID()
    /// The roles; an empty list takes all away.
    public var roles: [String] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("person", &person)
        visitor.texts("roles", &roles, count: 0...3)
        for (index, role) in roles.enumerated() where !["admin", "moderator", "monitor"].contains(role) {
            visitor.reject("roles.\(index)", "not_allowed")
        }
    }
}

/// Changes one's own password; the other sessions end.
///
/// Errors: `forbidden` with path `with.old` when the old one is wrong, `rate_limited` after several of those,
/// `invalid` for a bad new one.
public struct SetPassword: ClientCommand {
    /// The name on the wire.
    public static let name = "person.setPassword"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// The present password.
    public var old = ""
    /// The new one, 8–128 characters.
    public var new = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("old", &old, bytes: 1...1_024)
        visitor.text("new", &new, bytes: 1...1_024)
    }
}

/// Asks for a link to set a forgotten password anew.
///
/// Needs no credentials; the answer and its time are the same whether the address is known or not.
public struct ResetPassword: ClientCommand {
    /// The name on the wire.
    public static let name = "person.resetPassword"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// The e-mail address.
    public var email = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("email", &email, bytes: 1...254)
    }
}
