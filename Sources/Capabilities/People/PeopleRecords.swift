public import WireProtocol

/// Whether a person takes part.
public enum PersonState: String, Sendable, CaseIterable {
    /// Takes part.
    case active
    /// Shut out for the time being: no session, no stream.
    case suspended
    /// Gone: only the id is left.
    case erased
}

/// A person as the store knows one.
public struct PersonRecord: Sendable, Equatable {
    /// The id.
    public let id: PersonID
    /// The name shown.
    public let name: String
    /// The e-mail address as it was given; empty once erased.
    public let email: String
    /// Whether the person takes part.
    public let state: PersonState
    /// The language preferred: `it` or `en`.
    public let language: String
    /// The time zone, a name of the tz database.
    public let zone: String
}

/// A body of the programme: a region, a metropolitan city, a comune and so on.
public struct OrganisationRecord: Sendable, Equatable {
    /// The id.
    public let id: OrganisationID
    /// Its slug, unique among organisations.
    public let slug: String
    /// Its kind (domain 1).
    public let kind: OrganisationKind
    /// Its name.
    public let name: String
    /// Its ISTAT code, nil when unknown.
    public let istat: String?
    /// The name of its region, nil when unknown.
    public let region: String?
    /// The metropolitan city that it belongs to at present.
    public let parent: OrganisationID?
    /// Degrees north.
    public let lat: Double?
    /// Degrees east.
    public let lon: Double?
    /// How many comuni it holds.
    public let municipalities: Int64?
    /// Where these facts come from.
    public let source: String?
    /// Rises with each change.
    public let revision: Int64
}

/// A bot as the store knows one.
public struct BotRecord: Sendable, Equatable {
    /// Who owns a bot; never a person.
    public enum Owner: Sendable, Equatable {
        /// A network.
        case network(NetworkID)
        /// An organisation.
        case organisation(OrganisationID)
    }

    /// The id.
    public let id: MemberID
    /// The name shown.
    public let name: String
    /// Who owns it.
    public let owner: Owner
    /// When its token ends by itself.
    public let expires: Instant?
    /// When its token was revoked.
    public let revoked: Instant?
}

/// One thing that a bot may do: `post:channel/12`, `announce:network/3`, `read:channel/12`, `read:network/3`.
public struct BotScope: Sendable, Hashable, CustomStringConvertible {
    /// What is allowed.
    public enum Action: String, Sendable, CaseIterable {
        /// Writing messages into a channel.
        case post
        /// Writing into a network's announcement channels.
        case announce
        /// Reading.
        case read
    }

    /// Where.
    public enum Target: Sendable, Hashable {
        /// In one channel.
        case channel(ChannelID)
        /// In a network.
        case network(NetworkID)
    }

    /// What is allowed.
    public let action: Action
    /// Where.
    public let target: Target

    /// Makes a scope.
    public init(action: Action, target: Target) {
        self.action = action
        self.target = target
    }

    /// Reads a scope as it is written on the wire; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let action = Action(rawValue: String(parts[0])) else { return nil }
        let target = parts[1].split(separator: "/", omittingEmptySubsequences: false)
        guard target.count == 2, target[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int64(target[1]), number > 0, number <= largestID
        else { return nil }
        switch (action, target[0]) {
        case (.post, "channel"), (.read, "channel"): self.init(action: action, target: .channel(ChannelID(number)))
        case (.announce, "network"), (.read, "network"): self.init(action: action, target: .network(NetworkID(number)))
        default: return nil
        }
    }

    /// The scope as it is written on the wire.
    public var description: String {
        switch target {
        case .channel(let id): "\(action.rawValue):channel/\(id)"
        case .network(let id): "\(action.rawValue):network/\(id)"
        }
    }

    /// How the kind of the target stands in the store.
    var targetKind: String {
        switch target {
        case .channel: "channel"
        case .network: "network"
        }
    }

    /// The number of the target.
    var targetNumber: Int64 {
        switch target {
        case .channel(let id): id.rawValue
        case .network(let id): id.rawValue
        }
    }
}
