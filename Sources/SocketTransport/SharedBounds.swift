import Synchronization

/// What all loops of a server count together.
final class SharedBounds: Sendable {
    private let sockets = Atomic<Int>(0)
    private let addresses = AddressCounts()
    private let limit: Int
    private let limitPerAddress: Int

    init(limits: TransportLimits) {
        let possible = TransportLimits.descriptorsForConnections()
        limit = limits.maxConnections > 0 ? min(limits.maxConnections, possible) : possible
        limitPerAddress = limits.maxConnectionsPerAddress
    }

    func admit() -> Bool {
        if sockets.add(1, ordering: .relaxed).newValue <= limit { return true }
        release()
        return false
    }

    func release() { sockets.subtract(1, ordering: .relaxed) }

    var countsAddresses: Bool { limitPerAddress > 0 }

    /// Nil when the address holds too many already.
    func count(_ address: String) -> CountedAddress? {
        addresses.add(address, limit: limitPerAddress) ? CountedAddress(address, in: addresses) : nil
    }
}

/// One connection's share of its address's bound, given back when it is freed.
final class CountedAddress: Sendable {
    private let address: String
    private let counts: AddressCounts

    init(_ address: String, in counts: AddressCounts) {
        self.address = address
        self.counts = counts
    }

    deinit { counts.remove(address) }
}
