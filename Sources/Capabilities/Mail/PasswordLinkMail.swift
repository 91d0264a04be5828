import CommunityKernel
import Journal
import People
import WireProtocol

/// Mails the links by which people choose a password: invitations, and forgotten passwords.
struct PasswordLinkMail: PasswordLinkObserver, MailComposer {
    let templates: Set<String> = ["invitation", "reset"]
    let baseURL: String

    func written(_ link: WrittenPasswordLink, _ work: UnitOfWork) throws {
        let mail = try MailOutbox.enqueue(
            work,
            to: .person(link.person ?? PersonID()),
            template: link.kind == .invitation ? "invitation" : "reset",
            values: ["invitation": .int(link.id)],
            slot: "password:\(link.person ?? PersonID())"
        )
        // For nobody the work is the same: an answer that came sooner would tell that an address is not known.
        if link.person == nil { try MailStore.forget([mail], work.sql) }
    }

    /// The token is asked for at the moment of sending, so that it stands in no outbox.
    func compose(_ mail: MailFacts, _ context: QueryContext) throws -> MailComposition {
        guard let id = mail.data["invitation"]?.int,
            let link = try PeopleCapability.openLink(id, context)
        else { return .obsolete("link_closed") }
        let page = link.kind == .invitation ? "/invito" : "/password/nuova"
        return .ready(
            JSONObject([
                JSONObject.Member(name: "link", value: .string("\(page)?token=\(link.token)")),
                JSONObject.Member(
                    name: "expires",
                    value: .members(["at": .string(link.expires.description)])
                ),
            ])
        )
    }
}
