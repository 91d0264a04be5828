/// Says how one wants to meet a network: among the favourites, and what it notifies; whoever may know of it.
///
/// What is left out stays.
public struct TuneNetwork: ClientCommand {
    /// The name on the wire.
    public static let name = "network.tune"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which network.
    public var network = NetworkID()
    /// What its channels notify that are not tuned themselves; `default` takes a choice back.
    public var notify: NotifyChoice?
    /// Whether it is among the favourites.
    public var favourite: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.choice("notify", &notify)
        visitor.flag("favourite", &favourite)
    }
}

/// One tuned a network; on `person/N`, the whole of it after the change.
public struct NetworkTuned: ServerUpdate {
    /// The name on the wire.
    public static let name = "network.tuned"
    /// Which network.
    public var network = NetworkID()
    /// Whether it is among the favourites.
    public var favourite = false
    /// What its channels notify, `default` when nothing was chosen.
    public var notify = NotifyChoice.default

    /// To be read.
    public init() {}

    /// Makes it.
    public init(network: NetworkID, favourite: Bool, notify: NotifyChoice) {
        self.network = network
        self.favourite = favourite
        self.notify = notify
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.flag("favourite", &favourite)
        visitor.choice("notify", &notify)
    }
}
