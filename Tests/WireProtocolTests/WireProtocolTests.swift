import Testing
import WireProtocol

@Suite("JSON")
struct JSONTests {
    @Test(
        "a text is read and written back byte for byte",
        arguments: [
            #"{"a":1,"b":[true,false,null],"c":"è \" \\ \n 😀","d":{"e":-7},"f":1.5}"#,
            #"{"id":7,"do":"message.post","with":{"channel":12,"text":"Buongiorno a tutti"},"nonce":"0192f6"}"#,
            "[]", "{}", #""""#, "9223372036854775807", "-9223372036854775808",
        ]
    )
    func roundTrip(_ text: String) throws {
        #expect(String(decoding: try JSONParser.parse(text.utf8).text, as: UTF8.self) == text)
    }

    @Test(
        "what is no JSON is refused as syntax",
        arguments: [
            "", "{", "{]", "[1,]", #"{"a":1,}"#, "01", "1.", ".5", "+1", "nul", "tru", #""\x""#, #""\u12""#,
            "\"\u{1}\"",
            #"{"a" 1}"#, "{a:1}", "[1 2]", "NaN", "Infinity", "--1", #"{"a":1}{"#, "\u{FEFF}{}",
        ]
    )
    func syntax(_ text: String) {
        do {
            _ = try JSONParser.parse(text.utf8)
            Issue.record("accepted: \(text)")
        } catch {
            if case .syntax = error { return }
            Issue.record("\(error)")
        }
    }

    @Test(
        "what breaks a limit of form is told apart from syntax",
        arguments: [
            String(repeating: "[", count: 33) + String(repeating: "]", count: 33),
            "9223372036854775808", "-9223372036854775809", "1e999", #"{"a":1,"a":2}"#, #""a\u0000b""#,
            "{" + (0...1_000).map { "\"k\($0)\":1" }.joined(separator: ",") + "}",
            String(repeating: #"{"a":"#, count: 20_000) + "1" + String(repeating: "}", count: 20_000),
        ]
    )
    func limits(_ text: String) {
        do {
            _ = try JSONParser.parse(text.utf8)
            Issue.record("accepted")
        } catch {
            if case .limit = error { return }
            Issue.record("\(error)")
        }
    }

    @Test("invalid UTF-8 is never repaired")
    func invalidUTF8() {
        for bytes: [UInt8] in [[0x22, 0xC3, 0x28, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xFF, 0x22]] {
            #expect(throws: JSONParseError.self) { try JSONParser.parse(bytes) }
        }
    }

    @Test("half a surrogate pair is carried to the field that refuses it")
    func loneSurrogate() throws {
        let parsed = try JSONParser.parse(#"{"text":"a\ud83cb"}"#.utf8)
        #expect(parsed["text"] == .unpairedSurrogate)
        #expect(try JSONParser.parse(#""\ud83d\ude00""#.utf8) == .string("😀"))
    }

    @Test("strings are compared code unit by code unit")
    func codeUnits() {
        #expect(JSON.string("é") != JSON.string("e\u{301}"))
    }
}

@Suite("Instants")
struct InstantTests {
    @Test(
        "RFC 3339 times are read and written",
        arguments: [
            ("2026-11-22T10:00:00.000Z", "2026-11-22T10:00:00.000Z"),
            ("2026-11-22T11:00:00+01:00", "2026-11-22T10:00:00.000Z"),
            ("2000-02-29T23:59:59.999Z", "2000-02-29T23:59:59.999Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"),
        ]
    )
    func roundTrip(_ text: String, _ expected: String) throws {
        #expect(try #require(Instant(text)).description == expected)
    }

    @Test(
        "what is no time is refused",
        arguments: [
            "", "2026-11-22", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-22T24:00:00Z",
            "2026-11-22T10:00:00", "2026-11-22 10:00:00Z", "2026-11-22T10:00:00.Z",
        ]
    )
    func refused(_ text: String) {
        #expect(Instant(text) == nil)
    }
}

/// A command of every kind of field, for the visitors.
private struct Sample: WireObject, Equatable {
    var channel = ChannelID()
    var text = ""
    var thread: MessageID?
    var list: [PersonID]?
    var flag: Bool?

    init() {}

    mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("channel", &channel)
        visitor.text("text", &text, bytes: 1...10)
        visitor.id("thread", &thread)
        visitor.ids("list", &list, count: 0...3)
        visitor.flag("flag", &flag)
    }
}

@Suite("Fields")
struct FieldTests {
    private func read(_ text: String, _ notation: FieldReader.Notation = .json) throws -> Sample {
        try Sample.read(try JSONParser.parse(text.utf8).object ?? JSONObject(), notation: notation)
    }

    @Test("every problem of a body is told with its path")
    func problems() throws {
        do {
            _ = try read(#"{"text":"","thread":"x","list":[1,"2",3]}"#)
            Issue.record("accepted")
        } catch let error as WireError {
            #expect(error.code == .invalid)
            #expect(
                error.fields == [
                    FieldProblem(path: "with.channel", problem: "missing"),
                    FieldProblem(path: "with.text", problem: "empty"),
                    FieldProblem(path: "with.thread", problem: "wrong_type"),
                    FieldProblem(path: "with.list.1", problem: "wrong_type"),
                ]
            )
        }
    }

