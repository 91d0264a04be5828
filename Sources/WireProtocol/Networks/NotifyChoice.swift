/// What a person wants to be told of a network or channel.
public enum NotifyChoice: String, Sendable, CaseIterable {
    /// Every message.
    case all
    /// Mentions, replies and what asks for acknowledgement.
    case mentions
    /// Nothing: muted. Unread messages are counted all the same.
    case none
    /// What holds unless one chooses: in a channel the network's choice, in a network `mentions`, in a direct
    /// conversation `all`.
    case `default`
}
