import CommunityKernel
import Foundation
import Journal
import Mail
import ServerApp
import TestKit
import WireProtocol

/// A community with an administrator, whose mails go to a server of the test's own.
struct MailScene {
    let c: TestCommunity
    let admin: Member

    init(
        _ backend: StorageBackend,
        _ server: MailServer?,
        configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        c = try TestCommunity(backend) { configuration in
            configuration.publicUrl = "https://rete.example.it"
            if let server {
                configuration.mail.server = "localhost"
                configuration.mail.port = Int64(server.port)
                configuration.mail.tls = "off"
                configuration.mail.from = "rete@example.it"
                configuration.mail.perMinute = 60_000
                configuration.mail.timeout = 5
            }
            configure(&configuration)
        }
        admin = try c.person("Ada")
        try c.ok("person.assignRoles", ["person": .int(admin.id.rawValue), "roles": .array(["admin"])])
        // What she herself was sent is none of the tests' business.
        for mail in try Self.list(c) { try c.ok("mail.discard", ["mail": mail["id"] ?? .null]) }
    }

    var sender: MailSender {
        get throws {
            guard let sender = c.community.registry.services.lazy.compactMap({ $0 as? MailSender }).first else {
                throw UnexpectedOutcome("nobody sends mail")
            }
            return sender
        }
    }

    /// Sends all that is due; whether the server could be reached.
    @discardableResult
    func send() throws -> Bool { try sender.sendDue(in: c.community) }

    func invite(_ email: String) throws -> Int64 {
        try c.id(c.ok("person.invite", ["email": .string(email)], as: admin))
    }

    /// The mails but the discarded ones, newest first.
    func mails() throws -> [JSON] { try Self.list(c).filter { $0["state"]?.string != "discarded" } }

    func states() throws -> [String] { try mails().compactMap { $0["state"]?.string } }

    private static func list(_ c: TestCommunity) throws -> [JSON] { try c.ok("mail.list")["mails"]?.array ?? [] }

    /// Writes a mail down as another capability would.
    @discardableResult
    func enqueue(
        _ recipient: MailRecipient,
        subject: String = "Avviso",
        text: String = "Buongiorno.",
        link: String = "/channels/1",
        attachments: [MailAttachment] = [],
        language: String? = nil,
        slot: String? = nil
    ) throws -> Int64 {
        try c.community.write { work in
            try MailOutbox.enqueue(
                work,
                to: recipient,
                template: "notice",
                values: ["subject": .string(subject), "text": .string(text), "link": .string(link)],
                language: language,
                attachments: attachments,
                slot: slot
            )
        }
    }
}
