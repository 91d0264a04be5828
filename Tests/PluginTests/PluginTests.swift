import CommunityKernel
import Coordination
import European
import Local
import NationalThematic
import Testing
import WireProtocol

@Suite("The rules of the network types")
struct PluginTests {
    static let all: [any NetworkType] = [
        NationalThematicNetwork(), LocalNetwork(), CoordinationNetwork(), EuropeanNetwork(),
    ]
    private let bologna = OrganisationID(10)
    private let bari = OrganisationID(20)

    private func mandate(
        _ role: String = "employee",
        kind: String = "comune",
        city: OrganisationID?,
        ends: Instant? = nil
    ) -> MandateFact {
        MandateFact(
            role: role,
            organisation: OrganisationID(99),
            organisationKind: kind,
            city: city,
            ends: ends
        )
    }

    private func network(_ settings: KeyValuePairs<String, JSON> = [:]) -> NetworkFact {
        NetworkFact(
            id: NetworkID(1),
            slug: "n",
            name: Bilingual(it: "Rete", en: "Network"),
            settings: JSON.members(settings).object ?? JSONObject()
        )
    }

    @Test("a national network is joined with a mandate in a metropolitan city or in a comune of one, and with no other")
    func nationalJoining() {
        let type = NationalThematicNetwork()
        #expect(type.mayJoin(network(), with: [mandate(city: bologna)]))
        #expect(type.mayJoin(network(), with: [mandate(kind: "citta_metropolitana", city: bologna)]))
        #expect(!type.mayJoin(network(), with: [mandate(city: nil)]))
        #expect(!type.mayJoin(network(), with: [mandate(kind: "regione", city: nil)]))
        #expect(!type.mayJoin(network(), with: []))
    }

    @Test("a local network is joined with a mandate in its city only")
    func localJoining() {
        let type = LocalNetwork()
        let local = network(["city": .int(10)])
        #expect(type.mayJoin(local, with: [mandate(city: bologna)]))
        #expect(!type.mayJoin(local, with: [mandate(city: bari)]))
        #expect(type.mayJoin(local, with: [mandate(city: bari), mandate(city: bologna)]))
        #expect(!type.mayJoin(network(), with: [mandate(city: bologna)]))
        #expect(type.mayBeAdded(local, with: [mandate(city: bari)]))
        #expect(!type.mayBeAdded(local, with: []))
        #expect(type.settings.contains { $0.name == "city" && $0.required })
    }

    @Test("a local network's sub-bodies are the comuni of its city; other networks have none")
    func subBodies() {
        let local = network(["city": .int(10)])
        for type in Self.all { #expect(type.subBodies(of: local) == (type.id == "Local" ? bologna : nil)) }
        #expect(LocalNetwork().subBodies(of: network()) == nil)
    }

    @Test("nobody joins a coordination body uninvited; mayors, those whom a city names, and ANCI are added")
    func coordination() {
        let type = CoordinationNetwork()
        #expect(!type.mayJoin(network(), with: [mandate("mayor", city: bologna)]))
        #expect(type.mayBeAdded(network(), with: [mandate("mayor", city: bologna)]))
        #expect(type.mayBeAdded(network(), with: [mandate("employee", city: bologna)]))
        #expect(type.mayBeAdded(network(), with: [mandate("anci_staff", kind: "altro", city: nil)]))
        #expect(!type.mayBeAdded(network(), with: [mandate("guest", kind: "altro", city: nil)]))
        #expect(!type.mayBeAdded(network(), with: [mandate("monitor", kind: "altro", city: nil)]))
    }

    @Test("a guest of the European network has a mandate that ends")
    func europeanGuests() {
        let type = EuropeanNetwork()
        let end = Instant(milliseconds: 1)
        #expect(!type.mayJoin(network(), with: [mandate(city: bologna)]))
        #expect(type.mayBeAdded(network(), with: [mandate(city: bologna)]))
        #expect(!type.mayBeAdded(network(), with: [mandate("guest", kind: "altro", city: nil)]))
        #expect(type.mayBeAdded(network(), with: [mandate("guest", kind: "altro", city: nil, ends: end)]))
    }

    @Test("each type is named after its module and makes the channels of the domain")
    func channels() {
        let slugs = Self.all.map { $0.defaultChannels.map(\.slug) }
        #expect(Self.all.map(\.id) == ["NationalThematic", "Local", "Coordination", "European"])
        #expect(
            slugs == [
                ["generale", "annunci", "soluzioni", "webinar"], ["generale", "annunci", "incontri"],
                ["generale", "atti"], ["general", "news"],
            ]
        )
        let announcements = Self.all.flatMap(\.defaultChannels).filter { $0.kind == .announcement }.map(\.slug)
        #expect(announcements == ["annunci", "annunci", "atti", "news"])
    }

    @Test("facilitators may do everything; members of a coordination body may call all of it, others only take part")
    func roles() {
        for type in Self.all {
            #expect(type.roles.map(\.role) == [.member, .facilitator])
            #expect(NetworkAct.allCases.allSatisfy { type.roles.allow($0, to: .facilitator) })
            let rights = NetworkAct.allCases.filter { type.roles.allow($0, to: .member) }
            #expect(rights == (type.id == "Coordination" ? [.mentionEverybody] : []))
        }
        #expect(Self.all.filter(\.guestsNeedSponsor).map(\.id) == ["European"])
        #expect(![RoleRule.facilitator].allow(.announce, to: .member))
    }

    @Test("every word that a person reads is there in both languages", arguments: [0, 1, 2, 3])
    func languages(index: Int) {
        let type = Self.all[index]
        let words =
            [type.label, type.summary] + type.settings.map(\.label) + type.defaultChannels.map(\.name)
            + type.roles.map(\.label)
        #expect(words.allSatisfy { !$0.it.isEmpty && !$0.en.isEmpty })
        #expect(!type.eventKinds.isEmpty)
    }

    @Test("who joins is greeted when the network has a greeting, and in silence when it has none")
    func greeting() throws {
        let joined = PastUpdate(
            seq: 5,
            stream: .network(NetworkID(1)),
            type: "network.joined",
            at: Instant(milliseconds: 0),
            by: MemberID(3),
            data: JSONObject()
        )
        let greeting = network(["welcome": .string("Ciao!")])
        let type = NationalThematicNetwork()
        #expect(try type.didCommit(joined, in: greeting) == [.post(channelSlug: "generale", text: "Ciao!")])
        #expect(try type.didCommit(joined, in: network()).isEmpty)
        #expect(try EuropeanNetwork().didCommit(joined, in: greeting) == [.post(channelSlug: "general", text: "Ciao!")])
    }
}
