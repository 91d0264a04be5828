public import CommunityKernel
public import Journal
public import WireProtocol

/// A capability that files are attached to beside messages: it says who may read them.
public protocol FileHolder: Sendable {
    /// Whether a member may read what is attached to the entity of that id; nil when that entity is none of its own.
    func mayRead(_ entity: Int64, _ member: Member, _ sql: any SQLReader) throws -> Bool?
}

extension AttachedFile {
    /// Whether browsers show it as a picture, by its content's type.
    public var isPicture: Bool { Self.pictures.contains(type) }

    private static let pictures: Set<String> = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]
}

extension FileStore {
    /// Attaches a file to an entity of a ``FileHolder``, about to be written.
    ///
    /// It must be the member's own and attached to nothing yet; anything else is `not_found`, whatever it is.
    public static func attach(
        _ id: FileID,
        toEntity entity: Int64,
        by member: Member,
        _ work: UnitOfWork
    ) throws -> AttachedFile {
        // Exports about a person belong to no channel, and are for their maker alone.
        let changed = try work.sql.execute(
            """
            UPDATE file SET message = \(entity), place = 0
            WHERE id = \(id) AND message IS NULL AND uploader = \(member.id) AND channel <> 0
            """
        )
        guard changed == 1, let file = try file(id, work.sql) else { throw WireError.notFound }
        return file.attached
    }

    /// The files attached to entities, one each.
    public static func attached(toEntities entities: [Int64], _ sql: any SQLReader) throws -> [Int64: AttachedFile] {
        let found = try attached(to: entities.map { MessageID($0) }, sql)
        return Dictionary(
            found.compactMap { entity, files in files.first.map { (entity.rawValue, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// The files attached to entities, each with all of its own.
    public static func allAttached(
        toEntities entities: [Int64],
        _ sql: any SQLReader
    ) throws
        -> [Int64: [AttachedFile]]
    {
        let found = try attached(to: entities.map { MessageID($0) }, sql)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.rawValue, $1) })
    }

    /// All files attached to an entity, in the order of their upload.
    public static func allAttached(toEntity entity: Int64, _ sql: any SQLReader) throws -> [AttachedFile] {
        try attached(to: [MessageID(entity)], sql).values.first?.sorted { $0.id < $1.id } ?? []
    }

    /// All files attached to an entity with who attached each, in the order of their upload.
    public static func owned(
        byEntity entity: Int64,
        _ sql: any SQLReader
    ) throws
        -> [(file: AttachedFile, by: MemberID)]
    {
        try sql.all("SELECT \(part: columns) FROM file WHERE message = \(entity) ORDER BY id", record)
            .map { ($0.attached, $0.uploader) }
    }

    /// Who uploaded a file that is attached to an entity; nil where it is not.
    public static func uploader(of id: FileID, onEntity entity: Int64, _ sql: any SQLReader) throws -> MemberID? {
        guard let file = try file(id, sql), file.message == MessageID(entity) else { return nil }
        return file.uploader
    }

    /// Forgets one file of an entity.
    public static func forget(_ id: FileID, onEntity entity: Int64, _ work: UnitOfWork) throws {
        guard try uploader(of: id, onEntity: entity, work.sql) != nil else { throw WireError.notFound }
        try forget(id, work)
    }

    /// Forgets the file of an entity that goes.
    public static func detach(entity: Int64, _ work: UnitOfWork) throws {
        try detach(message: MessageID(entity), work)
    }
}
