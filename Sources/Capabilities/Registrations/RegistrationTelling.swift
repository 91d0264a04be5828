import CommunityKernel
import Events
import Journal
import People
import WireProtocol

/// Tells a person and the desk where the person's registration stands, and keeps where the name, the answers and the
/// reasons stand in the journal, for the day on which they have to go.
enum RegistrationTelling {
    /// Tells all there is to know of a registration that begins.
    static func created(_ registration: RegistrationRecord, _ seats: Seats) throws {
        var news = try standing(of: registration, seats)
        news.network = seats.event.network
        news.name = try PeopleStore.names(of: [registration.person], seats.work.sql)[registration.person] ?? ""
        news.answers = registration.answers
        news.createdBy = registration.creator
        news.at = registration.created
        try append(RegistrationCreated(news), news, seats)
    }

    /// Tells what is another one now, and what is gone.
    static func changed(
        _ registration: RegistrationRecord,
        from former: RegistrationRecord,
        _ seats: Seats
    ) throws {
        var news = try standing(of: registration, seats)
        if registration.storedAnswers != former.storedAnswers { news.answers = registration.answers }
        if former.expires != nil, news.expires == nil { news.cleared.insert("expires") }
        if former.reason != nil, news.reason == nil { news.cleared.insert("reason") }
        if former.state == .waitlisted, news.position == nil { news.cleared.insert("position") }
        if [.waitlisted, .requested].contains(former.state), news.waiting == nil { news.cleared.insert("waiting") }
        try append(RegistrationChanged(news), news, seats)
    }

    private static func standing(of registration: RegistrationRecord, _ seats: Seats) throws -> RegistrationNews {
        var news = RegistrationNews(
            id: registration.id,
            event: registration.event,
            person: registration.person,
            state: registration.state
        )
        news.revision = registration.revision
        news.position = try RegistrationStore.position(of: registration, seats.work.sql)
        news.waiting = seats.reason(for: registration.state)
        news.expires = registration.expires
        news.reason = registration.reason
        news.changed = registration.changed
        return news
    }

    private static func append<Update: ServerUpdate>(
        _ update: Update,
        _ news: RegistrationNews,
        _ seats: Seats
    ) throws {
        let work = seats.work
        for stream in [StreamName.person(news.person), .desk(seats.event.network)] {
            let seq = try work.append(update, to: stream)
            guard news.name != nil || news.answers != nil || news.reason != nil else { continue }
            try work.sql.execute("INSERT INTO registration_naming (person, seq) VALUES (\(news.person), \(seq))")
        }
    }

    /// Takes the words of a person out of at most `limit` earlier updates; whether there may be more.
    static func takeOut(_ person: PersonID, limit: Int, _ work: UnitOfWork) throws -> Bool {
        let told = try work.sql.all(
            "SELECT seq FROM registration_naming WHERE person = \(person) ORDER BY seq LIMIT \(limit)"
        ) { $0.int(0) }
        let left = try PeopleStore.names(of: [person], work.sql)[person] ?? ""
        for seq in told {
            try work.rewrite(seq) { data in
                JSONObject(
                    data.members.compactMap { member in
                        switch member.name {
                        case "name": .init(name: "name", value: .string(left))
                        case "answers": .init(name: "answers", value: .object(JSONObject()))
                        case "reason": nil
                        default: member
                        }
                    }
                )
            }
            try work.sql.execute("DELETE FROM registration_naming WHERE person = \(person) AND seq = \(seq)")
        }
        return told.count == limit
    }
}
