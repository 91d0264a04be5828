public import WireProtocol

// Events and what goes with them.
extension Section {
    /// Events.
    public struct Event: WireObject {
        /// The most days that one event may last.
        public var longestDays: Int64 = 366
        /// Events in one person's calendar at most.
        public var feedEvents: Int64 = 2_000
        /// How long an event that is over stays in a person's calendar, days.
        public var feedPastDays: Int64 = 366
        /// How long before an event those who have a seat are reminded: `7d`, `1h`, `30m`.
        public var reminders = ["7d", "1d", "1h"]

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("longestDays", &longestDays, in: 1...3_660)
            visitor.setting("feedEvents", &feedEvents, in: 1...20_000)
            visitor.setting("feedPastDays", &feedPastDays, in: 0...36_600)
            visitor.setting("reminders", &reminders)
        }
    }

    /// Registrations.
    public struct Registration: WireObject {
        /// Messages to those who take part in one event, in 24 hours.
        public var messagesPerDay: Int64 = 10
        /// People to whom one message may go.
        public var messageRecipients: Int64 = 5_000
        /// Rows of an imported table.
        public var importRows: Int64 = 500

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("messagesPerDay", &messagesPerDay, in: 0...1_000)
            visitor.setting("messageRecipients", &messageRecipients, in: 1...100_000)
            visitor.setting("importRows", &importRows, in: 1...5_000)
        }
    }

    /// Attendance and certificates.
    public struct Attendance: WireObject {
        /// How much of an event one has to be there for to get a certificate, percent of its planned length.
        public var threshold: Int64 = 80
        /// How long after an event's end its registrations are settled, hours.
        public var settleHours: Int64 = 24
        /// Separate intervals of one person at one event at most.
        public var intervals: Int64 = 200

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("threshold", &threshold, in: 1...100)
            visitor.setting("settleHours", &settleHours, in: 0...8_760)
            visitor.setting("intervals", &intervals, in: 1...1_000)
        }
    }

    /// Polls.
    public struct Poll: WireObject {
        /// Dates that one poll may ask about.
        public var options: Int64 = 30
        /// Answers that one poll may have.
        public var ballots: Int64 = 500
        /// Polls that a network may have open at a time.
        public var open: Int64 = 50

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("options", &options, in: 1...100)
            visitor.setting("ballots", &ballots, in: 1...2_000)
            visitor.setting("open", &open, in: 1...1_000)
        }
    }
}
