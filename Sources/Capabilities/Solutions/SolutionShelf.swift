public import CommunityKernel
public import Journal
public import WireProtocol

/// The solutions that other capabilities read.
public struct SolutionShelf: Sendable {
    let access: SolutionAccess
    let views: SolutionViews

    /// The solution, when the member may know of it; else `not_found`.
    public func readable(_ id: SolutionID, by member: Member, _ sql: any SQLReader) throws -> SolutionRecord {
        try access.readable(id, by: member, sql)
    }

    /// The networks whose solutions a member reads, as a condition about a column.
    public func condition(_ column: SQLQuery, for member: Member, _ sql: any SQLReader) throws -> SQLQuery {
        try access.condition(column, for: member, sql)
    }

    /// Whether a member may know of a solution.
    public func mayRead(_ solution: SolutionRecord, _ member: Member, _ sql: any SQLReader) throws -> Bool {
        try access.mayRead(solution.network, member, sql)
    }

    /// A solution as lists show it; who may read it is the caller's to say.
    public func item(_ solution: SolutionRecord, _ sql: any SQLReader) throws -> SolutionView {
        try views.item(solution, sql)
    }
}
