import CommunityKernel
import Journal
import People
import WireProtocol

/// Makes the mail of a row of the outbox, at the moment at which it is sent.
struct MailRendering: Sendable {
    /// What becomes of a row.
    enum Verdict: Sendable {
        /// It goes.
        case send(RenderedMail)
        /// Not before then.
        case later(Instant)
        /// It does not go, for this reason.
        case drop(String)
        /// It waits no longer.
        case gone
    }

    let settings: MailSettings
    let composers: [any MailComposer]

    func verdict(_ id: Int64, _ context: QueryContext) throws -> Verdict {
        guard let mail = try MailStore.mail(id, context.sql), mail.state == .waiting else { return .gone }
        guard let reader = try reader(of: mail, context.sql) else { return .drop("no_recipient") }
        guard let template = MailTemplate(mail.template, language: reader.language) else { return .drop("no_template") }
        let data = try JSONParser.parse(Array(mail.data.utf8), limits: .answers).object ?? JSONObject()
        var values = data.members
        if let composer = composers.first(where: { $0.templates.contains(mail.template) }) {
            let facts = MailFacts(template: mail.template, person: mail.person, data: data)
            switch try composer.compose(facts, context) {
            case .ready(let more): values += more.members
            case .later(let moment): return .later(moment)
            case .obsolete(let reason): return .drop(reason)
            }
        }
        values += [
            JSONObject.Member(name: "community", value: .string(settings.community)),
            JSONObject.Member(name: "name", value: .string(reader.name)),
            JSONObject.Member(name: "address", value: .string(reader.address)),
        ]
        let layout = MailLayout(
            template: template,
            values: MailValues(
                values: Self.first(of: values),
                language: reader.language,
                zone: reader.zone,
                baseURL: settings.baseURL
            ),
            community: settings.community
        )
        return .send(rendered(mail, layout, reader, try MailStore.attachments(of: id, context.sql), context.now))
    }

    /// Who writes the mail down, or composes it, goes before what every mail has.
    private static func first(of members: [JSONObject.Member]) -> JSONObject {
        var names: Set<String> = []
        return JSONObject(members.filter { names.insert($0.name).inserted })
    }

    private struct Reader {
        let address: String
        let name: String
        let language: String
        let zone: String
    }

    private func reader(of mail: MailRecord, _ sql: any SQLReader) throws -> Reader? {
        guard let id = mail.person else {
            guard let address = mail.address, !address.isEmpty else { return nil }
            return Reader(
                address: address,
                name: mail.name ?? "",
                language: mail.language ?? settings.language,
                zone: settings.zone
            )
        }
        guard let person = try PeopleStore.activePerson(id, sql), !person.email.isEmpty else { return nil }
        return Reader(
            address: person.email,
            name: person.name,
            language: mail.language ?? person.language,
            zone: person.zone
        )
    }

    private func rendered(
        _ mail: MailRecord,
        _ layout: MailLayout,
        _ reader: Reader,
        _ attachments: [MailAttachment],
        _ now: Instant
    ) -> RenderedMail {
        var rendered = RenderedMail()
        rendered.address = reader.address
        rendered.text = layout.text
        rendered.html = layout.html
        rendered.attachments = attachments
        let from = settings.fromName.isEmpty ? settings.community : settings.fromName
        rendered.headers = [
            "Date: " + MailHeader.date(milliseconds: now.milliseconds),
            MailHeader.mailbox("From", settings.from, shown: from),
            MailHeader.mailbox("To", reader.address, shown: reader.name),
            MailHeader.text("Subject", layout.subject),
            "Message-ID: <\(mail.key)@\(SMTPClient.domain(settings))>",
            // Nobody's automatic answer comes back (RFC 3834).
            "Auto-Submitted: auto-generated",
            "Content-Language: \(reader.language)",
        ]
        if layout.template.isOptional { rendered.headers.append("List-Unsubscribe: <\(settings.baseURL)/me>") }
        return rendered
    }
}
