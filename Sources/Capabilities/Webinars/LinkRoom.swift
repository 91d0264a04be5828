import CommunityKernel
import WireProtocol

/// A room behind a plain address, the same for everybody.
struct LinkRoom: RoomAdapter {
    let provider = EventRoom.Provider.link

    func address(of meeting: Meeting, for guest: Guest, now: Instant) throws -> String {
        // What was written before addresses had to be encrypted.
        guard let url = meeting.room.url, url.hasPrefix("https://") else {
            throw WireError.conflict(
                "the room has no encrypted address",
                current: .members(["provider": .string(provider.rawValue)])
            )
        }
        return url
    }
}
