/// The settings of passwords, sign-in and sessions.
public struct PeopleSettings: Sendable {
    /// Passwords.
    public struct Password: Sendable {
        /// Characters at least.
        public var minimum = 8
        /// Characters at least for an administrator (AgID ABSC 5.7.1).
        public var adminMinimum = 14
        /// Characters at most.
        public var maximum = 128
        /// Argon2id memory, KiB; at least what the guidelines of Garante and ACN ask (12 MiB with 3 passes).
        public var memory: UInt32 = 19_456
        /// Argon2id passes.
        public var iterations: UInt32 = 3
        /// Argon2id lanes.
        public var parallelism: UInt32 = 1

        /// The defaults.
        public init() {}
    }

    /// Failed sign-ins.
    public struct Login: Sendable {
        /// Failures of an account from one address before it slows.
        public var accountAttempts = 5
        /// Failures of an address, over all accounts, before it slows.
        public var addressAttempts = 100
        /// The first delay, seconds; it doubles.
        public var firstDelay = 1
        /// The longest delay, seconds.
        public var maximumDelay = 300
        /// Seconds after which failures are forgotten.
        public var forgetAfter = 3_600

        /// The defaults.
        public init() {}
    }

    /// Sessions.
    public struct Session: Sendable {
        /// Days without use after which a session ends.
        public var idleDays = 30
        /// Days after which it ends all the same.
        public var absoluteDays = 90

        /// The defaults.
        public init() {}
    }

    /// Passwords.
    public var password = Password()
    /// Failed sign-ins.
    public var login = Login()
    /// Sessions.
    public var session = Session()
    /// Days for which an invitation may be accepted.
    public var invitationDays = 14
    /// Invitations that a facilitator may send in a day.
    public var facilitatorInvitations = 50
    /// Minutes for which a forgotten password may be set anew.
    public var resetMinutes = 60
    /// Rows of an imported table.
    public var importRows = 2_000
    /// The language of who has not chosen one.
    public var language = "it"
    /// The time zone of who has not chosen one.
    public var zone = "Europe/Rome"

    /// The defaults.
    public init() {}
}
