public import CommunityKernel
public import WireProtocol

/// The coordination bodies: the national technical group and the metropolitan mayors.
public struct CoordinationNetwork: NetworkType {
    /// Makes it.
    public init() {}

    /// The name on the wire.
    public let id = "Coordination"
    /// The name for people.
    public let label = Bilingual(it: "Coordinamento", en: "Coordination body")
    /// One sentence for people.
    public let summary = Bilingual(
        it: "Sindache e sindaci metropolitani, o il gruppo tecnico nominato dalle città: si entra su invito.",
        en: "Metropolitan mayors, or the technical group named by the cities: by invitation."
    )

    /// The settings a network may have.
    public let settings = [
        SettingRule(
            name: "meetingEveryMonths",
            value: .integer(1...12),
            label: Bilingual(it: "Un incontro ogni quanti mesi", en: "Months from one meeting to the next")
        )
    ]

    /// Few people who decide together: each may call all of them, and the secretariat runs the body.
    public let roles = [
        RoleRule(
            .member,
            label: Bilingual(it: "Componente", en: "Member of the body"),
            acts: [.mentionEverybody]
        ),
        RoleRule(
            .facilitator,
            label: Bilingual(it: "Segreteria", en: "Secretariat"),
            acts: Set(NetworkAct.allCases)
        ),
    ]

    /// The channels made at birth.
    public let defaultChannels = [
        DefaultChannel(slug: "generale", name: Bilingual(it: "Generale", en: "General")),
        DefaultChannel(slug: "atti", name: Bilingual(it: "Atti", en: "Acts"), kind: .announcement),
    ]

    /// What documents may begin with.
    public let documentTemplates: [DocumentTemplate] = [.agenda, .notes]

    /// The event kinds allowed.
    public let eventKinds = ["coordination_meeting"]

    /// All of them do.
    public let hasRegularMeetings = true

    /// Every four months, unless the network says otherwise.
    public func regularMeetings(of network: NetworkFact) -> RegularMeetings? {
        RegularMeetings(
            kind: "coordination_meeting",
            months: network.settings["meetingEveryMonths"]?.int ?? 4
        )
    }

    /// They decide; solutions are worked on in the other networks.
    public let solutions = NetworkSolutions.none

    /// The updates that the hook reads.
    public let didCommitTypes: Set<String>? = []

    /// Nobody joins without being invited.
    public func mayJoin(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool { false }

    /// Mayors, their delegates and those whom a city names; and ANCI, which calls the meetings.
    public func mayBeAdded(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool {
        mandates.contains { mandate in
            switch mandate.role {
            case "anci_staff": true
            case "mayor", "administrator", "employee": mandate.city != nil
            default: false
            }
        }
    }

    /// What those are asked who register.
    public func registrationForm(for eventKind: String) -> [FormField] {
        [.needs]
    }
}
