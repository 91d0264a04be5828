import CommunityKernel
import Journal
import OperationalTransformation
import WireProtocol

/// A proposed change as the store knows it.
struct SuggestionRecord: Sendable {
    let id: SuggestionID
    let document: DocumentID
    let author: MemberID
    let at: Instant
    let text: String?
    let revision: Int64
    let changes: String?
    let state: SuggestionState

    func news(_ state: SuggestionState, revision: Int64? = nil) -> SuggestionNews {
        var news = SuggestionNews()
        news.id = id
        news.document = document
        news.state = state
        news.revision = revision
        return news
    }
}

/// The suggestions' queries.
enum SuggestionStore {
    private static let columns: SQLQuery = "id, document, author, at, text, revision, changes, state"

    private static func record(_ row: any SQLRow) -> SuggestionRecord {
        SuggestionRecord(
            id: row.id(0),
            document: row.id(1),
            author: row.id(2),
            at: row.instant(3),
            text: row.optionalText(4),
            revision: row.int(5),
            changes: row.optionalText(6),
            state: SuggestionState(rawValue: row.text(7)) ?? .rejected
        )
    }

    static func suggestion(_ id: SuggestionID, _ sql: any SQLReader) throws -> SuggestionRecord? {
        try sql.first("SELECT \(part: columns) FROM document_suggestion WHERE id = \(id)", record)
    }

    /// Those of a document that wait, oldest first; the settings bound them.
    static func open(on document: DocumentID, _ sql: any SQLReader) throws -> [SuggestionRecord] {
        try sql.all(
            """
            SELECT \(part: columns) FROM document_suggestion
            WHERE document = \(document) AND state = \(SuggestionState.open.rawValue) ORDER BY id
            """,
            record
        )
    }

    /// The proposed change as one of the newest text; nil where what came since is not retained.
    static func present(
        _ suggestion: SuggestionRecord,
        in document: DocumentRecord,
        _ texts: DocumentTexts,
        _ sql: any SQLReader
    ) throws
        -> ChangeSet?
    {
        guard let changes = suggestion.changes,
            let since = try texts.changes(of: document, after: suggestion.revision, sql)
        else { return nil }
        return try since.reduce(try ChangeCodec.read(stored: changes)) { try $0.map(over: $1) }
    }

    static func views(
        of document: DocumentRecord,
        _ texts: DocumentTexts,
        _ sql: any SQLReader
    ) throws
        -> [SuggestionView]
    {
        try open(on: document.id, sql).map { suggestion in
            var view = SuggestionView()
            view.id = suggestion.id
            view.changes = try present(suggestion, in: document, texts, sql).map(ChangeCodec.json)
            view.text = suggestion.text
            view.by = suggestion.author.rawValue == 0 ? nil : suggestion.author
            view.at = suggestion.at
            return view
        }
    }
}

/// `document.suggest`, `.acceptSuggestion`, `.rejectSuggestion`.
struct SuggestingChanges: Sendable {
    let access: DocumentAccess
    let editing: EditingDocuments

    private var settings: DocumentSettings { editing.revising.settings }

    func suggest(_ command: SuggestChange, _ work: UnitOfWork) throws -> SuggestedChange {
        let document = try access.editable(command.document, work)
        let waiting = try work.sql.count(
            """
            SELECT COUNT(*) FROM document_suggestion
            WHERE document = \(document.id) AND state = \(SuggestionState.open.rawValue)
            """
        )
        guard waiting < settings.suggestions else {
            throw WireError(.full, "a document has at most \(settings.suggestions) suggestions open")
        }
        let change = try editing.transformed(
            try editing.change(command.changes),
            base: command.base,
            of: document,
            work.sql
        )
        let suggestion = SuggestionRecord(
            id: work.nextID(),
            document: document.id,
            author: work.actor.id,
            at: work.now,
            text: command.text,
            revision: document.revision,
            changes: String(decoding: ChangeCodec.json(change).text, as: UTF8.self),
            state: .open
        )
        try work.append(ChangeSuggested(suggestion.news(.open)), to: .network(document.network))
        try work.sql.execute(
            """
            INSERT INTO document_suggestion (id, document, author, at, text, revision, changes, state)
            VALUES (\(suggestion.id), \(suggestion.document), \(suggestion.author), \(suggestion.at),
                \(suggestion.text), \(suggestion.revision), \(suggestion.changes), \(suggestion.state.rawValue))
            """
        )
        return SuggestedChange(id: suggestion.id)
    }

    func accept(_ command: AcceptSuggestion, _ work: UnitOfWork) throws -> ChangedDocument {
        var (suggestion, document) = try waiting(command.suggestion, work)
        guard let change = try SuggestionStore.present(suggestion, in: document, editing.revising.texts, work.sql)
        else { throw document.moved }
        let made = try editing.revising.revise(&document, by: change, .accepted, work)
        try end(suggestion, .accepted, work)
        let news = suggestion.news(.accepted, revision: made.revision)
        try work.append(SuggestionAccepted(news), to: .network(document.network))
        return made
    }

    func reject(_ command: RejectSuggestion, _ work: UnitOfWork) throws -> Nothing {
        let (suggestion, document) = try waiting(command.suggestion, work)
        try end(suggestion, .rejected, work)
        var news = suggestion.news(.rejected)
        news.reason = command.reason
        try work.append(SuggestionRejected(news), to: .network(document.network))
        return Nothing()
    }

    private func waiting(_ id: SuggestionID, _ work: UnitOfWork) throws -> (SuggestionRecord, DocumentRecord) {
        guard let suggestion = try SuggestionStore.suggestion(id, work.sql) else { throw WireError.notFound }
        let document = try access.editable(suggestion.document, work)
        guard suggestion.state == .open else {
            throw WireError.conflict(
                "the suggestion is \(suggestion.state.rawValue)",
                current: .members([
                    "revision": .int(document.revision), "state": .string(suggestion.state.rawValue),
                ])
            )
        }
        return (suggestion, document)
    }

    private func end(_ suggestion: SuggestionRecord, _ state: SuggestionState, _ work: UnitOfWork) throws {
        // What it would have changed is of no more use.
        try work.sql.execute(
            """
            UPDATE document_suggestion SET state = \(state.rawValue), changes = NULL WHERE id = \(suggestion.id)
            """
        )
    }
}
