import Foundation

/// A secret that the settings hold, or a file that they name.
struct SecretFile {
    /// The setting that names the file, for messages.
    let key: String
    /// The file; empty for none.
    let path: String

    /// What the file holds; nil when it cannot be read.
    var content: String? { try? String(contentsOfFile: path, encoding: .utf8) }

    /// Its first line; nil when it cannot be read.
    var line: String? { content.map { String($0.prefix { !$0.isNewline }) } }

    /// Why it cannot serve; nil for a file that only its owner reads.
    var problem: String? {
        guard !path.isEmpty else { return nil }
        guard content != nil else { return "\(key): \(path) cannot be read" }
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & 0o077 != 0 else { return nil }
        return "\(key): others may read \(path): chmod 600, or 400"
    }
}
