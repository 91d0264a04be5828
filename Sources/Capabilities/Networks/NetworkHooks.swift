import CommunityKernel
import Journal
import People
import WireProtocol

/// Runs the *did* hooks of the network types: each update of a network once, in order, also across a crash.
///
/// Three faults in an hour switch the hook of that network off; switched on again it goes on where it stopped.
struct NetworkHooks: Sendable {
    let rules: NetworkRules
    let observers: [any NetworkObserver]

    private static let followerName = "network hooks"
    private static let faultsAllowed = 3
    private static let faultWindow: Int64 = 3_600_000

    /// The types of updates that any enabled network type reads; nil for all.
    private var types: Set<String>? {
        var wanted: Set<String> = []
        for type in rules.types.all {
            guard let types = type.didCommitTypes else { return nil }
            wanted.formUnion(types)
        }
        return wanted
    }

    var follower: Follower {
        Follower(name: Self.followerName, types: types) { update, work in
            guard let network = try self.network(of: update.stream, work.sql) else { return }
            let state = try HookStore.state(of: network.id, work.sql)
            // Off, or catching up by itself: its own cursor counts.
            if let state, !state.isOn || state.seq >= update.seq { return }
            try run(update, in: network, work)
        }
    }

    /// The networks whose module is left out fall behind where they are now, and catch up when it is back: the cursor
    /// that all networks share goes on without them.
    func rememberPlaces(_ sql: any SQLWriter) throws {
        let read = try sql.count(
            "SELECT COALESCE(MAX(seq), 0) FROM follower WHERE name = \(Self.followerName)"
        )
        let enabled = rules.types.all.map(\.id)
        let isDormant: SQLQuery = enabled.isEmpty ? "1 = 1" : "n.type NOT IN (\(list: enabled))"
        try sql.execute(
            """
            UPDATE network_hook SET state = 'behind', seq = CASE WHEN seq < \(read) THEN \(read) ELSE seq END
            WHERE state = 'on' AND network IN (SELECT n.id FROM network n WHERE \(part: isDormant))
            """
        )
        try sql.execute(
            """
            INSERT INTO network_hook (network, seq, state, faults)
            SELECT n.id, \(read), 'behind', '' FROM network n WHERE \(part: isDormant)
                AND NOT EXISTS (SELECT 1 FROM network_hook h WHERE h.network = n.id)
            """
        )
    }

    /// Those behind whose module is there.
    private var behind: SQLQuery {
        """
        SELECT h.network, h.seq FROM network_hook h JOIN network n ON n.id = h.network
        WHERE h.state = 'behind' AND n.type IN (\(list: rules.types.all.map(\.id))) ORDER BY h.network LIMIT 1
        """
    }

    /// Lets a hook that was switched on again, or whose module is back, read what it missed, page by page.
    var tick: Tick {
        Tick(
            name: "network hooks",
            seconds: 5,
            isDue: { try $0.sql.exists(behind) },
            run: { work in
                guard let (id, seq) = try work.sql.first(behind, { ($0.id(0) as NetworkID, $0.int(1)) }) else {
                    return false
                }
                try catchUp(id, after: seq, work)
                return true
            }
        )
    }

    private func catchUp(_ id: NetworkID, after seq: Int64, _ work: UnitOfWork) throws {
        let page = 200
        let frames = try work.sql.all(
            "SELECT seq, payload FROM journal WHERE seq > \(seq) ORDER BY seq LIMIT \(page)"
        ) { (seq: $0.int(0), frame: $0.bytes(1)) }
        guard let last = frames.last?.seq, frames.count == page || last > seq else {
            return try HookStore.set(id, seq: seq, state: .on, work)
        }
        for frame in frames {
            guard let update = PastUpdate(frame: frame.frame), let network = try network(of: update.stream, work.sql),
                network.id == id, rules.types[network.type]?.didCommitTypes?.contains(update.type) ?? true
            else { continue }
            try run(update, in: network, work)
            // A fault may have switched it off again: it stays after this update.
            if try HookStore.state(of: id, work.sql)?.state == .off { return }
        }
        try HookStore.set(id, seq: last, state: frames.count == page ? .behind : .on, work)
    }

