/// Asks which channels a network has offered to others, and which it was offered; its facilitators.
///
/// Errors: `not_found` for a network that the caller may not know of, `forbidden` for who does not facilitate it.
public struct ListShares: ClientQuery {
    /// The name on the wire.
    public static let name = "channel.shares"
    /// What `ok` holds.
    public typealias Reply = ShareList
    /// Which network.
    public var network = NetworkID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("network", &network) }
}

/// A channel between two networks.
public struct ListedShare: WireObject {
    /// The channel.
    public var channel = ChannelID()
    /// Its name.
    public var name = ""
    /// The network whose channel it is.
    public var network = NetworkID()
    /// The network that it is shared with.
    public var with = NetworkID()
    /// The name of the other one of the two, in Italian.
    public var otherName = ""
    /// Whether it was taken.
    public var accepted = false

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.text("name", &name)
        visitor.id("network", &network)
        visitor.id("with", &with)
        visitor.text("otherName", &otherName)
        visitor.flag("accepted", &accepted)
    }
}

/// The shares of a network, by channel.
public struct ShareList: WireObject {
    /// The shares.
    public var shares: [ListedShare] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(shares: [ListedShare]) { self.shares = shares }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("shares", &shares, count: 0...500)
    }
}
