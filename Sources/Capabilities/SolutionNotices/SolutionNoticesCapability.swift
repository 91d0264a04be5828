public import Documents
public import Events
public import Journal
public import Notifications
public import People
import WireProtocol

/// What those are told who have a part in documents, solutions and adoptions: who wrote, who is asked, who took over.
///
/// It reads what becomes of them in the journal, each update once and also across a crash, so that neither of them knows
/// of notifications.
public struct SolutionNoticesCapability: Capability {
    /// The capability's name.
    public let name = "solutionNotices"
    /// Its schema.
    public let migrations = SolutionNoticeMigrations.all
    private let following: FollowingSolutions

    /// Makes it.
    public init(
        documents: DocumentAccess,
        solutions: EventAccess,
        telling: TellingNotices,
        settings: SolutionNoticeSettings = SolutionNoticeSettings()
    ) {
        following = FollowingSolutions(
            circles: Circles(documents: documents, solutions: solutions, settings: settings),
            telling: telling,
            reach: settings.reach
        )
    }

    /// What becomes of waiting notices with a person.
    public static let neighbour: any PeopleNeighbour = SolutionNoticesNeighbour()

    /// The documents, solutions and adoptions that notifications tell of.
    public static func topics(documents: DocumentAccess, solutions: EventAccess) -> any NoticeTopics {
        SolutionTopics(documents: documents, solutions: solutions)
    }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.follow(following.follower)
        registry.tick(following.tick)
    }
}

/// How many are told of documents and solutions.
public struct SolutionNoticeSettings: Sendable {
    /// Who began a document or solution and those who wrote in it last.
    public var writers: Int64 = 50
    /// Members of a network who are told of a solution that nobody was asked to review, or for the cities that took one
    /// over.
    public var reach: Int64 = 200

    /// What holds unless told.
    public init() {}
}

/// The waiting notices of what somebody did who is gone name nobody.
struct SolutionNoticesNeighbour: PeopleNeighbour {
    func erase(_ person: PersonID, _ work: UnitOfWork) throws {
        try work.sql.execute("UPDATE solution_notice SET author = 0 WHERE author = \(person)")
    }

    func export(_ person: PersonID, _ sql: any SQLReader) throws -> [(String, JSON)] { [] }
}
