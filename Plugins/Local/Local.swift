public import CommunityKernel
public import WireProtocol

/// The local networks: one metropolitan city with its comuni.
public struct LocalNetwork: NetworkType {
    /// Makes it.
    public init() {}

    /// The name on the wire.
    public let id = "Local"
    /// The name for people.
    public let label = Bilingual(it: "Rete locale", en: "Local network")
    /// One sentence for people.
    public let summary = Bilingual(
        it: "Una Città metropolitana e i suoi Comuni lavorano insieme.",
        en: "A metropolitan city and its municipalities work together."
    )

    /// The settings a network may have.
    public let settings = [
        SettingRule(
            name: "city",
            value: .organisation(kinds: ["citta_metropolitana"]),
            required: true,
            label: Bilingual(it: "Città metropolitana", en: "Metropolitan city")
        ),
        SettingRule(
            name: "welcome",
            value: .text(maxBytes: 2_000),
            label: Bilingual(
                it: "Saluto scritto in «generale» all'ingresso di una persona",
                en: "Greeting written in “generale” when somebody joins"
            )
        ),
    ]

    /// Members take part; the metropolitan city's contact people run the network.
    public let roles = [
        RoleRule.member,
        RoleRule(
            .facilitator,
            label: Bilingual(it: "Referente della rete", en: "Network contact"),
            acts: Set(NetworkAct.allCases)
        ),
    ]

    /// The channels made at birth.
    public let defaultChannels = [
        DefaultChannel(slug: "generale", name: Bilingual(it: "Generale", en: "General")),
        DefaultChannel(slug: "annunci", name: Bilingual(it: "Annunci", en: "Announcements"), kind: .announcement),
        DefaultChannel(slug: "incontri", name: Bilingual(it: "Incontri", en: "Meetings")),
    ]

    /// What documents may begin with.
    public let documentTemplates: [DocumentTemplate] = [.notes, .guidance]

    /// The event kinds allowed.
    public let eventKinds = ["local_network_meeting", "training_day", "study_visit", "launch"]

    /// The updates that the hook reads.
    public let didCommitTypes: Set<String>? = ["network.joined"]

    /// The network's.
    public func originCity(of network: NetworkFact) -> OrganisationID? {
        network.settings["city"]?.int.map(OrganisationID.init)
    }

    /// The comuni of the network's city.
    public func subBodies(of network: NetworkFact) -> OrganisationID? { originCity(of: network) }

    /// Anyone with a mandate in the network's city, or in a comune that belongs to it at present.
    public func mayJoin(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool {
        guard let city = originCity(of: network) else { return false }
        return mandates.contains { $0.city == city }
    }

    /// Writes the greeting, when the network has one.
    public func didCommit(_ update: PastUpdate, in network: NetworkFact) throws -> [HookEffect] {
        guard update.type == "network.joined", let text = network.settings["welcome"]?.string, !text.isEmpty else {
            return []
        }
        return [.post(channelSlug: "generale", text: text)]
    }

    /// What those are asked who register.
    public func registrationForm(for eventKind: String) -> [FormField] {
        eventKind == "study_visit" ? [.travel, .needs, .hostConsent] : [.needs]
    }
}
