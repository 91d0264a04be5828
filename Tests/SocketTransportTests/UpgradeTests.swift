import SocketTransport
import Testing

@Suite("Upgrades", .timeLimit(.minutes(1)))
struct UpgradeTests {
    @Test(
        "what is no WebSocket upgrade of RFC 6455 is refused, and the socket closed",
        arguments: [
            ("version 99", RawSocket.upgradeRequest(version: "99"), 426),
            ("version 130", RawSocket.upgradeRequest(version: "130"), 426),
            ("POST", RawSocket.upgradeRequest(method: "POST", extra: "Content-Length: 0\r\n"), 405),
            ("another protocol", RawSocket.upgradeRequest(upgrade: "foo"), 403),
            (
                "h2c", RawSocket.upgradeRequest(upgrade: "h2c", extra: "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n"),
                400
            ),
            ("a short key", RawSocket.upgradeRequest(key: "abc"), 400),
            ("no upgrade in Connection", RawSocket.upgradeRequest(connection: "u"), 400),
            ("a body", RawSocket.upgradeRequest(extra: "Content-Length: 5\r\n"), 400),
            ("chunks", RawSocket.upgradeRequest(extra: "Transfer-Encoding: chunked\r\n"), 400),
            ("two hosts", RawSocket.upgradeRequest(extra: "Host: other\r\n"), 400),
            ("an unknown subprotocol", RawSocket.upgradeRequest(extra: "Sec-WebSocket-Protocol: x\r\n"), 400),
            ("HTTP/1.9", RawSocket.upgradeRequest().replacing("HTTP/1.1", with: "HTTP/1.9"), 400),
        ]
    )
    func refused(name: String, request: String, status: Int) throws {
        let server = try RunningServer()
        let socket = try server.socket()
        try socket.send(request)
        #expect(try socket.reply().status == status)
        #expect(try socket.isAtEnd())
        #expect(server.script.log.lines.isEmpty)
    }

    @Test("an upgrade to something else on a kept-alive connection does no harm")
    func upgradeAfterKeepAlive() throws {
        let server = try RunningServer()
        let socket = try server.socket()
        try socket.send("GET /a HTTP/1.1\r\nHost: test\r\n\r\n")
        #expect(try socket.reply().status == 200)
        try socket.send(RawSocket.upgradeRequest(upgrade: "foo"))
        #expect(try socket.reply().status == 403)
        let other = try server.socket()
        try other.send("GET /a HTTP/1.1\r\nHost: test\r\n\r\n")
        #expect(try other.reply().status == 200)
        try other.upgrade()
        try other.sendText("x")
        #expect(try other.frame()?.text == "x")
    }

    @Test("the handler sees the request, chooses the subprotocol and may refuse")
    func decision() throws {
        var script = Script()
        script.upgrade = { request in
            guard request.header("Origin") == "https://ours" else { return .refuse(status: 403) }
            #expect(
                request.path == "/ws è" && request.rawQuery == "a=1&b=%26%20x" && request.header("x-request-id") == "42"
            )
            #expect(request.remoteAddress == "127.0.0.1" && !request.isTLS && !request.isLocalSocket)
            return .accept(subprotocol: "metropoli.v1")
        }
        let server = try RunningServer(script) { $0.subprotocols = ["metropoli.v1"] }
        let ours = try server.socket()
        try ours.send(
            RawSocket.upgradeRequest(
                "/ws%20%C3%A8?a=1&b=%26+x",
                extra: "Origin: https://ours\r\nX-Request-Id: 42\r\nSec-WebSocket-Protocol: other, metropoli.v1\r\n"
            )
        )
        let reply = try ours.reply()
        #expect(reply.status == 101 && reply.head.contains("Sec-WebSocket-Protocol: metropoli.v1"))
        let foreign = try server.socket()
        try foreign.send(
            RawSocket.upgradeRequest(extra: "Origin: https://evil\r\nSec-WebSocket-Protocol: metropoli.v1\r\n")
        )
        #expect(try foreign.reply().status == 403)
    }

    @Test("no extension is offered")
    func extensions() throws {
        let server = try RunningServer()
        let socket = try server.socket()
        try socket.send(RawSocket.upgradeRequest(extra: "Sec-WebSocket-Extensions: permessage-deflate\r\n"))
        #expect(try !socket.reply().head.lowercased().contains("extensions"))
    }

    @Test("half a header is cut after a while")
    func slowHeader() throws {
        let server = try RunningServer { $0.limits.httpRequestSeconds = 1 }
        let socket = try server.socket()
        try socket.send("GET /ws HTTP/1.1\r\nHost: te")
        #expect(try socket.isAtEnd())
    }
}
