/// What of messages, documents and solutions one is told by mail; of events each person chooses apart.
public enum MailChoice: String, Sendable, CaseIterable {
    /// Nothing.
    case off
    /// Mentions, replies, direct messages, what asks for acknowledgement, reports and what becomes of documents and
    /// solutions, while they are unread: those of some minutes in one mail.
    case each
    /// What is unread, once a day.
    case daily
    /// What is unread, once a week.
    case weekly
}
