import Journal
import People
import WireProtocol

/// What becomes of a person's notifications with the person.
struct NotificationsNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM notification WHERE person = \(person)")
        try work.sql.execute("DELETE FROM notification_mail WHERE person = \(person)")
        try work.sql.execute("DELETE FROM notification_choice WHERE person = \(person)")
    }

    /// Ids alone: what others wrote is theirs.
    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let records = try sql.all(
            """
            SELECT \(part: NotificationRecord.columns) FROM notification WHERE person = \(person) ORDER BY id
            """,
            NotificationRecord.init
        )
        let notifications = records.map { record in
            JSON.members([
                "id": .int(record.id.rawValue), "kind": .string(record.kind.rawValue),
                "at": .string(record.at.description),
                "message": record.message.rawValue == 0 ? .null : .int(record.message.rawValue),
                "topic": record.topic.map { .string($0.name) } ?? .null,
                "topicId": record.topic.map { .int($0.number) } ?? .null,
                "news": (record.news?.rawValue ?? record.told?.rawValue).map(JSON.string) ?? .null,
                "channel": record.channel.map { .int($0.rawValue) } ?? .null, "read": .bool(record.isSeen),
            ])
        }
        let settings = try JSONParser.parse(try NotificationStore.settings(of: person, sql).text)
        return [("notifications", .array(notifications)), ("notificationSettings", settings)]
    }
}
