import WireProtocol

/// What this program is.
public enum ServerVersion {
    /// The version of the programs.
    public static let program = "1.0"
    /// The level of the wire protocol that it speaks.
    public static let protocolLevel: Int64 = Welcome().level
}
