public import CommunityKernel
import WireProtocol

/// The national thematic networks: people of metropolitan cities and of their comuni work on one subject.
public struct NationalThematicNetwork: NetworkType {
    /// Makes it.
    public init() {}

    /// The name on the wire.
    public let id = "NationalThematic"
    /// The name for people.
    public let label = Bilingual(it: "Rete tematica nazionale", en: "National thematic network")
    /// One sentence for people.
    public let summary = Bilingual(
        it: "Chi lavora nelle Città metropolitane e nei loro Comuni si confronta su uno stesso tema.",
        en: "People of metropolitan cities and their municipalities share their work on one subject."
    )

    /// The settings a network may have.
    public let settings = [
        SettingRule(
            name: "welcome",
            value: .text(maxBytes: 2_000),
            label: Bilingual(
                it: "Saluto scritto in «generale» all'ingresso di una persona",
                en: "Greeting written in “generale” when somebody joins"
            )
        ),
        SettingRule(
            name: "reviewers",
            value: .integer(1...5),
            label: Bilingual(
                it: "Approvazioni da altre città richieste a una soluzione",
                en: "Approvals from other cities that a solution needs"
            )
        ),
    ]

    /// Members take part; ANCI's and the cities' facilitators run the network.
    public let roles = RoleRule.standard

    /// The channels made at birth.
    public let defaultChannels = [
        DefaultChannel(slug: "generale", name: Bilingual(it: "Generale", en: "General")),
        DefaultChannel(slug: "annunci", name: Bilingual(it: "Annunci", en: "Announcements"), kind: .announcement),
        DefaultChannel(slug: "soluzioni", name: Bilingual(it: "Soluzioni", en: "Solutions")),
        DefaultChannel(slug: "webinar", name: Bilingual(it: "Webinar", en: "Webinars")),
    ]

    /// What documents may begin with.
    public let documentTemplates: [DocumentTemplate] = [.guidance, .notes]

    /// The event kinds allowed.
    public let eventKinds = ["national_network_meeting", "webinar", "training_day", "launch"]

    /// The updates that the hook reads.
    public let didCommitTypes: Set<String>? = ["network.joined"]

    /// Anyone with a mandate in a metropolitan city or in a comune of one.
    public func mayJoin(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool {
        mandates.contains { mandate in
            mandate.city != nil && ["citta_metropolitana", "comune"].contains(mandate.organisationKind)
        }
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
        eventKind == "webinar" ? [.question] : [.needs]
    }
}
