import Foundation
import Journal

/// The folder where bodies lie while they are uploaded.
struct UploadFolder {
    private let path: String
    private static let prefix = "upload-"

    init(_ path: String) { self.path = path }

    /// Makes it, and removes what a killed process left in it.
    func prepare() {
        let files = FileManager.default
        try? files.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] where name.hasPrefix(Self.prefix) {
            unlink("\(path)/\(name)")
        }
    }

    /// A name that nothing has yet.
    func newFile() -> String { "\(path)/\(Self.prefix)\(Secret.hex(Secret.random(12)))" }
}
