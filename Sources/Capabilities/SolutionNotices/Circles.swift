import CommunityKernel
import Documents
import Events
import Journal
import Networks
import Notifications
import Solutions
import WireProtocol

/// Whom something concerns.
struct Circle {
    /// As what somebody is told, and of what.
    struct Part {
        let kind: NotificationKind
        let told: SolutionNews
    }

    let network: NetworkID
    /// Those whom it concerns by name.
    var named: [PersonID: Part] = [:]
    /// Those of the network's members whom it concerns besides.
    var wide: (part: Part, includes: (PersonID) throws -> Bool)?

    init(network: NetworkID) { self.network = network }

    mutating func add(_ people: some Sequence<PersonID>, _ kind: NotificationKind, _ told: SolutionNews) {
        for person in people where person.rawValue > 0 && named[person] == nil {
            named[person] = Part(kind: kind, told: told)
        }
    }
}

/// Finds out whom something concerns, by what holds when they are told.
struct Circles: Sendable {
    private let documents: DocumentPeople
    private let solutions: SolutionPeople
    private let writers: Int
    /// People who were in one thread, reviewers and adoptions looked at.
    private let most = 500

    init(documents: DocumentAccess, solutions: EventAccess, settings: SolutionNoticeSettings) {
        self.documents = DocumentPeople(access: documents)
        self.solutions = SolutionPeople(access: solutions)
        writers = Int(settings.writers)
    }

    private static let reader = Member.system

    /// Nil for what is not there any more.
    func circle(of happening: Happening, _ work: UnitOfWork) throws -> Circle? {
        switch happening.topic {
        case .document(let id):
            guard let document = try documents.document(id, for: Self.reader, work.sql) else { return nil }
            return try circle(of: happening, document, work.sql)
        case .solution(let id):
            guard let solution = try solutions.solution(id, for: Self.reader, work.sql) else { return nil }
            switch happening.concern {
            case .own: return try circle(of: happening, solution, work)
            case .adopters: return try adopters(happening, solution, work)
            }
        case .adoption(let id):
            guard let adoption = try solutions.adoption(id, for: Self.reader, work.sql),
                let solution = try solutions.solution(adoption.solution, for: Self.reader, work.sql)
            else { return nil }
            return try circle(of: happening, adoption, solution, work)
        case .event: return nil
        }
    }

    // MARK: Documents

    private func circle(of happening: Happening, _ document: DocumentRecord, _ sql: any SQLReader) throws -> Circle {
        var circle = Circle(network: document.network)
        switch happening.told {
        case .commented:
            let comment = try documents.comment(CommentID(happening.detail), sql)
            circle.add(comment?.mentions ?? [], .mention, .commented)
            circle.add(try writers(of: document, sql), .comment, .commented)
        case .replied:
            let reply = try documents.comment(CommentID(happening.detail), sql)
            circle.add(reply?.mentions ?? [], .mention, .replied)
            let thread = try reply?.thread.map { try documents.participants(in: $0, limit: most, sql) }
            circle.add(thread ?? [], .reply, .replied)
        case .resolved:
            let comment = try documents.comment(CommentID(happening.detail), sql)
            circle.add([comment?.author].compactMap { $0 }, .comment, .resolved)
        case .suggested: circle.add(try writers(of: document, sql), .comment, .suggested)
        default:
            let proposer = try documents.proposer(of: SuggestionID(happening.detail), sql)
            circle.add([proposer].compactMap { $0 }, .comment, happening.told)
        }
        return circle
    }

    /// Those who wrote in a document; of a solution's also those who wrote other parts of its kit.
    private func writers(of document: DocumentRecord, _ sql: any SQLReader) throws -> [PersonID] {
        let own = try documents.writers(of: document.id, limit: writers, sql)
        guard let solution = try solutions.solution(of: document.id, sql) else { return own }
        return try own + solutions.writers(of: solution, limit: writers, sql)
    }

    // MARK: Solutions

