import CommunityKernel
import Journal
import People
import WireProtocol

/// `mail.list`, `.retry` and `.discard`.
struct AdministeringMail: Sendable {
    let settings: MailSettings
    /// Mails revived by one command.
    private let batch = 1_000

    init(settings: MailSettings) { self.settings = settings }

    func list(_ query: ListMails, _ context: QueryContext) throws -> MailPage {
        try PeopleStore.requireAdministrator(context.actor, context.sql)
        let limit = Int(query.limit ?? 50)
        let found = try MailStore.page(
            query.state,
            person: query.person,
            before: query.before ?? .max,
            limit: limit + 1,
            context.sql
        )
        var page = MailPage()
        page.mails = try found.prefix(limit).map { try view(of: $0, context.sql) }
        page.more = found.count > limit
        page.waiting = try MailStore.count(.waiting, context.sql)
        page.failed = try MailStore.count(.failed, context.sql)
        page.configured = settings.isConfigured
        return page
    }

    /// Without what it says: links are for their reader alone.
    private func view(of mail: MailRecord, _ sql: any SQLReader) throws -> MailView {
        let person = try mail.person.flatMap { try PeopleStore.person($0, sql) }
        var view = MailView()
        view.id = mail.id
        view.person = mail.person
        view.name = person?.name ?? mail.name
        view.address = person?.email ?? mail.address
        view.template = mail.template
        view.state = mail.state
        view.at = mail.at
        view.due = mail.state == .waiting ? mail.due : nil
        view.finished = mail.finished
        view.attempts = mail.attempts
        view.error = mail.error
        return view
    }

    func retry(_ command: RetryMail, _ work: UnitOfWork) throws -> RetriedMails {
        try PeopleStore.requireAdministrator(work)
        let chosen: [MailRecord]
        if let id = command.mail {
            guard let mail = try MailStore.mail(id, work.sql) else { throw WireError.notFound }
            guard mail.state == .failed || mail.state == .waiting else { throw Self.conflict(mail) }
            chosen = [mail]
        } else {
            chosen = try MailStore.page(.failed, person: nil, before: .max, limit: batch, work.sql)
        }
        for mail in chosen {
            try MailStore.revive(mail.id, at: work.now, work.sql)
            try work.audit("mail.retry", subject: mail.person?.rawValue, detail: mail.template)
        }
        return RetriedMails(count: Int64(chosen.count))
    }

    func discard(_ command: DiscardMail, _ work: UnitOfWork) throws -> Nothing {
        try PeopleStore.requireAdministrator(work)
        guard let mail = try MailStore.mail(command.mail, work.sql) else { throw WireError.notFound }
        if mail.state == .discarded { return Nothing() }
        guard mail.state != .sent else { throw Self.conflict(mail) }
        try MailStore.finish(mail.id, .discarded, error: mail.error, attempts: 0, at: work.now, work.sql)
        try work.audit("mail.discard", subject: mail.person?.rawValue, detail: mail.template)
        return Nothing()
    }

    private static func conflict(_ mail: MailRecord) -> WireError {
        WireError.conflict(
            "the mail does not wait",
            current: .members(["state": .string(mail.state.rawValue)])
        )
    }

    /// The list does not grow for ever, whatever became of a mail.
    var tick: Tick {
        let kept = Int64(settings.keepDays) * 86_400
        let page = 200
        return Tick(
            name: "mail.cleaning",
            seconds: 600,
            isDue: { try !MailStore.old(before: $0.now.advanced(bySeconds: -kept), limit: 1, $0.sql).isEmpty },
            run: { work in
                let mails = try MailStore.old(before: work.now.advanced(bySeconds: -kept), limit: page, work.sql)
                try MailStore.forget(mails, work.sql)
                return mails.count == page
            }
        )
    }
}
