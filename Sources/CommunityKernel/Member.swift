public import WireProtocol

/// Who acts: a person, a bot, or the server's own administration.
///
/// Rights are not kept here: they may end at any moment, so every command reads them in its own transaction.
public struct Member: Sendable, Equatable {
    /// What kind of actor.
    public enum Kind: String, Sendable {
        /// A person signed in.
        case person
        /// A bot with a token.
        case bot
        /// The server itself: seeds, the administrator's command line, scheduled work.
        case system
        /// Nobody: a request without credentials.
        case nobody
    }

    /// The id; 0 for the system and for nobody.
    public let id: MemberID
    /// What kind of actor.
    public let kind: Kind
    /// The name shown.
    public let name: String
    /// The session or bot token in use, by its id in the store; nil for the system and for nobody.
    public let credential: Int64?

    /// Makes a member.
    public init(id: MemberID, kind: Kind, name: String, credential: Int64? = nil) {
        self.id = id
        self.kind = kind
        self.name = name
        self.credential = credential
    }

    /// The server's own administration.
    public static let system = Member(id: MemberID(), kind: .system, name: "Metropoli")
    /// A request without credentials.
    public static let nobody = Member(id: MemberID(), kind: .nobody, name: "")
}

/// A rank on the whole platform; kept few, every use is audited.
public enum PlatformRole: String, Sendable, CaseIterable {
    /// Runs the community. Opens no private channel.
    case admin
    /// Sees reported messages and removes them.
    case moderator
    /// Reads figures, no private content.
    case monitor
}