    private func circle(of happening: Happening, _ solution: SolutionRecord, _ work: UnitOfWork) throws -> Circle {
        var circle = Circle(network: solution.network)
        let reviewers = try solutions.reviewers(of: solution.id, version: happening.detail, limit: most, work.sql)
        if happening.told == .asked {
            let asked = try Happening.people(namedBy: happening.seq, work.sql)
            let waiting = reviewers.filter { $0.state == .asked && asked.contains($0.person) }
            circle.add(waiting.map(\.person), .review, .asked)
            return circle
        }
        guard happening.told == .submitted else {
            circle.add(try solutions.writers(of: solution, limit: writers, work.sql), .solution, happening.told)
            if happening.told != .concluded { circle.add(reviewers.map(\.person), .solution, happening.told) }
            return circle
        }
        // Who was asked since is told of that, and not of this too.
        let since = try solutions.asks(of: solution.id, after: happening.seq, limit: most, work.sql)
        let later = Set(try since.flatMap { try Happening.people(namedBy: $0, work.sql) })
        let first = reviewers.filter { !later.contains($0.person) }
        for (person, state) in first { circle.add([person], .review, state == .asked ? .asked : .submitted) }
        // Where nobody was asked, anybody may come forward.
        guard first.isEmpty else { return circle }
        let (solutions, now) = (solutions, work.now)
        circle.wide = (
            Circle.Part(kind: .review, told: .submitted),
            { try solutions.mayReview(solution, $0, at: now, work.sql) }
        )
        return circle
    }

    /// Those who follow the adoptions of a solution, and those who run the network for the cities that took it over;
    /// where nobody follows an adoption, the members who act for its city.
    private func adopters(_ happening: Happening, _ solution: SolutionRecord, _ work: UnitOfWork) throws -> Circle {
        var circle = Circle(network: solution.network)
        // Of a new version those are told who have an older one.
        let newest = happening.told == .published ? happening.detail - 1 : happening.detail
        let adoptions = try solutions.adoptions(of: solution.id, upTo: newest, limit: most, work.sql)
        circle.add(adoptions.compactMap(\.referent), .adoption, happening.told)
        let cities = Set(adoptions.map(\.city))
        let followed = Set(try adoptions.filter { try follows($0.referent, $0, work.sql) }.map(\.city))
        let facilitators = Set(try NetworkStore.facilitators(of: solution.network, work.sql))
        guard !cities.isEmpty else { return circle }
        let (solutions, now) = (solutions, work.now)
        circle.wide = (
            Circle.Part(kind: .adoption, told: happening.told),
            { person in
                let concerned = facilitators.contains(person) ? cities : cities.subtracting(followed)
                return try !concerned.isEmpty && solutions.actsFor(concerned, person, at: now, work.sql)
            }
        )
        return circle
    }

    // MARK: Adoptions

    private func circle(
        of happening: Happening,
        _ adoption: FollowedAdoption,
        _ solution: SolutionRecord,
        _ work: UnitOfWork
    ) throws
        -> Circle
    {
        let sql = work.sql
        var circle = Circle(network: adoption.network)
        let asker = try solutions.asker(of: adoption.id, sql)
        let followers = [adoption.referent, adoption.originReferent, asker].compactMap { $0 }
        circle.add(followers, .adoption, happening.told)
        // The city of origin hears of what arrives and of what came of it; of the rest while nobody follows it there.
        let isFollowedAtOrigin = try follows(adoption.originReferent, adoption, sql)
        if [.requested, .inUse].contains(happening.told) || !isFollowedAtOrigin {
            circle.add(try solutions.writers(of: solution, limit: writers, sql), .adoption, happening.told)
        }
        guard happening.told != .requested else {
            circle.add(try NetworkStore.facilitators(of: adoption.network, sql), .adoption, .requested)
            return circle
        }
        // While nobody follows it for the adopting city, its members hear how it goes on.
        if try !follows(adoption.referent, adoption, sql) {
            let (solutions, now) = (solutions, work.now)
            circle.wide = (
                Circle.Part(kind: .adoption, told: happening.told),
                { try solutions.actsFor([adoption.city], $0, at: now, work.sql) }
            )
        }
        return circle
    }

    /// Whether an adoption has a referent who is still in its network; who was removed is told nothing any more.
    private func follows(_ referent: PersonID?, _ adoption: FollowedAdoption, _ sql: any SQLReader) throws -> Bool {
        try referent.map { try NetworkStore.role(of: $0, in: adoption.network, sql) != nil } ?? false
    }
}
