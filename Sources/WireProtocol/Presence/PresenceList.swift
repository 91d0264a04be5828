/// `presence.list`: who of a network is connected now.
///
/// Extension of the project.
public struct ListPresence: ClientQuery {
    /// The name on the wire.
    public static let name = "presence.list"
    /// What `ok` holds.
    public typealias Reply = PresenceList
    /// The network.
    public var network = NetworkID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
    }
}

/// Those of a network who are connected; who is not named is offline.
public struct PresenceList: WireObject {
    /// Who is there, at most 1,000.
    public var people: [PresentPerson] = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("people", &people, count: 0...1_000)
    }
}

/// One person who is connected.
public struct PresentPerson: WireObject {
    /// Who.
    public var person = PersonID()
    /// `online` or `away`.
    public var state = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(person: PersonID, state: String) {
        self.person = person
        self.state = state
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("person", &person)
        visitor.text("state", &state)
    }
}
