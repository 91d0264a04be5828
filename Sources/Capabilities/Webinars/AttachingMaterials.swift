import CommunityKernel
import Events
import Files
import Journal
import Networks
import WireProtocol

/// Recordings, slides and captions of an event: attached by facilitators, read by those who may know of the event.
struct AttachingMaterials: Sendable {
    let access: WebinarAccess

    func attach(_ command: AttachMaterial, _ work: UnitOfWork) throws -> MaterialCreated {
        let event = try access.events.facilitated(command.event, work)
        guard !event.isWithdrawn else { throw event.refused("the event does not take place") }
        try requireRoom(in: event, work.sql)
        let id: MaterialID = work.nextID()
        guard command.file == nil || command.url == nil else { throw WireError.invalid("with.url", "not_allowed") }
        var material = MaterialView()
        material.id = id
        material.event = event.id
        material.kind = command.kind
        if let file = command.file {
            material.file = try FileStore.attach(file, toEntity: id.rawValue, by: work.actor, work)
        } else if let url = command.url {
            guard url.isSecureAddress else { throw WireError.invalid("with.url", "not_an_address") }
            material.url = url
        } else {
            throw WireError.invalid("with.file", "missing")
        }
        guard let title = command.title ?? material.file?.name else { throw WireError.invalid("with.title", "missing") }
        material.title = title
        try MaterialStore.keep(material, of: event, work)
        return MaterialCreated(id: id)
    }

    private func requireRoom(in event: EventRecord, _ sql: any SQLReader) throws {
        guard try MaterialStore.count(of: event.id, sql) < access.settings.materials else {
            throw WireError(.full, "at most \(access.settings.materials) are attached to an event")
        }
    }

    func detach(_ command: DetachMaterial, _ work: UnitOfWork) throws -> Nothing {
        guard let id = try MaterialStore.event(of: command.material.rawValue, work.sql) else {
            throw WireError.notFound
        }
        let event = try access.events.facilitated(id, work)
        try MaterialStore.forget(command.material, of: event, work)
        try work.audit("webinar.detach", subject: command.material.rawValue)
        return Nothing()
    }

    /// Attaches the recordings that a server of rooms has; whether there is any.
    func keep(_ recordings: [(url: String, name: String)], of event: EventRecord, _ work: UnitOfWork) throws -> Bool {
        let known = try MaterialStore.addresses(of: event.id, work.sql)
        for (url, name) in recordings where !known.contains(url) {
            guard try MaterialStore.count(of: event.id, work.sql) < access.settings.materials else { break }
            var material = MaterialView()
            material.id = work.nextID()
            material.event = event.id
            material.kind = .recording
            material.url = url
            // What a server tells is cut to what a facilitator may write.
            let title = String(name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(60))
            material.title = title.isEmpty ? event.title : title
            try MaterialStore.keep(material, of: event, work)
        }
        return !recordings.isEmpty
    }
}

/// Who may read the files that are attached to events: whoever may know of the event.
struct MaterialFiles: FileHolder {
    let events: EventAccess

    func mayRead(_ entity: Int64, _ member: Member, _ sql: any SQLReader) throws -> Bool? {
        guard let id = try MaterialStore.event(of: entity, sql) else { return nil }
        guard let event = try EventStore.event(id, sql) else { return false }
        return try events.mayRead(event, member, sql)
    }
}

/// The materials' queries.
enum MaterialStore {
    static func count(of event: EventID, _ sql: any SQLReader) throws -> Int64 {
        try sql.count("SELECT COUNT(*) FROM webinar_material WHERE event = \(event)")
    }

    static func event(of material: Int64, _ sql: any SQLReader) throws -> EventID? {
        try sql.first("SELECT event FROM webinar_material WHERE id = \(material)") { $0.id(0) }
    }

    static func addresses(of event: EventID, _ sql: any SQLReader) throws -> Set<String> {
        Set(try sql.all("SELECT url FROM webinar_material WHERE event = \(event) AND url IS NOT NULL") { $0.text(0) })
    }

    /// All of an event, in the order in which they were attached; a setting bounds them.
    static func materials(of event: EventID, _ sql: any SQLReader) throws -> [MaterialView] {
        var materials = try sql.all(
            "SELECT id, kind, title, url FROM webinar_material WHERE event = \(event) ORDER BY id"
        ) { row in
            var material = MaterialView()
            material.id = row.id(0)
            material.event = event
            material.kind = MaterialKind(rawValue: row.text(1)) ?? .recording
            material.title = row.text(2)
            material.url = row.optionalText(3)
            return material
        }
        let files = try FileStore.attached(toEntities: materials.map(\.id.rawValue), sql)
        for index in materials.indices { materials[index].file = files[materials[index].id.rawValue] }
        // A file may be on its way out with whoever uploaded it.
        return materials.filter { $0.url != nil || $0.file != nil }
    }

    /// Those with a file that a person attached.
    static func files(of person: PersonID, _ sql: any SQLReader) throws -> [(material: MaterialID, event: EventID)] {
        try sql.all("SELECT id, event FROM webinar_material WHERE creator = \(person) AND url IS NULL ORDER BY id") {
            ($0.id(0), $0.id(1))
        }
    }

    static func keep(_ material: MaterialView, of event: EventRecord, _ work: UnitOfWork) throws {
        try work.append(MaterialAttached(material), to: stream(of: event))
        try work.sql.execute(
            """
            INSERT INTO webinar_material (id, event, kind, title, url, creator, attached_at)
            VALUES (\(material.id), \(material.event), \(material.kind.rawValue), \(material.title), \(material.url),
                \(work.actor.id), \(work.now))
            """
        )
    }

    /// Forgets what was attached, also in the journal.
    static func forget(_ material: MaterialID, of event: EventRecord, _ work: UnitOfWork) throws {
        try work.append(MaterialDetached(id: material, event: event.id), to: stream(of: event))
        try FileStore.detach(entity: material.rawValue, work)
        try work.sql.execute("DELETE FROM webinar_material WHERE id = \(material)")
        try work.rewrite(material.rawValue) { data in
            JSONObject(data.members.filter { !["title", "url", "file"].contains($0.name) })
        }
    }

    private static func stream(of event: EventRecord) -> StreamName {
        event.isPublic ? .network(event.network) : .desk(event.network)
    }
}

extension String {
    /// Whether it is an address that begins with `https://`, without space and without what HTML or a shell would read.
    var isSecureAddress: Bool {
        hasPrefix("https://") && utf8.count > 8
            && unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value < 0x7F && !"<>\"\\^`{|}".unicodeScalars.contains($0)
            }
    }
}
