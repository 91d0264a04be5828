/// Invites a person by e-mail; administrators, and facilitators into a network of theirs.
///
/// The id is the person's, who has no password and the address for a name until the invitation is accepted. Into a
/// network comes who accepted as soon as its type allows it with the mandates that the person has; who has an account
/// already is not written to, and may come in at once.
///
/// Errors: `forbidden` for a facilitator without `network` or with `mandates`, `rate_limited` after the invitations that
/// a facilitator has in a day, `conflict` when the address is taken and no network is named, or the person is suspended.
public struct InvitePerson: ClientCommand {
    /// The name on the wire.
    public static let name = "person.invite"
    /// What `ok` holds.
    public typealias Reply = InvitedPerson
    /// The e-mail address.
    public var email = ""
    /// The first mandates; administrators give them.
    public var mandates: [WantedMandate]?
    /// The network to come into.
    public var network: NetworkID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.email("email", &email)
        visitor.objects("mandates", &mandates, count: 0...50)
        visitor.id("network", &network)
    }
}

/// Who was invited.
public struct InvitedPerson: WireObject {
    /// The person.
    public var id = PersonID()
    /// True for who had an account and is a member of the network now, false for who had one and waits for a mandate.
    public var member: Bool?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: PersonID, member: Bool? = nil) {
        self.id = id
        self.member = member
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.flag("member", &member)
    }
}

/// Takes an invitation into a network back; its facilitators.
///
/// The link that the caller made for it ends too, unless the person has anything else to come for.
public struct WithdrawInvitation: ClientCommand {
    /// The name on the wire.
    public static let name = "invitation.withdraw"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// The network.
    public var network = NetworkID()
    /// Who was invited.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("person", &person)
    }
}

/// Gives the token of an open invitation or password link, to be handed on while there is no mail server;
/// administrators, and a facilitator who invited somebody that has no mandate or role yet.
///
/// Each time is written down in the audit log. The link of another administrator is given to nobody but the server's own
/// administration (`metropoli admin`): whoever has it takes the account over.
public struct RevealInvitation: ClientCommand {
    /// The name on the wire.
    public static let name = "invitation.reveal"
    /// What `ok` holds.
    public typealias Reply = RevealedInvitation
    /// Its number, from `invitation.list`.
    public var invitation: Int64 = 0

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("invitation", &invitation, in: 1...(1 << 53))
    }
}

/// The token of an invitation or password link.
public struct RevealedInvitation: WireObject {
    /// The token for `person.acceptInvitation`; left out when the command is repeated.
    public var token: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(token: String?) { self.token = token }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.text("token", &token) }
}

/// The invitations and password links that are open, without their tokens; administrators.
public struct ListInvitations: ClientQuery {
    /// The name on the wire.
    public static let name = "invitation.list"
    /// What `ok` holds.
    public typealias Reply = InvitationList
    /// Only this person's.
    public var person: PersonID?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// An invitation or password link that is open.
public struct OpenInvitation: WireObject {
    /// Its number.
    public var id: Int64 = 0
    /// `invitation` or `reset`.
    public var kind = ""
    /// Whom it is for.
    public var person = PersonID()
    /// The name of that person.
    public var name = ""
    /// The address of that person.
    public var email = ""
    /// When it was made.
    public var at = Instant(milliseconds: 0)
    /// Until when it may be used.
    public var expires = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("id", &id)
        visitor.text("kind", &kind)
        visitor.id("person", &person)
        visitor.text("name", &name)
        visitor.text("email", &email)
        visitor.instant("at", &at)
        visitor.instant("expires", &expires)
    }
}

/// Who was invited into a network and is no member yet; its facilitators.
public struct ListPendingInvitations: ClientQuery {
    /// The name on the wire.
    public static let name = "invitation.pending"
    /// What `ok` holds.
    public typealias Reply = PendingInvitations
    /// The network.
    public var network = NetworkID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("network", &network) }
}

/// An invitation into a network.
public struct PendingInvitation: WireObject {
    /// Who was invited.
    public var person = PersonID()
    /// The address.
    public var email = ""
    /// When.
    public var at = Instant(milliseconds: 0)
    /// Whether the account is in use: then a mandate is missing.
    public var accepted = false
    /// Until when the link may be used; left out when there is none.
    public var expires: Instant?
    /// The number for `invitation.reveal`, for who may hand the link on.
    public var link: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("person", &person)
        visitor.text("email", &email)
        visitor.instant("at", &at)
        visitor.flag("accepted", &accepted)
        visitor.instant("expires", &expires)
        visitor.integer("link", &link)
    }
}

/// Invitations into a network.
public struct PendingInvitations: WireObject {
    /// The newest first, at most 500.
    public var invitations: [PendingInvitation] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(invitations: [PendingInvitation]) { self.invitations = invitations }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("invitations", &invitations, count: 0...500)
    }
}

/// The invitations that are open.
public struct InvitationList: WireObject {
    /// The newest first, at most 500.
    public var invitations: [OpenInvitation] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(invitations: [OpenInvitation]) { self.invitations = invitations }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("invitations", &invitations, count: 0...500)
    }
}
