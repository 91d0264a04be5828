import Channels
import CommunityKernel
import Journal
import People
import WireProtocol

/// What becomes of a person's messages with the person: tombstones, and a name taken out of what others wrote.
struct MessagesNeighbour: PeopleNeighbour {
    let news: UnreadNews

    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM message_mention WHERE member = \(person)")
        try work.sql.execute("DELETE FROM message_acknowledgement WHERE member = \(person)")
        try work.sql.execute("UPDATE message_report SET reason = '' WHERE reporter = \(person)")
    }

    func eraseMore(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        let own = try work.sql.all(
            """
            SELECT \(part: MessageRecord.columns) FROM message
            WHERE author = \(person) AND deleted = 0 ORDER BY id LIMIT \(limit)
            """,
            MessageRecord.init
        )
        for message in own { try MessageStore.bury(message, reason: nil, news, work) }
        if own.count == limit { return true }
        let naming: [MessageID] = try work.sql.all(
            "SELECT message FROM message_name WHERE person = \(person) ORDER BY message LIMIT \(limit)"
        ) { $0.id(0) }
        for message in naming {
            try takeName(of: person, outOf: message, work)
            try work.sql.execute("DELETE FROM message_name WHERE person = \(person) AND message = \(message)")
        }
        return naming.count == limit
    }

    /// Replaces the written name in a mention, in the present and the former texts and in the journal.
    private func takeName(of person: PersonID, outOf id: MessageID, _ work: UnitOfWork) throws {
        guard let message = try MessageStore.message(id, work.sql), !message.isDeleted else { return }
        let text = Markdown.nameless(message.text, person)
        if text != message.text {
            let html = Markdown.rendered(text, people: Set(message.mentions.map(\.rawValue)))?.html ?? ""
            try work.sql.execute("UPDATE message SET text = \(text), html = \(html) WHERE id = \(id)")
            try work.sql.execute(
                "INSERT INTO message_rewritten (message) VALUES (\(id)) ON CONFLICT (message) DO NOTHING"
            )
        }
        let edits = try work.sql.all("SELECT seq, text, revision FROM message_edit WHERE message = \(id)") {
            (seq: $0.int(0), text: $0.text(1), revision: $0.int(2))
        }
        for edit in edits {
            try work.sql.execute(
                """
                UPDATE message_edit SET text = \(Markdown.nameless(edit.text, person))
                WHERE message = \(id) AND revision = \(edit.revision)
                """
            )
        }
        for seq in [id.rawValue] + edits.map(\.seq) {
            try work.rewrite(seq) { data in Self.nameless(data, person) }
        }
    }

    private static func nameless(_ data: JSONObject, _ person: PersonID) -> JSONObject {
        guard let former = data["text"]?.string else { return data }
        let people = Set((data["mentions"]?.array ?? []).compactMap(\.int))
        let text = Markdown.nameless(former, person)
        return JSONObject(
            data.members.map { member in
                switch member.name {
                case "text": .init(name: "text", value: .string(text))
                case "html": .init(name: "html", value: .string(Markdown.rendered(text, people: people)?.html ?? ""))
                default: member
                }
            }
        )
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let messages = try sql.all(
            """
            SELECT id, channel, at, text FROM message WHERE author = \(person) AND deleted = 0 ORDER BY id
            """
        ) { row in
            JSON.members([
                "id": .int(row.int(0)), "channel": .int(row.int(1)), "at": .string(row.instant(2).description),
                "text": .string(row.text(3)),
            ])
        }
        let reports = try sql.all(
            "SELECT id, message, at, reason FROM message_report WHERE reporter = \(person) ORDER BY id"
        ) { row in
            JSON.members([
                "id": .int(row.int(0)), "message": .int(row.int(1)), "at": .string(row.instant(2).description),
                "reason": .string(row.text(3)),
            ])
        }
        return [("messages", .array(messages)), ("reports", .array(reports))]
    }
}