    /// Runs the hook for one update.
    ///
    /// What it throws, or what its effects are refused with, is a fault.
    private func run(_ update: PastUpdate, in network: NetworkRecord, _ work: UnitOfWork) throws {
        guard let type = rules.types[network.type] else { return }
        do {
            for effect in try type.didCommit(update, in: network.fact) {
                for observer in observers { try observer.hookEffect(effect, in: network, work) }
            }
        } catch let error as StorageError {
            throw error
        } catch {
            try fault(after: update.seq, in: network, work)
        }
    }

    private func fault(after seq: Int64, in network: NetworkRecord, _ work: UnitOfWork) throws {
        let state = try HookStore.state(of: network.id, work.sql)
        let since = work.now.milliseconds - Self.faultWindow
        let faults = (state?.faults ?? []).filter { $0 > since } + [work.now.milliseconds]
        let isOff = faults.count >= Self.faultsAllowed
        try HookStore.set(
            network.id,
            seq: seq,
            state: isOff ? .off : state?.state ?? .on,
            faults: isOff ? [] : faults,
            work
        )
        try work.audit(
            isOff ? "network.hookSwitchedOff" : "network.hookFault",
            subject: network.id.rawValue,
            detail: "\(network.type) at update \(seq)"
        )
    }

    private func network(of stream: StreamName, _ sql: any SQLReader) throws -> NetworkRecord? {
        let parts = stream.rawValue.split(separator: "/")
        if parts.first == "network", parts.count >= 2, let id = Int64(parts[1]) {
            return try NetworkStore.network(NetworkID(id), sql)
        }
        for observer in observers {
            if let id = try observer.network(of: stream, sql) { return try NetworkStore.network(id, sql) }
        }
        return nil
    }

    // MARK: network.hook

    func set(_ command: SwitchNetworkHook, _ work: UnitOfWork) throws -> Nothing {
        let network = try rules.network(command.network, for: work.actor, work.sql, now: work.now)
        try PeopleStore.requireAdministrator(work)
        let state = try HookStore.state(of: network.id, work.sql)
        guard state?.isOn ?? true != command.on else { return Nothing() }
        if command.on {
            try HookStore.set(network.id, seq: state?.seq ?? 0, state: .behind, faults: [], work)
        } else {
            // It stops where it has read to, which may be before the journal's end.
            let read = try work.sql.count(
                "SELECT COALESCE(MAX(seq), 0) FROM follower WHERE name = \(Self.followerName)"
            )
            try HookStore.set(network.id, seq: max(read, state?.seq ?? 0), state: .off, faults: [], work)
        }
        try work.audit("network.hook", subject: network.id.rawValue, detail: command.on ? "on" : "off")
        return Nothing()
    }
}

/// Where the hook of a network stands, when it is not simply where the follower is.
struct HookState {
    enum State: String {
        case on
        case off
        /// Switched on again or its module back, and reading what it missed; or its module is left out.
        case behind
    }

    /// Updates up to here are done with.
    let seq: Int64
    let state: State
    /// When the last faults were, milliseconds.
    let faults: [Int64]

    var isOn: Bool { state == .on }
}

enum HookStore {
    static func state(of network: NetworkID, _ sql: any SQLReader) throws -> HookState? {
        try sql.first("SELECT seq, state, faults FROM network_hook WHERE network = \(network)") { row in
            HookState(
                seq: row.int(0),
                state: HookState.State(rawValue: row.text(1)) ?? .off,
                faults: row.text(2).split(separator: ",").compactMap { Int64($0) }
            )
        }
    }

    static func set(
        _ network: NetworkID,
        seq: Int64,
        state: HookState.State,
        faults: [Int64]? = nil,
        _ work: UnitOfWork
    ) throws {
        let known = try faults ?? self.state(of: network, work.sql)?.faults ?? []
        let text = known.map(String.init).joined(separator: ",")
        try work.sql.execute(
            """
            INSERT INTO network_hook (network, seq, state, faults)
            VALUES (\(network), \(seq), \(state.rawValue), \(text))
            ON CONFLICT (network) DO UPDATE SET seq = excluded.seq, state = excluded.state, faults = excluded.faults
            """
        )
    }
}
