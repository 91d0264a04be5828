import Journal
import Realtime
import SocketTransport

/// The figures of the doors and of the capabilities, in the text format of Prometheus; those of requests and commits
/// come from HTTPAPI.
enum ServerMetrics {
    static func text(_ community: Community, _ realtime: RealtimeService, _ statistics: StatisticsSource) -> String {
        let metrics = realtime.metrics
        var lines: [String] = []
        func add(_ name: String, _ kind: String, _ help: String, _ value: Int64) {
            lines += [
                "# HELP metropoli_\(name) \(help)", "# TYPE metropoli_\(name) \(kind)", "metropoli_\(name) \(value)",
            ]
        }
        add("connections_signed_in", "gauge", "WebSocket connections signed in", metrics.signedIn.value)
        add("fanout_frames_total", "counter", "Frames with updates handed to sockets", metrics.frames.value)
        add("fanout_updates_total", "counter", "Updates handed to sockets", metrics.deliveries.value)
        add("fell_behind_total", "counter", "Connections moved to their cursor", metrics.fellBehind.value)
        add("replayed_updates_total", "counter", "Updates replayed from the journal", metrics.replayed.value)
        add("signals_total", "counter", "Signals handed to sockets", metrics.signals.value)
        if let sockets = statistics.current {
            add("connections_open", "gauge", "WebSocket connections open", Int64(sockets.connectionsOpen))
            add("sockets_accepted_total", "counter", "Sockets accepted", Int64(sockets.accepted))
            add("sockets_refused_total", "counter", "Sockets refused", Int64(sockets.refused))
            add("bytes_in_total", "counter", "Bytes received", Int64(sockets.bytesIn))
            add("bytes_out_total", "counter", "Bytes sent", Int64(sockets.bytesOut))
            add("outbound_queue_bytes", "gauge", "Bytes waiting for slow readers", Int64(sockets.queuedBytes))
        }
        // What cannot be read now is left out, as Prometheus expects: a store that is away does not take the rest along.
        let figures = community.registry.figures
        let values = try? community.read { context in figures.map { try? $0.value(context) } }
        for (figure, value) in zip(figures, values ?? []) {
            if let value { add(figure.name, figure.kind.rawValue, figure.help, value) }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
