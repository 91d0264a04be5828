public import WireProtocol

// People and how they come in.
extension Section {
    /// Invitations.
    public struct Invitation: WireObject {
        /// Days for which one may be accepted.
        public var days: Int64 = 14
        /// Invitations that a facilitator may send in a day.
        public var perFacilitator: Int64 = 50

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("days", &days, in: 1...90)
            visitor.setting("perFacilitator", &perFacilitator, in: 1...1_000)
        }
    }

    /// Tables that are imported.
    public struct CSV: WireObject {
        /// Rows of one table.
        public var rows: Int64 = 2_000

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("rows", &rows, in: 1...20_000)
        }
    }

    /// Sessions.
    public struct Session: WireObject {
        /// Days without use after which a session ends.
        public var idleDays: Int64 = 30
        /// Days after which it ends all the same.
        public var absoluteDays: Int64 = 90

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("idleDays", &idleDays, in: 1...3_650)
            visitor.setting("absoluteDays", &absoluteDays, in: 1...3_650)
        }
    }

    /// Passwords.
    public struct Password: WireObject {
        /// Characters at least.
        public var minimum: Int64 = 8
        /// Characters at least for an administrator.
        public var adminMinimum: Int64 = 14
        /// Characters at most.
        public var maximum: Int64 = 128
        /// Argon2id memory, KiB.
        public var argon2Memory: Int64 = 19_456
        /// Argon2id passes.
        public var argon2Iterations: Int64 = 3
        /// Argon2id lanes.
        public var argon2Parallelism: Int64 = 1
        /// Computations at the same time.
        public var argon2Concurrent: Int64 = 2
        /// Computations that may wait for one of them.
        public var argon2Waiting: Int64 = 100

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("minimum", &minimum, in: 8...64)
            visitor.setting("adminMinimum", &adminMinimum, in: 8...64)
            visitor.setting("maximum", &maximum, in: 64...1_024)
            visitor.setting("argon2Memory", &argon2Memory, in: 12_288...4_194_304)
            visitor.setting("argon2Iterations", &argon2Iterations, in: 3...100)
            visitor.setting("argon2Parallelism", &argon2Parallelism, in: 1...16)
            visitor.setting("argon2Concurrent", &argon2Concurrent, in: 1...64)
            visitor.setting("argon2Waiting", &argon2Waiting, in: 1...10_000)
        }
    }

    /// Failed sign-ins.
    public struct Login: WireObject {
        /// Failures of an account before it slows.
        public var accountAttempts: Int64 = 5
        /// Failures of an address before it slows.
        public var addressAttempts: Int64 = 100
        /// The first delay, seconds.
        public var firstDelay: Int64 = 1
        /// The longest delay, seconds.
        public var maximumDelay: Int64 = 300
        /// Seconds after which failures are forgotten.
        public var forgetAfter: Int64 = 3_600

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("accountAttempts", &accountAttempts, in: 1...1_000)
            visitor.setting("addressAttempts", &addressAttempts, in: 1...100_000)
            visitor.setting("firstDelay", &firstDelay, in: 1...3_600)
            visitor.setting("maximumDelay", &maximumDelay, in: 1...86_400)
            visitor.setting("forgetAfter", &forgetAfter, in: 60...604_800)
        }
    }
}
