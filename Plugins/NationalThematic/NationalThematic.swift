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
    public let didCommitTypes: Set<String>? = ["network.joined", "event.published"]

    /// Anyone with a mandate in a metropolitan city or in a comune of one.
    public func mayJoin(_ network: NetworkFact, with mandates: [MandateFact]) -> Bool {
        mandates.contains { mandate in
            mandate.city != nil && ["citta_metropolitana", "comune"].contains(mandate.organisationKind)
        }
    }

    /// As many as the network's setting says.
    public func approvals(in network: NetworkFact) -> Int64 { network.settings["reviewers"]?.int ?? 1 }

    /// Writes the greeting, when the network has one; announces a webinar in the local networks, unless its reach is
    /// local, and of a cycle the first one for all.
    public func didCommit(_ update: PastUpdate, in network: NetworkFact) throws -> [HookEffect] {
        switch update.type {
        case "network.joined":
            guard let text = network.settings["welcome"]?.string, !text.isEmpty else { return [] }
            return [.post(channelSlug: "generale", text: text)]
        case "event.published":
            let event = update.data
            let series = event["series"]
            guard event["kind"]?.string == "webinar", event["reach"]?.string != "local",
                series?["index"]?.int ?? 1 == 1, let id = event["id"]?.int, let title = event["title"]?.string
            else { return [] }
            let cycle = series?["of"]?.int.map { ", il primo di un ciclo di \($0)" } ?? ""
            let text = """
                La rete tematica nazionale **\(network.name.it.asMarkdown)** (#\(network.id.rawValue)) invita al webinar \
                **\(title.asMarkdown)**\(cycle)\(Self.day(of: event["start"])). Programma e iscrizioni: #\(id); chi non è \
                ancora nella rete vi entra dalla sua pagina.
                """
            return [.announce(networksOf: "Local", channelSlug: "annunci", text: text)]
        default: return []
        }
    }

    /// `, il 12/03/2027 alle 10:00`, or the day alone.
    private static func day(of start: JSON?) -> String {
        let local = start?["local"]?.string ?? start?["date"]?.string ?? ""
        let parts = local.split(separator: "T")
        guard let date = parts.first?.split(separator: "-"), date.count == 3 else { return "" }
        let time = parts.count == 2 ? " alle \(parts[1].prefix(5))" : ""
        return ", il \(date[2])/\(date[1])/\(date[0])\(time)"
    }

    /// What those are asked who register.
    public func registrationForm(for eventKind: String) -> [FormField] {
        eventKind == "webinar" ? [.question] : [.needs]
    }
}

extension String {
    /// The text as it is, whatever it would mean in Markdown or as a mention.
    fileprivate var asMarkdown: String {
        String(flatMap { $0.isPunctuation || $0.isSymbol ? $0.isASCII ? ["\\", $0] : [$0] : [$0] })
    }
}
