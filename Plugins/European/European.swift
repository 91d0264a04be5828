public import CommunityKernel
public import WireProtocol

/// The network with European metropolitan cities.
///
/// English comes first in it.
public struct EuropeanNetwork: NetworkType {
    /// Makes it.
    public init() {}

    /// The name on the wire.
    public let id = "European"
    /// The name for people.
    public let label = Bilingual(it: "Rete europea", en: "European network")
    /// One sentence for people.
    public let summary = Bilingual(
        it: "Le Città metropolitane italiane con quelle europee: si entra su invito, in inglese.",
        en: "Italian and European metropolitan cities: by invitation, in English."
    )

    /// The settings a network may have.
    public let settings = [
        SettingRule(
            name: "welcome",
            value: .text(maxBytes: 2_000),
            label: Bilingual(
                it: "Saluto scritto in «general» all'ingresso di una persona",
                en: "Greeting written in “general” when somebody joins"
            )
        )
    ]

    /// A guest has somebody of the network to turn to, who answers for the invitation.
    public let guestsNeedSponsor = true

    /// The channels made at birth.
    public let defaultChannels = [
        DefaultChannel(slug: "general", name: Bilingual(it: "General", en: "General")),
        DefaultChannel(slug: "news", name: Bilingual(it: "News", en: "News"), kind: .announcement),
    ]

    /// The event kinds allowed.
    public let eventKinds = ["study_visit", "other"]

    /// Read and talked about there, written at home.
    public let solutions = NetworkSolutions.readable

    /// The updates that the hook reads.
    public let didCommitTypes: Set<String>? = ["network.joined"]

    /// Nobody joins without being invited.
    public func mayJoin(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool { false }

    /// Anyone with a mandate; a guest's must say when it ends.
    public func mayBeAdded(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool {
        mandates.contains { $0.role != "guest" || $0.ends != nil }
    }

    /// Writes the greeting, when the network has one.
    public func didCommit(_ update: PastUpdate, in network: NetworkFact) throws -> [HookEffect] {
        guard update.type == "network.joined", let text = network.settings["welcome"]?.string, !text.isEmpty else {
            return []
        }
        return [.post(channelSlug: "general", text: text)]
    }

    /// What those are asked who register.
    public func registrationForm(for eventKind: String) -> [FormField] {
        eventKind == "study_visit" ? [.travel, .needs, .hostConsent] : [.needs]
    }
}
