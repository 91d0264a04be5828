public import Journal
public import WireProtocol

/// Whom a mail is for.
public enum MailRecipient: Sendable {
    /// A person: address, name, language and zone are those of the moment at which it is sent, and nothing is sent to
    /// who no longer takes part.
    case person(PersonID)
    /// Somebody who is no person here, such as a speaker from elsewhere.
    case address(String, name: String)
}

/// What is attached to a mail.
public struct MailAttachment: Sendable, Equatable {
    /// The file's name.
    public var name: String
    /// Its type, with parameters: `text/calendar; method=REQUEST; charset=utf-8`.
    public var type: String
    /// Whether mail programs may show it in the place of the text, as they do with invitations to meetings.
    public var isAlternative: Bool
    /// What it holds.
    public var content: [UInt8]

    /// Makes it.
    public init(name: String, type: String, isAlternative: Bool = false, content: [UInt8]) {
        self.name = name
        self.type = type
        self.isAlternative = isAlternative
        self.content = content
    }

    /// An invitation to a meeting, a change of it or its cancellation (RFC 6047): `method` as in the calendar itself.
    public static func calendar(_ text: String, method: String) -> MailAttachment {
        let word = String(method.filter { $0.isASCII && $0.isLetter })
        return MailAttachment(
            name: "invite.ics",
            type: "text/calendar; method=\(word); charset=utf-8",
            isAlternative: true,
            content: Array(text.utf8)
        )
    }
}

/// Where mails wait to be sent: a mail is written in the transaction of what causes it, and goes only if that is kept.
public enum MailOutbox {
    /// Bytes of the attachments of one mail at most.
    public static let attachmentBytes = 5_242_880

    /// Writes a mail down; its number.
    ///
    /// - Parameters:
    ///   - to: For whom.
    ///   - template: A key of one of the files of `Texts`.
    ///   - values: What its gaps are filled with: texts, numbers, `{"it","en"}` for the reader's language, a moment
    ///     (`{"local","zone"}`, `{"at"}` or `{"date"}`) for the reader's way of writing dates, an address that begins with `/`, and
    ///     under `items` a list of objects with `title`, `text` and `link`. Secrets do not belong here: see
    ///     ``MailComposer``.
    ///   - language: Another one than the reader's own.
    ///   - attachments: At most ``attachmentBytes``.
    ///   - slot: A mail takes the place of the one that waits under the same slot.
    ///   - notBefore: When it may go; at once unless told.
    @discardableResult
    public static func enqueue(
        _ work: UnitOfWork,
        to recipient: MailRecipient,
        template: String,
        values: KeyValuePairs<String, JSON> = [:],
        language: String? = nil,
        attachments: [MailAttachment] = [],
        slot: String? = nil,
        notBefore: Instant? = nil
    ) throws -> Int64 {
        guard attachments.reduce(0, { $0 + $1.content.count }) <= attachmentBytes else {
            throw WireError(.tooLarge, "the attachments of a mail are too large")
        }
        if let slot {
            try MailStore.forget(try MailStore.waiting(under: slot, work.sql), work.sql)
        }
        var mail = MailRecord()
        mail.key = Secret.base64url(Secret.random(18))
        switch recipient {
        case .person(let person): mail.person = person
        case .address(let address, let name):
            mail.address = address
            mail.name = name
        }
        mail.language = language
        mail.template = template
        mail.data = String(decoding: JSON.members(values).text, as: UTF8.self)
        mail.slot = slot
        mail.at = work.now
        mail.due = max(notBefore ?? work.now, work.now)
        return try MailStore.insert(mail, attachments, work.sql)
    }

    /// What was written down with the mail that waits under a slot; nil when none waits.
    public static func waiting(slot: String, _ sql: any SQLReader) throws -> JSONObject? {
        guard let id = try MailStore.waiting(under: slot, sql).first, let mail = try MailStore.mail(id, sql) else {
            return nil
        }
        return try JSONParser.parse(Array(mail.data.utf8), limits: .answers).object
    }

    /// Takes back what waits under a slot: it was called off before it was sent.
    public static func withdraw(slot: String, _ work: UnitOfWork) throws {
        try MailStore.forget(try MailStore.waiting(under: slot, work.sql), work.sql)
    }
}
