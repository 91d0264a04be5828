import CommunityKernel
import Synchronization
import WireProtocol

/// Slows sign-ins that fail: each failure past the allowed ones doubles the wait.
///
/// It counts an account together with the address first, so that neither a stranger elsewhere nor a colleague's
/// mistakes shut anybody out; an account over all addresses and an address over all accounts slow much later, and
/// never for an account that signed in from that address before. In memory: a restart forgets.
final class SignInThrottle: Sendable {
    private struct Entry {
        var failures = 0
        var last: Instant
        var until: Instant?
    }

    private enum Key: Hashable {
        case pair(String, String)
        case account(String)
        case address(String)
    }

    private let settings: PeopleSettings.Login
    private let entries = Mutex<[Key: Entry]>([:])
    /// Accounts and addresses remembered at most.
    private let capacity = 20_000

    init(_ settings: PeopleSettings.Login) { self.settings = settings }

    /// Takes an attempt into account before it is judged; throws `rate_limited` while it has to wait.
    ///
    /// A failure needs no further word, a success ``succeeded(_:address:)``.
    func begin(_ account: String, address: String?, isKnownPair: Bool, now: Instant) throws(WireError) {
        let keys = keys(account, address, isKnownPair)
        let wait = entries.withLock { entries -> Int64 in
            if entries.count > capacity { forget(&entries, now) }
            let wait = keys.map { self.wait(entries[$0.key], now) }.max() ?? 0
            if wait > 0 { return wait }
            for (key, allowed) in keys {
                var entry = current(entries[key], now)
                entry.failures += 1
                entry.last = now
                if entry.failures >= allowed {
                    let doublings = min(entry.failures - allowed, 20)
                    let seconds = min(Int64(settings.firstDelay) << doublings, Int64(settings.maximumDelay))
                    entry.until = now.advanced(bySeconds: seconds)
                }
                entries[key] = entry
            }
            return 0
        }
        guard wait == 0 else {
            throw WireError(.rateLimited, "too many failed attempts", retryAfterMs: wait)
        }
    }

    /// The attempt begun before was right.
    func succeeded(_ account: String, address: String?) {
        entries.withLock { entries in
            // What others failed at from the same address, or at the same account, still counts: one's own success
            // takes back one's own attempt only.
            for (key, allowed) in keys(account, address, false) {
                guard var entry = entries[key] else { continue }
                entry.failures -= 1
                if entry.failures < allowed { entry.until = nil }
                entries[key] = entry.failures > 0 ? entry : nil
            }
            entries[.pair(account, Self.place(address))] = nil
        }
    }

    private func keys(_ account: String, _ address: String?, _ isKnownPair: Bool) -> [(key: Key, allowed: Int)] {
        let place = Self.place(address)
        var keys: [(Key, Int)] = [(.pair(account, place), settings.accountAttempts)]
        guard !isKnownPair else { return keys }
        keys.append((.account(account), settings.accountAttempts * 10))
        if address != nil { keys.append((.address(place), settings.addressAttempts)) }
        return keys
    }

    /// The address as far as one line has it: all of IPv4, the /64 of IPv6.
    private static func place(_ address: String?) -> String { address.map(ClientAddress.place) ?? "" }

    private func wait(_ entry: Entry?, _ now: Instant) -> Int64 {
        // Written in the future: the clock was put back, and nobody waits until it catches up.
        guard let entry, entry.last <= now, let until = entry.until, until > now else { return 0 }
        return min(until.milliseconds - now.milliseconds, Int64(settings.maximumDelay) * 1_000)
    }

    private func current(_ entry: Entry?, _ now: Instant) -> Entry {
        let age = entry.map { now.milliseconds - $0.last.milliseconds } ?? .max
        guard let entry, (0..<Int64(settings.forgetAfter) * 1_000).contains(age) else {
            return Entry(last: now)
        }
        return entry
    }

    private func forget(_ entries: inout [Key: Entry], _ now: Instant) {
        entries = entries.filter { current($0.value, now).failures > 0 }
        if entries.count > capacity { entries = entries.filter { $0.value.until.map { $0 > now } ?? false } }
        if entries.count > capacity * 2 { entries.removeAll() }
    }
}
