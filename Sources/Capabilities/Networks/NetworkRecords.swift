public import CommunityKernel
public import WireProtocol

/// A network as the store knows one.
public struct NetworkRecord: Sendable, Equatable {
    /// The id.
    public let id: NetworkID
    /// Its slug, unique among networks.
    public let slug: String
    /// The id of its type.
    public let type: String
    /// Its name in both languages.
    public let name: Bilingual
    /// Its settings as they are stored.
    let storedSettings: String
    /// Rises with each change.
    public let revision: Int64

    /// Its settings, checked against the type's rules; read each time, since most of what is told does not need them.
    public var settings: JSONObject {
        (try? JSONParser.parse(Array(storedSettings.utf8)))?.object ?? JSONObject()
    }

    /// The network as its type sees it.
    public var fact: NetworkFact { NetworkFact(id: id, slug: slug, name: name, settings: settings) }
}

/// How a person came into a network, which says what keeps the person there.
enum MembershipGround: String {
    /// By the type's rule for joining: ends when no mandate fulfils it any more.
    case joined
    /// Added by a facilitator: ends with the last mandate.
    case added
    /// Vouched for by an administrator, without any mandate.
    case vouched
}

/// A person's place in a network.
struct MembershipRecord {
    let network: NetworkID
    let person: PersonID
    let role: NetworkRole
    let ground: MembershipGround
    /// Kept, but without effect: no mandate carries it at present, or the person is suspended.
    let isPaused: Bool
    /// Who answers for a guest.
    let sponsor: PersonID?
}
