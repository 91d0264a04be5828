public import CommunityKernel
import Foundation
public import Journal
public import WireProtocol

/// The contents of files, for capabilities that pack them up or bring them along.
public struct FileVault: Sendable {
    let settings: FileSettings
    let content: FileContent

    /// A content that is kept and belongs to no file yet.
    public struct Kept: Sendable {
        let sha256: String
        let type: String
        let bytes: Int64
    }

    /// What a file holds; nil for one that is gone or longer than `limit` bytes.
    ///
    /// Who may read it is the caller's to say.
    public func bytes(of id: FileID, limit: Int64, _ sql: any SQLReader) throws -> [UInt8]? {
        guard let file = try FileStore.file(id, sql), file.bytes <= limit else { return nil }
        return FileManager.default.contents(atPath: content.path(of: file.sha256)).map { [UInt8]($0) }
    }

    /// `too_large` where a member has no room for so many files of so many bytes together.
    public func requireRoom(files: Int64, bytes: Int64, for member: Member, _ sql: any SQLReader) throws {
        let usage = try FileStore.usage(of: member.id, sql)
        guard usage.files + files <= settings.quotaFiles, usage.bytes + bytes <= settings.quotaBytes else {
            throw WireError(.tooLarge, "your files together are over their limit")
        }
    }

    /// Keeps a content durably, before the transaction that gives it a name; what no file refers to is swept away.
    public func keep(_ bytes: [UInt8]) throws -> Kept {
        guard bytes.count <= Int(settings.uploadBytes) else { throw WireError(.tooLarge, "the file is over its limit") }
        let temporary = try content.temporary(bytes)
        defer { unlink(temporary) }
        let type = FileType.shared.type(of: temporary)
        let measured = try FileContent.measure(temporary)
        try content.place(temporary, as: measured.sha256)
        return Kept(sha256: measured.sha256, type: type, bytes: measured.bytes)
    }

    /// Makes a file of a kept content, attached to an entity of a ``FileHolder``, or to none yet; its id.
    @discardableResult
    public func add(_ kept: Kept, named name: String, toEntity entity: Int64?, _ work: UnitOfWork) throws -> FileID {
        try requireRoom(files: 1, bytes: kept.bytes, for: work.actor, work.sql)
        let file = FileRecord(
            id: work.nextID(),
            sha256: kept.sha256,
            name: FileName.cleaned(name),
            type: kept.type,
            bytes: kept.bytes,
            uploader: work.actor.id,
            at: work.now,
            channel: ChannelID(),
            message: entity.map { MessageID($0) }
        )
        let uploaded = UploadedFile(
            id: file.id,
            name: file.name,
            type: file.type,
            bytes: file.bytes,
            sha256: file.sha256
        )
        try work.append(FileUploaded(uploaded, channel: file.channel), to: .person(work.actor.id))
        try FileStore.insert(file, work.sql)
        return file.id
    }

    /// Attaches files that belong to nothing yet, in the transaction in which they were added.
    public func attach(_ files: [FileID], toEntity entity: Int64, _ work: UnitOfWork) throws {
        try work.sql.execute(
            "UPDATE file SET message = \(entity) WHERE id IN (\(list: files)) AND message IS NULL AND channel = 0"
        )
    }
}
