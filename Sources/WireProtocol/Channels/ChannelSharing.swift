/// Offers a channel to another network; facilitators of the channel's network.
///
/// Who has been offered it already is told `ok`.
///
/// Errors: `invalid` for a private channel or the channel's own network.
public struct ShareChannel: ClientCommand {
    /// `channel.share`.
    public static let name = "channel.share"
    /// What is answered.
    public typealias Reply = Nothing
    /// Which open or announcement channel.
    public var channel = ChannelID()
    /// To which network.
    public var network = NetworkID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("network", &network)
    }
}

/// Takes a channel that was offered: the network's members see it and may join it; facilitators of that network.
public struct AcceptShare: ClientCommand {
    /// `channel.acceptShare`.
    public static let name = "channel.acceptShare"
    /// What is answered.
    public typealias Reply = Nothing
    /// Which channel.
    public var channel = ChannelID()
    /// For which network.
    public var network = NetworkID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("network", &network)
    }
}

/// Ends a share, or an offer; facilitators of either side.
///
/// Members who came by it lose the channel from then on.
public struct RevokeShare: ClientCommand {
    /// `channel.revokeShare`.
    public static let name = "channel.revokeShare"
    /// What is answered.
    public typealias Reply = Nothing
    /// Which channel.
    public var channel = ChannelID()
    /// With which network.
    public var network = NetworkID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.id("network", &network)
    }
}

/// A channel was offered to a network; on that network's desk.
public struct ChannelShareProposed: ServerUpdate {
    /// `channel.shareProposed`.
    public static let name = "channel.shareProposed"
    /// The channel.
    public var channel = ChannelFacts()
    /// To which network.
    public var with = NetworkID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ channel: ChannelFacts, with network: NetworkID) {
        self.channel = channel
        with = network
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        channel.fields(&visitor)
        visitor.id("with", &with)
    }
}

/// A network took a channel of another one; on `network/N` of the one that took it.
public struct ChannelShared: ServerUpdate {
    /// `channel.shared`.
    public static let name = "channel.shared"
    /// The channel.
    public var channel = ChannelFacts()
    /// Which network took it.
    public var with = NetworkID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ channel: ChannelFacts, with network: NetworkID) {
        self.channel = channel
        with = network
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        channel.fields(&visitor)
        visitor.id("with", &with)
    }
}

/// A share ended, or an offer was withdrawn; where ``ChannelShared`` or ``ChannelShareProposed`` went.
///
/// Those who were in the channel by it alone are told by `access.lost`.
public struct ChannelUnshared: ServerUpdate {
    /// `channel.unshared`.
    public static let name = "channel.unshared"
    /// The channel.
    public var id = ChannelID()
    /// The channel's own network.
    public var network = NetworkID()
    /// Which network has it no more.
    public var with = NetworkID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: ChannelID, network: NetworkID, with: NetworkID) {
        self.id = id
        self.network = network
        self.with = with
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("network", &network)
        visitor.id("with", &with)
    }
}
