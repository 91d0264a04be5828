import CommunityKernel
import Files
import Journal
import WireProtocol

/// `adoption.request`, `.advance` and `.appoint`.
struct TakingOver: Sendable {
    let access: SolutionAccess

    func request(_ command: RequestAdoption, _ work: UnitOfWork) throws -> CreatedAdoption {
        let solution = try access.writable(command.solution, work)
        try access.requireCityExists(command.city, work.sql)
        try access.requireCity(command.city, in: solution.network, work)
        guard command.city != solution.city else { throw WireError.invalid("with.city", "same_city") }
        guard ![.superseded, .withdrawn].contains(solution.state), let newest = solution.published else {
            throw solution.refused("the solution is \(solution.state.rawValue)")
        }
        guard command.version <= newest else { throw solution.refused("version \(command.version) is not published") }
        let former = try AdoptionStore.adoption(
            of: solution.id,
            version: command.version,
            by: command.city,
            work.sql
        )
        if let former {
            guard former.state == .requested else { throw former.refused("that city adopts it already") }
            work.repeats = true
            return CreatedAdoption(id: former.id)
        }
        let own = try access.cities(of: work.actor.id, at: work.now, work.sql).contains(command.city)
        let adoption = AdoptionRecord(command, of: solution, referent: own ? work.actor.id : nil, work)
        try AdoptionStore.insert(adoption, work.sql)
        try AdoptionStore.note(adoption, nil, seq: work.nextSeq, work)
        try AdoptionViews.tell(AdoptionRequested.init, adoption, of: solution, since: nil, work)
        return CreatedAdoption(id: adoption.id)
    }

    func advance(_ command: AdvanceAdoption, _ work: UnitOfWork) throws -> AdoptionStanding {
        var (adoption, solution) = try adoption(command.adoption, work)
        guard try mayTake(command.to, adoption, solution, work.actor, at: work.now, work.sql) else {
            throw WireError.forbidden("for the two cities' members and the network's facilitators")
        }
        try adoption.requireNewest(command.revision)
        guard adoption.next.contains(command.to) else {
            throw adoption.refused("the adoption is \(adoption.state.rawValue)")
        }
        let before = try AdoptionViews.whole(adoption, of: solution, work.sql)
        adoption.state = command.to
        // Who acts first for the city of origin is its referent, until another one is named.
        if adoption.originReferent == nil,
            try access.cities(of: work.actor.id, at: work.now, work.sql).contains(solution.city)
        {
            adoption.originReferent = work.actor.id
        }
        try AdoptionStore.save(&adoption, work)
        let seq = work.nextSeq
        try AdoptionStore.note(adoption, command.note, seq: seq, work)
        for file in command.files ?? [] {
            _ = try FileStore.attach(file, toEntity: seq, by: work.actor, work)
        }
        try AdoptionViews.tell(AdoptionAdvanced.init, adoption, of: solution, since: before, work)
        return AdoptionStanding(state: adoption.state, revision: adoption.revision)
    }

    func appoint(_ command: AppointReferent, _ work: UnitOfWork) throws -> Nothing {
        var (adoption, solution) = try adoption(command.adoption, work)
        guard [adoption.city, solution.city].contains(command.city) else {
            throw WireError.invalid("with.city", "not_allowed")
        }
        try access.requireCity(command.city, in: adoption.network, work)
        let person = Member(id: command.person, kind: .person, name: "")
        guard try access.takesPart(person, in: adoption.network, work.sql),
            try access.cities(of: command.person, at: work.now, work.sql).contains(command.city)
        else { throw WireError.invalid("with.person", "not_a_member") }
        try adoption.requireNewest(command.revision)
        let before = try AdoptionViews.whole(adoption, of: solution, work.sql)
        if command.city == adoption.city {
            adoption.referent = command.person
        } else {
            adoption.originReferent = command.person
        }
        try AdoptionStore.save(&adoption, work)
        try AdoptionViews.tell(AdoptionAppointed.init, adoption, of: solution, since: before, work)
        return Nothing()
    }

    private func adoption(_ id: AdoptionID, _ work: UnitOfWork) throws -> (AdoptionRecord, SolutionRecord) {
        guard let adoption = try AdoptionStore.adoption(id, work.sql),
            try access.mayRead(adoption.network, work.actor, work.sql),
            let solution = try SolutionStore.solution(adoption.solution, work.sql)
        else { throw WireError.notFound }
        try access.requireMember(of: adoption.network, work)
        return (adoption, solution)
    }

    /// Whether somebody may take a step: the members of both cities, but nobody agrees for the other one.
    func mayTake(
        _ step: AdoptionState,
        _ adoption: AdoptionRecord,
        _ solution: SolutionRecord,
        _ member: Member,
        at now: Instant,
        _ sql: any SQLReader
    ) throws
        -> Bool
    {
        if try access.actsFor(solution.city, in: adoption.network, member, at: now, sql) { return true }
        if step != .agreed, try access.actsFor(adoption.city, in: adoption.network, member, at: now, sql) {
            return true
        }
        guard [adoption.originReferent, solution.createdBy].contains(member.id) else { return false }
        return try access.takesPart(member, in: adoption.network, sql)
    }
}
