import CLibWebSockets
import Glibc

/// Names a WebSocket connection for the life of the process.
public struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    let raw: UInt64
    /// `loop.number`.
    public var description: String { "\(raw >> 48).\(raw & 0xFFFF_FFFF_FFFF)" }
}

/// What became of a frame.
public enum SendResult: Sendable {
    /// Given to libwebsockets at once.
    case written
    /// Waits behind others.
    case queued
    /// Not taken: the queue would exceed `limits.outboundBytes`. ``LoopHandler/drained(_:)`` tells when there is room.
    case full
    /// The connection takes nothing any more.
    case closing
}

/// One WebSocket connection.
///
/// It belongs to its loop's thread.
public final class Connection {
    /// Unique in the process.
    public let id: ConnectionID
    /// The loop it lives on.
    public var loop: ServiceLoop { server.loop }
    /// The owner's state.
    public var context: AnyObject?

    enum Phase: UInt8 { case open, flushing, closeSent, gone }

    unowned let server: ServerLoop
    private(set) var wsi: OpaquePointer?
    /// The socket, when what goes over it is not encrypted; else -1.
    private let plainSocket: Int32
    private(set) var phase = Phase.open
    private var queue = OutboundQueue()
    private var backlogged = false
    var isLocalSocket = false
    private var closeCode: UInt16 = 1006
    private var closing: ClosingWords?
    let countedAddress: CountedAddress?
    var slot = 0
    var inbound = InboundMessage()
    var deadlines = ConnectionDeadlines()

    init(id: ConnectionID, wsi: OpaquePointer, server: ServerLoop, session: HTTPSession) {
        self.id = id
        self.wsi = wsi
        self.server = server
        plainSocket = session.isTLS ? -1 : lws_get_socket_fd(wsi)
        isLocalSocket = session.isLocalSocket
        countedAddress = session.countedAddress
    }

    // MARK: Sending

    /// Writes a frame at once, or queues it.
    ///
    /// Loop thread only.
    public func send(_ frame: OutboundFrame) -> SendResult {
        server.loop.assertCurrent()
        guard phase == .open, let wsi else { return .closing }
        if queue.isEmpty && lws_partial_buffered(wsi) == 0 { return write(frame, to: wsi) }
        if queue.bytes + frame.wireCount > server.limits.outboundBytes {
            noteBacklog(wsi)
            return .full
        }
        queue.append(frame)
        server.loop.counters.queuedBytes.add(frame.wireCount)
        noteBacklog(wsi)
        return .queued
    }

    /// The frame is finished, so it goes out raw.
    ///
    /// libwebsockets holds nothing of an earlier one, so a plain socket is written to at once: its own way there is a
    /// tenth of a delivery. What the kernel does not take, libwebsockets keeps; what fails there, it finds out.
    /// `LWS_WRITE_HTTP` skips its framing (pinned by a test).
    @inline(__always)
    private func write(_ frame: OutboundFrame, to wsi: OpaquePointer) -> SendResult {
        var sent = 0
        if plainSocket >= 0 {
            sent = max(0, Glibc.send(plainSocket, frame.wireStart, frame.wireCount, Self.sendFlags))
        }
        if sent < frame.wireCount {
            guard lws_write(wsi, frame.wireStart + sent, frame.wireCount - sent, LWS_WRITE_HTTP) >= 0 else {
                fail()
                return .closing
            }
            if lws_partial_buffered(wsi) != 0 {
                server.loop.counters.partialWrites.add(1)
                noteBacklog(wsi)
            }
        }
        server.loop.counters.bytesOut.add(frame.wireCount)
        return .written
    }

    private static let sendFlags = Int32(Int(MSG_DONTWAIT) | Int(MSG_NOSIGNAL))

    private func noteBacklog(_ wsi: OpaquePointer) {
        guard !backlogged else { return }
        backlogged = true
        deadlines.stall = server.after(server.limits.stalledWriteSeconds)
        deadlines.progress = progress(wsi)
        server.reschedule(self)
        lws_callback_on_writable(wsi)
    }

    /// Bytes waiting in the queue, without what libwebsockets itself holds of a frame written in part.
    public var queuedBytes: Int { queue.bytes }

    /// Whether a frame would go to the kernel at once.
    public var isWritable: Bool {
        guard phase == .open, let wsi else { return false }
        return queue.isEmpty && lws_partial_buffered(wsi) == 0
    }

    /// libwebsockets has written what it held.
    ///
    /// False: the connection is to be closed now.
    func becameWritable() -> Bool {
        guard let wsi, phase == .open || phase == .flushing else { return phase != .gone }
        while let frame = queue.first {
            if lws_partial_buffered(wsi) != 0 { break }
            let written = lws_write(wsi, frame.wireStart, frame.wireCount, LWS_WRITE_HTTP)
            queue.removeFirst()
            server.loop.counters.queuedBytes.add(-frame.wireCount)
            if written < 0 { return false }
            server.loop.counters.bytesOut.add(frame.wireCount)
        }
        if !queue.isEmpty || lws_partial_buffered(wsi) != 0 {
            lws_callback_on_writable(wsi)
            return true
        }
        if phase == .flushing { return sayClose(on: wsi) }
        if backlogged {
            backlogged = false
            deadlines.stall = 0
            server.handler.enterDrained(self)
        }
        return true
    }

