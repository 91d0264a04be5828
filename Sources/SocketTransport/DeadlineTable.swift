/// Objects with a next deadline each, in dense arrays: a sweep reads four bytes for each object.
struct DeadlineTable<Object: AnyObject> {
    private var due: [UInt32] = []
    private var objects: [Object?] = []
    private var free: [Int] = []

    var count: Int { objects.count - free.count }

    mutating func insert(_ object: Object) -> Int {
        if let slot = free.popLast() {
            objects[slot] = object
            due[slot] = .max
            return slot
        }
        objects.append(object)
        due.append(.max)
        return objects.count - 1
    }

    mutating func remove(_ slot: Int) {
        objects[slot] = nil
        due[slot] = .max
        free.append(slot)
    }

    mutating func set(_ tick: UInt32, at slot: Int) { due[slot] = tick }

    /// The objects whose deadline has come; each is asked again only when it is set again.
    mutating func takeDue(at now: UInt32) -> [Object] {
        var found: [Object] = []
        for slot in due.indices where due[slot] <= now {
            due[slot] = .max
            if let object = objects[slot] { found.append(object) }
        }
        return found
    }

    var all: [Object] { objects.compactMap { $0 } }
}

/// The HTTP sessions with a deadline; the others are not in it.
struct SessionDeadlines {
    private var table = DeadlineTable<HTTPSession>()

    mutating func set(_ tick: UInt32, for session: HTTPSession) {
        if session.slot < 0 { session.slot = table.insert(session) }
        table.set(tick, at: session.slot)
    }

    mutating func remove(_ session: HTTPSession) {
        guard session.slot >= 0 else { return }
        table.remove(session.slot)
        session.slot = -1
    }

    mutating func takeDue(at now: UInt32) -> [HTTPSession] { table.takeDue(at: now) }

    var count: Int { table.count }

    var all: [HTTPSession] { table.all }
}
