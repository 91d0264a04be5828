import CommunityKernel
import Foundation
import WireProtocol
import Yams

/// What is wrong with the configuration, one sentence for each mistake.
public struct ConfigurationError: Error, CustomStringConvertible {
    /// The sentences.
    public let problems: [String]
    /// The sentences, one a line.
    public var description: String { problems.joined(separator: "\n") }
}

/// Reads the configuration: defaults, then the file, then the environment (`METROPOLI_…`), then the command line.
public enum ConfigurationLoader {
    /// Where the file is looked for when none is named.
    public static let systemPath = "/etc/metropoli/metropoli.yaml"

    /// Reads it all.
    ///
    /// `overrides` are the command line's, by key path.
    public static func load(
        file: String?,
        environment: [String: String],
        overrides: [String: String] = [:]
    ) throws -> Configuration {
        var tree = JSON.object(JSONObject())
        let named = file ?? environment["METROPOLI_CONFIG"]
        let path = named ?? (FileManager.default.fileExists(atPath: systemPath) ? systemPath : nil)
        if let path { tree = try read(path) }
        let schema = SchemaRecorder.schema(of: Configuration.self)
        var problems = unknownKeys(in: tree, schema, at: "")
        let settings = leaves(of: schema, at: [])
        problems += Environment.problems(in: environment)
        for (key, property) in settings {
            let variable = environmentName(key)
            guard let text = overrides[key.joined(separator: ".")] ?? environment[variable] else { continue }
            tree = tree.setting(key[...], to: value(text, property, key, in: tree))
        }
        do {
            let configuration = try Configuration.read(tree.object ?? JSONObject(), path: "", notation: .query)
            problems += configuration.problems
            guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
            return configuration
        } catch let error as WireError {
            problems += (error.fields ?? []).map { "\($0.path): \($0.problem)" }
            throw ConfigurationError(problems: problems)
        }
    }

    /// Variables of the environment that look like settings and are none: `check-config` calls them mistakes, a server
    /// says so in its log and starts.
    public static func strangers(in environment: [String: String]) -> [String] {
        let settings = leaves(of: SchemaRecorder.schema(of: Configuration.self), at: [])
        return Environment.strangers(in: environment, settings: settings.map { environmentName($0.key) })
    }

    /// The environment variable of a key: `message.editWindow` is METROPOLI_MESSAGE_EDIT_WINDOW.
    static func environmentName(_ key: [String]) -> String {
        var name = "METROPOLI"
        for part in key {
            name += "_"
            for (index, character) in part.enumerated() {
                if character.isUppercase, index > 0 { name += "_" }
                name += character.uppercased()
            }
        }
        return name
    }

    /// All settings and their values, as YAML.
    public static func print(_ configuration: Configuration) throws -> String {
        var shown = configuration
        // What is printed is copied into tickets.
        if !shown.mail.password.isEmpty { shown.mail.password = "…" }
        let named = configuration.networkTypes?.object
        shown.networkTypes = .object(
            JSONObject(
                InstalledNetworkTypes.all.map { type in
                    let settings = (named?[type.id]?.object?.members ?? []).filter { $0.name != "enabled" }
                    let isEnabled = configuration.enabledNetworkTypes.contains(type.id)
                    let enabled = JSONObject.Member(name: "enabled", value: .bool(isEnabled))
                    return JSONObject.Member(name: type.id, value: .object(JSONObject([enabled] + settings)))
                }
            )
        )
        return try Yams.serialize(node: YAMLFile.node(try JSONParser.parse(shown.text)), allowUnicode: true)
    }

