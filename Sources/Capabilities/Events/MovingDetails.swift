import CommunityKernel
import WireProtocol

extension EventDetails {
    /// The details with those that are given in place of the former, and without those that are taken away.
    func merged(with new: EventDetails, without gone: Set<String>) -> EventDetails {
        func kept<Value>(_ name: String, _ field: KeyPath<EventDetails, Value?>) -> Value? {
            gone.contains(name) ? nil : new[keyPath: field] ?? self[keyPath: field]
        }
        var merged = EventDetails()
        merged.place = kept("place", \.place)
        merged.room = kept("room", \.room)
        merged.capacity = kept("capacity", \.capacity)
        merged.waitingList = kept("waitingList", \.waitingList)
        merged.approval = kept("approval", \.approval)
        merged.offers = kept("offers", \.offers)
        merged.registration = kept("registration", \.registration)
        merged.reach = kept("reach", \.reach)
        merged.speakers = kept("speakers", \.speakers)
        merged.agenda = kept("agenda", \.agenda)
        merged.organisers = kept("organisers", \.organisers)
        merged.partOf = kept("partOf", \.partOf)
        merged.hostCity = kept("hostCity", \.hostCity)
        merged.guestCity = kept("guestCity", \.guestCity)
        merged.addressed = kept("addressed", \.addressed)
        merged.text = kept("text", \.text)
        return merged
    }
}

extension RegistrationWindow {
    /// The window of an event that moves: what ends it moves with the start, by the clock on the wall.
    func moved(from former: EventSpan, to span: EventSpan) -> RegistrationWindow {
        let delta = span.start.wall.milliseconds - former.start.wall.milliseconds
        var window = self
        window.closes = closes?.moved(byMilliseconds: delta)
        window.cancelBy = cancelBy?.moved(byMilliseconds: delta)
        return window
    }
}

extension EventTime {
    /// What the clock on the wall shows, read as UTC; a day's midnight.
    var wall: Instant {
        localTime?.asIfUTC ?? date.flatMap { Instant($0 + "T00:00:00Z") } ?? Instant(milliseconds: 0)
    }
}

extension LocalTime {
    /// The time that many milliseconds later by the clock on the wall.
    fileprivate func moved(byMilliseconds delta: Int64) -> LocalTime {
        guard let wall = asIfUTC else { return self }
        let text = String(wall.advanced(byMilliseconds: delta).description.prefix(local.utf8.count))
        let moved = LocalTime(local: text, zone: zone)
        // A time that the clocks skip moves on by the hour that they skip.
        if (try? moved.resolved()) != nil { return moved }
        let later = wall.advanced(byMilliseconds: delta + 3_600_000)
        return LocalTime(local: String(later.description.prefix(local.utf8.count)), zone: zone)
    }
}