    @Test("a text over its bytes is too large, half a surrogate pair is invalid")
    func tooLarge() throws {
        #expect(throws: WireError.self) { try read(#"{"channel":1,"text":"ààààààà"}"#) }
        do { _ = try read(#"{"channel":1,"text":"ààààààà"}"#) } catch let error as WireError {
            #expect(error.code == .tooLarge)
        }
        do { _ = try read(#"{"channel":1,"text":"\ud83c"}"#) } catch let error as WireError {
            #expect(error.code == .invalid)
            #expect(error.fields?.first == FieldProblem(path: "with.text", problem: "lone_surrogate"))
        }
    }

    @Test("numbers, flags and lists of a URL's query are read from text")
    func query() throws {
        let sample = try read(#"{"channel":"7","text":"x","list":["1","2"],"flag":"true"}"#, .query)
        #expect(sample.channel == ChannelID(7))
        #expect(sample.list == [PersonID(1), PersonID(2)])
        #expect(sample.flag == true)
        #expect(try read(#"{"channel":"7","text":"x","list":"5"}"#, .query).list == [PersonID(5)])
    }

    @Test("unknown fields are ignored and leave no trace in the canonical form")
    func canonical() throws {
        let plain = try read(#"{"channel":7,"text":"x"}"#)
        let other = try read(#"{"text":"x","later":[1],"channel":7.0,"thread":null}"#)
        #expect(plain.text == other.text)
        #expect(String(decoding: (plain as any WireObject).text, as: UTF8.self) == #"{"channel":7,"text":"x"}"#)
    }
}

@Suite("Frames")
struct FrameTests {
    private func frame(_ text: String) throws -> ClientFrame {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBytes { buffer in
            var parser = JSONParser(buffer)
            return try ClientFrame(try parser.nextWithinLimits())
        }
    }

    @Test(
        "the protocol's client examples are read and written back byte for byte",
        arguments: [
            #"{"hello":{"version":1,"token":"mtp_x","device":"5f0c","client":"web/1.0","cursor":{"epoch":"9b1e","seq":1200}}}"#,
            #"{"id":7,"do":"message.post","with":{"channel":12,"text":"Buongiorno a tutti"},"nonce":"0192f6"}"#,
            #"{"signal":"typing","with":{"channel":12}}"#,
        ]
    )
    func examples(_ text: String) throws {
        #expect(String(decoding: try frame(text).text, as: UTF8.self) == text)
    }

    @Test("a request over a limit of form is refused under its own id")
    func limitUnderID() throws {
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        guard case .refused(let id, let error) = try frame(#"{"id":7,"do":"message.post","with":{"x":\#(deep)}}"#)
        else {
            throw Unexpected()
        }
        #expect(id == .int(7))
        #expect(error.code == .malformed)
    }

    @Test("a nonce of another form is invalid with path nonce")
    func nonce() throws {
        guard case .refused(_, let error) = try frame(#"{"id":7,"do":"x","with":{},"nonce":"a b"}"#) else {
            throw Unexpected()
        }
        #expect(error.code == .invalid)
        #expect(error.fields?.first?.path == "nonce")
    }

    @Test("an object of another kind is malformed", arguments: ["[]", "7", "{}", #"{"id":7}"#, #"{"do":"x"}"#])
    func malformed(_ text: String) {
        #expect(throws: WireError.self) { try frame(text) }
    }

    @Test("the protocol's server examples come out byte for byte")
    func serverExamples() {
        #expect(
            String(
                decoding: ServerFrame.reply(to: .int(7), ok: Array(#"{"id":1235}"#.utf8), seq: 1235, repeated: false),
                as: UTF8.self
            )
                == #"{"id":7,"ok":{"id":1235},"seq":1235}"#
        )
        #expect(
            String(decoding: ServerFrame.refusal(to: .int(7), WireError(.forbidden, "…")), as: UTF8.self)
                == #"{"id":7,"error":{"code":"forbidden","message":"…","retryable":false}}"#
        )
        #expect(String(decoding: ServerFrame.number("live", 1234), as: UTF8.self) == #"{"live":1234}"#)
        #expect(
            String(decoding: ServerFrame.object("bye", Bye(code: "restart", retryAfterMs: 1500)), as: UTF8.self)
                == #"{"bye":{"code":"restart","retryAfterMs":1500}}"#
        )
        let update = ServerFrame.update(
            seq: 1235,
            stream: "channel/12",
            offset: 88,
            type: "message.posted",
            at: "2026-11-22T10:00:00.000Z",
            by: 5,
            data: Array(#"{"id":1235}"#.utf8)
        )
        #expect(
            String(decoding: update, as: UTF8.self)
                == #"{"update":{"seq":1235,"stream":"channel/12","offset":88,"type":"message.posted","at":"2026-11-22T10:00:00.000Z","by":5,"data":{"id":1235}}}"#
        )
    }
}

/// A frame was served that must be refused.
private struct Unexpected: Error {}
