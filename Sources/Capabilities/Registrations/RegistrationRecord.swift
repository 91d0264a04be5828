import CommunityKernel
import Journal
import WireProtocol

/// A registration as the store knows one.
struct RegistrationRecord: Sendable {
    let id: RegistrationID
    let event: EventID
    let person: PersonID
    var state: RegistrationState
    /// Who waits with a lower one is served first.
    let priority: Int64
    /// The place among those of the same priority; given anew whenever somebody enters the queue.
    var number: Int64
    var revision: Int64
    /// Until when a seat is kept, for whom it is offered.
    var expires: Instant?
    /// Why a facilitator decided so.
    var reason: String?
    var storedAnswers: String
    /// Who registered the person; 0 for the server.
    let creator: MemberID
    let created: Instant
    var changed: Instant
    /// For who waits since after registration closed: when that was; the clock leaves such a one in the queue.
    var outlived = Instant(milliseconds: 0)

    static let columns: SQLQuery = """
        r.id, r.event, r.person, r.state, r.priority, r.number, r.revision, r.expires, r.reason, r.answers, r.creator, \
        r.created_at, r.changed_at, r.outlived
        """

    init(_ row: any SQLRow) {
        id = row.id(0)
        event = row.id(1)
        person = row.id(2)
        state = RegistrationState(rawValue: row.text(3)) ?? .cancelled
        priority = row.int(4)
        number = row.int(5)
        revision = row.int(6)
        expires = row.optionalInstant(7)
        reason = row.optionalText(8)
        storedAnswers = row.text(9)
        creator = row.id(10)
        created = row.instant(11)
        changed = row.instant(12)
        outlived = row.instant(13)
    }

    init(
        id: RegistrationID,
        event: EventID,
        person: PersonID,
        state: RegistrationState,
        number: Int64,
        answers: String,
        _ work: UnitOfWork
    ) {
        self.id = id
        self.event = event
        self.person = person
        self.state = state
        self.number = number
        priority = 0
        revision = 1
        storedAnswers = answers
        creator = work.actor.id
        created = work.now
        changed = work.now
    }

    /// What the form asked.
    var answers: JSON { (try? JSONParser.parse(Array(storedAnswers.utf8))) ?? .null }

    /// `conflict`: its state does not allow that.
    func refused(_ message: String) -> WireError {
        .conflict(message, current: .members(["revision": .int(revision), "state": .string(state.rawValue)]))
    }
}
