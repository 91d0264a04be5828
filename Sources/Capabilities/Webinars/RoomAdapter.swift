import CommunityKernel
import WireProtocol

/// One who provides rooms on the network.
///
/// Its secrets stay in it: what leaves it is the way into one room for one person.
protocol RoomAdapter: Sendable {
    /// Under which name events ask for its rooms.
    var provider: EventRoom.Provider { get }
    /// Whether its settings allow to open rooms.
    var isReady: Bool { get }
    /// Whether a meeting that was opened has to be looked after until it is ended.
    var keepsMeetings: Bool { get }
    /// Makes sure that the room stands; it may wait for a server, within bounds, so never on the writer.
    func open(_ meeting: Meeting, now: Instant) throws
    /// The way in; nothing is asked of anybody.
    func address(of meeting: Meeting, for guest: Guest, now: Instant) throws -> String
}

extension RoomAdapter {
    var isReady: Bool { true }
    var keepsMeetings: Bool { false }
    func open(_ meeting: Meeting, now: Instant) throws {}
}

/// An event as a room knows it.
struct Meeting: Sendable, Equatable {
    let event: EventID
    let title: String
    let room: EventRoom
    /// From when on one may enter, and until when.
    let opens: Instant
    let closes: Instant
}

/// Who enters, as a room knows that person: no address, no organisation.
struct Guest: Sendable {
    let person: PersonID
    let name: String
    let part: WebinarPart
}

extension WireError {
    /// The server lacks what it needs for such rooms.
    static func notReady(_ provider: EventRoom.Provider) -> WireError {
        WireError(.unavailable, "the server has no settings for \(provider.rawValue)", retryable: false)
    }
}
