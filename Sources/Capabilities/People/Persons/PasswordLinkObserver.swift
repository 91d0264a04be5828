public import Journal
public import WireProtocol

/// A link to choose a password that was written down; its token is asked for where it is handed on.
public struct WrittenPasswordLink: Sendable {
    /// What it is for.
    public enum Kind: String, Sendable {
        /// A new person chooses the first password.
        case invitation
        /// A forgotten password is chosen anew.
        case reset
    }

    /// Its number.
    public let id: Int64
    /// What it is for.
    public let kind: Kind
    /// Whose it is; nil where somebody asked for an address that nobody here has.
    public let person: PersonID?
}

/// A capability that hands links to choose a password on, in the transaction that writes them.
public protocol PasswordLinkObserver: Sendable {
    /// A link was written. Without a person the same work is to be done, and nothing left of it.
    func written(_ link: WrittenPasswordLink, _ work: UnitOfWork) throws
}

/// A link that can be used now.
public struct OpenPasswordLink: Sendable {
    /// What it is for.
    public let kind: WrittenPasswordLink.Kind
    /// What opens it.
    public let token: String
    /// When it ends.
    public let expires: Instant
}

extension PeopleCapability {
    /// The link of that number with its token, for whoever hands it to its person; nil once it was used or has ended.
    public static func openLink(_ id: Int64, _ context: QueryContext) throws -> OpenPasswordLink? {
        try context.sql.first(
            """
            SELECT kind, token, expires_at FROM invitation
            WHERE id = \(id) AND person IS NOT NULL AND token IS NOT NULL AND used_at IS NULL
                AND expires_at > \(context.now)
            """
        ) { row in
            OpenPasswordLink(
                kind: WrittenPasswordLink.Kind(rawValue: row.text(0)) ?? .reset,
                token: row.text(1),
                expires: row.instant(2)
            )
        }
    }
}
