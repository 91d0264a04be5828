import CommunityKernel
import Foundation
import Journal
import People
import WireProtocol

/// What becomes of a person's files with the person, and where exports are kept.
struct FilesNeighbour: PeopleNeighbour {
    let content: FileContent

    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try FileStore.erase(uploadedBy: person, work)
        try FileStore.eraseExports(named: Self.exportName(of: person), work)
    }

    /// The content is placed on the writer's thread: exports are rare, and nobody else can make this file.
    func keepExport(_ bytes: [UInt8], of person: PersonID, _ work: UnitOfWork) throws -> FileID? {
        let sha256 = Secret.hex(Secret.sha256(bytes))
        let temporary = try content.temporary(bytes)
        defer { unlink(temporary) }
        try content.place(temporary, as: sha256)
        let file = FileRecord(
            id: work.nextID(),
            sha256: sha256,
            name: Self.exportName(of: person),
            type: "application/json",
            bytes: Int64(bytes.count),
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
            sha256: sha256
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
