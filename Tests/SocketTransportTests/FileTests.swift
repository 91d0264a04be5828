import Foundation
import SocketTransport
import Testing

@Suite("Files", .timeLimit(.minutes(1)))
struct FileTests {
    @Test("an upload goes to a file of mode 0600, a range of it comes back")
    func upload() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/upload"
        var script = Script()
        script.begin = { $0.head.method == "PUT" ? .file(path: path, limit: 10 << 20) : .none }
        script.complete = { exchange in
            if exchange.head.method == "PUT" {
                exchange.respond(HTTPResponse(status: 201, body: .bytes(Array("\(exchange.fileByteCount)".utf8))))
            } else {
                exchange.respond(HTTPResponse(status: 206, body: .file(path: path, offset: 1000, length: 3_000_000)))
            }
        }
        let server = try RunningServer(script)
        let socket = try server.socket()
        let content = (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try socket.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: \(content.count)\r\n\r\n")
        try socket.send(content)
        let reply = try socket.reply()
        #expect(reply.status == 201 && reply.text == "4000000")
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600 && status.st_size == 4_000_000)
        try socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let range = try socket.reply()
        #expect(range.status == 206 && range.body == Array(content[1000..<3_001_000]))
    }

    @Test("a body that is held is read only when the owner says so, from its first byte", arguments: [3, 4_000_000])
    func held(_ count: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/upload"
        var script = Script()
        script.begin = { exchange in
            let handle = exchange.handle
            Thread.detachNewThread { handle.proceed(.file(path: path, limit: 10 << 20)) }
            return .hold
        }
        script.complete = { exchange in
            exchange.respond(HTTPResponse(status: 201, body: .bytes(Array("\(exchange.fileByteCount)".utf8))))
        }
        let server = try RunningServer(script)
        let socket = try server.socket()
        let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) }
        for _ in 0..<3 {
            try socket.send(Array("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n".utf8) + content)
            let reply = try socket.reply()
            #expect(reply.status == 201 && reply.text == "\(count)")
            #expect(FileManager.default.contents(atPath: path).map { Array($0) } == content)
            unlink(path)
        }
    }

    @Test("a cut upload leaves no file")
    func cut() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/upload"
        var script = Script()
        script.begin = { _ in .file(path: path, limit: 10 << 20) }
        let server = try RunningServer(script)
        do {
            let socket = try server.socket()
            try socket.send("PUT /cut HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
            try socket.send([UInt8](repeating: 65, count: 500_000))
            await script.log.wait(for: "PUT /cut")
        }
        await script.log.wait(for: "aborted /cut")
        // Another upload's file is finished after the cut one's is removed: the disk thread keeps the order.
        let next = try server.socket()
        try next.send("PUT /next HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
        #expect(try next.reply().status == 200)
        #expect(folder.names == ["upload"])
        unlink(path)
    }

    @Test("an upload over its limit makes no file, one to a name that exists fails and leaves the other alone")
    func limits() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/upload"
        var script = Script()
        script.begin = { _ in .file(path: path, limit: 10) }
        let server = try RunningServer(script)
        let large = try server.socket()
        try large.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n12345678901")
        #expect(try large.reply().status == 413)
        #expect(folder.names.isEmpty)
        for status in [200, 503] {
            let socket = try server.socket()
            try socket.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab")
            #expect(try socket.reply().status == status)
        }
        #expect(folder.names == ["upload"])
    }

    @Test("a file that is missing ends the connection instead of lying")
    func missing() throws {
        var script = Script()
        script.complete = {
            $0.respond(HTTPResponse(status: 200, body: .file(path: "/nonexistent/x", offset: 0, length: 10)))
        }
        let server = try RunningServer(script)
        let socket = try server.socket()
        try socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try socket.reply().body.isEmpty)
        #expect(try socket.isAtEnd())
    }
}
