import WireProtocol

/// Keeps the cursor across runs.
struct CursorFile: Sendable {
    let path: String

    func load() -> Cursor? {
        guard let bytes = PrivateFile.read(path), let object = (try? JSONParser.parse(bytes))?.object else {
            return nil
        }
        return try? Cursor.read(object)
    }

    /// A cursor that cannot be kept costs a snapshot at the next start, nothing else.
    func save(_ cursor: Cursor?) {
        guard let cursor else { return PrivateFile.remove(path) }
        try? PrivateFile.write(cursor.text, to: path)
    }
}
