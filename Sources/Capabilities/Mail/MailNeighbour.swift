import Journal
import People
import WireProtocol

/// What becomes of a person's mails with the person.
struct MailNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        // Those to the address as well: it may have been invited as a stranger before.
        let address = try PeopleStore.person(person, work.sql)?.email ?? ""
        let mails = try work.sql.all(
            "SELECT id FROM mail WHERE person = \(person) OR (address = \(address) AND address <> '')"
        ) { $0.int(0) }
        try MailStore.forget(mails, work.sql)
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] {
        let mails = try sql.all(
            "SELECT \(part: MailRecord.columns) FROM mail m WHERE m.person = \(person) ORDER BY m.id LIMIT 10000",
            MailRecord.init
        )
        let list = mails.map { mail in
            JSON.members([
                "template": .string(mail.template), "state": .string(mail.state.rawValue),
                "at": .string(mail.at.description),
                "finished": mail.finished.map { .string($0.description) } ?? .null,
            ])
        }
        return [("mails", .array(list))]
    }
}
