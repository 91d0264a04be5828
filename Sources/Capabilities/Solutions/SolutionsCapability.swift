public import Channels
public import Documents
public import Events
public import Files
public import Journal
public import People
import WireProtocol

/// Solutions that were tested, what they were tried in, and who takes them over.
public struct SolutionsCapability: Capability {
    /// The capability's name.
    public let name = "solutions"
    /// Its schema.
    public let migrations = SolutionMigrations.all
    private let writing: WritingSolutions
    private let reviewing: ReviewingSolutions
    private let reading: ReadingSolutions
    private let references: SolutionReferences
    private let running: RunningExperiments
    private let experiments: ExperimentViews
    private let takingOver: TakingOver
    private let adoptions: AdoptionViews
    private let kits: KitRoutes

    /// Makes it.
    public init(
        events: EventAccess,
        channels: ChannelAccess,
        documents: DocumentShelf,
        vault: FileVault,
        settings: SolutionSettings = SolutionSettings()
    ) {
        let access = SolutionAccess(events: events)
        let facts = SolutionFacts(access: access)
        let telling = TellingSolutions(facts: facts)
        writing = WritingSolutions(access: access, telling: telling, documents: documents, settings: settings)
        reviewing = ReviewingSolutions(access: access, telling: telling, documents: documents, settings: settings)
        references = SolutionReferences(access: access, channels: channels)
        running = RunningExperiments(access: access)
        experiments = ExperimentViews(access: access)
        takingOver = TakingOver(access: access)
        adoptions = AdoptionViews(access: access, takingOver: takingOver)
        let views = SolutionViews(
            access: access,
            facts: facts,
            references: references,
            adoptions: adoptions,
            experiments: experiments
        )
        reading = ReadingSolutions(access: access, views: views)
        kits = KitRoutes(
            access: access,
            views: views,
            writing: writing,
            documents: documents,
            vault: vault,
            settings: settings
        )
    }

    /// The solutions, for capabilities that read them.
    public var shelf: SolutionShelf { SolutionShelf(access: reading.access, views: reading.views) }

    /// Erasure and export of what a person wrote and reviewed.
    public static let neighbour: any PeopleNeighbour = SolutionsNeighbour()

    /// What an edit of a solution's document means for it.
    public static func texts(_ access: EventAccess) -> any DocumentHolder {
        SolutionTexts(telling: TellingSolutions(facts: SolutionFacts(access: SolutionAccess(events: access))))
    }

    /// Who reads the files of experiments and adoptions.
    public static func files(_ access: EventAccess) -> any FileHolder {
        SolutionEvidence(access: SolutionAccess(events: access))
    }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(CreateSolution.self, access: .networkMember, writing.create)
        registry.command(ChangeSolution.self, access: .networkMember, writing.change)
        registry.command(WriteSolution.self, access: .networkMember, writing.write)
        registry.command(LicenseSolution.self, access: .networkMember, writing.license)
        registry.command(ReferSolution.self, access: .networkMember, references.refer)
        registry.command(SubmitSolution.self, access: .networkMember, reviewing.submit)
        registry.command(AskReview.self, access: .networkMember, reviewing.askMore)
        registry.command(ReturnSolution.self, access: .networkMember, reviewing.giveBack)
        registry.command(ApproveSolution.self, access: .networkMember, reviewing.approve)
        registry.command(PublishSolution.self, access: .networkMember, reviewing.publish)
        registry.command(WithdrawSolution.self, access: .networkMember, reviewing.withdraw)
        registry.command(SupersedeSolution.self, access: .networkMember, reviewing.supersede)
        registry.query(GetSolution.self, access: .networkMember, bots: true, reading.get)
        registry.query(ListSolutions.self, access: .person, bots: true, reading.list)
        registry.command(CreateExperiment.self, access: .networkMember, running.create)
        registry.command(ChangeExperiment.self, access: .networkMember, running.change)
        registry.command(AdvanceExperiment.self, access: .networkMember, running.advance)
        registry.query(GetExperiment.self, access: .networkMember, bots: true, experiments.get)
        registry.query(ListExperiments.self, access: .person, bots: true, experiments.list)
        registry.command(RequestAdoption.self, access: .networkMember, takingOver.request)
        registry.command(AdvanceAdoption.self, access: .networkMember, takingOver.advance)
        registry.command(AppointReferent.self, access: .networkMember, takingOver.appoint)
        registry.query(GetAdoption.self, access: .networkMember, bots: true, adoptions.get)
        registry.query(ListAdoptions.self, access: .person, bots: true, adoptions.list)
        for route in kits.all { registry.route(route) }
    }
}