    private static func read(_ path: String) throws -> JSON {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw ConfigurationError(problems: [
                "the configuration \(path) cannot be read: \(error.localizedDescription)"
            ])
        }
        let tree: JSON
        do {
            tree = try YAMLFile.json(text)
        } catch {
            throw ConfigurationError(problems: ["\(path) is not YAML: \(error)"])
        }
        switch tree {
        case .object: return tree
        case .null: return .object(JSONObject())
        default: throw ConfigurationError(problems: ["\(path) holds no settings: it must be a map of keys to values"])
        }
    }

    private static func unknownKeys(in tree: JSON, _ schema: JSON, at path: String) -> [String] {
        guard let known = schema["properties"]?.object else { return [] }
        var problems: [String] = []
        for member in tree.object?.members ?? [] {
            let key = path.isEmpty ? member.name : "\(path).\(member.name)"
            guard let property = known[member.name] else {
                problems.append("\(key): unknown key")
                continue
            }
            problems += unknownKeys(in: member.value, property, at: key)
        }
        return problems
    }

    private static func leaves(of schema: JSON, at path: [String]) -> [(key: [String], property: JSON)] {
        var found: [([String], JSON)] = []
        for member in schema["properties"]?.object?.members ?? [] {
            if member.value["properties"] != nil {
                found += leaves(of: member.value, at: path + [member.name])
            } else {
                found.append((path + [member.name], member.value))
            }
        }
        return found
    }

    private static func value(_ text: String, _ property: JSON, _ key: [String], in tree: JSON) -> JSON {
        let items = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        if key == ["networkTypes"] {
            // The list says which are on; what the file sets for them stays.
            let named = tree["networkTypes"]?.object?.members.map(\.name) ?? []
            let all = InstalledNetworkTypes.all.map(\.id) + named + items
            var members: [JSONObject.Member] = []
            for name in all where !members.contains(where: { $0.name == name }) {
                let settings = (tree["networkTypes"]?[name]?.object?.members ?? []).filter { $0.name != "enabled" }
                let enabled = JSONObject.Member(name: "enabled", value: .bool(items.contains(name)))
                members.append(JSONObject.Member(name: name, value: .object(JSONObject([enabled] + settings))))
            }
            return .object(JSONObject(members))
        }
        if property["type"]?.string == "array" { return .array(items.map(JSON.string)) }
        return .string(text)
    }
}

/// YAML as JSON values and back: what Yams reads, no tags, no anchors kept.
enum YAMLFile {
    static func node(_ value: JSON) -> Node {
        switch value {
        case .object(let object):
            Node(object.members.map { (Node($0.name), node($0.value)) })
        case .array(let items): Node(items.map(node))
        case .string(let text):
            // Quoted where a plain scalar would be read back as something else.
            Node(
                text,
                Tag(.str),
                text.isEmpty || ["on", "off", "yes", "no", "true", "false"].contains(text) ? .doubleQuoted : .any
            )
        default: Node(String(decoding: value.text, as: UTF8.self))
        }
    }

    static func json(_ text: String) throws -> JSON {
        guard let node = try Yams.compose(yaml: text) else { return .object(JSONObject()) }
        return value(node)
    }

    private static func value(_ node: Node) -> JSON {
        switch node {
        case .mapping(let mapping):
            return .object(
                JSONObject(mapping.map { JSONObject.Member(name: $0.key.string ?? "", value: value($0.value)) })
            )
        case .sequence(let sequence):
            return .array(sequence.map(value))
        case .scalar(let scalar):
            if scalar.style != .plain { return .string(scalar.string) }
            if let flag = node.bool, ["true", "false"].contains(scalar.string.lowercased()) { return .bool(flag) }
            if node.null != nil { return .null }
            if let number = node.int { return .int(Int64(number)) }
            if let number = node.float, scalar.string.first?.isLetter == false { return .double(number) }
            return .string(scalar.string)
        case .alias:
            return .null
        }
    }
}

extension JSON {
    /// The same object with another value at a path.
    fileprivate func setting(_ path: ArraySlice<String>, to value: JSON) -> JSON {
        guard let first = path.first else { return value }
        var members = object?.members ?? []
        let inner = (self[first] ?? .object(JSONObject())).setting(path.dropFirst(), to: value)
        if let index = members.firstIndex(where: { $0.name == first }) {
            members[index] = JSONObject.Member(name: first, value: inner)
        } else {
            members.append(JSONObject.Member(name: first, value: inner))
        }
        return .object(JSONObject(members))
    }
}
