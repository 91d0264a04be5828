/// Moves somebody who waits up or down the queue, whatever the order in which people came; facilitators.
///
/// Everybody else keeps the order among themselves. The network is told `event.counted`, so that all who wait ask for
/// their place again; moving the person back to `former` takes it back. The reason stands in the audit log.
/// Errors: `conflict` with the state for who does not wait.
public struct PrioritiseRegistration: ClientCommand {
    /// The name on the wire.
    public static let name = "registration.prioritise"
    /// What `ok` holds.
    public typealias Reply = RegistrationPosition
    /// Which.
    public var registration = RegistrationID()
    /// The place in the queue to be: 1 is next; beyond the end is the end.
    public var position: Int64 = 1
    /// Why, 1–500 bytes.
    public var reason = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("registration", &registration)
        visitor.integer("position", &position, in: 1...1_000_000)
        visitor.line("reason", &reason, bytes: 1...500)
    }
}

/// Where somebody who waits stands now.
public struct RegistrationPosition: WireObject {
    /// The place in the queue: 1 is next.
    public var position: Int64 = 1
    /// The place before.
    public var former: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ position: Int64, former: Int64) {
        self.position = position
        self.former = former
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("position", &position)
        visitor.integer("former", &former)
    }
}
