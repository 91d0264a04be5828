public import CommunityKernel
import Events
import WireProtocol

/// What reminds of an event some time before it begins.
public struct Reminder: Sendable, Equatable {
    /// Its name: a number with `d`, `h` or `m` for days, hours or minutes.
    public let name: String
    /// How long before the beginning, seconds.
    public let seconds: Int64

    /// Reads a name; nil for what is none, or longer than a year.
    public init?(_ name: String) {
        let units: [Character: Int64] = ["d": 86_400, "h": 3_600, "m": 60]
        guard let unit = name.last.flatMap({ units[$0] }), name.utf8.count <= 8,
            name.utf8.dropLast().allSatisfy({
                (0x30...0x39).contains($0)
            }), let number = Int64(name.dropLast()), number > 0, number * unit <= 366 * 86_400
        else { return nil }
        self.name = name
        seconds = number * unit
    }

    func due(before start: Instant) -> Instant { start.advanced(bySeconds: -seconds) }
}

extension [Reminder] {
    /// When the next one goes to who was not reminded so: none whose moment had passed at `moment`, and none of an event
    /// that does not take place.
    func next(for attendee: Attendee, _ event: EventRecord, after moment: Instant) -> Instant? {
        guard attendee.state == .confirmed, event.state == .published else { return nil }
        return filter { !attendee.reminded.contains($0.name) }.map { $0.due(before: event.starts) }
            .filter { $0 > moment }.min()
    }
}
