import CommunityKernel
import Foundation
public import Logging
import WireProtocol

/// The server's log: one line an event on standard error, as text or JSON.
///
/// Never texts, passwords or tokens.
public enum LogSetup {
    /// Says which variables of the environment look like settings and are none.
    public static func warn(of strangers: [String], _ log: Logger) {
        for name in strangers { log.warning("no such setting", metadata: ["variable": "\(name)"]) }
    }

    /// Makes the logger that the configuration asks for.
    public static func logger(_ configuration: Configuration) -> Logger {
        let asJSON = configuration.log.format == "json"
        var logger = Logger(label: "metropoli") { _ in LineHandler(asJSON: asJSON) }
        logger.logLevel = Logger.Level(rawValue: configuration.log.level) ?? .info
        return logger
    }
}

private struct LineHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    let asJSON: Bool

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let fields = all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        let line = asJSON ? json(event, fields) : text(event, fields)
        StandardStream.error.write(line: line)
    }

    private static var time: String { SystemClock().now.description }

    private func text(_ event: LogEvent, _ fields: [(String, String)]) -> String {
        // Control characters of a field cannot forge a line.
        let shown = fields.map { key, value in "\(key)=\(value.filter { !$0.isNewline && $0 != "\u{1B}" })" }
        return ([Self.time, event.level.rawValue, "\(event.message)"] + shown).joined(separator: " ")
    }

    private func json(_ event: LogEvent, _ fields: [(String, String)]) -> String {
        var object: [String: String] = ["at": Self.time, "level": event.level.rawValue, "message": "\(event.message)"]
        for (key, value) in fields { object[key] = value }
        guard let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]) else {
            return "{}"
        }
        return String(decoding: data, as: UTF8.self)
    }
}
