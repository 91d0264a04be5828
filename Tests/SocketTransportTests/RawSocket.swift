import Glibc

/// A plain blocking socket, for what no decent client would send.
///
/// Every read has a time limit.
final class RawSocket: @unchecked Sendable {
    // Sendable: each test uses its socket from one task at a time.
    struct Failure: Error { let what: String }

    let descriptor: Int32
    private var buffer: [UInt8] = []
    private let streamType: Int32 = 1

    init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = Glibc.socket(AF_INET, streamType, 0)
        if var size = receiveBuffer { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let failed = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // All is initialised: a throw from here on runs deinit, which closes.
        guard failed == 0 else { throw Failure(what: "connect \(errno)") }
        limitReads(seconds: 10)
    }

    deinit { Glibc.close(descriptor) }

    func limitReads(seconds: Int) {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    func send(_ bytes: [UInt8]) throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress.map { $0 + offset }, bytes.count - offset, 0x4000)
            }
            guard count > 0 else { throw Failure(what: "send \(errno)") }
            offset += count
        }
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// So many bytes, or fewer at the end of the stream.
    func read(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try fill() else { break }
        }
        let taken = Array(buffer.prefix(count))
        buffer.removeFirst(taken.count)
        return taken
    }

    private func fill() throws -> Bool {
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = room.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) { throw Failure(what: "nothing came") }
        guard count > 0 else { return false }
        buffer += room.prefix(count)
        return true
    }

    /// Whether the peer has ended the stream, with nothing more to read.
    func isAtEnd() throws -> Bool { try read(1).isEmpty }

    // MARK: HTTP

    struct Reply {
        let status: Int
        let head: String
        let body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    func reply(toHead: Bool = false) throws -> Reply {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            let byte = try read(1)
            guard !byte.isEmpty else {
                throw Failure(what: "end within a head: \(String(decoding: head, as: UTF8.self))")
            }
            head += byte
        }
        let text = String(decoding: head, as: UTF8.self)
        let status = Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0
        var length = 0
        for line in text.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            length = Int(line.dropFirst("content-length:".count).drop { $0 == " " }) ?? 0
        }
        let hasBody = !toHead && status != 101 && status != 204 && status != 304 && status >= 200
        return Reply(status: status, head: text, body: hasBody ? try read(length) : [])
    }

    // MARK: WebSocket

    static let key = "dGhlIHNhbXBsZSBub25jZQ=="

    static func upgradeRequest(
        _ path: String = "/ws",
        method: String = "GET",
        upgrade: String = "websocket",
        connection: String = "Upgrade",
        version: String = "13",
        key: String = key,
        extra: String = ""
    ) -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: test\r\nUpgrade: \(upgrade)\r\nConnection: \(connection)\r\n"
            + "Sec-WebSocket-Key: \(key)\r\nSec-WebSocket-Version: \(version)\r\n\(extra)\r\n"
    }

    func upgrade(_ path: String = "/ws", extra: String = "") throws {
        try send(Self.upgradeRequest(path, extra: extra))
        let reply = try reply()
        guard reply.status == 101 else { throw Failure(what: "status \(reply.status)") }
    }

    static func frame(_ payload: [UInt8], opcode: UInt8 = 1, isFinal: Bool = true) -> [UInt8] {
        let mask: [UInt8] = [7, 11, 13, 17]
        var bytes: [UInt8] = [opcode | (isFinal ? 0x80 : 0)]
        if payload.count < 126 {
            bytes.append(0x80 | UInt8(payload.count))
        } else if payload.count < 65_536 {
            bytes += [0xFE, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        } else {
            bytes.append(0xFF)
            bytes += (0..<8).reversed().map { UInt8(truncatingIfNeeded: payload.count >> (8 * $0)) }
        }
        bytes += mask
        bytes += payload.enumerated().map { $1 ^ mask[$0 & 3] }
        return bytes
    }

    func sendText(_ text: String) throws { try send(Self.frame(Array(text.utf8))) }

    struct Frame {
        let opcode: UInt8
        let isFinal: Bool
        let payload: [UInt8]
        var text: String { String(decoding: payload, as: UTF8.self) }
        var closeCode: Int { payload.count < 2 ? 1005 : Int(payload[0]) << 8 | Int(payload[1]) }
    }

    /// The next frame; nil at the end of the stream.
    func frame() throws -> Frame? {
        let start = try read(2)
        guard start.count == 2 else { return nil }
        var length = Int(start[1] & 0x7F)
        guard start[1] & 0x80 == 0 else { throw Failure(what: "a server's frame is masked") }
        if length == 126 {
            length = try read(2).reduce(0) { $0 << 8 | Int($1) }
        } else if length == 127 {
            length = try read(8).reduce(0) { $0 << 8 | Int($1) }
        }
        let payload = try read(length)
        guard payload.count == length else { throw Failure(what: "end within a frame") }
        return Frame(opcode: start[0] & 15, isFinal: start[0] & 0x80 != 0, payload: payload)
    }

    func closeCode() throws -> Int? {
        while let frame = try frame() { if frame.opcode == 8 { return frame.closeCode } }
        return nil
    }
}
