/// Who owns a bot: a network or an organisation, exactly one.
public struct BotOwner: WireObject, Equatable {
    /// The network.
    public var network: NetworkID?
    /// The organisation.
    public var organisation: OrganisationID?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(network: NetworkID? = nil, organisation: OrganisationID? = nil) {
        self.network = network
        self.organisation = organisation
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("organisation", &organisation)
    }
}

/// Makes a bot; facilitators of the owning network, and administrators.
///
/// The token is shown once.
///
/// Errors: `forbidden` for a scope outside the owner, `invalid` for a scope of another form or an owner that is not
/// exactly one, `not_found` for a network that the caller may not know of.
public struct CreateBot: ClientCommand {
    /// The name on the wire.
    public static let name = "bot.create"
    /// What `ok` holds.
    public typealias Reply = CreatedBot
    /// Who owns it.
    public var owner = BotOwner()
    /// The name shown, 1–100 bytes.
    public var name = ""
    /// What it may do: `post:channel/N`, `announce:network/N`, `read:channel/N`, `read:network/N`; 1–50.
    public var scopes: [String] = []
    /// When its token ends by itself; never when left out.
    public var expires: Instant?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.object("owner", &owner)
        visitor.line("name", &name, bytes: 1...100)
        visitor.texts("scopes", &scopes, count: 1...50)
        visitor.instant("expires", &expires)
    }
}

/// A bot just made.
public struct CreatedBot: WireObject {
    /// The bot.
    public var id = MemberID()
    /// Its token; nil when the command is repeated.
    public var token: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MemberID, token: String?) {
        self.id = id
        self.token = token
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("token", &token)
    }
}

/// Revokes a bot's token for ever; its sockets close.
///
/// Facilitators of the owning network, and administrators.
public struct RevokeBot: ClientCommand {
    /// The name on the wire.
    public static let name = "bot.revoke"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which.
    public var bot = MemberID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("bot", &bot) }
}

/// The bots of a network, for its facilitators, or all, for administrators.
public struct ListBots: ClientQuery {
    /// The name on the wire.
    public static let name = "bot.list"
    /// What `ok` holds.
    public typealias Reply = BotList
    /// Only those that this network owns.
    public var network: NetworkID?

    /// Asks.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("network", &network) }
}

/// A bot as those who run it see it.
public struct BotFacts: WireObject {
    /// The id.
    public var id = MemberID()
    /// The name shown.
    public var name = ""
    /// Who owns it.
    public var owner = BotOwner()
    /// What it may do.
    public var scopes: [String] = []
    /// Who made it; nil for the system.
    public var createdBy: PersonID?
    /// When it was made.
    public var at = Instant(milliseconds: 0)
    /// When it was last used, to the minute.
    public var lastUse: Instant?
    /// When its token ends by itself.
    public var expires: Instant?
    /// When its token was revoked.
    public var revoked: Instant?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
        visitor.object("owner", &owner)
        visitor.texts("scopes", &scopes, count: 0...50)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
        visitor.instant("lastUse", &lastUse)
        visitor.instant("expires", &expires)
        visitor.instant("revoked", &revoked)
    }
}

/// Bots.
public struct BotList: WireObject {
    /// By id, at most 500.
    public var bots: [BotFacts] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(bots: [BotFacts]) { self.bots = bots }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.objects("bots", &bots, count: 0...500) }
}

/// A bot came into being; on `network/N/desk` of the network that owns it, else on `person/BOT`.
public struct BotCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "bot.created"
    /// The bot.
    public var id = MemberID()
    /// The name shown.
    public var name = ""
    /// Who owns it.
    public var owner = BotOwner()
    /// What it may do.
    public var scopes: [String] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MemberID, name: String, owner: BotOwner, scopes: [String]) {
        self.id = id
        self.name = name
        self.owner = owner
        self.scopes = scopes
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
        visitor.object("owner", &owner)
        visitor.texts("scopes", &scopes, count: 0...50)
    }
}

/// A bot's token was revoked; where ``BotCreated`` went.
public struct BotRevoked: ServerUpdate {
    /// The name on the wire.
    public static let name = "bot.revoked"
    /// Which.
    public var id = MemberID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MemberID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}
