public import CommunityKernel
public import Journal
import Networks
import WireProtocol

/// Who is connected now.
///
/// Changes come as the signal `presence {person, state}` to the readers of the networks' streams; this query gives the
/// state to begin with. Nothing of it is stored.
public struct PresenceCapability: Capability {
    /// The capability's name.
    public let name = "presence"
    /// Its schema.
    public let migrations: [Migration] = []
    private let board: PresenceBoard

    /// Makes it over the board that the real-time door keeps.
    public init(board: PresenceBoard) { self.board = board }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.query(ListPresence.self, access: .networkMember) { [board] query, context in
            guard try NetworkStore.role(of: context.actor.id, in: query.network, context.sql) != nil else {
                throw WireError.notFound
            }
            var list = PresenceList()
            for (person, state) in board.present(limit: 10_000) where list.people.count < 1_000 {
                // The same rule as for the signal: who may read the network's stream is of the network.
                guard try context.sql.isEntitled(person, .network(query.network)) else { continue }
                list.people.append(PresentPerson(person: person, state: state.rawValue))
            }
            return list
        }
    }
}
