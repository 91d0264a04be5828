import Events
import Registrations
import WireProtocol

/// For how long somebody was there: intervals, in order and without overlaps.
struct PresentTime: Sendable, Equatable {
    private(set) var intervals: [AttendanceInterval] = []

    /// Of intervals in any order; what overlaps or touches becomes one.
    init(_ intervals: [AttendanceInterval]) {
        for next in intervals.sorted(by: { ($0.joined, $0.left) < ($1.joined, $1.left) }) where next.left > next.joined
        {
            if let last = self.intervals.last, next.joined <= last.left {
                self.intervals[self.intervals.count - 1].left = max(last.left, next.left)
            } else {
                self.intervals.append(next)
            }
        }
    }

    /// Who was checked in and of whom nothing else is known: from then to the end, or all the time for who was entered
    /// when it was over.
    init(checkedIn at: Instant, _ event: EventRecord) {
        let joined = at >= event.ends ? event.starts : max(at, event.starts)
        intervals = [AttendanceInterval(joined: joined, left: event.ends)]
    }

    /// Whole minutes within the planned start and end, rounded down once.
    func minutes(at event: EventRecord) -> Int64 {
        let present = intervals.reduce(Int64(0)) { sum, interval in
            let joined = max(interval.joined, event.starts)
            let left = min(interval.left, event.ends)
            return sum + max(0, left.milliseconds - joined.milliseconds)
        }
        return present / 60_000
    }
}

extension EventRecord {
    /// The planned length, whole minutes.
    var plannedMinutes: Int64 { (ends.milliseconds - starts.milliseconds) / 60_000 }

    /// Whether minutes come to a share of the planned length, percent.
    func isEnough(_ minutes: Int64, threshold: Int64) -> Bool {
        minutes * 60_000 * 100 >= threshold * (ends.milliseconds - starts.milliseconds)
    }
}
