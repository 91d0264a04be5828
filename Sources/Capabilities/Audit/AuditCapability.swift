public import Journal
public import People
import WireProtocol

/// The audit log, readable for administrators and by organisation.
public struct AuditCapability: Capability {
    /// The capability's name.
    public let name = "audit"
    /// None: the log is the journal's.
    public let migrations: [Migration] = []

    /// Makes it.
    public init() {}

    /// The export of a person's acts.
    public var neighbour: any PeopleNeighbour { AuditNeighbour() }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.query(ListAudit.self, access: .administrator, ReadingAudit().list)
    }
}
