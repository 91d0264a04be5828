public import CommunityKernel
import Coordination
import European
import Local
import NationalThematic

/// The network types compiled in.
///
/// Adding one: a folder in `Plugins/`, a line in `Package.swift`, a line here.
public enum InstalledNetworkTypes {
    /// All of them, switched on or not.
    public static let all: [any NetworkType] = [
        NationalThematicNetwork(),
        LocalNetwork(),
        CoordinationNetwork(),
        EuropeanNetwork(),
    ]

    /// Those that the configuration has switched on.
    public static func enabled(_ names: Set<String>) -> NetworkTypes {
        NetworkTypes(all.filter { names.contains($0.id) })
    }
}
