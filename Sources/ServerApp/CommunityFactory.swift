public import CommunityKernel
public import Journal
public import Logging
public import StorageSQLite

/// Opens the core of a data folder with everything that is installed.
public enum CommunityFactory {
    /// Opens the store of `configuration.data` and starts the core on it.
    public static func open(
        _ configuration: Configuration,
        clock: any WallClock = SystemClock(),
        log: Logger,
        background: Bool = true,
        presence: PresenceBoard = PresenceBoard()
    ) throws -> Community {
        var options = Community.Options()
        options.background = background
        options.preparers = Int(configuration.password.argon2Concurrent)
        options.preparationsWaiting = Int(configuration.password.argon2Waiting)
        var connections = SQLiteStorage.Options()
        // One for each thread that reads, the background's included: none waits for another's snapshot.
        connections.readers = options.readers + options.preparers + 1
        let storage = try SQLiteStorage(folder: configuration.data, options: connections)
        do {
            return try Community(
                storage: storage,
                capabilities: InstalledCapabilities.all(configuration, presence: presence),
                clock: clock,
                log: log,
                options: options
            )
        } catch {
            try? storage.close()
            throw error
        }
    }
}
