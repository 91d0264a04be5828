import CommunityKernel
import Synchronization
import WireProtocol

/// How many bodies are on their way to disk.
final class UploadPlaces: Sendable {
    private struct State {
        var all = 0
        var ofMember: [MemberID: Int] = [:]
    }

    private let state = Mutex(State())
    private let perMember: Int
    private let total: Int

    init(perMember: Int, total: Int) {
        self.perMember = perMember
        self.total = total
    }

    fileprivate func take(_ member: MemberID) throws {
        let isFree = state.withLock { state in
            guard state.all < total, state.ofMember[member, default: 0] < perMember else { return false }
            state.all += 1
            state.ofMember[member, default: 0] += 1
            return true
        }
        guard isFree else { throw WireError(.rateLimited, "too many uploads at the same time", retryAfterMs: 2_000) }
    }

    fileprivate func release(_ member: MemberID) {
        state.withLock { state in
            state.all -= 1
            let left = state.ofMember[member, default: 0] - 1
            state.ofMember[member] = left > 0 ? left : nil
        }
    }
}

/// One body on its way to a file; the place is free again when nobody holds this any more.
final class UploadTicket: Sendable {
    /// Where the body goes.
    let path: String
    private let places: UploadPlaces
    private let holder = Mutex<MemberID?>(nil)

    init(path: String, places: UploadPlaces) {
        self.path = path
        self.places = places
    }

    deinit {
        if let member = holder.withLock({ $0 }) { places.release(member) }
    }

    /// Takes a place for a member; throws `rate_limited` when there is none.
    func take(for member: MemberID) throws {
        try places.take(member)
        holder.withLock { $0 = member }
    }
}
