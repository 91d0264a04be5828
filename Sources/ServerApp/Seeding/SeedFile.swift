import Foundation
import WireProtocol

/// One command of a seed file.
struct SeedCommand {
    /// Unique over all files; the nonce is `seed-` and this.
    let key: String
    /// The key of the `person.create` whose person acts; nil for the system.
    let by: String?
    /// The clock for this command; nil for the present.
    let at: Instant?
    /// The command's name.
    let name: String
    /// Its fields, with references still in them.
    let body: JSON
}

/// A file of commands that make a community (`seeds/README.md`).
struct SeedFile {
    let path: String
    let commands: [SeedCommand]

    init(path: String) throws {
        self.path = path
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw SeedError(path, nil, "cannot be read: \(error.localizedDescription)")
        }
        let tree: JSON
        do { tree = try YAMLFile.json(text) } catch { throw SeedError(path, nil, "is not YAML: \(error)") }
        guard let list = tree["commands"]?.array else { throw SeedError(path, nil, "has no list named commands") }
        commands = try list.enumerated().map { index, item in
            guard let key = item["key"]?.string, Nonce.isValid("seed-" + key) else {
                throw SeedError(path, nil, "command \(index + 1) has no key of 1–58 letters, digits, - or _")
            }
            guard let name = item["do"]?.string else { throw SeedError(path, key, "has no do") }
            var at: Instant?
            if let text = item["at"]?.string {
                at = Instant(text)
                if at == nil { throw SeedError(path, key, "at is no RFC 3339 time: \(text)") }
            }
            return SeedCommand(
                key: key,
                by: item["by"]?.string,
                at: at,
                name: name,
                body: item["with"] ?? .object(JSONObject())
            )
        }
    }
}

/// What is wrong with a seed.
public struct SeedError: Error, CustomStringConvertible {
    /// The sentence.
    public let description: String

    init(_ path: String, _ key: String?, _ problem: String) {
        description = "\(path): " + (key.map { "\($0): " } ?? "") + problem
    }
}
