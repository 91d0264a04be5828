import CommunityKernel
public import Journal
import WireProtocol

/// A link to choose a password, as whoever holds its token may see it.
public struct InvitationLink: Sendable {
    /// The name of the person.
    public let name: String
    /// The e-mail address of the person.
    public let email: String
    /// Whether a password was chosen by this link or by another one.
    public let isUsed: Bool
    /// Whether its time is over.
    public let isExpired: Bool
    /// The characters that the password needs.
    public let minimum: Int
}

extension PeopleCapability {
    /// The link with that token; nil when there is none, or its person is no longer active.
    public static func invitation(
        _ token: String,
        settings: PeopleSettings,
        _ context: QueryContext
    ) throws -> InvitationLink? {
        let hash = Secret.sha256(Array(token.utf8))
        let row = try context.sql.first(
            "SELECT person, used_at, expires_at FROM invitation WHERE token_hash = \(hash) AND person IS NOT NULL"
        ) { (person: $0.id(0) as PersonID, isUsed: $0.optionalInstant(1) != nil, expires: $0.instant(2)) }
        guard let row, let person = try PeopleStore.activePerson(row.person, context.sql) else { return nil }
        let isAdministrator = try PeopleStore.roles(of: person.id, context.sql).contains(.admin)
        let password = settings.password
        return InvitationLink(
            name: person.name,
            email: person.email,
            isUsed: row.isUsed,
            isExpired: row.expires <= context.now,
            minimum: isAdministrator ? max(password.minimum, password.adminMinimum) : password.minimum
        )
    }
}
