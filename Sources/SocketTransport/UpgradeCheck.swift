/// What RFC 6455 asks of an upgrade and libwebsockets does not check.
enum UpgradeCheck {
    struct Refusal {
        let status: Int
        let headers: [(String, String)]

        func completing(_ response: HTTPResponse) -> HTTPResponse {
            var response = response
            response.headers += headers
            return response
        }
    }

    static func refusal(of head: RequestHead) -> Refusal? {
        guard head.method == "GET" else { return Refusal(status: 405, headers: [("Allow", "GET")]) }
        guard head.contentLength == 0 else { return bad }
        guard head.header("sec-websocket-version") == "13" else {
            return Refusal(status: 426, headers: [("Sec-WebSocket-Version", "13"), ("Upgrade", "websocket")])
        }
        let connection = RequestHead.list(head.header("connection") ?? "").map { $0.lowercased() }
        guard connection.contains("upgrade"), isKey(head.header("sec-websocket-key") ?? "") else { return bad }
        return nil
    }

    private static let bad = Refusal(status: 400, headers: [])

    /// Sixteen bytes in base64.
    private static func isKey(_ key: String) -> Bool {
        let bytes = Array(key.utf8)
        guard bytes.count == 24, bytes.hasSuffix("==") else { return false }
        return bytes.dropLast(2).allSatisfy { byte in
            (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
                || byte == 0x2B || byte == 0x2F
        }
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
