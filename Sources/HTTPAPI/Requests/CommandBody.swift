import WireProtocol

/// Reads what a command's request carries beside the credentials.
enum CommandBody {
    /// The `with` of a body; an empty body is `{}`.
    static func object(_ body: [UInt8]) throws(WireError) -> JSONObject {
        guard !body.isEmpty else { return JSONObject() }
        let value: JSON
        do throws(JSONParseError) {
            value = try JSONParser.parse(body)
        } catch {
            switch error {
            case .syntax(let position): throw WireError(.malformed, "not JSON at byte \(position)")
            case .limit(let limit): throw WireError(.malformed, limit)
            }
        }
        guard let object = value.object else { throw WireError(.malformed, "the body is not a JSON object") }
        return object
    }

    /// The nonce, from `Idempotency-Key`.
    static func nonce(_ header: String?) throws(WireError) -> String? {
        guard let header else { return nil }
        guard Nonce.isValid(header) else { throw .invalid("nonce", "not_allowed") }
        return header
    }
}
