import Foundation
import Journal
import SocketTransport

/// The built browser client, read once into memory and found by exact path: no request ever names a file on disk.
public struct AssetTable: Sendable {
    private let assets: [String: Asset]
    let page: IndexPage?

    /// Reads a folder; an absent one gives an empty table.
    public init(folder: String) {
        var assets: [String: Asset] = [:]
        let files = Self.files(in: folder)
        for (path, file) in files where path != "/index.html" && !Self.isVariant(path, of: files) {
            guard let bytes = FileManager.default.contents(atPath: file) else { continue }
            let packed = files["\(path).gz"].flatMap { FileManager.default.contents(atPath: $0) }
            assets[path] = Asset(path: path, bytes: Array(bytes), gzip: packed.map { Array($0) })
        }
        self.assets = assets
        page = files["/index.html"].flatMap { FileManager.default.contents(atPath: $0) }
            .map { IndexPage(String(decoding: $0, as: UTF8.self)) }
    }

    /// The file of that path.
    subscript(path: String) -> Asset? { assets[path] }

    /// The address of the file that is called so but for the hash in its name: `app` and `css` find `/app.53aa937fc8.css`.
    func hashed(_ name: String, _ ending: String) -> String? {
        assets.keys.filter { $0.hasPrefix("/\(name).") && $0.hasSuffix(".\(ending)") && Asset.isHashed($0) }.min()
    }

    /// How many files there are, the page not counted.
    public var count: Int { assets.count }

    private static func isVariant(_ path: String, of files: [String: String]) -> Bool {
        path.hasSuffix(".gz") && files[String(path.dropLast(3))] != nil
    }

    /// The regular files below a folder by their path from it; hidden ones and links are left out.
    private static func files(in folder: String) -> [String: String] {
        let root = URL(fileURLWithPath: folder)
        let found = FileManager.default.enumerator(
            at: root,
            includingPropertiesForKeys: [.isRegularFileKey],
            options: [.skipsHiddenFiles]
        )
        var files: [String: String] = [:]
        let prefix = root.standardizedFileURL.path
        while let url = found?.nextObject() as? URL {
            guard (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true else { continue }
            let path = url.standardizedFileURL.path
            guard path.hasPrefix(prefix + "/") else { continue }
            files[String(path.dropFirst(prefix.count))] = path
        }
        return files
    }
}

/// One file of the browser client.
struct Asset: Sendable {
    private let type: String
    private let cacheControl: String
    private let plain: SharedBytes
    private let gzip: SharedBytes?
    private let tag: String

    init(path: String, bytes: [UInt8], gzip: [UInt8]?, cacheControl: String? = nil) {
        type = Self.type(of: path)
        let byName = Self.isHashed(path) ? "public, max-age=31536000, immutable" : "public, max-age=3600"
        self.cacheControl = cacheControl ?? byName
        plain = SharedBytes(bytes)
        self.gzip = gzip.map { SharedBytes($0) }
        tag = Secret.hex(Array(Secret.sha256(bytes).prefix(12)))
    }

    func response(_ head: RequestHead) -> HTTPResponse {
        let packed = gzip.flatMap { Self.acceptsGzip(head.header("accept-encoding")) ? $0 : nil }
        let tag = packed == nil ? "\"\(tag)\"" : "\"\(tag)-gz\""
        var headers = [("ETag", tag), ("Cache-Control", cacheControl)]
        if gzip != nil { headers.append(("Vary", "Accept-Encoding")) }
        if FileResponse.matches(head.header("if-none-match"), tag: tag) {
            return HTTPResponse(status: 304, headers: headers)
        }
        headers.append(("Content-Type", type))
        if packed != nil { headers.append(("Content-Encoding", "gzip")) }
        return HTTPResponse(status: 200, headers: headers, body: .shared(packed ?? plain))
    }

    /// Whether a name bears a hash of its content: `app.53aa937fc8.css`.
    static func isHashed(_ path: String) -> Bool {
        let parts = (path.split(separator: "/").last ?? "").split(separator: ".")
        return parts.count >= 3
            && parts.dropFirst().dropLast().contains { part in
                part.utf8.count >= 8
                    && part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            }
    }

    static func acceptsGzip(_ header: String?) -> Bool {
        (header ?? "").lowercased().split(separator: ",").contains { item in
            let parts = item.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.first == "gzip" || parts.first == "*" else { return false }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) }
            return weight ?? 1 > 0
        }
    }

    private static func type(of path: String) -> String {
        types[path.split(separator: ".").last.map(String.init) ?? ""] ?? "application/octet-stream"
    }

    private static let types = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
        "json": "application/json", "map": "application/json", "webmanifest": "application/manifest+json",
        "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
        "ico": "image/x-icon", "woff2": "font/woff2", "woff": "font/woff", "txt": "text/plain; charset=utf-8",
        "wasm": "application/wasm",
    ]
}

/// The one page of the browser client, with a fresh nonce for each request.
struct IndexPage: Sendable {
    private let pieces: [[UInt8]]

    init(_ html: String) {
        pieces = html.components(separatedBy: "__NONCE__").map { Array($0.utf8) }
    }

    var response: HTTPResponse {
        let nonce = Secret.base64url(Secret.random(18))
        let html = Array(pieces.joined(separator: Array(nonce.utf8)))
        return HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"),
                ("Content-Security-Policy", SecurityHeaders.policy(nonce: nonce)),
            ],
            body: .bytes(html)
        )
    }
}
