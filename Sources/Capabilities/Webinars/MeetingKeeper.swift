import CommunityKernel
import Events
import Foundation
public import Journal
import Logging
import WireProtocol

/// Looks after the meetings at a server of rooms, on a thread of its own: it ends those whose event was called off or is long
/// over, and then asks for their recordings.
public final class MeetingKeeper: BackgroundService, @unchecked Sendable {
    // @unchecked: `isRunning`, `isStopping` and `canceller` are touched under `condition` only; the rest is constant or
    // synchronised by itself.
    private let room: BigBlueButtonRoom
    private let attaching: AttachingMaterials
    private let keeper: any AttendanceKeeper
    private let condition = NSCondition()
    private var isRunning = false
    private var isStopping = false
    private let canceller = HTTPCanceller()
    private let end = Bell()
    /// Milliseconds between two looks.
    private static let pause: Int32 = 15_000
    /// Before a server that was not reached is asked again, milliseconds.
    private static let retry: Int64 = 60_000
    /// Between two questions for recordings, milliseconds.
    private static let recordingPause: Int64 = 1_800_000
    /// Meetings in one look.
    private static let batch = 50

    init(room: BigBlueButtonRoom, attaching: AttachingMaterials, keeper: any AttendanceKeeper) {
        self.room = room
        self.attaching = attaching
        self.keeper = keeper
    }

    /// Begins; without a server there is nothing to look after.
    public func start(_ community: Community) {
        guard room.isReady else { return }
        condition.withLock { isRunning = true }
        let thread = Thread { [self] in run(community) }
        thread.name = "rooms"
        thread.start()
    }

    /// Breaks off what goes on.
    public func stop() {
        condition.lock()
        defer { condition.unlock() }
        isStopping = true
        canceller.cancel()
        end.ring()
        while isRunning { condition.wait() }
    }

    private var stops: Bool { condition.withLock { isStopping } }

    private func run(_ community: Community) {
        while !stops {
            do {
                try round(in: community)
            } catch {
                if !stops { community.log.error("rooms failed", metadata: ["error": "\(error)"]) }
            }
            if !stops { end.wait(milliseconds: Self.pause) }
        }
        condition.withLock {
            isRunning = false
            condition.broadcast()
        }
    }

    /// Tells the log what rooms could not do.
    func report(to log: Logger) {
        for trouble in room.troubles.taken() {
            log.warning(
                "the server of rooms does not tell who comes and goes",
                metadata: ["code": "room.hook", "event": "\(trouble.event)", "error": "\(trouble.failure)"]
            )
        }
    }

    /// Looks once at every meeting that may be due.
    public func round(in community: Community) throws {
        guard room.isReady else { return }
        report(to: community.log)
        let due = try community.read { try MeetingStore.due(at: $0.now, limit: Self.batch, $0.sql) }
        for meeting in due where !stops {
            do {
                if meeting.ended == nil {
                    try endIfOver(meeting.event, community)
                } else {
                    try askForRecordings(meeting, community)
                }
            } catch let failure as BigBlueButtonAPI.Failure {
                community.log.warning(
                    "the server of rooms",
                    metadata: ["event": "\(meeting.event)", "error": "\(failure)"]
                )
                try community.write { work in
                    let next = work.now.advanced(byMilliseconds: Self.retry)
                    try MeetingStore.putOff(meeting.event, until: next, work.sql)
                }
            }
        }
    }

    private func endIfOver(_ id: EventID, _ community: Community) throws {
        let (isOver, next) = try community.read { context -> (Bool, Instant) in
            guard let event = try EventStore.event(id, context.sql) else { return (true, context.now) }
            let last = attaching.access.window(of: event).closes.advanced(
                byMilliseconds: room.settings.endsAfter * 60_000
            )
            // A change of the event is seen at the next look.
            let next = context.now.advanced(byMilliseconds: Int64(Self.pause))
            return (event.isWithdrawn || context.now >= last, next)
        }
        guard isOver else { return try community.write { try MeetingStore.putOff(id, until: next, $0.sql) } }
        try room.end(id, canceller)
        let keeper = keeper
        try community.write { work in
            // Whoever was still in it left with it.
            try Stays.endAll(in: id, at: work.now, keeper, work)
            try MeetingStore.ended(id, next: work.now, work)
        }
    }

    /// Attaches the recordings as soon as there are some, and gives up some time after the end.
    private func askForRecordings(_ meeting: MeetingRecord, _ community: Community) throws {
        guard room.settings.records, let ended = meeting.ended else {
            return try community.write { try MeetingStore.finished(meeting.event, $0.sql) }
        }
        let found = try room.recordings(of: meeting.event, canceller)
        let last = ended.advanced(byMilliseconds: room.settings.recordingHours * 3_600_000)
        let attaching = attaching
        try community.write { work in
            guard let event = try EventStore.event(meeting.event, work.sql),
                try !attaching.keep(found, of: event, work), work.now < last
            else { return try MeetingStore.finished(meeting.event, work.sql) }
            let next = work.now.advanced(byMilliseconds: Self.recordingPause)
            try MeetingStore.putOff(meeting.event, until: next, work.sql)
        }
    }
}
