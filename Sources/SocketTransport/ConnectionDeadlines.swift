import CLibWebSockets

/// When something must have happened on a connection, in the loop's ticks; 0 is never.
struct ConnectionDeadlines {
    var message: UInt32 = 0
    var stall: UInt32 = 0
    var close: UInt32 = 0
    var ping: UInt32 = 0
    var pong: UInt32 = 0
    /// What ``Connection/progress(_:)`` said when the stall began.
    var progress: UInt64 = 0

    /// The nearest, or `UInt32.max`.
    var next: UInt32 {
        var nearest = UInt32.max
        for due in [message, stall, close, ping, pong] where due != 0 && due < nearest { nearest = due }
        return nearest
    }
}

extension Connection {
    /// The sweep found a deadline passed.
    func deadlinePassed(at now: UInt32) {
        guard let wsi else { return }
        if deadlines.close != 0 && deadlines.close <= now {
            deadlines.close = 0
            return fail(code: phase == .closeSent ? 1006 : server.limits.slowCloseCode)
        }
        if deadlines.message != 0 && deadlines.message <= now {
            deadlines.message = 0
            return close(code: 1008, reason: "message too slow")
        }
        if deadlines.pong != 0 && deadlines.pong <= now {
            deadlines.pong = 0
            return closeSlow("no pong")
        }
        if deadlines.stall != 0 && deadlines.stall <= now {
            let progress = progress(wsi)
            if progress == deadlines.progress { return closeSlow("slow") }
            deadlines.progress = progress
            deadlines.stall = server.after(server.limits.stalledWriteSeconds)
        }
        if deadlines.ping != 0 && deadlines.ping <= now {
            deadlines.ping = server.after(server.limits.pingSeconds)
            // Inside a frame that is still leaving, a ping would break the framing; the stall deadline watches then.
            if lws_partial_buffered(wsi) == 0 {
                if server.writePing(wsi) {
                    if deadlines.pong == 0 { deadlines.pong = server.after(server.limits.pongSeconds) }
                } else {
                    return fail()
                }
            }
        }
        server.reschedule(self)
    }

    /// Any sign of life answers a ping.
    func heard() {
        deadlines.pong = 0
    }
}
