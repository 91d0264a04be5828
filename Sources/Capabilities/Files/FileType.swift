import CMagic
import Synchronization

/// The media type of a file, found by libmagic from the content alone.
final class FileType: Sendable {
    /// The process's one: loading libmagic's database takes a while, and a handle serves one thread at a time.
    static let shared = FileType()

    private struct Handle: @unchecked Sendable {
        // @unchecked: used under the mutex only.
        let pointer: magic_t?
    }
    private let handle: Mutex<Handle>

    private init() {
        let pointer = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS)
        if magic_load(pointer, nil) == 0 {
            handle = Mutex(Handle(pointer: pointer))
        } else {
            magic_close(pointer)
            handle = Mutex(Handle(pointer: nil))
        }
    }

    /// The type of the file at `path`; `application/octet-stream` when it is none known.
    func type(of path: String) -> String {
        handle.withLock { handle in
            guard let pointer = handle.pointer, let found = magic_file(pointer, path) else { return Self.unknown }
            let type = String(cString: found)
            return Self.isType(type) ? Self.usual[type] ?? type : Self.unknown
        }
    }

    private static let unknown = "application/octet-stream"
    private static let usual = [
        "inode/x-empty": unknown, "application/x-empty": unknown, "image/x-ms-bmp": "image/bmp",
    ]

    private static func isType(_ text: String) -> Bool {
        text.utf8.count <= 100 && text.split(separator: "/").count == 2
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3B && $0 != 0x2C }
    }
}
