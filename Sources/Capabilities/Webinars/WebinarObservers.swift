import CommunityKernel
import Events
import Journal
import Networks
import WireProtocol

/// The end of an event lowers the hands that are still raised and closes the polls that are still open.
struct EndingRoomsObserver: EventObserver {
    func ended(_ event: EventRecord, _ work: UnitOfWork) throws { try forget(event, work) }
    func cancelled(_ event: EventRecord, _ work: UnitOfWork) throws { try forget(event, work) }
    func postponed(_ event: EventRecord, _ work: UnitOfWork) throws { try forget(event, work) }

    // Screens follow the event itself: no update for each hand. The results of a poll come with its end.
    private func forget(_ event: EventRecord, _ work: UnitOfWork) throws {
        try work.sql.execute("DELETE FROM webinar_hand WHERE event = \(event.id)")
        try RunningLivePolls.closeAll(at: event, work)
    }
}

/// Who leaves a network lowers the hand in its events.
struct LeavingRoomsObserver: NetworkObserver {
    func left(_ member: MemberID, _ network: NetworkRecord, _ work: UnitOfWork) throws -> [StreamName] {
        let events: [EventID] = try work.sql.all("SELECT event FROM webinar_hand WHERE person = \(member)") { $0.id(0) }
        for id in events {
            guard try EventStore.event(id, work.sql)?.network == network.id else { continue }
            _ = try HandStore.lower(id, member, work.sql)
            try work.append(HandLowered(HandNews(event: id, person: member)), to: .network(network.id))
        }
        return []
    }
}
