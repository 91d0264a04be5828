public import CommunityKernel
import Journal
public import WireProtocol

/// A solution as the store knows one.
public struct SolutionRecord: Sendable {
    /// The id.
    public let id: SolutionID
    /// Whose.
    public let network: NetworkID
    /// Its text.
    public let document: DocumentID
    /// What it is called.
    public var title: String
    /// The metropolitan city that it comes from.
    public let city: OrganisationID
    /// What it is about.
    public let area: SolutionArea
    /// Where it stands.
    public var state: SolutionState
    /// The version that is being written or was published last.
    public var version: Int64
    /// The newest published version.
    public var published: Int64?
    /// Rises with each change.
    public var revision: Int64
    /// The SPDX identifier.
    public var licence: String?
    /// What it costs.
    public var cost: SolutionCost?
    /// The solution that took its place.
    public var supersededBy: SolutionID?
    /// Who started it.
    public let creator: MemberID
    /// When it was started.
    public let at: Instant
    /// When it was last changed.
    public var changed: Instant

    static let columns: SQLQuery = """
        s.id, s.network, s.document, s.title, s.city, s.area, s.state, s.version, s.published, s.revision, s.licence, \
        s.superseded_by, s.creator, s.at, s.changed_at, s.cost_once, s.cost_yearly
        """

    init(_ row: any SQLRow) {
        id = row.id(0)
        network = row.id(1)
        document = row.id(2)
        title = row.text(3)
        city = row.id(4)
        area = SolutionArea(rawValue: row.text(5)) ?? .edilizia
        state = SolutionState(rawValue: row.text(6)) ?? .withdrawn
        version = row.int(7)
        published = row.optionalInt(8)
        revision = row.int(9)
        licence = row.optionalText(10)
        supersededBy = row.optionalID(11)
        creator = row.id(12)
        at = row.instant(13)
        changed = row.instant(14)
        let cost = SolutionCost(once: row.optionalInt(15), yearly: row.optionalInt(16))
        self.cost = cost.isEmpty ? nil : cost
    }

    init(_ command: CreateSolution, id: SolutionID, document: DocumentID, _ work: UnitOfWork) {
        self.id = id
        self.document = document
        network = command.network
        title = command.title
        city = command.city
        area = command.area
        state = .draft
        version = 1
        revision = 1
        creator = work.actor.id
        at = work.now
        changed = work.now
    }

    var standing: SolutionStanding { SolutionStanding(state: state, version: shown, revision: revision) }

    /// Whether nothing is being written: what is shown is the newest version.
    var isAtRest: Bool { [.published, .superseded, .withdrawn].contains(state) }

    /// The version that is shown: a next one that was begun is nobody's once the solution is withdrawn or superseded.
    var shown: Int64 { isAtRest ? published ?? version : version }

    /// Who started it, as far as somebody did.
    var createdBy: MemberID? { creator.rawValue == 0 ? nil : creator }

    /// What an update says of each change.
    var news: SolutionView {
        var view = SolutionView()
        view.id = id
        view.revision = revision
        view.state = state
        view.version = shown
        view.published = published
        return view
    }

    /// `conflict`: the state does not allow it, or the revision is another one.
    func refused(_ message: String) -> WireError {
        .conflict(message, current: .members(["state": .string(state.rawValue), "revision": .int(revision)]))
    }

    func requireNewest(_ read: Int64) throws {
        guard read == revision else { throw refused("there is a newer revision") }
    }

    func require(_ allowed: SolutionState...) throws {
        guard allowed.contains(state) else { throw refused("the solution is \(state.rawValue)") }
    }
}
