public import CommunityKernel
public import Journal
public import WireProtocol

/// A file as the store keeps it; its content lies in a folder under its SHA-256.
public struct FileRecord: Sendable, Equatable {
    /// Its id.
    public let id: FileID
    /// The SHA-256 of its content, lower-case hexadecimal.
    public let sha256: String
    /// The name shown.
    public let name: String
    /// The media type found from the content.
    public let type: String
    /// Its size, bytes.
    public let bytes: Int64
    /// Who uploaded it.
    public let uploader: MemberID
    /// When.
    public let at: Instant
    /// The channel that it was uploaded for.
    public let channel: ChannelID
    /// The message that it is attached to, nil while it is not.
    public let message: MessageID?

    /// As a message shows it.
    public var attached: AttachedFile { AttachedFile(id: id, name: name, type: type, bytes: bytes) }
}

/// The files' queries.
public enum FileStore {
    /// Files on one message.
    public static let perMessage = 10

    /// The names, below the folder of files, of all contents that some file refers to.
    public static func contents(_ sql: any SQLReader) throws -> [String] {
        try sql.all("SELECT DISTINCT sha256 FROM file ORDER BY sha256") { FileContent.name(of: $0.text(0)) }
    }

    static let columns: SQLQuery = "id, sha256, name, type, bytes, uploader, at, channel, message"

    static func record(_ row: any SQLRow) -> FileRecord {
        FileRecord(
            id: row.id(0),
            sha256: row.text(1),
            name: row.text(2),
            type: row.text(3),
            bytes: row.int(4),
            uploader: row.id(5),
            at: row.instant(6),
            channel: row.id(7),
            message: row.optionalID(8)
        )
    }

    /// The file of that id, whoever may see it.
    public static func file(_ id: FileID, _ sql: any SQLReader) throws -> FileRecord? {
        try sql.first("SELECT \(part: columns) FROM file WHERE id = \(id)", record)
    }

    /// The files of some messages, each message's in the order of its author.
    public static func attached(to messages: [MessageID], _ sql: any SQLReader) throws -> [MessageID: [AttachedFile]] {
        if messages.isEmpty { return [:] }
        var found: [MessageID: [AttachedFile]] = [:]
        let query: SQLQuery = """
            SELECT \(part: columns) FROM file WHERE message IN (\(list: messages)) ORDER BY message, place
            """
        try sql.forEach(query) { row in
            let file = record(row)
            if let message = file.message { found[message, default: []].append(file.attached) }
        }
        return found
    }

    /// Attaches files to a message about to be written.
    ///
    /// Each must be the author's own, not attached yet and uploaded for that channel; anything else is `not_found`,
    /// whatever it is.
    public static func attach(
        _ files: [FileID],
        to message: MessageID,
        in channel: ChannelID,
        by member: Member,
        _ work: UnitOfWork
    ) throws -> [AttachedFile] {
        guard files.count <= perMessage else { throw WireError.invalid("with.files", "too_many") }
        var attached: [AttachedFile] = []
        for (place, id) in files.enumerated() {
            if files[..<place].contains(id) { throw WireError.invalid("with.files.\(place)", "repeated") }
            let changed = try work.sql.execute(
                """
                UPDATE file SET message = \(message), place = \(place)
                WHERE id = \(id) AND message IS NULL AND uploader = \(member.id) AND channel = \(channel)
                """
            )
            guard changed == 1, let file = try file(id, work.sql) else { throw WireError.notFound }
            attached.append(file.attached)
        }
        return attached
    }

    /// Forgets the files of a message that became a tombstone; their names leave the journal, their content the disk.
    public static func detach(message: MessageID, _ work: UnitOfWork) throws {
        let files: [FileID] = try work.sql.all("SELECT id FROM file WHERE message = \(message)") { $0.id(0) }
        for file in files { try forget(file, work) }
    }

    /// Forgets files of a person who is erased, attached or not; how many.
    static func erase(uploadedBy person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Int {
        let files: [FileID] = try work.sql.all(
            "SELECT id FROM file WHERE uploader = \(person) ORDER BY id LIMIT \(limit)"
        ) { $0.id(0) }
        for file in files { try forget(file, work) }
        return files.count
    }

    /// Forgets the exports about a person who is erased, whoever asked for them.
    static func eraseExports(named name: String, _ work: UnitOfWork) throws {
        let query: SQLQuery = "SELECT id FROM file WHERE message IS NULL AND channel = 0 AND name = \(name)"
        let files: [FileID] = try work.sql.all(query) { $0.id(0) }
        for file in files { try forget(file, work) }
    }

    /// The exports about a person that somebody asked for.
    static func exports(named name: String, by member: MemberID, _ sql: any SQLReader) throws -> [FileRecord] {
        try sql.all(
            """
            SELECT \(part: columns) FROM file
            WHERE uploader = \(member) AND message IS NULL AND channel = 0 AND name = \(name) ORDER BY id
            """,
            record
        )
    }

    /// Forgets one file.
    static func forget(_ id: FileID, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM file WHERE id = \(id)")
        try work.rewrite(id.rawValue) { data in
            JSONObject(data.members.filter { $0.name == "id" || $0.name == "channel" })
        }
    }

    /// All that somebody uploaded and that is still here, by id; quotas bound it.
    static func uploaded(by person: PersonID, _ sql: any SQLReader) throws -> [FileRecord] {
        try sql.all("SELECT \(part: columns) FROM file WHERE uploader = \(person) ORDER BY id", record)
    }

    /// How much somebody keeps here.
    static func usage(of member: MemberID, _ sql: any SQLReader) throws -> (files: Int64, bytes: Int64) {
        try sql.first("SELECT COUNT(*), COALESCE(SUM(bytes), 0) FROM file WHERE uploader = \(member)") {
            ($0.int(0), $0.int(1))
        } ?? (0, 0)
    }

    static func insert(_ file: FileRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO file (id, sha256, name, type, bytes, uploader, at, channel, message, place)
            VALUES (\(file.id), \(file.sha256), \(file.name), \(file.type), \(file.bytes), \(file.uploader),
                \(file.at), \(file.channel), \(file.message), 0)
            """
        )
    }

    /// Files that were uploaded before `cutoff` and never attached.
    static func unattached(before cutoff: Instant, limit: Int, _ sql: any SQLReader) throws -> [FileID] {
        try sql.all(
            "SELECT id FROM file WHERE message IS NULL AND at < \(cutoff) ORDER BY at LIMIT \(limit)"
        ) { $0.id(0) }
    }

    /// Whether any file has this content.
    static func isReferenced(_ sha256: String, _ sql: any SQLReader) throws -> Bool {
        try sql.exists("SELECT 1 FROM file WHERE sha256 = \(sha256) LIMIT 1")
    }
}
