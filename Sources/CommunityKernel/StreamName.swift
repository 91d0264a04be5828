public import WireProtocol

/// A named part of the journal with one audience, such as `community`, `network/7` or `channel/12`.
public struct StreamName: Hashable, Sendable, CustomStringConvertible {
    /// The name on the wire.
    public let rawValue: String

    /// Makes a name of its text.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// The name on the wire.
    public var description: String { rawValue }

    /// What everyone may know.
    public static let community = StreamName("community")
    /// What a network's members may know.
    public static func network(_ id: NetworkID) -> StreamName { StreamName("network/\(id.rawValue)") }
    /// What a network's facilitators may know.
    public static func desk(_ id: NetworkID) -> StreamName { StreamName("network/\(id.rawValue)/desk") }
    /// What a channel's members may know.
    public static func channel(_ id: ChannelID) -> StreamName { StreamName("channel/\(id.rawValue)") }
    /// What concerns one person (or bot) alone.
    public static func person(_ id: MemberID) -> StreamName { StreamName("person/\(id.rawValue)") }
    /// What those who have a document open may know.
    public static func document(_ id: DocumentID) -> StreamName { StreamName("document/\(id.rawValue)") }
}
