import WireProtocol

/// The last offset of each stream, so that a hole is seen at once (protocol section 3, rule 6).
struct StreamOffsets: Sendable {
    /// What to do with an update.
    enum Verdict: Equatable {
        /// It is the next one.
        case apply
        /// It was had before.
        case known
        /// Something before it is missing.
        case hole
    }

    private var last: [String: Int64] = [:]

    /// Takes the `offsets` of a `snapshot` or `resumed`.
    mutating func take(_ offsets: JSON?) {
        last = [:]
        add(offsets)
    }

    private mutating func add(_ offsets: JSON?) {
        for member in offsets?.object?.members ?? [] { last[member.name] = member.value.int ?? 0 }
    }

    /// Judges an update that comes after `cursor` for the person `me`, and takes it in when it is the next one.
    mutating func judge(_ update: ClientUpdate, after cursor: Int64, me: MemberID?) -> Verdict {
        if update.seq <= cursor { return .known }
        let begins = isOwnBeginning(update, me)
        if !begins, update.offset != (last[update.stream] ?? 0) + 1 { return .hole }
        last[update.stream] = update.offset
        switch update.type {
        case AccessGained.name: add(update.data["offsets"])
        case AccessLost.name:
            for stream in update.data["streams"]?.array ?? [] {
                if let name = stream.string { last[name] = nil }
            }
        default: break
        }
        return .apply
    }

    /// An own `joined` begins a stream anywhere.
    private func isOwnBeginning(_ update: ClientUpdate, _ me: MemberID?) -> Bool {
        guard let me, update.type.hasSuffix(".joined") else { return false }
        return update.data["person"]?.int == me.rawValue
    }
}
