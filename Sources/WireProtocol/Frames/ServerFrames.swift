/// Builds the objects that the server sends (protocol section 2), each as JSON text.
public enum ServerFrame {
    /// The object `{"KEY":OBJECT}`.
    public static func object(_ key: String, _ value: some WireObject) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name(key)
        writer.value(value)
        writer.endObject()
        return writer.bytes
    }

    /// The object `{"live":n}` or `{"head":n}`.
    public static func number(_ key: String, _ value: Int64) -> [UInt8] {
        Array("{\"\(key)\":\(value)}".utf8)
    }

    /// A successful reply; `ok` is an object's JSON text.
    public static func reply(to id: JSON, ok: [UInt8], seq: Int64?, repeated: Bool) -> [UInt8] {
        var writer = JSONWriter(capacity: ok.count + 64)
        writer.beginObject()
        writer.name("id")
        writer.value(id)
        writer.name("ok")
        writer.raw(ok)
        if let seq {
            writer.name("seq")
            writer.value(seq)
        }
        if repeated {
            writer.name("repeated")
            writer.value(true)
        }
        writer.endObject()
        return writer.bytes
    }

    /// A refusal.
    public static func refusal(to id: JSON, _ error: WireError) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("id")
        writer.value(id)
        writer.name("error")
        writer.value(error)
        writer.endObject()
        return writer.bytes
    }

    /// A signal to the clients.
    public static func signal(_ name: String, _ body: JSON) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("signal")
        writer.value(name)
        writer.name("with")
        writer.value(body)
        writer.endObject()
        return writer.bytes
    }

    /// An update; `data` is an object's JSON text, `by` is nil for what the server did by itself.
    public static func update(
        seq: Int64,
        stream: String,
        offset: Int64,
        type: String,
        at: String,
        by: Int64?,
        data: [UInt8]
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: data.count + 160)
        writer.beginObject()
        writer.name("update")
        writer.beginObject()
        writer.name("seq")
        writer.value(seq)
        writer.name("stream")
        writer.value(stream)
        writer.name("offset")
        writer.value(offset)
        writer.name("type")
        writer.value(type)
        writer.name("at")
        writer.value(at)
        if let by {
            writer.name("by")
            writer.value(by)
        }
        writer.name("data")
        writer.raw(data)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}

/// Who is signed in, in a `welcome`.
public struct WelcomePerson: WireObject {
    /// The person's or bot's id.
    public var id = MemberID()
    /// The name shown.
    public var name = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: MemberID, name: String) {
        self.id = id
        self.name = name
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.text("name", &name)
    }
}

/// The bounds a client has to know.
public struct WelcomeLimits: WireObject {
    /// The largest frame from a client, bytes.
    public var frameBytes: Int64 = 262_144
    /// Unanswered requests on one connection.
    public var inFlight: Int64 = 32
    /// The longest message, bytes of UTF-8.
    public var textBytes: Int64 = 16_384

    /// The defaults.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("frameBytes", &frameBytes)
        visitor.integer("inFlight", &inFlight)
        visitor.integer("textBytes", &textBytes)
    }
}

/// The answer to `hello`.
public struct Welcome: WireObject {
    /// The connection's session, a name for logs and not a secret.
    public var session = ""
    /// Who is signed in.
    public var person = WelcomePerson()
    /// The journal's random id.
    public var epoch = ""
    /// The journal's last `seq`.
    public var head: Int64 = 0
    /// The protocol level.
    public var level: Int64 = 1
    /// The server's clock.
    public var time = Instant(milliseconds: 0)
    /// The bounds.
    public var limits = WelcomeLimits()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("session", &session)
        visitor.object("person", &person)
        visitor.text("epoch", &epoch)
        visitor.integer("head", &head)
        visitor.integer("level", &level)
        visitor.instant("time", &time)
        visitor.object("limits", &limits)
    }
}

/// The beginning of a resume.
public struct Resumed: WireObject {
    /// The client's cursor.
    public var from: Int64 = 0
    /// The head at this moment; what comes later follows all the same.
    public var to: Int64 = 0
    /// The last offset of each stream before the first update that follows.
    public var offsets: JSON?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("from", &from)
        visitor.integer("to", &to)
        visitor.json("offsets", &offsets)
    }
}

/// Why a cursor is of no use.
public struct Reset: WireObject {
    /// `epoch` or `ahead`.
    public var reason = "epoch"

    /// To be read.
    public init() {}

    /// Makes it.
    public init(reason: String) { self.reason = reason }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("reason", &reason)
    }
}

/// The last object before the server closes a connection that may come back.
public struct Bye: WireObject {
    /// `restart` or `slow`.
    public var code = ""
    /// How long to wait, milliseconds.
    public var retryAfterMs: Int64?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(code: String, retryAfterMs: Int64?) {
        self.code = code
        self.retryAfterMs = retryAfterMs
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("code", &code)
        visitor.integer("retryAfterMs", &retryAfterMs)
    }
}

/// The WebSocket close codes of protocol section 7.
///
/// 4000–4099 mean "come back and resume".
public enum CloseCode {
    /// A reader that takes nothing any more.
    public static let slow = 4008
    /// The server stops.
    public static let restart = 4012
    /// Not of the protocol.
    public static let malformed = 4400
    /// Credentials missing, unknown, expired or revoked.
    public static let credentials = 4401
    /// A browser of a foreign origin.
    public static let origin = 4403
    /// No `hello` in time.
    public static let helloLate = 4408
    /// The same device opened another connection.
    public static let replaced = 4409
}

/// What begins an entitlement without an update of its own: `access.gained` on `person/N`.
public struct AccessGained: ServerUpdate {
    /// The update's type.
    public static let name = "access.gained"
    /// The streams that now come.
    public var streams: [String] = []
    /// Their last offsets before the first update that follows.
    public var offsets: JSON?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(streams: [String], offsets: JSON) {
        self.streams = streams
        self.offsets = offsets
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.texts("streams", &streams, count: 0...100_000)
        visitor.json("offsets", &offsets)
    }
}

/// What ends an entitlement without an update of its own: `access.lost` on `person/N`.
public struct AccessLost: ServerUpdate {
    /// The update's type.
    public static let name = "access.lost"
    /// The streams that no longer come.
    public var streams: [String] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(streams: [String]) { self.streams = streams }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.texts("streams", &streams, count: 0...100_000)
    }
}
