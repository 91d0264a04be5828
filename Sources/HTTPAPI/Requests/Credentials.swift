import SocketTransport

/// How a request says who sends it.
enum Credential: Sendable, Equatable {
    /// No credentials.
    case none
    /// `Authorization: Bearer …`.
    case bearer(String)
    /// The session cookie.
    case cookie(String)
    /// An `Authorization` of another scheme or form.
    case unusable
}

/// The session cookie: its names, reading and writing (RFC 6265).
enum SessionCookie {
    static let plainName = "metropoli_session"
    static let secureName = "__Host-metropoli_session"
    /// The longest token looked at.
    static let longestToken = 256

    static func name(isSecure: Bool) -> String { isSecure ? secureName : plainName }

    /// The token in a `Cookie` header; the first of that name.
    static func token(in header: String, isSecure: Bool) -> String? {
        token(in: header, named: name(isSecure: isSecure))
    }

    /// The token in a cookie of another name.
    static func token(in header: String, named wanted: String) -> String? {
        for pair in header.split(separator: ";") {
            let trimmed = pair.drop { $0 == " " || $0 == "\t" }
            guard let equals = trimmed.firstIndex(of: "="), trimmed[..<equals] == wanted else { continue }
            var value = trimmed[trimmed.index(after: equals)...]
            while value.last == " " || value.last == "\t" { value.removeLast() }
            if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
            return isToken(value) ? String(value) : nil
        }
        return nil
    }

    /// The header that keeps a token for so many seconds; 0 forgets it.
    static func header(_ token: String, seconds: Int64, isSecure: Bool) -> (String, String) {
        var value =
            "\(name(isSecure: isSecure))=\(token); Path=/; Max-Age=\(max(0, seconds)); HttpOnly; SameSite=Strict"
        if isSecure { value += "; Secure" }
        return ("Set-Cookie", value)
    }

    static func isToken(_ text: some StringProtocol) -> Bool {
        let count = text.utf8.count
        return count > 0 && count <= longestToken
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3B && $0 != 0x2C && $0 != 0x22 && $0 != 0x5C }
    }
}

extension Credential {
    /// A bearer token goes before the cookie.
    init(_ head: RequestHead, isSecure: Bool) {
        if let authorization = head.header("authorization") {
            let parts = authorization.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else {
                self = .unusable
                return
            }
            let token = parts[1].drop { $0 == " " }
            self = SessionCookie.isToken(token) ? .bearer(String(token)) : .unusable
        } else if let token = SessionCookie.token(in: head.header("cookie") ?? "", isSecure: isSecure) {
            self = .cookie(token)
        } else {
            self = .none
        }
    }
}
