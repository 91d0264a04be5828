import SocketTransport

/// A request on its way from its head to its answer.
struct Call: Sendable {
    let head: RequestHead
    let caller: Caller
    let credential: Credential
    let destination: Destination
    /// Its body's way to disk, when it is streamed there.
    let upload: UploadTicket?

    /// Where its body goes, when it is streamed to disk.
    var bodyFile: String? { upload?.path }

    /// Whether its refusals are for programs: they are, unless a page is asked for where people go.
    var isForPrograms: Bool {
        if head.isLocalSocket || head.path == "/api" || head.path.hasPrefix("/api/") { return true }
        return !AcceptHeader(head.header("accept") ?? "").prefersPages
    }
}

/// Carries a call in an exchange.
final class CallBox {
    let call: Call
    init(_ call: Call) { self.call = call }
}
