import CommunityKernel

/// Which live connections of one loop read which streams.
struct Subscriptions {
    private var audiences: [StreamName: Audience] = [:]

    /// The readers of a stream, nil when there is none.
    subscript(stream: StreamName) -> Audience? { audiences[stream] }

    func reads(_ member: MemberConnection, _ stream: StreamName) -> Bool {
        guard let audience = audiences[stream] else { return false }
        return member.seats.contains { $0.audience === audience }
    }

    mutating func add(_ member: MemberConnection, to stream: StreamName) {
        guard !reads(member, stream) else { return }
        let audience = audiences[stream] ?? Audience(stream)
        audiences[stream] = audience
        audience.add(member)
    }

    mutating func remove(_ member: MemberConnection, from stream: StreamName) {
        guard let seat = member.seats.firstIndex(where: { $0.audience.stream == stream }) else { return }
        leave(member.seats.remove(at: seat))
    }

    mutating func removeAll(_ member: MemberConnection) {
        let seats = member.seats
        member.seats = []
        for seat in seats { leave(seat) }
    }

    private mutating func leave(_ seat: MemberConnection.Seat) {
        let audience = seat.audience
        audience.remove(at: seat.place)
        if audience.members.isEmpty { audiences[audience.stream] = nil }
    }
}
