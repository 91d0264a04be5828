import HTTPAPI
import Journal
public import WireProtocol

/// The machine-readable list of every command, query and route with who may use it (`metropoli operations --json`).
public enum OperationsList {
    /// The whole list.
    public static func all(_ configuration: Configuration) -> JSON {
        let registry = InstalledCapabilities.registry(configuration)
        let operations = registry.operations.values.sorted { $0.name < $1.name }
        return .members([
            "commands": .array(operations.filter(\.isCommand).map(entry)),
            "queries": .array(operations.filter { !$0.isCommand }.map(entry)),
            "signals": .array(registry.signals.keys.sorted().map(JSON.string)),
            "routes": .array(
                HTTPAPI.fixedRoutes.map { route($0.method, $0.pattern, $0.access) }
                    + registry.routes.map { route($0.method, $0.pattern, $0.access.rawValue) }
            ),
        ])
    }

    private static func entry(_ operation: Operation) -> JSON {
        .members([
            "name": .string(operation.name), "capability": .string(operation.capability),
            "access": .string(operation.access.rawValue), "bots": .bool(operation.bots), "with": operation.input(),
            "ok": operation.output(),
        ])
    }

    private static func route(_ method: String, _ pattern: String, _ access: String) -> JSON {
        .members(["name": .string("\(method) \(pattern)"), "access": .string(access)])
    }
}
