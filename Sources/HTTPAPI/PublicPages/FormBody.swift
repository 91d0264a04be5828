import SocketTransport
import WireProtocol

/// What a browser sends for a form: `application/x-www-form-urlencoded`.
struct FormBody {
    private let values: [String: [String]]

    init(_ body: [UInt8], type: String?) throws(WireError) {
        let named = (type ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard named == "application/x-www-form-urlencoded" else {
            throw WireError(.malformed, "a form is application/x-www-form-urlencoded")
        }
        guard let text = String(validating: body, as: UTF8.self) else {
            throw WireError(.malformed, "the form is not UTF-8")
        }
        values = try QueryString(text).values
    }

    /// A text for an address: what is not a letter, digit, `-`, `.`, `_` or `~` percent-encoded.
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { encoded, byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                encoded.append(Character(Unicode.Scalar(byte)))
            default: encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }

    /// The value of a field; empty for none.
    subscript(_ name: String) -> String { values[name]?.first ?? "" }
}

/// The cookie that a form comes back with: another site can neither read nor set it, so it cannot send our forms.
enum FormToken {
    private static let plainName = "metropoli_form"
    private static let secureName = "__Host-metropoli_form"

    static func name(isSecure: Bool) -> String { isSecure ? secureName : plainName }

    /// The token that the browser holds.
    static func held(by head: RequestHead, isSecure: Bool) -> String? {
        SessionCookie.token(in: head.header("cookie") ?? "", named: name(isSecure: isSecure))
    }

    static func header(_ token: String, isSecure: Bool) -> (String, String) {
        let secure = isSecure ? "; Secure" : ""
        return ("Set-Cookie", "\(name(isSecure: isSecure))=\(token); Path=/; HttpOnly; SameSite=Strict\(secure)")
    }
}
