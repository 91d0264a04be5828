import Channels
import CommunityKernel
import Foundation
import Journal
import WireProtocol

/// `GET /files/{id}`, and with `?thumbnail=1` a small picture of it.
struct Downloading: Sendable {
    let settings: FileSettings
    let content: FileContent
    let access: ChannelAccess
    let holders: [any FileHolder]

    var route: WebRoute {
        WebRoute(
            "GET",
            "/files/{id}",
            access: .channelMember,
            bots: true,
            description: .init("A file's content", path: FilePath.self, query: FileView.self)
        ) { request, community in
            guard let id = request.parameters["id"].flatMap({ Int64($0) }), id > 0 else { throw WireError.notFound }
            let file = try community.read(as: request.actor, address: request.address) { context in
                try readable(FileID(id), context)
            }
            let isSmall = request.query["thumbnail"]?.first.map { $0 == "1" || $0 == "true" } ?? false
            return isSmall ? try thumbnail(of: file, request) : try whole(file, request)
        }
    }

    /// The file, when the caller may read the message that it is attached to, or uploaded it and has not attached it.
    private func readable(_ id: FileID, _ context: QueryContext) throws -> FileRecord {
        guard let file = try FileStore.file(id, context.sql) else { throw WireError.notFound }
        guard let message = file.message else {
            guard file.uploader == context.actor.id, file.uploader.rawValue != 0 else { throw WireError.notFound }
            return file
        }
        for holder in holders {
            guard let may = try holder.mayRead(message.rawValue, context.actor, context.sql) else { continue }
            guard may else { throw WireError.notFound }
            return file
        }
        let visibleFrom: Int64
        do {
            visibleFrom = try access.readable(file.channel, by: context.actor, context.sql, context.now).visibleFrom
        } catch is WireError {
            // One answer for whatever is missing: a bot that knows of the channel learns nothing of its files either.
            throw WireError.notFound
        }
        guard message.rawValue > visibleFrom else { throw WireError.notFound }
        return file
    }

    private func whole(_ file: FileRecord, _ request: WebRequest) throws -> WebResponse {
        let kind = Self.shownInPlace.contains(file.type) ? "inline" : "attachment"
        let type = file.type.hasPrefix("text/") ? file.type + "; charset=utf-8" : file.type
        return answer(
            path: content.path(of: file.sha256),
            type: type,
            tag: "\"\(file.sha256)\"",
            disposition: FileName.disposition(kind, file.name),
            request
        )
    }

    private func thumbnail(of file: FileRecord, _ request: WebRequest) throws -> WebResponse {
        guard Thumbnail.types.contains(file.type) else { throw WireError.notFound }
        var path = content.thumbnailPath(of: file.sha256)
        if Glibc.access(path, R_OK) != 0 {
            guard let data = FileManager.default.contents(atPath: content.path(of: file.sha256)) else {
                throw WireError.notFound
            }
            let small = try Thumbnail.make(
                of: [UInt8](data),
                type: file.type,
                side: Int(settings.thumbnailPixels),
                pixels: settings.imagePixels
            )
            path = try content.keepThumbnail(small, of: file.sha256)
        }
        let name = "thumbnail." + (Thumbnail.type(for: file.type) == "image/jpeg" ? "jpg" : "png")
        return answer(
            path: path,
            type: Thumbnail.type(for: file.type),
            tag: "\"\(file.sha256)-small\"",
            disposition: FileName.disposition("inline", name),
            request
        )
    }

    private func answer(
        path: String,
        type: String,
        tag: String,
        disposition: String,
        _ request: WebRequest
    ) -> WebResponse {
        var headers = [
            ("ETag", tag),
            // Private, and asked for again each time: access ends with the reader's access to the message.
            ("Cache-Control", "private, no-cache"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Content-Security-Policy", "default-src 'none'; sandbox"),
        ]
        if Self.matches(request.headers["if-none-match"], tag) { return WebResponse(status: 304, headers: headers) }
        headers.append(("Content-Type", type))
        headers.append(("Content-Disposition", disposition))
        return WebResponse(headers: headers, body: .file(path: path))
    }

    private static func matches(_ header: String?, _ tag: String) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { part in
            var part = part.trimmingCharacters(in: .whitespaces)
            if part.hasPrefix("W/") { part.removeFirst(2) }
            return part == "*" || part == tag
        }
    }

    /// What a browser shows without running any of it.
    ///
    /// Everything else is downloaded: SVG, HTML, XML and PDF too.
    private static let shownInPlace: Set<String> = [
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "text/plain", "audio/mpeg", "audio/ogg",
        "audio/x-wav", "video/mp4", "video/webm",
    ]
}