    // MARK: Closing

    /// Writes what is queued, within a bounded time, then the close frame.
    ///
    ///
    ///
    /// Idempotent.
    public func close(code: Int, reason: String = "") {
        server.loop.assertCurrent()
        guard phase == .open, let wsi else { return }
        phase = .flushing
        closing = ClosingWords(code: UInt16(clamping: code), reason: reason)
        closeCode = UInt16(clamping: code)
        deadlines = ConnectionDeadlines()
        deadlines.close = server.after(server.limits.closeSeconds)
        server.reschedule(self)
        inbound = InboundMessage()
        lws_rx_flow_control(wsi, 1)
        lws_callback_on_writable(wsi)
    }

    /// Closes a peer that takes nothing or answers no ping: what was queued is dropped (it comes back and resumes), and
    /// the farewell and the close frame leave if the peer takes them in time.
    func closeSlow(_ reason: String) {
        guard phase == .open else { return }
        dropQueue()
        if !server.limits.slowFarewell.isEmpty {
            let farewell = OutboundFrame(server.limits.slowFarewell)
            queue.append(farewell)
            server.loop.counters.queuedBytes.add(farewell.wireCount)
        }
        close(code: server.limits.slowCloseCode, reason: reason)
    }

    /// Whether the close frame is with the kernel, and only the peer's answer is missing.
    var hasSaidClose: Bool { phase == .closeSent }

    /// Writes the close frame itself: Debian's libwebsockets is built with `_DEBUG`, and under libuv that kills a
    /// socket whose writeable callback returns -1 before the close frame it prepared has left.
    private func sayClose(on wsi: OpaquePointer) -> Bool {
        guard let words = closing else { return false }
        phase = .closeSent
        closing = nil
        var reason = Array(words.reason.utf8.prefix(123))
        while !reason.isEmpty && String(validating: reason, as: UTF8.self) == nil { reason.removeLast() }
        var frame = [0x88, UInt8(2 + reason.count), UInt8(words.code >> 8), UInt8(words.code & 0xFF)] + reason
        return lws_write(wsi, &frame, frame.count, LWS_WRITE_HTTP) >= 0
    }

    /// A write failed, or a deadline passed: no more words.
    func fail(code: Int = 1006) {
        guard phase != .gone, let wsi else { return }
        phase = .closeSent
        closeCode = UInt16(clamping: code)
        dropQueue()
        server.abandon(wsi)
    }

    /// False: the close frame was ours and is answered now, so the socket is to be closed.
    func peerCloses(_ payload: UnsafeRawBufferPointer) -> Bool {
        guard phase == .open || phase == .flushing else { return false }
        phase = .closeSent
        closing = nil
        closeCode = payload.count >= 2 ? UInt16(payload[0]) << 8 | UInt16(payload[1]) : 1005
        dropQueue()
        deadlines = ConnectionDeadlines()
        deadlines.close = server.after(server.limits.closeSeconds)
        server.reschedule(self)
        return true
    }

    /// The socket is gone.
    ///
    /// Once.
    func ended() {
        guard phase != .gone else { return }
        phase = .gone
        wsi = nil
        dropQueue()
        inbound = InboundMessage()
        server.handler.enterClosed(self, code: Int(closeCode))
        context = nil
    }

    private func dropQueue() {
        server.loop.counters.queuedBytes.add(-queue.bytes)
        queue.removeAll()
    }

    /// The peer's address, asked of the kernel now; empty for the local socket and after the end.
    public var remoteAddress: String {
        guard let wsi, !isLocalSocket else { return "" }
        return PeerAddress.of(lws_get_socket_fd(wsi))
    }

    /// Stops and resumes reading from the peer.
    public func pauseReading(_ paused: Bool) {
        guard let wsi, phase == .open else { return }
        lws_rx_flow_control(wsi, paused ? 0 : 1)
    }

    /// Grows whenever the peer takes bytes.
    func progress(_ wsi: OpaquePointer) -> UInt64 {
        let descriptor = lws_get_socket_fd(wsi)
        let acknowledged = mtp_bytes_acknowledged(descriptor)
        return acknowledged > 0 ? acknowledged : UInt64(max(0, mtp_unsent_bytes(descriptor)))
    }
}

/// A close that waits for the queue.
private final class ClosingWords {
    let code: UInt16
    let reason: String

    init(code: UInt16, reason: String) {
        self.code = code
        self.reason = reason
    }
}
