import Journal

/// `/metrics` in the text format of Prometheus 0.0.4.
struct MetricsPage {
    private var lines: [String] = []

    /// The figures of requests and of the core; `extra` is text of the same format.
    static func text(_ community: Community, _ requests: RequestMetrics, extra: String) throws -> String {
        var page = MetricsPage()
        page.addRequests(requests)
        page.addWriter(community)
        page.family("follower_lag_updates", "gauge", "Updates that a follower has yet to read")
        for (name, updates) in try community.background.lags() {
            page.sample("follower_lag_updates", [("follower", name)], String(max(0, updates)))
        }
        return page.lines.joined(separator: "\n") + "\n" + extra
    }

    private mutating func addRequests(_ requests: RequestMetrics) {
        family("requests_total", "counter", "Commands and queries by name and code, over all doors")
        for (name, code, count) in requests.counts {
            sample("requests_total", [("name", name), ("code", code)], String(count))
        }
    }

    private mutating func addWriter(_ community: Community) {
        let metrics = community.writer.metrics
        one("commits_total", "counter", "Transactions committed", metrics.commits.value)
        one("commits_failed_total", "counter", "Transactions that failed as a whole", metrics.failedCommits.value)
        one("commit_commands_total", "counter", "Commands in committed transactions", metrics.commands.value)
        one("commit_updates_total", "counter", "Updates in committed transactions", metrics.updates.value)
        family("commit_seconds", "summary", "Time from taking a batch to having answered it")
        sample("commit_seconds_sum", [], String(Double(metrics.microseconds.value) / 1_000_000))
        sample("commit_seconds_count", [], String(metrics.commits.value))
        one("journal_head", "gauge", "The last durable seq", community.writer.committedHead)
        family("queue_depth", "gauge", "Requests waiting")
        sample("queue_depth", [("queue", "writer")], String(community.writer.depth))
        sample("queue_depth", [("queue", "readers")], String(community.readers.depth))
        sample("queue_depth", [("queue", "preparers")], String(community.preparers.depth))
    }

    private mutating func one(_ name: String, _ kind: String, _ help: String, _ value: Int64) {
        family(name, kind, help)
        sample(name, [], String(value))
    }

    private mutating func family(_ name: String, _ kind: String, _ help: String) {
        lines.append("# HELP metropoli_\(name) \(help)")
        lines.append("# TYPE metropoli_\(name) \(kind)")
    }

    private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        let text = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        lines.append("metropoli_\(name)\(text.isEmpty ? "" : "{\(text)}") \(value)")
    }

    static func escaped(_ value: String) -> String {
        var text = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(character)
            }
        }
        return text
    }
}
