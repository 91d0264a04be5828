import CommunityKernel
import Foundation
import Journal
import People
import WireProtocol

/// What becomes of a person's files with the person, and where exports are kept: one of each person for each who asks.
struct FilesNeighbour: PeopleNeighbour {
    let content: FileContent
    /// Seconds between two exports of one person by the same actor.
    let exportPause: Int64

    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try FileStore.eraseExports(named: Self.exportName(of: person), work)
    }

    func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        try FileStore.erase(uploadedBy: person, limit: limit, work) == limit
    }

    func placeExport(_ bytes: [UInt8], of person: PersonID, _ context: QueryContext) throws -> PlacedExport? {
        try requirePause(of: person, context.actor, context.sql, context.now)
        let sha256 = Secret.hex(Secret.sha256(bytes))
        let temporary = try content.temporary(bytes)
        defer { unlink(temporary) }
        try content.place(temporary, as: sha256)
        return PlacedExport(sha256: sha256, bytes: Int64(bytes.count))
    }

    /// What a former export leaves on disk goes with the sweep: they must not come faster than that.
    private func requirePause(of person: PersonID, _ actor: Member, _ sql: any SQLReader, _ now: Instant) throws {
        let last = try FileStore.exports(named: Self.exportName(of: person), by: actor.id, sql).map(\.at).max()
        guard let last else { return }
        let left = last.milliseconds + exportPause * 1_000 - now.milliseconds
        guard left > 0, left <= exportPause * 1_000 else { return }
        throw WireError(.rateLimited, "the last export is too recent", retryAfterMs: left)
    }

    func keepExport(_ export: PlacedExport, of person: PersonID, _ work: UnitOfWork) throws -> FileID {
        try requirePause(of: person, work.actor, work.sql, work.now)
        for former in try FileStore.exports(named: Self.exportName(of: person), by: work.actor.id, work.sql) {
            try FileStore.forget(former.id, work)
        }
        let file = FileRecord(
            id: work.nextID(),
            sha256: export.sha256,
            name: Self.exportName(of: person),
            type: "application/json",
            bytes: export.bytes,
            uploader: work.actor.id,
            at: work.now,
            channel: ChannelID(),
            message: nil
        )
        let uploaded = UploadedFile(
            id: file.id,
            name: file.name,
            type: file.type,
            bytes: file.bytes,
            sha256: export.sha256
        )
        try work.append(FileUploaded(uploaded, channel: nil), to: .person(work.actor.id))
        try FileStore.insert(file, work.sql)
        return file.id
    }

    private static func exportName(of person: PersonID) -> String { "person-\(person).json" }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let files = try FileStore.uploaded(by: person, sql).map { file in
            JSON.members([
                "id": .int(file.id.rawValue), "name": .string(file.name), "type": .string(file.type),
                "bytes": .int(file.bytes), "sha256": .string(file.sha256), "at": .string(file.at.description),
                "channel": .int(file.channel.rawValue), "message": file.message.map { .int($0.rawValue) } ?? .null,
            ])
        }
        return [("files", .array(files))]
    }
}
