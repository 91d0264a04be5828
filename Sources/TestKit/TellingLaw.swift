public import CommunityKernel
public import WireProtocol

/// The law of what is told (protocol 9): the update of a changed entity bears `id`, `revision`, `state` and every field
/// that changed, as its query gives it, and `null` for what is gone.
///
/// It knows no entity by name: it asks for one before and after something happens, and looks at what was appended.
public struct TellingLaw {
    /// The community.
    public let c: TestCommunity
    /// Who asks, and reads the updates.
    public let reader: Member
    /// The fields that are each reader's own, or a sum that other entities change.
    public let ignored: Set<String>

    /// Makes it.
    public init(_ c: TestCommunity, reader: Member, ignoring ignored: Set<String> = ["me"]) {
        self.c = c
        self.reader = reader
        self.ignored = ignored
    }

    /// What an update should have borne and did not, after `act`; `entities` asks for all there are, by their ids.
    ///
    /// Of those whose revision is the same nothing is asked: what differs there is no change of theirs.
    public func broken(
        _ what: String,
        _ entities: () throws -> [JSON],
        _ act: () throws -> Void
    ) throws -> [String] {
        let before = try byID(entities())
        let head = c.head
        try act()
        let after = try byID(entities())
        let told = try c.updates(for: reader, after: head)
        var problems: [String] = []
        if before == after, told.isEmpty { problems.append("\(what): nothing happened") }
        for (id, now) in after.sorted(by: { $0.key < $1.key }) {
            let former = before[id]
            if former == now { continue }
            if let revision = former?["revision"], revision == now["revision"] { continue }
            problems += missing(id, from: former, to: now, told).map { "\(what): \(id): \($0)" }
        }
        return problems
    }

    private func byID(_ entities: [JSON]) -> [Int64: JSON] {
        Dictionary(entities.compactMap { one in one["id"]?.int.map { ($0, one) } }, uniquingKeysWith: { $1 })
    }

    private func missing(_ id: Int64, from former: JSON?, to now: JSON, _ told: [PastUpdate]) -> [String] {
        var borne: [String: JSON] = [:]
        for update in told where update.data["id"]?.int == id {
            for member in update.data.members { borne[member.name] = member.value }
        }
        if borne.isEmpty { return ["no update"] }
        var problems: [String] = []
        for member in now.object?.members ?? [] where !ignored.contains(member.name) {
            let isAlways = ["id", "revision", "state"].contains(member.name)
            guard isAlways || former?[member.name] != member.value, borne[member.name] != member.value else { continue }
            problems.append("\(member.name) is \(member.value), told \(borne[member.name] ?? "nothing")")
        }
        for member in former?.object?.members ?? []
        where !ignored.contains(member.name) && now[member.name] == nil && borne[member.name] != .null {
            problems.append("\(member.name) is gone, told \(borne[member.name] ?? "nothing")")
        }
        return problems
    }
}
