import CommunityKernel
import Journal
import Messages
import OperationalTransformation
import People
import WireProtocol

/// A comment, or an answer to one, as the store knows it.
struct CommentRecord: Sendable {
    let id: CommentID
    let document: DocumentID
    /// The comment that it answers.
    let thread: CommentID?
    let author: MemberID
    let at: Instant
    var text: String
    let revision: Int64
    let range: Range<Int>
    var isResolved: Bool
    /// Whom it mentions of those who may read the document.
    var mentions: [MemberID] = []

    /// Its place; answers have none of their own.
    var place: Anchors.Place? {
        thread == nil ? Anchors.Place(id: id.rawValue, revision: revision, range: range) : nil
    }

    /// Its text as HTML, in which nobody else is mentioned.
    var html: String { Markdown.rendered(text, people: Set(mentions.map(\.rawValue)))?.html ?? "" }

    var by: MemberID? { author.rawValue == 0 ? nil : author }
}

/// The comments' queries.
enum CommentStore {
    private static let columns: SQLQuery =
        "id, document, thread, author, at, text, revision, begins, ends, resolved, mentions"

    private static func record(_ row: any SQLRow) -> CommentRecord {
        let begins = Int(row.int(7))
        return CommentRecord(
            id: row.id(0),
            document: row.id(1),
            thread: row.optionalID(2),
            author: row.id(3),
            at: row.instant(4),
            text: row.text(5),
            revision: row.int(6),
            range: begins..<max(begins, Int(row.int(8))),
            isResolved: row.flag(9),
            mentions: row.text(10).split(separator: ",").compactMap { Int64($0).map(MemberID.init) }
        )
    }

    static func comment(_ id: CommentID, _ sql: any SQLReader) throws -> CommentRecord? {
        try sql.first("SELECT \(part: columns) FROM document_comment WHERE id = \(id)", record)
    }

    /// All of a document, oldest first; the settings bound them.
    static func comments(of document: DocumentID, _ sql: any SQLReader) throws -> [CommentRecord] {
        try sql.all(
            "SELECT \(part: columns) FROM document_comment WHERE document = \(document) ORDER BY id",
            record
        )
    }

    static func insert(_ comment: CommentRecord, _ sql: any SQLWriter) throws {
        try sql.execute(
            """
            INSERT INTO document_comment (id, document, thread, author, at, text, revision, begins, ends, resolved,
                mentions)
            VALUES (\(comment.id), \(comment.document), \(comment.thread), \(comment.author), \(comment.at),
                \(comment.text), \(comment.revision), \(comment.range.lowerBound), \(comment.range.upperBound),
                \(comment.isResolved), \(comment.mentions.map(\.description).joined(separator: ",")))
            """
        )
    }

    /// Remembers whose names stand in a comment, for when one of them is to be taken out.
    static func note(_ people: [MemberID], in comment: CommentID, _ sql: any SQLWriter) throws {
        for person in people {
            try sql.execute(
                """
                INSERT INTO document_comment_name (person, comment) VALUES (\(person), \(comment))
                ON CONFLICT (person, comment) DO NOTHING
                """
            )
        }
    }

    /// Comments with their answers, at their present places.
    static func views(
        of document: DocumentRecord,
        _ texts: DocumentTexts,
        _ sql: any SQLReader
    ) throws
        -> [CommentView]
    {
        let all = try comments(of: document.id, sql)
        let places = try Anchors.present(all.compactMap(\.place), in: document, texts, sql)
        let replies = Dictionary(grouping: all.filter { $0.thread != nil }) { $0.thread ?? CommentID() }
        return all.filter { $0.thread == nil }.map { comment in
            let range = places[comment.id.rawValue] ?? comment.range
            var view = CommentView()
            view.id = comment.id
            view.from = Int64(range.lowerBound)
            view.to = Int64(range.upperBound)
            view.text = comment.text
            view.html = comment.html
            view.by = comment.by
            view.at = comment.at
            view.resolved = comment.isResolved
            view.replies = (replies[comment.id] ?? []).map { answer in
                var reply = CommentReply()
                reply.id = answer.id
                reply.text = answer.text
                reply.html = answer.html
                reply.by = answer.by
                reply.at = answer.at
                return reply
            }
            return view
        }
    }
}

/// `document.comment`, `.reply`, `.resolve`, `.reopen`.
struct CommentingDocuments: Sendable {
    let access: DocumentAccess
    let texts: DocumentTexts
    let settings: DocumentSettings
    /// People whom one comment mentions; later ones are only named.
    private static let mentioned = 100

