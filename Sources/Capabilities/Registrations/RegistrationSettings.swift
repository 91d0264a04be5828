/// The settings of registrations.
public struct RegistrationSettings: Sendable {
    /// Messages to those who take part in one event, in 24 hours.
    public var messagesPerDay: Int64 = 10
    /// People to whom one message may go.
    public var messageRecipients: Int64 = 5_000
    /// Rows of an imported table.
    public var importRows: Int64 = 500

    /// What holds unless told.
    public init() {}
}
