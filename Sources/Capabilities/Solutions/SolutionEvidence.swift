import CommunityKernel
import Files
import Journal
import WireProtocol

/// Who reads the files of experiments and of the steps of adoptions: who reads those.
struct SolutionEvidence: FileHolder {
    let access: SolutionAccess

    func mayRead(_ entity: Int64, _ member: Member, _ sql: any SQLReader) throws -> Bool? {
        let network: NetworkID? = try sql.first(
            """
            SELECT network FROM experiment WHERE id = \(entity)
            UNION ALL SELECT a.network FROM adoption_step t JOIN adoption a ON a.id = t.adoption WHERE t.seq = \(entity)
            """
        ) { $0.id(0) }
        return try network.map { try access.mayRead($0, member, sql) }
    }
}
