public import Channels
public import Documents
public import Events
public import Journal
public import Solutions
import WireProtocol

/// One box that finds messages, files, events, documents, solutions and people among what the reader may read at that moment.
public struct SearchCapability: Capability {
    /// The name `search`.
    public let name = "search"
    /// The index.
    public var migrations: [Migration] { SearchMigrations.all }

    private let access: ChannelAccess
    private let events: EventAccess
    private let documents: DocumentsCapability
    private let solutions: SolutionShelf

    /// Makes it.
    public init(
        access: ChannelAccess,
        events: EventAccess,
        documents: DocumentsCapability,
        solutions: SolutionShelf
    ) {
        self.access = access
        self.events = events
        self.documents = documents
        self.solutions = solutions
    }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        let searching = Searching(access: access, events: events, documents: documents.access)
        registry.query(Search.self, access: .person, bots: true, searching.answer)
        registry.query(
            SimilarSolutions.self,
            access: .networkMember,
            bots: true,
            FindingAlike(solutions: solutions).answer
        )
        registry.follow(SearchIndex.follower)
        registry.tick(SearchIndex.rewriting)
        registry.tick(SearchIndex.tidying)
        registry.tick(IndexingTexts(documents: documents.shelf).tick)
    }
}
