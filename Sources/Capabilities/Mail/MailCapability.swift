public import Journal
public import People
import WireProtocol

/// The mails of the community: an outbox written in the transaction of what causes a mail, and a thread that sends.
public struct MailCapability: Capability {
    /// The capability's name.
    public let name = "mail"
    /// Its schema.
    public let migrations = MailMigrations.all
    /// Sends what is due.
    public let sender: MailSender
    private let administering: AdministeringMail
    private let links: PasswordLinkMail

    /// Makes it; the composers judge mails of other capabilities at the moment of sending.
    public init(settings: MailSettings = MailSettings(), composers: [any MailComposer] = []) {
        links = PasswordLinkMail(baseURL: settings.baseURL)
        sender = MailSender(
            settings: settings,
            rendering: MailRendering(settings: settings, composers: [links] + composers)
        )
        administering = AdministeringMail(settings: settings)
    }

    /// Erasure and export of a person's mails.
    public var neighbour: any PeopleNeighbour { MailNeighbour() }

    /// Mails links to choose a password.
    public var passwordLinks: any PasswordLinkObserver { links }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.query(ListMails.self, access: .administrator, administering.list)
        registry.command(RetryMail.self, access: .administrator, administering.retry)
        registry.command(DiscardMail.self, access: .administrator, administering.discard)
        registry.tick(administering.tick)
        registry.service(sender)
        registry.figure(
            Figure("mails_waiting", .gauge, "Mails in the outbox") { try MailStore.count(.waiting, $0.sql) }
        )
        registry.figure(
            Figure("mails_failed", .gauge, "Mails that wait for an administrator") {
                try MailStore.count(.failed, $0.sql)
            }
        )
        registry.figure(
            Figure("mails_sent_total", .counter, "Mails that the server took") { [sender] _ in sender.sent.value }
        )
        registry.figure(
            Figure("mails_given_up_total", .counter, "Mails refused or tried too often") { [sender] _ in
                sender.failed.value
            }
        )
        registry.figure(
            Figure("mails_postponed_total", .counter, "Attempts to be repeated") { [sender] _ in sender.postponed.value
            }
        )
    }
}
