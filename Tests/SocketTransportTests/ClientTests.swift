import Glibc
import SocketTransport
import Testing

@Suite("Clients", .timeLimit(.minutes(1)))
struct ClientTests {
    @Test("messages go and come in order, and the close code of the server arrives")
    func messages() async throws {
        var script = Script()
        script.received = { message, isText, connection, _ in
            if message.count == 3 { return connection.close(code: 4401, reason: "go away") }
            _ = connection.send(OutboundFrame(message, isText: isText))
        }
        let server = try RunningServer(script)
        let client = try await WebSocketClient.connect(ClientOptions(url: "ws://127.0.0.1:\(server.port)/ws?x=1"))
        for number in 0..<1000 { #expect(client.send(Array("message \(number)".utf8))) }
        var next = 0
        var reader = client.messages.makeAsyncIterator()
        while next < 1000, let message = await reader.next() {
            #expect(message == Array("message \(next)".utf8))
            next += 1
        }
        #expect(next == 1000)
        client.send(Array(repeating: 65, count: 200_000))
        #expect(await reader.next()?.count == 200_000)
        client.send(Array("bye".utf8))
        #expect(await reader.next() == nil)
        #expect(client.closeCode == 4401 && client.closeReason == "go away")
        #expect(!client.send([65]))
    }

    @Test("what a client closes with reaches the server after what it sent", arguments: [1000, 4001])
    func closes(code: Int) async throws {
        let server = try RunningServer()
        let client = try await WebSocketClient.connect(ClientOptions(url: "ws://127.0.0.1:\(server.port)/"))
        client.send(Array("last".utf8))
        client.close(code: code, reason: "done")
        var all: [[UInt8]] = []
        for await message in client.messages { all.append(message) }
        await server.script.log.wait(for: "closed \(code)")
        #expect(client.closeCode == code)
    }

    @Test("a client that does not read stops the server's writing, and loses nothing")
    func flowControl() async throws {
        var script = Script()
        script.received = { _, _, connection, _ in
            for number in 0..<64 {
                _ = connection.send(OutboundFrame([UInt8](repeating: UInt8(number), count: 100_000), isText: false))
            }
        }
        let server = try RunningServer(script) { $0.limits.outboundBytes = 64 << 20 }
        let client = try await WebSocketClient.connect(
            ClientOptions(url: "ws://127.0.0.1:\(server.port)/", unreadBytes: 200_000)
        )
        client.send(Array("go".utf8))
        var number = 0
        for await message in client.messages {
            #expect(message.count == 100_000 && message.first == UInt8(number))
            number += 1
            if number == 64 { break }
        }
        #expect(number == 64)
    }

    @Test("refusals and dead ports are errors")
    func errors() async throws {
        var script = Script()
        script.upgrade = { _ in .refuse(status: 403) }
        let server = try RunningServer(script)
        await #expect(throws: TransportError.upgradeRefused(status: 403)) {
            _ = try await WebSocketClient.connect(ClientOptions(url: "ws://127.0.0.1:\(server.port)/"))
        }
        let port = server.port
        server.server.stop()
        await #expect(throws: TransportError.self) {
            _ = try await WebSocketClient.connect(ClientOptions(url: "ws://127.0.0.1:\(port)/"))
        }
        await #expect(throws: TransportError.malformedURL("ftp://x")) {
            _ = try await WebSocketClient.connect(ClientOptions(url: "ftp://x"))
        }
    }

    @Test("HTTP requests carry headers and bodies both ways", arguments: [0, 10, 100_000, 900_000])
    func http(count: Int) async throws {
        var script = Script()
        script.complete = { exchange in
            let headers = [("X-Request-Id", exchange.head.header("X-Request-Id") ?? ""), ("Content-Type", "a/b")]
            exchange.respond(HTTPResponse(status: 201, headers: headers, body: .bytes(exchange.body)))
        }
        let server = try RunningServer(script)
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let reply = try await HTTPClient.request(
            "POST",
            "http://127.0.0.1:\(server.port)/a",
            headers: [("X-Request-Id", "77")],
            body: body
        )
        #expect(reply.status == 201 && reply.body == body)
        #expect(reply.header("x-request-id") == "77" && reply.header("Content-Type") == "a/b")
        let head = try await HTTPClient.request("HEAD", "http://127.0.0.1:\(server.port)/a")
        #expect(head.status == 201 && head.body.isEmpty)
    }

    @Test("TLS carries both, and a new certificate is taken without a restart")
    func tls() async throws {
        let folder = try TemporaryFolder()
        let files = TLSFiles(certificatePath: folder.path + "/cert.pem", privateKeyPath: folder.path + "/key.pem")
        try Certificate.make(files)
        let server = try RunningServer { configuration in
            configuration.tls = files
            configuration.limits.outboundBytes = 64 << 20
        }
        func connect(_ trust: ServerTrust) async throws -> WebSocketClient {
            try await WebSocketClient.connect(ClientOptions(url: "wss://localhost:\(server.port)/", trust: trust))
        }
        let client = try await connect(.file(files.certificatePath))
        let big = [UInt8](repeating: 65, count: 250_000)
        for _ in 0..<20 { client.send(big) }
        var count = 0
        for await message in client.messages {
            #expect(message.count == big.count)
            count += 1
            if count == 20 { break }
        }
        await #expect(throws: TransportError.self) { _ = try await connect(.system) }
        let reply = try await HTTPClient.request("GET", "https://localhost:\(server.port)/", trust: .anyCertificate)
        #expect(reply.status == 200)

        let first = folder.path + "/first.pem"
        rename(files.certificatePath, first)
        try Certificate.make(files)
        let other = TLSFiles(
            certificatePath: folder.path + "/other.pem",
            privateKeyPath: folder.path + "/other-key.pem"
        )
        try Certificate.make(other)
        let key = folder.path + "/key-aside"
        rename(files.privateKeyPath, key)
        rename(other.privateKeyPath, files.privateKeyPath)
        // Half a pair, as between two copies: the one in use stays.
        #expect(throws: TransportError.self) { try server.server.reloadCertificates() }
        _ = try await connect(.file(first))
        rename(key, files.privateKeyPath)
        try server.server.reloadCertificates()
        // The reload is a job on the loop, before any later connection.
        await #expect(throws: TransportError.self) { _ = try await connect(.file(first)) }
        #expect(throws: TransportError.certificateUnreadable("/nonexistent")) {
            _ = try RunningServer { $0.tls = TLSFiles(certificatePath: "/nonexistent", privateKeyPath: "/nonexistent") }
        }
    }
}

/// Self-signed certificates for `localhost`, by the openssl program.
enum Certificate {
    static func make(_ files: TLSFiles) throws {
        let command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
            + "-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout \(files.privateKeyPath) -out \(files.certificatePath) 2>/dev/null"
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(command), nil]
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        var status: Int32 = 1
        guard posix_spawn(&child, "/bin/sh", nil, nil, &arguments, environ) == 0, waitpid(child, &status, 0) == child,
            status == 0
        else {
            throw RawSocket.Failure(what: "openssl")
        }
    }
}
