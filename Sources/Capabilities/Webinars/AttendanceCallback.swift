import CommunityKernel
import Events
import Foundation
import Journal
import People
import WireProtocol

/// `POST /rooms/bigbluebutton/{event}`: the server of rooms tells who came and went.
///
/// Each call is signed with the shared secret; what is told twice changes nothing.
struct AttendanceCallback: Sendable {
    let room: BigBlueButtonRoom
    let keeper: any AttendanceKeeper

    /// The largest call, bytes.
    private static let bodyBytes = 262_144
    /// What one call tells at most.
    private static let perCall = 100
    /// How far the server's clock may be off, milliseconds.
    private static let drift: Int64 = 300_000

    var route: WebRoute {
        var description = WebRoute.Description(
            "BigBlueButton tells who came into a room and who left it; signed with the shared secret",
            path: CallbackPath.self,
            query: CallbackSignature.self,
            mediaType: "application/json"
        )
        description.answer = SchemaRecorder.schema(of: Nothing.self)
        return WebRoute(
            "POST",
            "/rooms/bigbluebutton/{event}",
            access: .anyone,
            body: .bytes(limit: Self.bodyBytes),
            description: description,
            handle: { request, community in
                let event = try verified(request)
                let news = try news(request.body)
                try community.write { work in
                    guard try MeetingStore.isOpen(event, work.sql) else {
                        throw WireError(.closed, "the meeting is over")
                    }
                    for item in news { try apply(item, to: event, work) }
                }
                return .json(Nothing())
            }
        )
    }

    /// The event that a call is about; `unauthenticated` for whatever does not bear the server's signature.
    ///
    /// The signature is of the address as it was registered, the body and the secret. It is judged before anything is read.
    private func verified(_ request: WebRequest) throws -> EventID {
        guard room.isReady, room.settings.tellsAttendance else { throw WireError.notFound }
        let event = EventID(request.parameters["event"].flatMap { Int64($0) } ?? 0)
        let signed = Array(room.callback(event).utf8) + request.body + Array(room.settings.secret.utf8)
        let expected = Secret.hex(CallbackDigest.of(signed, room.settings.checksum))
        let given = request.query["checksum"]?.first ?? ""
        guard Secret.equal(Array(given.utf8), Array(expected.utf8)) else {
            throw WireError(.unauthenticated, "the checksum is wrong")
        }
        return event
    }

    // MARK: What is told

    private enum News {
        case joined(session: String, person: PersonID, meeting: String, at: Instant?)
        case left(session: String, meeting: String, at: Instant?)
        case ended(meeting: String, at: Instant?)
    }

    /// Reads `event=[{"data":{"id":"user-joined",…}}]&timestamp=…&domain=…`; what concerns us not is left out.
    private func news(_ body: [UInt8]) throws -> [News] {
        let pairs = String(decoding: body, as: UTF8.self).split(separator: "&").map { pair -> (String, String) in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
        guard let text = pairs.first(where: { $0.0 == "event" })?.1,
            let items = try? JSONParser.parse(Array(text.utf8)).array, items.count <= Self.perCall
        else { throw WireError.invalid("event", "wrong_type") }
        return items.compactMap(Self.news)
    }

    private static func decoded(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercentEncoding ?? ""
    }

    private static func news(_ item: JSON) -> News? {
        guard let data = item["data"], let meeting = data["attributes"]?["meeting"]?["external-meeting-id"]?.string
        else { return nil }
        let at = data["event"]?["ts"]?.int.map { Instant(milliseconds: $0) }
        let user = data["attributes"]?["user"]
        let session = user?["internal-user-id"]?.string.flatMap { (1...200).contains($0.utf8.count) ? $0 : nil }
        switch data["id"]?.string {
        case "user-joined":
            guard let session, let person = user?["external-user-id"]?.string.flatMap({ Int64($0) }), person > 0
            else { return nil }
            return .joined(session: session, person: PersonID(person), meeting: meeting, at: at)
        case "user-left": return session.map { .left(session: $0, meeting: meeting, at: at) }
        case "meeting-ended": return .ended(meeting: meeting, at: at)
        default: return nil
        }
    }

    private func apply(_ news: News, to event: EventID, _ work: UnitOfWork) throws {
        let own = room.meetingID(event)
        switch news {
        case .joined(let session, let person, own, let at):
            guard try EventStore.event(event, work.sql) != nil, let at = moment(at, work) else { return }
            guard try PeopleStore.activePerson(person, work.sql) != nil else { return }
            try MeetingStore.joined(event, person, session: session, at: at, work.sql)
        case .left(let session, own, let at):
            guard let at = moment(at, work) else { return }
            try Stays.end(session, in: event, at: at, keeper, work)
        case .ended(own, let at):
            guard let at = moment(at, work) else { return }
            try Stays.endAll(in: event, at: at, keeper, work)
        default: break
        }
    }

    /// When it happened, by the server's clock; nil for what cannot be: tomorrow, or before yesterday.
    private func moment(_ at: Instant?, _ work: UnitOfWork) -> Instant? {
        guard let at else { return work.now }
        let age = work.now.milliseconds - at.milliseconds
        guard age > -Self.drift, age < 2 * 86_400_000 else { return nil }
        return min(at, work.now)
    }
}

/// The end of stays in a room, which attendance is kept of.
enum Stays {
    static func end(
        _ session: String,
        in event: EventID,
        at: Instant,
        _ keeper: any AttendanceKeeper,
        _ work: UnitOfWork
    ) throws {
        guard let stay = try MeetingStore.left(event, session: session, at: at, work.sql) else { return }
        try keeper.record(event, stay.person, joined: stay.joined, left: at, work)
    }

    static func endAll(in event: EventID, at: Instant, _ keeper: any AttendanceKeeper, _ work: UnitOfWork) throws {
        for session in try MeetingStore.open(in: event, limit: MeetingStore.stays, work.sql) {
            try end(session, in: event, at: at, keeper, work)
        }
    }
}
