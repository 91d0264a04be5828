public import CommunityKernel

/// The limits of solutions.
public struct SolutionSettings: Sendable {
    /// Bytes of a kit's ZIP that is brought along.
    public var kitBytes: Int64 = 33_554_432
    /// Bytes that it unpacks to at most.
    public var unpackedBytes: Int64 = 134_217_728
    /// Files in it.
    public var kitFiles: Int64 = 500
    /// Solutions of one network.
    public var perNetwork: Int64 = 5_000
    /// People who are asked for a review of one version.
    public var reviewersAsked: Int64 = 100
    /// Where the community is reached; kits say where they come from.
    public var address = PublicAddress()
    /// The community's name.
    public var community = "Metropoli"

    /// The defaults.
    public init() {}
}
