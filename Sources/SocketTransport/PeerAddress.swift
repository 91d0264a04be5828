import CLibWebSockets
import Glibc
import Synchronization

/// Addresses as text, read from a descriptor when somebody asks.
enum PeerAddress {
    static func of(_ descriptor: Int32) -> String {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let failed = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &size) }
        }
        return failed == 0 ? text(&storage) : ""
    }

    static func text(_ storage: inout sockaddr_storage) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            let family = Int32(storage.ss_family)
            let written = withUnsafePointer(to: &storage) { pointer -> UnsafePointer<CChar>? in
                let raw = UnsafeRawPointer(pointer)
                switch family {
                case AF_INET:
                    return inet_ntop(AF_INET, raw + 4, base, socklen_t(INET6_ADDRSTRLEN))
                case AF_INET6:
                    return inet_ntop(AF_INET6, raw + 8, base, socklen_t(INET6_ADDRSTRLEN))
                default:
                    return nil
                }
            }
            guard written != nil else { return "" }
            let text = String(cString: base)
            return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
        }
    }

    static func isLoopback(_ text: String) -> Bool { text == "::1" || text.hasPrefix("127.") || text.isEmpty }
}

/// How many connections one address holds; shared by all loops.
final class AddressCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func add(_ address: String, limit: Int) -> Bool {
        counts.withLock { counts in
            let now = counts[address, default: 0]
            if now >= limit { return false }
            counts[address] = now + 1
            return true
        }
    }

    func remove(_ address: String) {
        counts.withLock { counts in
            guard let now = counts[address] else { return }
            counts[address] = now > 1 ? now - 1 : nil
        }
    }
}
