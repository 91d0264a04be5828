import Journal
import WireProtocol

/// What the clock removes.
enum FileCleaning {
    private static let batch = 100

    /// Files that nobody attached in time.
    static func unattached(_ settings: FileSettings) -> Tick {
        let milliseconds = settings.unattachedHours * 3_600_000
        return Tick(
            name: "files.unattached",
            seconds: 300,
            isDue: { context in
                let cutoff = context.now.advanced(byMilliseconds: -milliseconds)
                return try !FileStore.unattached(before: cutoff, limit: 1, context.sql).isEmpty
            },
            run: { work in
                let cutoff = work.now.advanced(byMilliseconds: -milliseconds)
                let files = try FileStore.unattached(before: cutoff, limit: batch, work.sql)
                for file in files { try FileStore.forget(file, work) }
                return files.count == batch
            }
        )
    }

    /// Content without a file.
    ///
    /// All of it is done while looking, off the writer: nothing in the store changes.
    static func content(_ content: FileContent) -> Tick {
        Tick(
            name: "files.content",
            seconds: 600,
            isDue: { context in
                try content.sweep(context.sql)
                return false
            },
            run: { _ in false }
        )
    }
}
