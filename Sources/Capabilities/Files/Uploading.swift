import Channels
import CommunityKernel
import Foundation
import Journal
import WireProtocol

/// The route `PUT /api/v1/files?name=…&channel=…`.
struct Uploading: Sendable {
    let settings: FileSettings
    let content: FileContent
    let access: ChannelAccess

    var route: WebRoute {
        WebRoute(
            "PUT",
            "/api/v1/files",
            access: .channelMember,
            bots: true,
            body: .file(limit: Int(settings.uploadBytes)),
            judge: { _ = try judged($0, $1) },
            description: .init(
                "Uploads a file",
                query: UploadTarget.self,
                answer: UploadedFile.self,
                isRepeatable: true
            ),
            handle: { request, community in
                let (reply, isRepeated) = try upload(request, community)
                return .reply(reply, isRepeated: isRepeated)
            }
        )
    }

    /// Where the file goes, when its sender may put it there and has room for it; or when it went there already: a
    /// repeated upload gets its first answer, whatever has changed since.
    private func judged(
        _ request: WebRequest,
        _ community: Community
    ) throws -> (target: UploadTarget, isKnown: Bool) {
        let target = try UploadTarget.read(request.queryObject, notation: .query)
        if try community.hasAnswered(request.nonce, to: request.actor) { return (target, true) }
        let bytes = request.headers["content-length"].flatMap { Int64($0) } ?? 0
        try community.read(as: request.actor, address: request.address) { context in
            _ = try access.postable(target.channel, by: context.actor, context.sql, context.now)
            try requireRoom(for: bytes, context.actor, context.sql)
        }
        return (target, false)
    }

    private func upload(
        _ request: WebRequest,
        _ community: Community
    ) throws -> (reply: [UInt8], isRepeated: Bool) {
        defer { if let path = request.bodyFile { unlink(path) } }
        let (target, isKnown) = try judged(request, community)
        let received = try request.bodyFile ?? content.temporary([])
        let sent = try FileContent.measure(received).sha256
        let type = FileType.shared.type(of: received)
        let kept = try withoutMetadata(received, type)
        defer { unlink(kept) }
        let (bytes, sha256) = try FileContent.measure(kept)
        guard bytes <= settings.uploadBytes else { throw WireError(.tooLarge, "the file is over its limit") }
        if !isKnown {
            try community.read(as: request.actor) { try requireRoom(for: bytes, $0.actor, $0.sql) }
            try content.place(kept, as: sha256)
        }
        let name = FileName.cleaned(target.name)
        let channel = target.channel
        let same = JSON.members([
            "name": .string(target.name), "channel": .int(channel.rawValue), "sha256": .string(sent),
        ])
        return try community.write(
            "PUT /api/v1/files",
            same,
            nonce: request.nonce,
            as: request.actor,
            address: request.address
        ) { work in
            _ = try access.postable(channel, by: work.actor, work.sql, work.now)
            try requireRoom(for: bytes, work.actor, work.sql)
            let file = FileRecord(
                id: work.nextID(),
                sha256: sha256,
                name: name,
                type: type,
                bytes: bytes,
                uploader: work.actor.id,
                at: work.now,
                channel: channel,
                message: nil
            )
            let uploaded = UploadedFile(id: file.id, name: name, type: type, bytes: bytes, sha256: sha256)
            try work.append(FileUploaded(uploaded, channel: channel), to: .person(work.actor.id))
            try FileStore.insert(file, work.sql)
            return uploaded
        }
    }

    /// A picture's file without the place where it was taken and whatever else the camera wrote.
    private func withoutMetadata(_ path: String, _ type: String) throws -> String {
        guard ImageMetadata.types.contains(type), let data = FileManager.default.contents(atPath: path),
            let clean = ImageMetadata.removed(from: [UInt8](data), type)
        else { return path }
        return try content.temporary(clean)
    }

    private func requireRoom(for bytes: Int64, _ member: Member, _ sql: any SQLReader) throws {
        let usage = try FileStore.usage(of: member.id, sql)
        guard usage.files < settings.quotaFiles, usage.bytes + bytes <= settings.quotaBytes else {
            throw WireError(.tooLarge, "your files together are over their limit")
        }
    }
}
