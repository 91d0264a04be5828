import Synchronization
public import WireProtocol

/// Who is connected now.
///
/// Never stored.
public final class PresenceBoard: Sendable {
    /// What others see of a person.
    public enum State: String, Sendable, CaseIterable {
        /// Connected.
        case online
        /// Connected, but said to be away.
        case away
        /// Not connected.
        case offline
    }

    private struct Entry {
        var connections = 0
        var isAway = false
    }

    private let entries = Mutex<[MemberID: Entry]>([:])

    /// Nobody is there.
    public init() {}

    /// One more connection; whether it is the first.
    public func arrived(_ member: MemberID) -> Bool {
        entries.withLock { entries in
            entries[member, default: Entry()].connections += 1
            return entries[member]?.connections == 1
        }
    }

    /// One connection less; whether it was the last.
    public func left(_ member: MemberID) -> Bool {
        entries.withLock { entries in
            guard var entry = entries[member] else { return false }
            entry.connections -= 1
            entries[member] = entry.connections > 0 ? entry : nil
            return entry.connections == 0
        }
    }

    /// A person says to be away or back; whether that is news.
    public func setAway(_ member: MemberID, _ away: Bool) -> Bool {
        entries.withLock { entries in
            guard let entry = entries[member], entry.isAway != away else { return false }
            entries[member]?.isAway = away
            return true
        }
    }

    /// What others see of a person now.
    public func state(of member: MemberID) -> State {
        entries.withLock { entries in
            guard let entry = entries[member] else { return .offline }
            return entry.isAway ? .away : .online
        }
    }

    /// Those connected, at most `limit`.
    public func present(limit: Int) -> [(member: MemberID, state: State)] {
        entries.withLock { entries in
            entries.prefix(limit).map { ($0.key, $0.value.isAway ? .away : .online) }
        }
    }
}
