import Journal
import OperationalTransformation
import WireProtocol

/// Change sets between JSON and ``ChangeSet``.
enum ChangeCodec {
    /// Reads what a client sends; what is wrong is `invalid` with path `with.changes`.
    static func read(_ json: JSON?, _ settings: DocumentSettings) throws -> ChangeSet {
        guard let items = json?.array else { throw WireError.invalid("with.changes", "wrong_type") }
        guard items.count <= Int(settings.changeParts) else { throw WireError.invalid("with.changes", "too_many") }
        guard let parts = parts(items) else { throw WireError.invalid("with.changes", "wrong_type") }
        do throws(ChangeSet.Fault) {
            return try ChangeSet(parts: parts)
        } catch {
            throw WireError.invalid("with.changes", error.rawValue)
        }
    }

    /// Reads what the store holds.
    static func read(stored text: String) throws -> ChangeSet {
        guard let items = try JSONParser.parse(Array(text.utf8), limits: .answers).array, let parts = parts(items)
        else {
            throw StorageError.failed("a change in the store is none")
        }
        return try ChangeSet(parts: parts)
    }

    private static func parts(_ items: [JSON]) -> [ChangeSet.Part]? {
        var parts: [ChangeSet.Part] = []
        parts.reserveCapacity(items.count)
        for item in items {
            if let list = item.array {
                guard let count = list.first?.int.flatMap(Int.init(exactly:)) else { return nil }
                var lines: [String] = []
                for line in list.dropFirst() {
                    guard let line = line.string else { return nil }
                    lines.append(line)
                }
                parts.append(.replace(count, with: lines))
            } else {
                guard let count = item.int.flatMap(Int.init(exactly:)) else { return nil }
                parts.append(.keep(count))
            }
        }
        return parts
    }

    static func json(_ change: ChangeSet) -> JSON {
        .array(
            change.parts.map { part in
                switch part {
                case .keep(let count): .int(Int64(count))
                case .replace(let count, let lines): .array([.int(Int64(count))] + lines.map(JSON.string))
                }
            }
        )
    }
}

extension ChunkedText {
    /// A text as editors keep it: every line ends with `\n` alone.
    init(normalising text: String) {
        var units: [UInt16] = []
        units.reserveCapacity(text.utf16.count)
        var wasReturn = false
        for unit in text.utf16 {
            if unit == 10, wasReturn {
                wasReturn = false
                continue
            }
            wasReturn = unit == 13
            units.append(wasReturn ? 10 : unit)
        }
        self.init(units)
    }

    /// The SHA-256 of the text in UTF-8.
    var hash: [UInt8] {
        let stream = SHA256Stream()
        forEachUTF8 { bytes in bytes.withUnsafeBytes { stream.update($0) } }
        return stream.finish()
    }
}
