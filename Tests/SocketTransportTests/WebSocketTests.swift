import SocketTransport
import Testing

@Suite("WebSocket", .timeLimit(.minutes(1)))
struct WebSocketTests {
    @Test(
        "text and binary come back as they went, at every length form",
        arguments: [0, 1, 125, 126, 1024, 65_535, 65_536, 200_000]
    )
    func echo(length: Int) throws {
        let server = try RunningServer()
        let socket = try server.upgraded()
        let payload = (0..<length).map { UInt8(0x61 + $0 % 26) }
        for opcode: UInt8 in [1, 2] {
            try socket.send(RawSocket.frame(payload, opcode: opcode))
            let frame = try #require(try socket.frame())
            #expect(frame.opcode == opcode && frame.isFinal && frame.payload == payload)
        }
    }

    @Test("fragments with a ping between them are one message, and the ping is answered")
    func fragments() throws {
        let server = try RunningServer()
        let socket = try server.upgraded()
        try socket.send(RawSocket.frame(Array("one".utf8), isFinal: false))
        try socket.send(RawSocket.frame([1, 2], opcode: 9))
        try socket.send(RawSocket.frame([], opcode: 0, isFinal: false))
        try socket.send(RawSocket.frame(Array("two".utf8), opcode: 0))
        var frames: [RawSocket.Frame] = []
        for _ in 0..<2 { frames.append(try #require(try socket.frame())) }
        #expect(frames.contains { $0.opcode == 10 && $0.payload == [1, 2] })
        #expect(frames.contains { $0.opcode == 1 && $0.text == "onetwo" })
    }

    @Test("a message over the limit closes with the code that was configured")
    func tooLarge() throws {
        let server = try RunningServer { configuration in
            configuration.limits.maxMessageBytes = 1000
            configuration.limits.oversizeCloseCode = 4400
        }
        let whole = try server.upgraded()
        try whole.send(RawSocket.frame(.init(repeating: 65, count: 1000)))
        #expect(try whole.frame()?.payload.count == 1000)
        try whole.send(RawSocket.frame(.init(repeating: 65, count: 1001)))
        #expect(try whole.closeCode() == 4400)

        let announced = try server.upgraded()
        try announced.send(Array(RawSocket.frame(.init(repeating: 65, count: 200_000)).prefix(20)))
        #expect(try announced.closeCode() == 4400)

        let pieces = try server.upgraded()
        try pieces.send(RawSocket.frame(.init(repeating: 65, count: 600), isFinal: false))
        try pieces.send(RawSocket.frame(.init(repeating: 65, count: 600), opcode: 0))
        #expect(try pieces.closeCode() == 4400)
    }

    @Test("endless empty fragments are cut")
    func fragmentCount() throws {
        let server = try RunningServer { $0.limits.maxFragments = 10 }
        let socket = try server.upgraded()
        try socket.send(RawSocket.frame([65], isFinal: false))
        for _ in 0..<10 { try socket.send(RawSocket.frame([], opcode: 0, isFinal: false)) }
        #expect(try socket.closeCode() == 1009)
    }

    @Test("a message that is never finished is cut")
    func slowMessage() throws {
        let server = try RunningServer { $0.limits.messageCompletionSeconds = 0.3 }
        let socket = try server.upgraded()
        try socket.send(RawSocket.frame([65], isFinal: false))
        #expect(try socket.closeCode() == 1008)
    }

    @Test("text that is not UTF-8 closes with 1007", arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) throws {
        let server = try RunningServer()
        let socket = try server.upgraded()
        try socket.send(RawSocket.frame(bytes))
        #expect(try socket.closeCode() == 1007)
    }

    @Test("a character cut by an empty last fragment is not UTF-8 either")
    func cutCharacter() throws {
        let server = try RunningServer()
        let socket = try server.upgraded()
        try socket.send(RawSocket.frame([0xE2, 0x82], isFinal: false))
        try socket.send(RawSocket.frame([], opcode: 0))
        #expect(try socket.closeCode() == 1007)
    }

    @Test("closing writes what is queued, then the code and the words", arguments: [1000, 4000, 4012, 4401, 4499])
    func closeCode(code: Int) async throws {
        var script = Script()
        script.received = { _, _, connection, _ in
            for number in 0..<100 { _ = connection.send(OutboundFrame("\(number)".utf8)) }
            connection.close(code: code, reason: "perché")
            #expect({ if case .closing = connection.send(OutboundFrame("late".utf8)) { true } else { false } }())
        }
        let server = try RunningServer(script)
        let socket = try server.upgraded()
        try socket.sendText("go")
        for number in 0..<100 { #expect(try socket.frame()?.text == "\(number)") }
        let last = try #require(try socket.frame())
        #expect(last.opcode == 8 && last.closeCode == code)
        #expect(String(decoding: last.payload.dropFirst(2), as: UTF8.self) == "perché")
        try socket.send(RawSocket.frame(Array(last.payload.prefix(2)), opcode: 8))
        #expect(try socket.isAtEnd())
        await script.log.wait(for: "closed \(code)")
    }

    @Test("the peer's close is answered and told once")
    func peerCloses() async throws {
        let server = try RunningServer()
        let socket = try server.upgraded()
        try socket.send(RawSocket.frame([0x0F, 0xA1], opcode: 8))
        #expect(try socket.closeCode() == 4001)
        #expect(try socket.isAtEnd())
        await server.script.log.wait(for: "closed 4001")
        #expect(server.script.log.lines.count { $0.hasPrefix("closed") } == 1)
    }

    @Test("a socket that vanishes is told as 1006")
    func peerVanishes() async throws {
        let server = try RunningServer()
        do { _ = try server.upgraded() }
        await server.script.log.wait(for: "closed 1006")
    }

    @Test("silence is met with a ping, and no pong with a farewell and a close")
    func pings() throws {
        let server = try RunningServer {
            $0.limits.pingSeconds = 0.2
            $0.limits.pongSeconds = 0.3
            $0.limits.slowCloseCode = 4008
            $0.limits.slowFarewell = Array("bye".utf8)
        }
        let socket = try server.upgraded()
        // As every client does it: the pong bears what the ping bore. More of them than the pong's deadline spans.
        for _ in 0..<8 {
            let ping = try #require(try socket.frame())
            #expect(ping.opcode == 9)
            try socket.send(RawSocket.frame(ping.payload, opcode: 10))
        }
        var frame = try socket.frame()
        while frame?.opcode == 9 { frame = try socket.frame() }
        #expect(frame?.text == "bye")
        #expect(try socket.closeCode() == 4008)
    }

    @Test("one frame goes to many, joined frames are parted by line feeds")
    func broadcast() throws {
        var script = Script()
        script.received = { message, _, _, all in
            let frame = OutboundFrame(joining: [
                OutboundFrame(message), OutboundFrame("{}".utf8), OutboundFrame([UInt8]()),
            ])
            for connection in all { _ = connection.send(frame) }
        }
        let server = try RunningServer(script)
        let sockets = try (0..<5).map { _ in try server.upgraded() }
        for socket in sockets {
            try socket.sendText("hello")
            _ = try socket.frame()
        }
        try sockets[0].sendText("again")
        #expect(try sockets[0].frame() != nil)
    }

    @Test("frames are built as RFC 6455 says, at every length form", arguments: [0, 125, 126, 65_535, 65_536])
    func frameForms(length: Int) {
        let frame = OutboundFrame(joining: [OutboundFrame([UInt8](repeating: 66, count: length))])
        #expect(frame.count == length)
        frame.withBytes { #expect($0.count == length && $0.allSatisfy { $0 == 66 }) }
    }
}
