public import CommunityKernel
public import WireProtocol

extension Int64: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .int(self) }
}

extension Int: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .int(Int64(self)) }
}

extension Bool: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .int(self ? 1 : 0) }
}

extension Double: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .double(self) }
}

extension String: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(self) }
}

extension [UInt8]: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .blob(self) }
}

extension EntityID: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .int(rawValue) }
}

extension Instant: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .int(milliseconds) }
}

extension StreamName: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(rawValue) }
}

extension ChannelKind: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(rawValue) }
}

extension HistoryRule: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(rawValue) }
}

extension NetworkRole: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(rawValue) }
}

extension PlatformRole: SQLConvertible {
    /// The value to bind.
    public var sqlValue: SQLValue { .text(rawValue) }
}
