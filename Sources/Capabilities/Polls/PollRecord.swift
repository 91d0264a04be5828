import CommunityKernel
import Events
import Journal
import WireProtocol

/// A poll as the store knows one.
struct PollRecord {
    let id: PollID
    let network: NetworkID
    let kind: EventKind
    let title: String
    let weight: PollWeight
    let deadline: LocalTime?
    /// When the deadline is.
    let closes: Instant?
    var state: PollState
    /// Rises with each change.
    var revision: Int64
    /// The chosen date.
    var chosen: Int64?
    /// What it came to.
    var event: EventID?
    let creator: MemberID
    let created: Instant

    static let columns: SQLQuery = """
        p.id, p.network, p.kind, p.title, p.weight, p.deadline_local, p.deadline_zone, p.deadline, p.state, p.revision, \
        p.chosen, p.event, p.creator, p.created_at
        """

    init(_ row: any SQLRow) {
        id = row.id(0)
        network = row.id(1)
        kind = EventKind(rawValue: row.text(2)) ?? .other
        title = row.text(3)
        weight = PollWeight(rawValue: row.text(4)) ?? .person
        closes = row.optionalInstant(7)
        if let local = row.optionalText(5), let zone = row.optionalText(6) {
            deadline = LocalTime(local: local, zone: zone, utc: closes)
        } else {
            deadline = nil
        }
        state = PollState(rawValue: row.text(8)) ?? .closed
        revision = row.int(9)
        chosen = row.optionalInt(10)
        event = row.optionalID(11)
        creator = row.id(12)
        created = row.instant(13)
    }

    init(_ command: CreatePoll, closes: Instant?, _ work: UnitOfWork) {
        id = work.nextID()
        network = command.network
        kind = command.kind
        title = command.title
        weight = command.weight ?? .person
        deadline = command.deadline.map { LocalTime(local: $0.local, zone: $0.zone, utc: closes) }
        self.closes = closes
        state = .open
        revision = 1
        creator = work.actor.id
        created = work.now
    }

    /// What every update of it bears.
    var news: PollView {
        var view = PollView()
        view.id = id
        view.revision = revision
        view.state = state
        return view
    }

    /// What everybody sees of it.
    func view(_ options: [PollOption]) -> PollView {
        var view = news
        view.network = network
        view.kind = kind
        view.title = title
        view.weight = weight
        view.deadline = deadline
        view.options = options
        view.option = chosen
        view.event = event
        view.createdBy = creator.rawValue == 0 ? nil : creator
        view.at = created
        return view
    }

    /// `conflict`: its state does not allow that.
    func refused(_ message: String) -> WireError {
        .conflict(message, current: .members(["revision": .int(revision), "state": .string(state.rawValue)]))
    }
}

/// What somebody says to the dates of a poll, by their numbers.
struct PollVotes: Equatable {
    let answers: [Int64: PollAnswer]

    init(_ answers: [Int64: PollAnswer]) { self.answers = answers }

    /// Reads what a command says; a date that is not among the poll's, or a word that is no answer, is `invalid`.
    init(_ given: JSON?, of options: Set<Int64>) throws {
        guard let object = given?.object else {
            throw WireError.invalid("with.votes", given == nil ? "missing" : "wrong_type")
        }
        var answers: [Int64: PollAnswer] = [:]
        var problems: [FieldProblem] = []
        for member in object.members {
            guard let option = Int64(member.name), options.contains(option), String(option) == member.name else {
                problems.append(FieldProblem(path: "with.votes.\(member.name)", problem: "unknown"))
                continue
            }
            guard let answer = member.value.string.flatMap(PollAnswer.init(rawValue:)) else {
                problems.append(FieldProblem(path: "with.votes.\(member.name)", problem: "not_allowed"))
                continue
            }
            answers[option] = answer
        }
        guard problems.isEmpty else { throw WireError(.invalid, "the votes are not those asked for", fields: problems) }
        self.answers = answers
    }

    /// Reads what is kept.
    init(stored: String) {
        let object = (try? JSONParser.parse(Array(stored.utf8)))?.object ?? JSONObject()
        var answers: [Int64: PollAnswer] = [:]
        for member in object.members {
            guard let option = Int64(member.name), let word = member.value.string else { continue }
            answers[option] = PollAnswer(rawValue: word)
        }
        self.answers = answers
    }

    /// As the wire bears it, the dates in their order.
    var json: JSON {
        .object(
            JSONObject(
                answers.sorted { $0.key < $1.key }.map { .init(name: "\($0.key)", value: .string($0.value.rawValue)) }
            )
        )
    }

    /// As it is kept.
    var stored: String { String(decoding: json.text, as: UTF8.self) }
}

/// What one voter says.
struct PollBallotRecord {
    /// The person, or the city where cities answer.
    let voter: Int64
    let person: PersonID
    let city: OrganisationID?
    let votes: PollVotes
    let at: Instant

    init(voter: Int64, person: PersonID, city: OrganisationID?, votes: PollVotes, at: Instant) {
        self.voter = voter
        self.person = person
        self.city = city
        self.votes = votes
        self.at = at
    }

    init(_ row: any SQLRow) {
        voter = row.int(0)
        person = row.id(1)
        city = row.optionalID(2)
        votes = PollVotes(stored: row.text(3))
        at = row.instant(4)
    }

    var view: PollBallot { PollBallot(person: person, city: city, votes: votes.json, at: at) }
}
