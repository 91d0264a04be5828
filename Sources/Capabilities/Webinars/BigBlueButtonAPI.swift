import COpenSSL
import Foundation
import Journal
import WireProtocol

/// The calls of a BigBlueButton server, each signed with the shared secret.
struct BigBlueButtonAPI: Sendable {
    let settings: BigBlueButtonSettings
    var canceller: HTTPCanceller?

    init(_ settings: BigBlueButtonSettings, canceller: HTTPCanceller? = nil) {
        self.settings = settings
        self.canceller = canceller
    }

    /// What a server said that it does not do, or why nothing was heard of it.
    enum Failure: Error, Equatable {
        /// The server refused, with its key, such as `checksumError`.
        case refused(String)
        /// It was not reached, or its answer was none.
        case unreachable(String)
    }

    /// The address of a call: the checksum is of the call's name, the query as it is sent, and the secret.
    func address(_ call: String, _ fields: [(String, String)]) -> String {
        let query = fields.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        let checksum = Secret.hex(Secret.sha256(Array((call + query + settings.secret).utf8)))
        return "\(base)/\(call)?\(query)\(query.isEmpty ? "" : "&")checksum=\(checksum)"
    }

    /// Calls, and gives the answer; it may block.
    func call(_ call: String, _ fields: [(String, String)]) throws(Failure) -> XMLElement {
        let fetch = HTTPFetch(timeout: settings.timeout, authority: settings.authority, canceller: canceller)
        switch fetch.get(address(call, fields)) {
        case .failed(let reason): throw .unreachable(reason)
        case .answered(let status, let body):
            guard let answer = XMLElement.parse(body), answer.name == "response" else {
                throw .unreachable("status \(status), no answer of BigBlueButton")
            }
            guard answer.value("returncode") == "SUCCESS" else {
                throw .refused(answer.value("messageKey") ?? "unknown")
            }
            return answer
        }
    }

    /// `https://server/bigbluebutton/api`, whichever part of it the settings have.
    private var base: String {
        var text = settings.url
        while text.hasSuffix("/") { text.removeLast() }
        return text.hasSuffix("/api") ? text : text + "/api"
    }

    /// Percent-encoded but for the unreserved characters of RFC 3986.
    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + Secret.hex([byte]).uppercased()
            }
        }
        return result
    }
}

/// A digest by one of the algorithms that a BigBlueButton's callbacks are signed with.
enum CallbackDigest {
    static func of(_ bytes: [UInt8], _ algorithm: BigBlueButtonSettings.Checksum) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        let kind =
            switch algorithm {
            case .sha1: EVP_sha1()
            case .sha256: EVP_sha256()
            case .sha384: EVP_sha384()
            case .sha512: EVP_sha512()
            }
        guard EVP_Digest(bytes, bytes.count, &digest, &count, kind, nil) == 1 else { return [] }
        return Array(digest.prefix(Int(count)))
    }
}
