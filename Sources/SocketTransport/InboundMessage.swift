import CLibWebSockets

/// A message on its way in.
///
/// One that comes whole is never copied.
struct InboundMessage {
    var bytes: [UInt8] = []
    var fragments = 0
    var isOpen = false
}

extension Connection {
    /// A piece of a message, as libwebsockets read it.
    func receive(_ piece: UnsafeRawBufferPointer, from wsi: OpaquePointer) {
        guard phase == .open else { return }
        heard()
        server.loop.counters.bytesIn.add(piece.count)
        let frameEnds = lws_remaining_packet_payload(wsi) == 0
        let messageEnds = lws_is_final_fragment(wsi) != 0
        let isText = lws_frame_is_binary(wsi) == 0

        if !inbound.isOpen && messageEnds {
            guard piece.count <= server.limits.maxMessageBytes else { return tooLarge() }
            return deliver(piece, isText: isText)
        }
        if !inbound.isOpen {
            inbound.isOpen = true
            deadlines.message = server.after(server.limits.messageCompletionSeconds)
            server.reschedule(self)
        }
        let expected = inbound.bytes.count + piece.count + lws_remaining_packet_payload(wsi)
        guard expected <= server.limits.maxMessageBytes else { return tooLarge() }
        if frameEnds {
            inbound.fragments += 1
            guard inbound.fragments <= server.limits.maxFragments else { return tooLarge() }
        }
        inbound.bytes.append(contentsOf: piece)
        guard messageEnds else { return }
        let whole = inbound.bytes
        inbound = InboundMessage()
        deadlines.message = 0
        whole.withUnsafeBytes { deliver($0, isText: isText) }
    }

    private func deliver(_ message: UnsafeRawBufferPointer, isText: Bool) {
        // libwebsockets lets a text end within a character when its last frame is empty.
        guard !isText || Self.isUTF8(message) else { return close(code: 1007, reason: "not UTF-8") }
        server.handler.enterReceived(message, isText: isText, on: self)
    }

    private func tooLarge() {
        close(code: server.limits.oversizeCloseCode, reason: "message over the limit")
    }

    static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
        (try? UTF8Span(validating: Span(_unsafeBytes: bytes))) != nil
    }
}
