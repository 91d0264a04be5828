import Dispatch
import SocketTransport
import Testing

@Suite("HTTP", .timeLimit(.minutes(1)))
struct HTTPTests {
    @Test(
        "what a proxy might read otherwise is refused with 400 and a close",
        arguments: [
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\nab",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2x\r\n\r\nab",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nab",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 2\r\nContent-Length: 0\r\n\r\nab",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:\r\n\r\n",
            "GET /%00name HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a%0d%0ab HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /..%5C..%5Cetc HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /%FF HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
            "GET /\r\nHost: a\r\n\r\n",
            "\u{16}\u{3}\u{1}garbage\r\n\r\n",
        ]
    )
    func smuggling(request: String) throws {
        let server = try RunningServer()
        let socket = try server.socket()
        try socket.send(request)
        #expect(try socket.reply().status == 400)
        #expect(try socket.isAtEnd())
        #expect(server.script.log.lines.isEmpty)
    }

    @Test("methods that are not ours get 405", arguments: ["BREW", "TRACE", "CONNECT", "PROPFIND"])
    func unknownMethod(method: String) throws {
        let server = try RunningServer()
        let socket = try server.socket()
        try socket.send("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try socket.reply().status == 405)
        #expect(try socket.isAtEnd())
    }

    @Test("without a length there is no body, and the connection ends after the answer")
    func noLength() throws {
        let server = try RunningServer()
        let socket = try server.socket()
        try socket.send("POST / HTTP/1.1\r\nHost: a\r\n\r\n")
        let reply = try socket.reply()
        #expect(reply.status == 200 && reply.body.isEmpty && reply.head.contains("Connection: close"))
        #expect(try socket.isAtEnd())
    }

    @Test("headers over the limit are not served")
    func headerLimit() throws {
        let server = try RunningServer { $0.limits.maxHeaderBytes = 4096 }
        let socket = try server.socket()
        try? socket.send("GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + String(repeating: "x", count: 8000) + "\r\n\r\n")
        #expect((try? socket.isAtEnd()) != false || server.script.log.lines.isEmpty)
        #expect(server.script.log.lines.isEmpty)
    }

    @Test("one connection serves many requests, in order, also when they come at once")
    func keepAlive() throws {
        var script = Script()
        script.complete = { exchange in
            let handle = exchange.handle
            let text = "\(exchange.head.method) \(exchange.head.path) \(String(decoding: exchange.body, as: UTF8.self))"
            // Not a task: the other tests' blocking reads hold the cooperative threads.
            DispatchQueue.global().async { handle.respond(HTTPResponse(status: 200, body: .bytes(Array(text.utf8)))) }
        }
        let server = try RunningServer(script)
        let socket = try server.socket()
        var all = ""
        for number in 0..<20 {
            all += "GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n"
            all += "PUT /\(number) HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
        }
        try socket.send(all)
        for number in 0..<20 {
            #expect(try socket.reply().text == "GET /\(number) ")
            #expect(try socket.reply().text == "PUT /\(number) ")
        }
        for _ in 0..<3 {
            try socket.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
            #expect(try socket.reply().text == "POST /p abc")
        }
        try socket.send("HEAD /h HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let reply = try socket.reply(toHead: true)
        #expect(
            reply.status == 200 && reply.head.contains("Content-Length: 8\r\n")
                && reply.head.contains("Connection: close")
        )
        #expect(try socket.isAtEnd())
    }

    @Test(
        "a pipelined request with a body is refused: libwebsockets would read its head as its body",
        arguments: ["a", "abcdefghijklmnop"]
    )
    func pipelinedBody(body: String) throws {
        let server = try RunningServer()
        let socket = try server.socket()
        let request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        try socket.send(request + request)
        #expect(try socket.reply().text == body)
        #expect(try socket.reply().status == 400)
        #expect(try socket.isAtEnd())
    }

    @Test("a body over its limit gets 413 before it is read, and one within it arrives whole")
    func bodyLimit() throws {
        var script = Script()
        script.begin = { _ in .collect(limit: 1000) }
        let server = try RunningServer(script)
        let socket = try server.socket()
        try socket.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + String(repeating: "x", count: 1000)
        )
        #expect(try socket.reply().body.count == 1000)
        try socket.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
        #expect(try socket.reply().status == 413)
        let pushing = try server.socket()
        try pushing.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n")
        try? pushing.send([UInt8](repeating: 65, count: 500_000))
        #expect(try pushing.reply().status == 413)
        #expect(try pushing.isAtEnd())
    }

    @Test("the limits of the transport are worded by the handler, a slow answer becomes 503")
    func slowAnswer() async throws {
        var script = Script()
        script.complete = { _ in }
        let server = try RunningServer(script) { $0.limits.httpResponseSeconds = 0.3 }
        let socket = try server.socket()
        try socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try socket.reply().status == 503)
    }

    @Test("an early answer ends an upload politely")
    func refusedBody() throws {
        var script = Script()
        script.begin = { _ in .refuse(HTTPResponse(status: 401, body: .bytes(Array("no".utf8)))) }
        let server = try RunningServer(script)
        let socket = try server.socket()
        try socket.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
        try? socket.send([UInt8](repeating: 65, count: 100_000))
        let reply = try socket.reply()
        #expect(reply.status == 401 && reply.text == "no" && reply.head.contains("Connection: close"))
        #expect(try socket.isAtEnd())
    }

    @Test("large bodies are written as the peer takes them", arguments: [70_000, 2_000_000])
    func largeBody(count: Int) throws {
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let shared = SharedBytes(content)
        var script = Script()
        script.complete = { $0.respond(HTTPResponse(status: 200, body: .shared(shared))) }
        let server = try RunningServer(script)
        let socket = try RawSocket(port: server.port, receiveBuffer: 4096)
        for _ in 0..<2 {
            try socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let body = try socket.reply().body
            #expect(body == content)
        }
    }

    @Test("a header with a line break in it does not split the response")
    func splitting() throws {
        var script = Script()
        script.complete = { $0.respond(HTTPResponse(status: 200, headers: [("X-A", "b\r\nX-Evil: 1")])) }
        let server = try RunningServer(script)
        let socket = try server.socket()
        try socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try !socket.reply().head.contains("Evil"))
    }
}
