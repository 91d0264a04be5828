import CommunityKernel
import Journal
import People
import WireProtocol

/// What becomes of a person's announcements with the person: those that wait are called off, those that failed emptied.
struct AnnouncementsNeighbour: PeopleNeighbour {
    let scheduling: SchedulingAnnouncements

    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        for announcement in try AnnouncementStore.written(by: person, work.sql) where announcement.state == .scheduled {
            try scheduling.callOff(announcement, work)
        }
        try work.sql.execute("UPDATE announcement SET text = '' WHERE author = \(person) AND text <> ''")
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let announcements = try AnnouncementStore.written(by: person, sql).map { announcement in
            JSON.members([
                "id": .int(announcement.id.rawValue), "channel": .int(announcement.channel.rawValue),
                "due": .string(announcement.due.description), "state": .string(announcement.state.rawValue),
                "text": .string(announcement.text), "message": announcement.message.map { .int($0.rawValue) } ?? .null,
            ])
        }
        return [("announcements", .array(announcements))]
    }
}
