import Logging
import Synchronization

/// Where a test reads what was logged.
final class LogPaper: Sendable {
    private let written = Mutex<[String]>([])

    var lines: [String] { written.withLock { $0 } }
    var handler: Handler { Handler(paper: self) }

    /// Writes the level and the fields of each line.
    struct Handler: LogHandler {
        let paper: LogPaper
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            paper.written.withLock { $0.append(([event.level.rawValue] + fields).joined(separator: " ")) }
        }
    }
}
