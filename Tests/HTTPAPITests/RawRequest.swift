import Glibc
import TestKit
import WireProtocol

/// What came back for bytes that no decent client would send.
struct RawReply {
    let status: Int
    let head: String
    let text: String
    var json: JSON { (try? JSONParser.parse(Array(text.utf8))) ?? .null }

    /// Sends the bytes on a connection of their own and reads to its end; nothing came for a status of 0.
    init(_ bytes: [UInt8], to port: Int) throws {
        let descriptor = socket(AF_INET, 1, 0)
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0, send(descriptor, bytes, bytes.count, 0x4000) == bytes.count else {
            throw UnexpectedOutcome("not sent: \(errno)")
        }
        var all: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &room, room.count, 0), count > 0 { all += room.prefix(count) }
        let whole = String(decoding: all, as: UTF8.self)
        let end = whole.firstRange(of: "\r\n\r\n")
        head = String(whole[..<(end?.lowerBound ?? whole.endIndex)])
        text = String(whole[(end?.upperBound ?? whole.endIndex)...])
        status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
    }

    /// The same for text; the connection is asked to close.
    init(_ start: String, _ headers: [String] = [], body: String = "", to port: Int) throws {
        let lines = ["\(start) HTTP/1.1", "Host: 127.0.0.1", "Connection: close"] + headers
        try self.init(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8), to: port)
    }
}
