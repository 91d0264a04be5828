import Synchronization

/// The address under which people reach the community, for links that leave it: calendars, mails.
///
/// With a port that the kernel picks it is known only once the server listens.
public final class PublicAddress: Sendable {
    private let text: Mutex<String>

    /// Begins with what the configuration says.
    public init(_ text: String = "") { self.text = Mutex(Self.plain(text)) }

    /// `https://community.example`, without a slash at its end.
    public var value: String { text.withLock { $0 } }

    /// The server listens there.
    public func set(_ text: String) { self.text.withLock { $0 = Self.plain(text) } }

    private static func plain(_ text: String) -> String {
        text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
