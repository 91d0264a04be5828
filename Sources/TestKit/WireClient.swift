public import SocketTransport
public import WireProtocol

/// A bare client of the protocol for tests: it sends what it is told and shows every object that comes, in order.
public actor WireClient {
    private let socket: WebSocketClient
    private var iterator: AsyncStream<[UInt8]>.Iterator
    private var pending: [JSON] = []
    /// What came while a reply was waited for, not yet looked at by ``next(_:where:)``.
    private var unclaimed: [JSON] = []
    private var lastID: Int64 = 0
    /// Every object that came, in order.
    public private(set) var seen: [JSON] = []

    /// Opens a connection; `hello` is not sent yet.
    public init(_ url: String, headers: [(String, String)] = []) async throws {
        socket = try await WebSocketClient.connect(
            ClientOptions(
                url: url.replacing("http", with: "ws", maxReplacements: 1) + "/ws",
                subprotocol: "metropoli.v1",
                headers: headers
            )
        )
        iterator = socket.messages.makeAsyncIterator()
    }

    /// Opens a connection, says hello and reads up to `live`.
    public static func live(
        _ url: String,
        token: String,
        device: String? = nil,
        cursor: Cursor? = nil
    ) async throws
        -> WireClient
    {
        let client = try await WireClient(url)
        try await client.hello(token: token, device: device, cursor: cursor)
        _ = try await client.next("live")
        return client
    }

    /// Sends `hello`.
    public func hello(token: String?, device: String? = nil, cursor: Cursor? = nil) throws {
        var hello = Hello()
        hello.token = token
        hello.device = device
        hello.client = "test/1"
        hello.cursor = cursor
        try send(String(decoding: ClientFrame.hello(hello).text, as: UTF8.self))
    }

    /// Sends a text as one frame.
    public func send(_ text: String) throws {
        guard socket.send(Array(text.utf8)) else { throw UnexpectedOutcome("the connection is closed") }
    }

    /// The next object; nil when the connection was closed.
    public func receive() async throws -> JSON? {
        while pending.isEmpty {
            var local = iterator
            let next = await local.next(isolation: self)
            iterator = local
            guard let frame = next else { return nil }
            for line in frame.split(separator: 0x0A) { pending.append(try JSONParser.parse(line, limits: .answers)) }
        }
        let object = pending.removeFirst()
        seen.append(object)
        return object
    }

    /// Reads until an object has `key`; that key's value.
    @discardableResult
    public func next(_ key: String, where matches: (JSON) -> Bool = { _ in true }) async throws -> JSON {
        while !unclaimed.isEmpty {
            let object = unclaimed.removeFirst()
            if let value = object[key], matches(value) { return value }
        }
        while let object = try await receive() {
            if let value = object[key], matches(value) { return value }
        }
        throw UnexpectedOutcome("closed with \(socket.closeCode.map(String.init) ?? "nothing") before \(key) came")
    }

    /// The next update of a type.
    public func update(_ type: String) async throws -> JSON {
        try await next("update") { $0["type"]?.string == type }
    }

    /// Sends a request and waits for its whole answer; what comes before it stays for ``next(_:where:)``.
    public func ask(
        _ name: String,
        _ body: KeyValuePairs<String, JSON> = [:],
        nonce: String? = nil
    ) async throws -> JSON {
        lastID += 1
        let id = lastID
        let request = ClientFrame.Request(
            id: .int(id),
            name: name,
            body: JSON.members(body).object ?? JSONObject(),
            nonce: nonce
        )
        try send(String(decoding: ClientFrame.request(request).text, as: UTF8.self))
        while let object = try await receive() {
            if object["id"]?.int == id { return object }
            unclaimed.append(object)
        }
        throw UnexpectedOutcome("closed before \(name) was answered")
    }

    /// Sends a request that must succeed; its `ok`.
    @discardableResult
    public func ok(_ name: String, _ body: KeyValuePairs<String, JSON> = [:], nonce: String? = nil) async throws -> JSON
    {
        let answer = try await ask(name, body, nonce: nonce)
        guard let ok = answer["ok"] else {
            throw UnexpectedOutcome("\(name): \(String(decoding: answer.text, as: UTF8.self))")
        }
        return ok
    }

    /// Reads until the connection is closed; its code.
    public func closeCode() async throws -> Int? {
        while try await receive() != nil {}
        return socket.closeCode
    }

    /// Closes the connection.
    public func close() { socket.close(code: 1000, reason: "") }
}
