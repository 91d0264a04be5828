/// Says how one wants to meet a channel: among the favourites, and what it notifies; whoever may read it.
///
/// What is left out stays.
public struct TuneChannel: ClientCommand {
    /// The name on the wire.
    public static let name = "channel.tune"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which channel.
    public var channel = ChannelID()
    /// Whether it is among the favourites.
    public var favourite: Bool?
    /// What it notifies; `default` takes a choice back.
    public var notify: NotifyChoice?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.flag("favourite", &favourite)
        visitor.choice("notify", &notify)
    }
}

/// One tuned a channel, or came back to one tuned before; on `person/N`, the whole of it after the change.
public struct ChannelTuned: ServerUpdate {
    /// The name on the wire.
    public static let name = "channel.tuned"
    /// Which channel.
    public var channel = ChannelID()
    /// Whether it is among the favourites.
    public var favourite = false
    /// What it notifies, `default` when nothing was chosen.
    public var notify = NotifyChoice.default

    /// To be read.
    public init() {}

    /// Makes it.
    public init(channel: ChannelID, favourite: Bool, notify: NotifyChoice) {
        self.channel = channel
        self.favourite = favourite
        self.notify = notify
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.flag("favourite", &favourite)
        visitor.choice("notify", &notify)
    }
}
