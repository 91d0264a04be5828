/// A member's role in a network.
public enum NetworkRole: String, Sendable, CaseIterable {
    /// Takes part.
    case member
    /// Runs the network.
    case facilitator
}

/// What a role in a network may allow beyond taking part.
public enum NetworkAct: String, Sendable, CaseIterable {
    /// Adding, removing and appointing members.
    case manageMembers
    /// Making, changing, archiving and sharing channels, and taking people out of them.
    case manageChannels
    /// Writing in announcement channels, now or at a time; calling off what others scheduled.
    case announce
    /// Removing what others wrote and reading its former texts.
    case moderate
    /// Mentioning everybody in a channel of many members.
    case mentionEverybody
    /// Making and revoking the network's bots.
    case manageBots
    /// Preparing, publishing and moving events, and deciding who takes part in them.
    case manageEvents
}

/// A role as a network type declares it: what people call it and what it may do.
public struct RoleRule: Sendable, Equatable {
    /// The role.
    public let role: NetworkRole
    /// What it is called in networks of the type.
    public let label: Bilingual
    /// What it may do.
    public let acts: Set<NetworkAct>

    /// Makes a rule.
    public init(_ role: NetworkRole, label: Bilingual, acts: Set<NetworkAct>) {
        self.role = role
        self.label = label
        self.acts = acts
    }

    /// Takes part, and no more.
    public static let member = RoleRule(.member, label: Bilingual(it: "Partecipante", en: "Member"), acts: [])
    /// May do everything.
    public static let facilitator = RoleRule(
        .facilitator,
        label: Bilingual(it: "Facilitatore", en: "Facilitator"),
        acts: Set(NetworkAct.allCases)
    )
    /// The roles of a type that says nothing else.
    public static let standard = [RoleRule.member, .facilitator]
}

extension [RoleRule] {
    /// Whether a role may do that; one that is not declared may nothing.
    public func allow(_ act: NetworkAct, to role: NetworkRole) -> Bool {
        contains { $0.role == role && $0.acts.contains(act) }
    }
}
