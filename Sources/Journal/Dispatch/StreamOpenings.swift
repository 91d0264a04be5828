public import CommunityKernel
import Synchronization
public import WireProtocol

/// Which streams the members' connections have opened for themselves, over all loops.
///
/// What a connection opened is its own and stands in no table; whoever loses it is told all the same. The writer counts
/// an opening in, the hub of its connection out again: one that is over may still be counted, never the other way round.
public final class StreamOpenings: Sendable {
    private struct Opening {
        var parent: StreamName
        var count: Int
    }

    private let openings = Mutex<[MemberID: [StreamName: Opening]]>([:])

    init() {}

    /// One more connection of a member reads a stream, which hangs on `parent`.
    func add(_ stream: StreamName, within parent: StreamName, of member: MemberID) {
        openings.withLock { openings in
            let count = openings[member]?[stream]?.count ?? 0
            openings[member, default: [:]][stream] = Opening(parent: parent, count: count + 1)
        }
    }

    /// One connection of a member less reads a stream.
    public func remove(_ stream: StreamName, of member: MemberID) {
        openings.withLock { openings in
            guard let count = openings[member]?[stream]?.count else { return }
            if count > 1 {
                openings[member]?[stream]?.count = count - 1
            } else {
                openings[member]?[stream] = nil
                if openings[member]?.isEmpty ?? false { openings[member] = nil }
            }
        }
    }

    /// What a member has open of that which hangs on `parent`.
    func streams(within parent: StreamName, of member: MemberID) -> [StreamName] {
        let own = openings.withLock { $0[member] ?? [:] }
        return own.filter { $0.value.parent == parent }.keys.sorted { $0.rawValue < $1.rawValue }
    }

    /// Who has a stream open.
    func members(of stream: StreamName) -> [MemberID] {
        openings.withLock { openings in openings.filter { $0.value[stream] != nil }.keys.sorted() }
    }
}
