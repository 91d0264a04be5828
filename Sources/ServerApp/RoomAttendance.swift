import Attendance
import Events
import Journal
import Webinars
import WireProtocol

/// Takes what rooms on the network tell of people's stays into attendance.
struct RoomAttendance: AttendanceKeeper {
    let attendance: AttendanceCapability

    /// What attendance refuses is not kept: someone without a seat, a stay before the event, one stay too many.
    ///
    /// The room's server could say nothing else, and must not be kept waiting.
    func record(_ id: EventID, _ person: PersonID, joined: Instant, left: Instant, _ work: UnitOfWork) throws {
        guard let event = try EventStore.event(id, work.sql) else { return }
        do {
            try attendance.record(person, at: event, joined: joined, left: left, work)
        } catch is WireError {
            return
        }
    }
}