    func comment(_ command: CommentDocument, _ work: UnitOfWork) throws -> CommentedDocument {
        let document = try access.editable(command.document, work)
        try requireRoom(on: document, work)
        let range = try place(command, in: document, work.sql)
        let named = try mentions(in: command.text, on: document, work.sql)
        let comment = CommentRecord(
            id: work.nextID(),
            document: document.id,
            thread: nil,
            author: work.actor.id,
            at: work.now,
            text: command.text,
            revision: document.revision,
            range: range,
            isResolved: false,
            mentions: named.people
        )
        var news = news(of: comment)
        news.revision = comment.revision
        news.from = Int64(range.lowerBound)
        news.to = Int64(range.upperBound)
        try work.append(DocumentCommented(news), to: .network(document.network))
        try CommentStore.insert(comment, work.sql)
        try CommentStore.note(named.all, in: comment.id, work.sql)
        return CommentedDocument(id: comment.id)
    }

    /// Whom a text mentions: those who may read the document, and all whose names are written.
    private func mentions(
        in text: String,
        on document: DocumentRecord,
        _ sql: any SQLReader
    ) throws
        -> (people: [MemberID], all: [MemberID])
    {
        let all = (Markdown.rendered(text)?.people ?? []).map { MemberID($0) }
        let people = try all.prefix(Self.mentioned).filter { person in
            guard try PeopleStore.activePerson(person, sql) != nil else { return false }
            return try access.mayRead(in: document.network, Member(id: person, kind: .person, name: ""), sql)
        }
        return (people.sorted(), all)
    }

    /// The place as it is in the newest text.
    private func place(
        _ command: CommentDocument,
        in document: DocumentRecord,
        _ sql: any SQLReader
    ) throws
        -> Range<Int>
    {
        guard command.from <= command.to else { throw WireError.invalid("with.to", "out_of_range") }
        guard let text = try texts.text(of: document, at: command.revision, sql),
            let since = try texts.changes(of: document, after: command.revision, sql)
        else { throw document.moved }
        guard command.from <= text.count else { throw WireError.invalid("with.from", "out_of_range") }
        guard command.to <= text.count else { throw WireError.invalid("with.to", "out_of_range") }
        let range = Int(command.from)..<Int(command.to)
        guard !text.splitsPair(range) else { throw WireError.invalid("with.from", "splits_a_pair") }
        return since.reduce(range) { place, change in change.mapRange(place) }
    }

    private func requireRoom(on document: DocumentRecord, _ work: UnitOfWork) throws {
        let known = try work.sql.count("SELECT COUNT(*) FROM document_comment WHERE document = \(document.id)")
        guard known < settings.comments else {
            throw WireError(.full, "a document has at most \(settings.comments) comments")
        }
    }

    func reply(_ command: ReplyToComment, _ work: UnitOfWork) throws -> CommentedDocument {
        let (comment, document) = try thread(command.comment, work)
        try requireRoom(on: document, work)
        let named = try mentions(in: command.text, on: document, work.sql)
        let reply = CommentRecord(
            id: work.nextID(),
            document: document.id,
            thread: comment.id,
            author: work.actor.id,
            at: work.now,
            text: command.text,
            revision: document.revision,
            range: 0..<0,
            isResolved: false,
            mentions: named.people
        )
        var news = news(of: reply)
        news.comment = comment.id
        news.resolved = nil
        try work.append(CommentReplied(news), to: .network(document.network))
        try CommentStore.insert(reply, work.sql)
        try CommentStore.note(named.all, in: reply.id, work.sql)
        return CommentedDocument(id: reply.id)
    }

    func resolve(_ command: ResolveComment, _ work: UnitOfWork) throws -> Nothing {
        try settle(command.comment, resolved: true, CommentResolved.init, work)
    }

    func reopen(_ command: ReopenComment, _ work: UnitOfWork) throws -> Nothing {
        try settle(command.comment, resolved: false, CommentReopened.init, work)
    }

    private func settle<Update: ServerUpdate>(
        _ id: CommentID,
        resolved: Bool,
        _ update: (CommentNews) -> Update,
        _ work: UnitOfWork
    ) throws -> Nothing {
        var (comment, document) = try thread(id, work)
        guard comment.isResolved != resolved else { return Nothing() }
        comment.isResolved = resolved
        var news = CommentNews()
        news.id = comment.id
        news.document = document.id
        news.by = work.actor.id
        news.resolved = resolved
        try work.append(update(news), to: .network(document.network))
        try work.sql.execute("UPDATE document_comment SET resolved = \(resolved) WHERE id = \(comment.id)")
        return Nothing()
    }

    /// A comment, no answer, on a document that the actor may change now.
    private func thread(_ id: CommentID, _ work: UnitOfWork) throws -> (CommentRecord, DocumentRecord) {
        guard let comment = try CommentStore.comment(id, work.sql), comment.thread == nil else {
            throw WireError.notFound
        }
        return (comment, try access.editable(comment.document, work))
    }

    private func news(of comment: CommentRecord) -> CommentNews {
        var news = CommentNews()
        news.id = comment.id
        news.document = comment.document
        news.text = comment.text
        news.html = comment.html
        news.mentions = comment.mentions.isEmpty ? nil : comment.mentions
        news.by = comment.author
        news.resolved = comment.isResolved
        return news
    }
}
