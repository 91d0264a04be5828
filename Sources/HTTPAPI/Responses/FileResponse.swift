import Foundation
import Journal
import SocketTransport

/// Turns what a capability's route answers into a response: ranges (RFC 9110, 14) and conditional requests.
struct FileResponse {
    let isGet: Bool
    let range: String?
    let ifRange: String?
    let ifNoneMatch: String?

    init(_ head: RequestHead) {
        isGet = head.method == "GET"
        range = head.header("range")
        ifRange = head.header("if-range")
        ifNoneMatch = head.header("if-none-match")
    }

    func response(_ answer: WebResponse) -> HTTPResponse? {
        let tag = Self.header("etag", of: answer.headers)
        if answer.status == 200, let tag, Self.matches(ifNoneMatch, tag: tag) {
            let kept = answer.headers.filter { !["content-type", "content-disposition"].contains($0.0.lowercased()) }
            return HTTPResponse(status: 304, headers: kept)
        }
        switch answer.body {
        case .none: return HTTPResponse(status: answer.status, headers: answer.headers)
        case .bytes(let bytes): return HTTPResponse(status: answer.status, headers: answer.headers, body: .bytes(bytes))
        case .file(let path): return file(path, answer, tag)
        }
    }

    private func file(_ path: String, _ answer: WebResponse, _ tag: String?) -> HTTPResponse? {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        let size = Int(facts.st_size)
        var headers = answer.headers + [("Accept-Ranges", "bytes")]
        let isCurrent = ifRange == nil || (tag != nil && ifRange == tag)
        guard isGet, answer.status == 200, isCurrent, let range else {
            return HTTPResponse(
                status: answer.status,
                headers: headers,
                body: .file(path: path, offset: 0, length: size)
            )
        }
        switch Self.part(range, of: size) {
        case .whole:
            return HTTPResponse(status: 200, headers: headers, body: .file(path: path, offset: 0, length: size))
        case .none:
            return HTTPResponse(status: 416, headers: [("Content-Range", "bytes */\(size)")])
        case .some(let part):
            headers.append(("Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"))
            return HTTPResponse(
                status: 206,
                headers: headers,
                body: .file(path: path, offset: part.lowerBound, length: part.count)
            )
        }
    }

    enum Part: Equatable {
        /// Not a range that is served in parts.
        case whole
        /// Beyond the end.
        case none
        case some(Range<Int>)
    }

    /// One range of bytes; several are answered with the whole.
    static func part(_ header: String, of size: Int) -> Part {
        guard header.hasPrefix("bytes=") else { return .whole }
        let spec = header.dropFirst(6).filter { $0 != " " }
        let ends = spec.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            return .whole
        }
        switch (Int(ends[0]), Int(ends[1])) {
        case (let first?, let last?):
            guard first <= last else { return .whole }
            return first < size ? .some(first..<min(size, last == .max ? last : last + 1)) : .none
        case (let first?, nil):
            guard ends[1].isEmpty else { return .whole }
            return first < size ? .some(first..<size) : .none
        case (nil, let count?):
            guard ends[0].isEmpty else { return .whole }
            return count > 0 && size > 0 ? .some(max(0, size - count)..<size) : .none
        case (nil, nil): return .whole
        }
    }

    /// Whether `If-None-Match` names that entity tag, compared weakly.
    static func matches(_ header: String?, tag: String) -> Bool {
        guard let header else { return false }
        let wanted = tag.hasPrefix("W/") ? tag.dropFirst(2) : Substring(tag)
        return header.split(separator: ",").contains { item in
            var item = Substring(item.trimmingCharacters(in: .whitespaces))
            if item == "*" { return true }
            if item.hasPrefix("W/") { item = item.dropFirst(2) }
            return item == wanted
        }
    }

    private static func header(_ name: String, of headers: [(String, String)]) -> String? {
        headers.first { $0.0.lowercased() == name }?.1
    }
}
