public import CommunityKernel
public import Events
public import Journal
import Networks
public import WireProtocol

/// Gives seats to people who said elsewhere that they come: the door of the capability that asks them for a date.
public enum Expecting {
    /// Confirms those who come and invites those who come if need be; who is no member of the event's network any more
    /// is left out, who is active already stays where the person is.
    public static func register(
        confirmed: [PersonID],
        invited: [PersonID],
        for event: EventRecord,
        _ work: UnitOfWork
    ) throws {
        guard !confirmed.isEmpty || !invited.isEmpty else { return }
        var seats = try Seats(of: event, work)
        for (people, isConfirmed) in [(confirmed, true), (invited, false)] {
            for person in people {
                guard try NetworkStore.role(of: person, in: event.network, work.sql) != nil,
                    try RegistrationStore.active(of: person, for: event.id, work.sql) == nil
                else { continue }
                _ = try seats.begin(person, isConfirmed ? seats.landing() : .invited)
            }
        }
        try seats.finish()
    }
}
