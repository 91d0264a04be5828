public import CommunityKernel
public import Journal
public import Logging
import People
public import StorageSQLite

/// Opens the core of a data folder with everything that is installed.
public enum CommunityFactory {
    /// Opens the store of `configuration.data` and starts the core on it.
    public static func open(
        _ configuration: Configuration,
        clock: any WallClock = SystemClock(),
        log: Logger,
        background: Bool = true,
        presence: PresenceBoard = PresenceBoard(),
        address: PublicAddress? = nil
    ) throws -> Community {
        var options = Community.Options()
        options.background = background
        options.preparers = Int(configuration.password.argon2Concurrent)
        options.preparationsWaiting = Int(configuration.password.argon2Waiting)
        var connections = SQLiteStorage.Options()
        // One for each thread that reads, the background's included: none waits for another's snapshot.
        connections.readers = options.readers + options.preparers + 1
        try InterruptedRestore.check(configuration.data)
        let storage = try SQLiteStorage(folder: configuration.data, options: connections)
        do {
            let community = try Community(
                storage: storage,
                capabilities: InstalledCapabilities.all(configuration, presence: presence, address: address),
                clock: clock,
                log: log,
                options: options
            )
            try applyErasures(configuration, community, log)
            return community
        } catch {
            try? storage.close()
            throw error
        }
    }

    /// Before anything is served, whom a restore brought back goes again.
    private static func applyErasures(_ configuration: Configuration, _ community: Community, _ log: Logger) throws {
        do {
            let list = ErasureList(folder: configuration.data)
            let count = try PeopleCapability.applyErasures(list, in: community)
            if count > 0 { log.notice("erasures applied again", metadata: ["people": "\(count)"]) }
        } catch {
            try? community.stop()
            throw error
        }
    }
}
