/// One object from a client (protocol section 2).
public enum ClientFrame: Sendable {
    /// The first object on a connection.
    case hello(Hello)
    /// A command or query.
    case request(Request)
    /// Short-lived news.
    case signal(name: String, body: JSONObject)
    /// A request that cannot be served as it stands but has an `id` to answer under.
    case refused(id: JSON, WireError)

    /// The object `{"id":7,"do":"message.post","with":{…},"nonce":"…"}`.
    public struct Request: Sendable {
        /// Any number of the client's choice; the reply bears it.
        public let id: JSON
        /// The command's or query's name.
        public let name: String
        /// Its fields.
        public let body: JSONObject
        /// What makes a command safe to repeat.
        public let nonce: String?

        /// Makes a request.
        public init(id: JSON, name: String, body: JSONObject, nonce: String?) {
            self.id = id
            self.name = name
            self.body = body
            self.nonce = nonce
        }
    }

    /// Reads one parsed object.
    ///
    /// Throws ``WireError`` `malformed` when it is none of section 2 and has no `id`.
    public init(_ parsed: JSONParser.Parsed) throws(WireError) {
        guard let object = parsed.value.object else {
            throw WireError(.malformed, "not an object")
        }
        if let id = object["id"], id.double != nil, object["do"] != nil {
            self = Self.request(id, object, brokenLimit: parsed.brokenLimit)
            return
        }
        if let limit = parsed.brokenLimit { throw WireError(.malformed, limit) }
        if object["hello"] != nil, object["signal"] != nil {
            throw WireError(.malformed, "one of hello, do, signal")
        }
        if let hello = object["hello"]?.object {
            self = .hello(try Hello.read(hello, path: "hello"))
        } else if let name = object["signal"]?.string {
            self = .signal(name: name, body: object["with"]?.object ?? JSONObject())
        } else {
            throw WireError(.malformed, "none of hello, do, signal")
        }
    }

    private static func request(_ id: JSON, _ object: JSONObject, brokenLimit: String?) -> ClientFrame {
        if let brokenLimit { return .refused(id: id, WireError(.malformed, brokenLimit)) }
        guard object["hello"] == nil, object["signal"] == nil else {
            return .refused(id: id, WireError(.malformed, "one of hello, do, signal"))
        }
        guard let name = object["do"]?.string else {
            return .refused(id: id, WireError(.malformed, "do is not a text"))
        }
        let body: JSONObject
        switch object["with"] {
        case nil, .null: body = JSONObject()
        case .object(let given): body = given
        default: return .refused(id: id, WireError(.malformed, "with is not an object"))
        }
        switch object["nonce"] {
        case nil, .null: return .request(Request(id: id, name: name, body: body, nonce: nil))
        case .string(let nonce) where Nonce.isValid(nonce):
            return .request(Request(id: id, name: name, body: body, nonce: nonce))
        default: return .refused(id: id, .invalid("nonce", "not_allowed"))
        }
    }

    /// The object as it stands on the wire.
    public var text: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        switch self {
        case .hello(let hello):
            writer.name("hello")
            writer.value(hello)
        case .request(let request):
            writer.name("id")
            writer.value(request.id)
            writer.name("do")
            writer.value(request.name)
            writer.name("with")
            writer.value(.object(request.body))
            if let nonce = request.nonce {
                writer.name("nonce")
                writer.value(nonce)
            }
        case .signal(let name, let body):
            writer.name("signal")
            writer.value(name)
            writer.name("with")
            writer.value(.object(body))
        case .refused(let id, let error):
            writer.name("id")
            writer.value(id)
            writer.name("error")
            writer.value(error)
        }
        writer.endObject()
        return writer.bytes
    }
}

/// The form of a nonce.
public enum Nonce {
    /// 1–64 of `A-Za-z0-9_-`.
    public static func isValid(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x5F || byte == 0x2D
            }
    }
}

/// The place in the journal up to which a client has everything.
public struct Cursor: WireObject, Equatable {
    /// The journal's random id.
    public var epoch = ""
    /// The last `seq` seen.
    public var seq: Int64 = 0

    /// A cursor to be read.
    public init() {}

    /// Makes a cursor.
    public init(epoch: String, seq: Int64) {
        self.epoch = epoch
        self.seq = seq
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("epoch", &epoch)
        visitor.integer("seq", &seq, in: 0...Int64.max)
    }
}

/// The first object of a client.
public struct Hello: WireObject {
    /// The protocol's version: 1.
    public var version: Int64 = 1
    /// A session's or bot's token; left out when the upgrade carried the session cookie.
    public var token: String?
    /// One id per installation and browser tab.
    public var device: String?
    /// The client program, such as `web/1.0`.
    public var client: String?
    /// Where to go on; left out on a first visit.
    public var cursor: Cursor?

    /// A hello to be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("version", &version, in: 1...1)
        visitor.text("token", &token)
        visitor.text("device", &device, bytes: 1...128)
        visitor.text("client", &client, bytes: 0...128)
        visitor.object("cursor", &cursor)
    }
}
