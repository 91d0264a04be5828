/// A value bound to a statement.
///
/// Truth values and times are integers, JSON is text.
public enum SQLValue: Sendable, Equatable {
    case null
    case int(Int64)
    case double(Double)
    case text(String)
    case blob([UInt8])
}

/// What can stand between `\(` and `)` of a ``SQLQuery``.
public protocol SQLConvertible {
    /// The value to bind.
    var sqlValue: SQLValue { get }
}

/// An SQL statement with its bound values, written once for every engine in the subset that SQLite 3.40 and PostgreSQL
/// 15 share.
///
/// Interpolated values are always bound, never pasted.
///
/// ```swift
/// let page: SQLQuery = "SELECT id, text FROM message WHERE channel = \(channel) AND id < \(before) ORDER BY id DESC LIMIT \(limit)"
/// ```
public struct SQLQuery: Sendable, ExpressibleByStringInterpolation {
    /// The statement with `$1`, `$2` … in place of the values.
    public let sql: String
    /// The values, in order.
    public let values: [SQLValue]

    /// A statement without values.
    public init(stringLiteral sql: String) {
        self.sql = sql
        values = []
    }

    /// A statement with values.
    public init(stringInterpolation interpolation: StringInterpolation) {
        sql = interpolation.sql
        values = interpolation.values
    }

    /// Gathers the text and the values.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = ""
        var values: [SQLValue] = []

        /// Reserves room.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql.reserveCapacity(literalCapacity + interpolationCount * 3)
            values.reserveCapacity(interpolationCount)
        }

        /// Adds text.
        public mutating func appendLiteral(_ literal: String) { sql += literal }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some SQLConvertible) { bind(value.sqlValue) }

        /// Binds a value or NULL.
        public mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            bind(value?.sqlValue ?? .null)
        }

        /// Binds each of a list, for `IN (…)`; an empty list gives `NULL`, which nothing equals.
        public mutating func appendInterpolation(list values: [some SQLConvertible]) {
            if values.isEmpty {
                sql += "NULL"
                return
            }
            for (index, value) in values.enumerated() {
                if index > 0 { sql += ", " }
                bind(value.sqlValue)
            }
        }

        /// Adds another statement as a part, with its values.
        public mutating func appendInterpolation(part query: SQLQuery) {
            guard !query.values.isEmpty else {
                sql += query.sql
                return
            }
            // A part's numbers go on after those already bound.
            var rest = query.sql.utf8[...]
            while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
                sql += Substring(rest[..<dollar])
                let digits = rest[rest.index(after: dollar)...].prefix { $0 >= 0x30 && $0 <= 0x39 }
                if let number = Int(Substring(digits)), number >= 1, number <= query.values.count {
                    bind(query.values[number - 1])
                } else {
                    sql += "$" + Substring(digits)
                }
                rest = rest[digits.endIndex...]
            }
            sql += Substring(rest)
        }

        private mutating func bind(_ value: SQLValue) {
            values.append(value)
            sql += "$"
            sql += String(values.count)
        }
    }
}
