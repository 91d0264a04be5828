import Journal

/// The words of the index: the only place that knows how an engine searches texts.
///
/// SQLite: an FTS5 table with the tokenizer `italian` (accents folded, Snowball stems). PostgreSQL gets a column of type
/// `tsvector` with the configuration `italian` when it comes.
enum FullText {
    /// Stands before and after a word found, in ``excerpts(of:matching:_:)``; no text of the index holds it.
    static let mark = (start: "\u{2}", end: "\u{3}")

    static func tables(_ dialect: SQLDialect) -> [String] {
        switch dialect {
        case .sqlite: ["CREATE VIRTUAL TABLE search_text USING fts5(title, body, tokenize = 'italian')"]
        case .postgresql: []
        }
    }

    // MARK: Queries

    /// What to look for: phrases of one or more words, all of which must occur.
    struct Pattern: Equatable {
        var phrases: [String]
        var isEmpty: Bool { phrases.isEmpty }

        /// In FTS5's language.
        ///
        /// Every phrase is quoted, so that nothing in it is an operator.
        fileprivate func match(anyOf: Bool) -> String {
            phrases.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: anyOf ? " OR " : " AND ")
        }
    }

    /// The rows of `search_item i` that match, to stand behind `SELECT …`.
    static func from(_ pattern: Pattern) -> SQLQuery {
        if pattern.isEmpty { return "FROM search_item i WHERE 1 = 1" }
        let match = pattern.match(anyOf: false)
        return """
            FROM search_text CROSS JOIN search_item i ON i.id = search_text.rowid WHERE search_text MATCH \(match)
            """
    }

    /// A condition that none of the phrases occurs.
    static func without(_ pattern: Pattern) -> SQLQuery {
        if pattern.isEmpty { return "" }
        let match = pattern.match(anyOf: true)
        return "AND i.id NOT IN (SELECT rowid FROM search_text WHERE search_text MATCH \(match))"
    }

    /// The order, best first: how well it matches (a title counts four times), more for what is recent.
    static func order(_ pattern: Pattern, nowMilliseconds now: Int64) -> SQLQuery {
        if pattern.isEmpty { return "ORDER BY i.at DESC, i.id DESC" }
        // bm25() is the lower the better. A month halves what recency adds; a person does not age.
        return """
            ORDER BY bm25(search_text, 4.0, 1.0) * (CASE WHEN i.kind = 'person' THEN 2.0
                ELSE 1.0 + 30.0 / (30.0 + MAX(0, \(now) - i.at) / 86400000.0) END), i.id DESC
            """
    }

    /// The title and the place found of each item, with ``mark`` around the words.
    static func excerpts(
        of items: [Int64],
        matching pattern: Pattern,
        _ sql: any SQLReader
    ) throws -> [Int64: (title: String, text: String)] {
        var found: [Int64: (title: String, text: String)] = [:]
        let query: SQLQuery
        if pattern.isEmpty {
            query = "SELECT rowid, title, substr(body, 1, 240) FROM search_text WHERE rowid IN (\(list: items))"
        } else {
            query = """
                SELECT rowid, title, snippet(search_text, -1, \(mark.start), \(mark.end), '…', 24) FROM search_text
                WHERE search_text MATCH \(pattern.match(anyOf: false)) AND rowid IN (\(list: items))
                """
        }
        try sql.forEach(query) { found[$0.int(0)] = ($0.text(1), $0.text(2)) }
        return found
    }

    /// Items of a kind whose title has the words.
    static func titled(_ words: String, kind: String, limit: Int, _ sql: any SQLReader) throws -> [Int64] {
        let match = "title : " + Pattern(phrases: [words]).match(anyOf: false)
        return try sql.all(
            """
            SELECT i.id FROM search_text CROSS JOIN search_item i ON i.id = search_text.rowid
            WHERE search_text MATCH \(match) AND i.kind = \(kind) LIMIT \(limit)
            """
        ) { $0.int(0) }
    }

    /// The items of a kind, in the networks that the condition on `i.network` lets through, that some of the words
    /// occur in; the nearest first, with how near: the more the nearer.
    static func nearest(
        _ words: [String],
        kind: String,
        where condition: SQLQuery,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [(id: Int64, score: Double)] {
        let match = Pattern(phrases: words).match(anyOf: true)
        // bm25() is the lower the better, and a whole number of millionths passes every engine's reader.
        return try sql.all(
            """
            SELECT i.id, CAST(bm25(search_text, 4.0, 1.0) * -1000000 AS INTEGER) AS score
            FROM search_text CROSS JOIN search_item i ON i.id = search_text.rowid
            WHERE search_text MATCH \(match) AND i.kind = \(kind) AND \(part: condition)
            ORDER BY score DESC, i.id DESC LIMIT \(limit)
            """
        ) { ($0.int(0), Double($0.int(1))) }
    }

    // MARK: Writing

    static func insert(_ id: Int64, title: String, body: String, _ sql: any SQLWriter) throws {
        try sql.execute(
            "INSERT INTO search_text (rowid, title, body) VALUES (\(id), \(plain(title)), \(plain(body)))"
        )
    }

    static func delete(_ id: Int64, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM search_text WHERE rowid = \(id)")
    }

    /// A piece of the rewriting of the index that leaves no trace of deleted words; false when there is none left.
    ///
    /// FTS5 of SQLite 3.40 keeps deleted words until their segments are merged; the freed pages are zeroed by
    /// `secure_delete`.
    static func tidy(isFirst: Bool, _ sql: any SQLWriter) throws -> Bool {
        let pages = isFirst ? -200 : 200
        return try sql.execute("INSERT INTO search_text (search_text, rank) VALUES ('merge', \(pages))") > 1
    }

    /// Without control characters: two of them mark the words found.
    private static func plain(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }
}
