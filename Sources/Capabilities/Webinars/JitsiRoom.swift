import CommunityKernel
import Foundation
import Journal
import WireProtocol

/// A room on a Jitsi server, with a token for each participant.
struct JitsiRoom: RoomAdapter {
    let provider = EventRoom.Provider.jitsi
    let settings: JitsiSettings
    private let key: RSAKey?

    init(_ settings: JitsiSettings) {
        self.settings = settings
        key = settings.algorithm == .rs256 ? RSAKey(pem: settings.key) : nil
    }

    var isReady: Bool {
        guard settings.url.hasPrefix("https://"), !settings.application.isEmpty else { return false }
        switch settings.algorithm {
        case .hs256: return !settings.secret.isEmpty
        case .rs256: return key != nil
        }
    }

    func address(of meeting: Meeting, for guest: Guest, now: Instant) throws -> String {
        let room = name(of: meeting)
        guard isReady, let token = token(room, meeting, guest, now) else { throw WireError.notReady(provider) }
        let base = settings.url.hasSuffix("/") ? String(settings.url.dropLast()) : settings.url
        return "\(base)/\(room)?jwt=\(token)"
    }

    /// What Jitsi's documentation asks of a token: `moderator` stands where Jitsi as a service and where Prosody's modules
    /// look for it.
    private func token(_ room: String, _ meeting: Meeting, _ guest: Guest, _ now: Instant) -> String? {
        let moderates = guest.part.moderates
        let user = JSON.members([
            "id": .string(String(guest.person.rawValue)), "name": .string(guest.name), "moderator": .bool(moderates),
            "affiliation": .string(moderates ? "owner" : "member"),
        ])
        let token = JSONWebToken(
            claims: .members([
                "aud": .string(settings.audience), "iss": .string(settings.application), "sub": .string(subject),
                "room": .string(room), "iat": .int(now.milliseconds / 1_000),
                // The clocks of two servers differ a little.
                "nbf": .int(min(now, meeting.opens).milliseconds / 1_000 - 10),
                "exp": .int(meeting.closes.milliseconds / 1_000), "moderator": .bool(moderates),
                "context": .members(["user": user]),
            ])
        )
        switch settings.algorithm {
        case .hs256: return token.signed(secret: Array(settings.secret.utf8))
        case .rs256: return key.flatMap { token.signed(key: $0, named: settings.keyName) }
        }
    }

    private var subject: String {
        settings.subject.isEmpty ? URLComponents(string: settings.url)?.host ?? "" : settings.subject
    }

    /// The room's name: the given one, or one that nobody guesses and that stays the same for the event.
    ///
    /// Jitsi compares names in lower case, and some characters separate parts of its addresses.
    private func name(of meeting: Meeting) -> String {
        let given = (meeting.room.name ?? "").lowercased()
        let plain = given.unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "0"..."9": Character(scalar)
            default: "-"
            }
        }
        if plain.contains(where: { $0 != "-" }) { return String(plain) }
        let seed = settings.algorithm == .hs256 ? settings.secret : settings.key
        let mark = Secret.authenticate(Array("room/\(meeting.event)".utf8), key: Array(seed.utf8))
        return "metropoli-\(meeting.event)-\(Secret.hex(Array(mark.prefix(10))))"
    }
}
