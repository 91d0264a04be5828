import CommunityKernel
import Foundation
public import Journal
public import WireProtocol

/// What the command line asks of a running server over its local socket, beside the commands.
enum AdministrationRoutes {
    static func all(_ configuration: Configuration) -> [WebRoute] {
        [backup(configuration), doctor()]
    }

    private static func backup(_ configuration: Configuration) -> WebRoute {
        WebRoute("POST", "/admin/backup", access: .administrator, body: .bytes(limit: 4_096)) { request, community in
            let target = (try? JSONParser.parse(request.body))?["to"]?.string
            let report: Backup.Report
            do {
                report = try BackupJob.run(configuration, community.storage, to: target, at: community.clock.now)
            } catch let error as BackupError {
                throw WireError(.conflict, error.description)
            }
            return .json(
                Answer([
                    "folder": .string(report.folder), "head": .int(report.head), "files": .int(Int64(report.files)),
                ])
            )
        }
    }

    private static func doctor() -> WebRoute {
        WebRoute("GET", "/admin/doctor", access: .administrator) { _, community in
            let problems = try StoreCheck.problems(community.storage)
            return .json(Answer(["problems": .array(problems.map(JSON.string))]))
        }
    }
}

/// A JSON object made on the spot, for routes of the administration.
struct Answer: WireObject {
    private var members: [JSONObject.Member] = []

    init() {}

    init(_ pairs: KeyValuePairs<String, JSON>) {
        members = pairs.map { JSONObject.Member(name: $0.key, value: $0.value) }
    }

    mutating func fields(_ visitor: inout some FieldVisitor) {
        for member in members {
            var value: JSON? = member.value
            visitor.json(member.name, &value)
        }
    }
}

/// Makes a backup where the configuration or the caller says, and removes the oldest above the number kept.
public enum BackupJob {
    /// Runs it on an open store.
    public static func run(
        _ configuration: Configuration,
        _ storage: any StorageEngine,
        to target: String?,
        at time: Instant
    ) throws -> Backup.Report {
        if let target { return try Backup.make(storage, data: configuration.data, to: target) }
        let own = configuration.backup.directory
        let directory = own.hasPrefix("/") ? own : "\(configuration.data)/\(own)"
        let report = try Backup.make(
            storage,
            data: configuration.data,
            to: "\(directory)/\(Backup.name(at: time))"
        )
        try Backup.prune(directory, keep: Int(configuration.backup.keep))
        return report
    }
}
