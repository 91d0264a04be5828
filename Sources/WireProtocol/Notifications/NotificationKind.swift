/// Why somebody is notified.
public enum NotificationKind: String, Sendable, CaseIterable {
    /// A message mentions the person, by name or by a group.
    case mention
    /// Somebody wrote in a thread that the person began or wrote in.
    case reply
    /// A message in a channel of which the person wants to be told everything.
    case message
    /// An announcement asks to be acknowledged.
    case acknowledge
    /// A message was reported to the moderators.
    case report
}
