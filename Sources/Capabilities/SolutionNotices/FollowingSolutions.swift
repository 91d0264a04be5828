import CommunityKernel
import Documents
import Journal
import Networks
import Notifications
import WireProtocol

/// Reads what becomes of documents, solutions and adoptions, and tells those concerned.
struct FollowingSolutions: Sendable {
    let circles: Circles
    let telling: TellingNotices
    /// Members of a network who are told because something concerns whoever wants to come forward.
    let reach: Int64
    /// People looked at in one transaction.
    private let page = 50
    /// What happened longer ago than this is history, not news, seconds: a journal that is read for the first time.
    private let lateness: Int64 = 86_400

    init(circles: Circles, telling: TellingNotices, reach: Int64) {
        self.circles = circles
        self.telling = telling
        self.reach = reach
    }

    private static let ofComments: [String: SolutionNews] = [
        DocumentCommented.name: .commented, CommentReplied.name: .replied, CommentResolved.name: .resolved,
        ChangeSuggested.name: .suggested, SuggestionAccepted.name: .suggestionAccepted,
        SuggestionRejected.name: .suggestionRejected,
    ]

    private static let ofSolutions: [String: SolutionNews] = [
        SolutionSubmitted.name: .submitted, SolutionAsked.name: .asked, SolutionReturned.name: .returned,
        SolutionApproved.name: .approved,
        SolutionPublished.name: .published, SolutionWithdrawn.name: .withdrawn, SolutionSuperseded.name: .superseded,
    ]

    var follower: Follower {
        Follower(
            name: "solutionNotices",
            types: Set(Self.ofComments.keys).union(Self.ofSolutions.keys).union([
                AdoptionRequested.name, AdoptionAdvanced.name, AdoptionAppointed.name, ExperimentAdvanced.name,
                DocumentMoved.name,
            ]),
            handle: handle
        )
    }

    private func handle(_ update: PastUpdate, _ work: UnitOfWork) throws {
        guard let id = update.data["id"]?.int else { return }
        if update.type == DocumentMoved.name { return try move(DocumentID(id), work) }
        guard update.at.advanced(bySeconds: lateness) >= work.now else { return }
        if let told = Self.ofComments[update.type] {
            guard let document = update.data["document"]?.int else { return }
            var happening = Happening(told, of: .document(DocumentID(document)), update)
            happening.detail = id
            return try begin(happening, work)
        }
        if let told = Self.ofSolutions[update.type] {
            var happening = Happening(told, of: .solution(SolutionID(id)), update)
            // What was withdrawn or superseded is the published version.
            let version = [.withdrawn, .superseded].contains(told) ? "published" : "version"
            happening.detail = update.data[version]?.int ?? 0
            if [.published, .withdrawn, .superseded].contains(told) {
                var other = happening
                other.concern = .adopters
                try begin(other, work)
            }
            return try begin(happening, work)
        }
        try follow(update, id, work)
    }

    private func follow(_ update: PastUpdate, _ id: Int64, _ work: UnitOfWork) throws {
        let state = update.data["state"]?.string
        switch update.type {
        case AdoptionRequested.name: try begin(Happening(.requested, of: .adoption(AdoptionID(id)), update), work)
        case AdoptionAppointed.name: try begin(Happening(.appointed, of: .adoption(AdoptionID(id)), update), work)
        case AdoptionAdvanced.name:
            // The steps are called alike.
            guard let told = state.flatMap(AdoptionState.init).flatMap({ SolutionNews(rawValue: $0.rawValue) }) else {
                return
            }
            try begin(Happening(told, of: .adoption(AdoptionID(id)), update), work)
        default:
            guard state == ExperimentState.concluded.rawValue, let solution = update.data["solution"]?.int else {
                return
            }
            try begin(Happening(.concluded, of: .solution(SolutionID(solution)), update), work)
        }
    }

    private func move(_ id: DocumentID, _ work: UnitOfWork) throws {
        guard let document = try DocumentStore.document(id, work.sql) else { return }
        try telling.moved(.document(id), to: document.network, work)
    }

    // MARK: Telling

    private func begin(_ happening: Happening, _ work: UnitOfWork) throws {
        // One after the other, or somebody would hear of the last one first.
        if try Happening.isAnyLeft(work.sql) { return try happening.save(work.sql) }
        try advance(happening, work)?.save(work.sql)
    }

    /// Tells those whom the follower had to leave for later.
    var tick: Tick {
        Tick(
            name: "solutionNotices",
            seconds: 1,
            isDue: { try Happening.isAnyLeft($0.sql) },
            run: { work in
                guard let happening = try Happening.next(work.sql) else { return false }
                if let rest = try advance(happening, work) {
                    try rest.save(work.sql)
                } else {
                    try happening.remove(work.sql)
                }
                return true
            }
        )
    }

    /// Tells a page of people; where to go on, nil at the end.
    private func advance(_ happening: Happening, _ work: UnitOfWork) throws -> Happening? {
        guard let circle = try circles.circle(of: happening, work) else { return nil }
        var rest = happening
        if !rest.isWide {
            let people = circle.named.filter { $0.key > rest.after }.sorted { $0.key < $1.key }.prefix(page)
            for (person, part) in people { _ = try tell(person, part, happening, in: circle.network, work) }
            if let last = people.last?.key, people.count == page {
                rest.after = last
                return rest
            }
            rest.isWide = true
            rest.after = MemberID()
        }
        guard let wide = circle.wide else { return nil }
        let members = try NetworkStore.members(of: circle.network, after: rest.after, limit: page, work.sql)
        for member in members where try circle.named[member] == nil && wide.includes(member) {
            guard rest.reached < reach else { return nil }
            if try tell(member, wide.part, happening, in: circle.network, work) { rest.reached += 1 }
        }
        guard members.count == page, let last = members.last else { return nil }
        rest.after = last
        return rest
    }

    private func tell(
        _ person: PersonID,
        _ part: Circle.Part,
        _ happening: Happening,
        in network: NetworkID,
        _ work: UnitOfWork
    ) throws
        -> Bool
    {
        var notice = Notice(
            person: person,
            topic: happening.topic,
            network: network,
            kind: part.kind,
            at: happening.at,
            subject: happening.seq
        )
        notice.told = part.told
        notice.author = happening.author
        if [.commented, .replied, .resolved].contains(part.told) { notice.comment = CommentID(happening.detail) }
        return try telling.tell(notice, work)
    }
}
