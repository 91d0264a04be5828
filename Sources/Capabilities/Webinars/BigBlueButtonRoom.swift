import CommunityKernel
import Journal
import Synchronization
import WireProtocol

/// A room on a BigBlueButton server.
struct BigBlueButtonRoom: RoomAdapter {
    let provider = EventRoom.Provider.bigbluebutton
    let settings: BigBlueButtonSettings
    /// Under which address the community is reached.
    let community: PublicAddress
    private let api: BigBlueButtonAPI
    private let gate: RoomGate
    /// What went wrong beside the opening of rooms, for the log.
    let troubles = RoomTroubles()

    init(_ settings: BigBlueButtonSettings, community: PublicAddress) {
        self.settings = settings
        self.community = community
        api = BigBlueButtonAPI(settings)
        gate = RoomGate(pauseMs: settings.pause * 1_000, trust: .seconds(settings.trust))
    }

    var isReady: Bool { settings.isConfigured }
    var keepsMeetings: Bool { true }

    /// Asks the server for the meeting, which it makes unless it stands.
    func open(_ meeting: Meeting, now: Instant) throws {
        try gate.pass(meeting.event) {
            do throws(BigBlueButtonAPI.Failure) {
                _ = try api.call("create", fields(of: meeting))
            } catch {
                let reason =
                    switch error {
                    case .refused(let key): key
                    case .unreachable(let text): text
                    }
                throw WireError(.unavailable, "BigBlueButton: \(reason)", retryAfterMs: gate.pauseMs)
            }
            // Attendance is worth less than the meeting: a server without webhooks has a room all the same.
            guard settings.tellsAttendance else { return }
            do throws(BigBlueButtonAPI.Failure) {
                _ = try api.call("hooks/create", hook(of: meeting))
            } catch {
                troubles.add(RoomTroubles.Trouble(event: meeting.event, failure: error))
            }
        }
    }

    func address(of meeting: Meeting, for guest: Guest, now: Instant) throws -> String {
        api.address(
            "join",
            [
                ("fullName", guest.name), ("meetingID", meetingID(meeting.event)), ("redirect", "true"),
                ("role", guest.part.moderates ? "MODERATOR" : "VIEWER"), ("userID", String(guest.person.rawValue)),
            ]
        )
    }

    /// The meeting's name at the server: nobody else's server has the same, and nobody guesses it.
    func meetingID(_ event: EventID) -> String { "metropoli-\(event)-\(mark("meeting/\(event)"))" }

    private func mark(_ text: String) -> String {
        Secret.hex(Array(Secret.authenticate(Array(text.utf8), key: Array(settings.secret.utf8)).prefix(10)))
    }

    /// What moderators need at servers that go by passwords.
    private func password(_ role: String, _ event: EventID) -> String { mark("\(role)/\(event)") }

    private func fields(of meeting: Meeting) -> [(String, String)] {
        [
            ("allowStartStopRecording", String(settings.records)), ("attendeePW", password("attendee", meeting.event)),
            ("logoutURL", "\(community.value)/events/\(meeting.event)"), ("meetingID", meetingID(meeting.event)),
            ("moderatorPW", password("moderator", meeting.event)), ("name", meeting.title),
            ("record", String(settings.records)),
        ]
    }

    private func hook(of meeting: Meeting) -> [(String, String)] {
        [
            ("callbackURL", callback(meeting.event)), ("eventID", "user-joined,user-left,meeting-ended"),
            ("meetingID", meetingID(meeting.event)),
        ]
    }

    /// Where the server tells who came and went.
    func callback(_ event: EventID) -> String { "\(community.value)/rooms/bigbluebutton/\(event)" }

    /// Ends the meeting; whether it stood.
    func end(_ event: EventID, _ canceller: HTTPCanceller) throws(BigBlueButtonAPI.Failure) {
        do throws(BigBlueButtonAPI.Failure) {
            _ = try BigBlueButtonAPI(settings, canceller: canceller).call(
                "end",
                [("meetingID", meetingID(event)), ("password", password("moderator", event))]
            )
        } catch .refused("notFound") {
            // Everybody had left.
        }
    }

    /// The meeting's recordings that are ready: address and name.
    func recordings(
        of event: EventID,
        _ canceller: HTTPCanceller
    ) throws(BigBlueButtonAPI.Failure) -> [(url: String, name: String)] {
        let answer = try BigBlueButtonAPI(settings, canceller: canceller).call(
            "getRecordings",
            [("meetingID", meetingID(event)), ("state", "published")]
        )
        var found: [(url: String, name: String)] = []
        for recording in answer["recordings"]?.all("recording") ?? [] {
            for format in recording["playback"]?.all("format") ?? [] {
                guard let url = format.value("url"), url.hasPrefix("https://"), url.utf8.count <= 2_000 else {
                    continue
                }
                found.append((url, recording.value("name") ?? ""))
            }
        }
        return found
    }
}

/// What the log is to be told by whoever may write to it: rooms are opened where there is none.
final class RoomTroubles: Sendable {
    /// A server that does not tell who comes and goes: attendance has to be recorded by hand.
    struct Trouble: Sendable, Equatable {
        let event: EventID
        let failure: BigBlueButtonAPI.Failure
    }

    /// Kept at most; what comes beyond is the same again.
    private static let most = 16

    private let waiting = Mutex<[Trouble]>([])

    func add(_ trouble: Trouble) {
        waiting.withLock { if $0.count < Self.most, !$0.contains(trouble) { $0.append(trouble) } }
    }

    /// What waits to be told, and waits no longer.
    func taken() -> [Trouble] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}

/// Lets one ask the server of rooms at a time, and none shortly after it opened a room or could not.
///
/// Those who enter wait on the threads that also hash passwords: a server that is away must not hold up signing in.
final class RoomGate: Sendable {
    /// How long a caller that finds the gate taken should wait, milliseconds.
    static let turnMs: Int64 = 500
    /// How long a server that failed is left alone, milliseconds.
    let pauseMs: Int64
    /// How long an opened room is taken to stand.
    private let trust: Duration

    private struct State {
        var isTaken = false
        var opened: [EventID: ContinuousClock.Instant] = [:]
        var failed: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    init(pauseMs: Int64, trust: Duration) {
        self.pauseMs = pauseMs
        self.trust = trust
    }

    /// Runs `open` unless the event's room was opened a short while ago; else throws `unavailable`.
    func pass(_ event: EventID, _ open: () throws -> Void) throws {
        let now = ContinuousClock.now
        let isOpen = try state.withLock { state -> Bool in
            if let at = state.opened[event], now - at < trust { return true }
            if let at = state.failed, now - at < .milliseconds(pauseMs) {
                throw WireError(.unavailable, "the server of the room is away", retryAfterMs: pauseMs)
            }
            guard !state.isTaken else {
                throw WireError(.unavailable, "a room is being opened", retryAfterMs: Self.turnMs)
            }
            state.isTaken = true
            return false
        }
        if isOpen { return }
        do {
            try open()
            state.withLock { state in
                state.isTaken = false
                state.failed = nil
                state.opened = state.opened.filter { now - $0.value < trust }
                state.opened[event] = ContinuousClock.now
            }
        } catch {
            state.withLock { state in
                state.isTaken = false
                state.failed = ContinuousClock.now
            }
            throw error
        }
    }
}
