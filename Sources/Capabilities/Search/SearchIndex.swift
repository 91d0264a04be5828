import Channels
import CommunityKernel
import Events
import Files
import Journal
import Messages
import Minutes
import People
import WireProtocol

/// Keeps the index up to date by reading the journal.
///
/// What it writes is taken from the store as it is then, so that a text changed or deleted meanwhile never gets in.
enum SearchIndex {
    /// The updates after which an event is written anew.
    private static let events: Set<String> = [
        EventPublished.name, EventChanged.name, EventRescheduled.name, EventPostponed.name, EventCancelled.name,
    ]

    /// The updates after which a document or a solution is written anew.
    private static let texts: Set<String> = [
        DocumentBegun.name, DocumentChanged.name, DocumentRenamed.name, DocumentMoved.name, DocumentArchived.name,
        DocumentUnarchived.name, DocumentCommented.name, CommentReplied.name, SolutionCreated.name,
        SolutionWritten.name, SolutionChanged.name, SolutionPublished.name,
    ]

    static let follower = Follower(
        name: "search",
        types: events.union(texts).union([
            MessagePosted.name, MessageEdited.name, MessageDeleted.name, PersonCreated.name, PersonChanged.name,
            PersonSuspended.name, PersonRestored.name, PersonErased.name, DecisionRecorded.name,
        ]),
        isDerived: true,
        handle: handle
    )

    private static func handle(_ update: PastUpdate, _ work: UnitOfWork) throws {
        switch update.type {
        case MessagePosted.name, MessageEdited.name, MessageDeleted.name:
            if let id = update.data["id"]?.int { try index(MessageID(id), work) }
        case let name where events.contains(name):
            if let id = update.data["id"]?.int { try index(EventID(id), work) }
        case let name where texts.contains(name): try IndexingTexts.note(update, work)
        case DecisionRecorded.name:
            if let id = update.data["id"]?.int { try index(DecisionID(id), work) }
        case PersonErased.name:
            if let id = update.data["person"]?.int { try remove(id, work) }
        default:
            if let id = (update.data["id"] ?? update.data["person"])?.int { try index(PersonID(id), work) }
        }
    }

    // MARK: Messages and their files

    private static func index(_ id: MessageID, _ work: UnitOfWork) throws {
        try removeAll(of: id, work)
        guard let message = try MessageStore.message(id, work.sql), !message.isDeleted,
            let channel = try ChannelStore.channel(message.channel, work.sql)
        else { return }
        let text = Markdown.plain(message.text)
        try add(id.rawValue, .message, channel, message, title: "", body: text, work)
        for file in message.files {
            try add(file.id.rawValue, .file, channel, message, title: file.name, body: "", work)
        }
    }

    private static func add(
        _ id: Int64,
        _ kind: SearchKind,
        _ channel: ChannelRecord,
        _ message: MessageRecord,
        title: String,
        body: String,
        _ work: UnitOfWork
    ) throws {
        try work.sql.execute(
            """
            INSERT INTO search_item (id, kind, channel, network, listed, message, author, at)
            VALUES (\(id), \(kind.rawValue), \(channel.id), \(channel.network), \(channel.isListed), \(message.id),
                \(message.author), \(message.at))
            """
        )
        try FullText.insert(id, title: title, body: body, work.sql)
    }

    private static func removeAll(of message: MessageID, _ work: UnitOfWork) throws {
        let items = try work.sql.all("SELECT id FROM search_item WHERE message = \(message)") { $0.int(0) }
        for item in items { try remove(item, work) }
    }

    static func remove(_ id: Int64, _ work: UnitOfWork) throws {
        guard try work.sql.execute("DELETE FROM search_item WHERE id = \(id)") > 0 else { return }
        try FullText.delete(id, work.sql)
        try work.sql.execute(
            """
            INSERT INTO search_tidying (name, due) VALUES ('text', 1) ON CONFLICT (name) DO UPDATE SET due = 1
            """
        )
    }

    // MARK: Events

    private static func index(_ id: EventID, _ work: UnitOfWork) throws {
        try remove(id.rawValue, work)
        // A draft is its facilitators' own: they find it in their list.
        guard let event = try EventStore.event(id, work.sql), event.isPublic else { return }
        let details = event.details
        let speakers = try (details.speakers ?? []).compactMap { speaker in
            try speaker.person.flatMap { try PeopleStore.names(of: [$0], work.sql)[$0] } ?? speaker.name
        }
        let words =
            [details.place, details.partOf, details.text.map(Markdown.plain)].compactMap { $0 }
            + (details.agenda ?? []).map(\.title) + speakers
        try work.sql.execute(
            """
            INSERT INTO search_item (id, kind, network, listed, author, at)
            VALUES (\(id), \(SearchKind.event.rawValue), \(event.network), 1, \(event.creator), \(event.created))
            """
        )
        try FullText.insert(id.rawValue, title: event.title, body: words.joined(separator: "\n"), work.sql)
    }

    // MARK: Decisions

    private static func index(_ id: DecisionID, _ work: UnitOfWork) throws {
        try remove(id.rawValue, work)
        guard let decision = try DecisionStore.decision(id, work.sql),
            let event = try EventStore.event(decision.event, work.sql)
        else { return }
        try work.sql.execute(
            """
            INSERT INTO search_item (id, kind, network, listed, author, at)
            VALUES (\(id), \(SearchKind.decision.rawValue), \(decision.network), 1, \(decision.creator), \(decision.at))
            """
        )
        // Its number is what it is called by.
        let title = "\(decision.number) · \(event.title)"
        try FullText.insert(id.rawValue, title: title, body: Markdown.plain(decision.text), work.sql)
    }

    // MARK: People

    private static func index(_ id: PersonID, _ work: UnitOfWork) throws {
        try remove(id.rawValue, work)
        guard let person = try PeopleStore.activePerson(id, work.sql) else { return }
        try work.sql.execute(
            """
            INSERT INTO search_item (id, kind, listed, author, at)
            VALUES (\(id), \(SearchKind.person.rawValue), 0, \(id), \(work.now))
            """
        )
        try FullText.insert(id.rawValue, title: person.name, body: "", work.sql)
    }

    // MARK: Names taken out of texts

    /// Messages that lost the name of an erased person, without an update of their own.
    static let rewriting = Tick(
        name: "search.rewritten",
        seconds: 1,
        isDue: { try MessageStore.hasRewritten($0.sql) },
        run: { work in
            let limit = 20
            let messages = try MessageStore.takeRewritten(limit: limit, work)
            for message in messages { try index(message, work) }
            return messages.count == limit
        }
    )

    // MARK: Tidying

    private static let merging = "merging"

    /// Rewrites the index piece by piece after something was deleted.
    static let tidying = Tick(
        name: "search.tidy",
        seconds: 60,
        isDue: { try $0.sql.exists("SELECT 1 FROM search_tidying WHERE due = 1 LIMIT 1") },
        run: { work in
            // What is deleted while merging asks for another round.
            let begun = try work.sql.exists(
                "SELECT 1 FROM search_tidying WHERE name = \(merging) AND due = 1 LIMIT 1"
            )
            if !begun {
                try work.sql.execute("UPDATE search_tidying SET due = 0 WHERE name = 'text'")
                try work.sql.execute(
                    """
                    INSERT INTO search_tidying (name, due) VALUES (\(merging), 1)
                    ON CONFLICT (name) DO UPDATE SET due = 1
                    """
                )
            }
            if try FullText.tidy(isFirst: !begun, work.sql) { return true }
            try work.sql.execute("UPDATE search_tidying SET due = 0 WHERE name = \(merging)")
            return false
        }
    )
}
