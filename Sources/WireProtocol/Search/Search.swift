/// What a search can find.
public enum SearchKind: String, Sendable, CaseIterable {
    /// A message.
    case message
    /// A document written together.
    case document
    /// A solution that was tested.
    case solution
    /// A meeting, webinar or training day.
    case event
    /// A numbered decision.
    case decision
    /// A person.
    case person
    /// A file attached to a message.
    case file
}

/// Searches everything that the caller may read at this moment.
///
/// `text` is one box: words (all must occur, in any of their Italian forms), `"quoted phrases"`, and operators,
/// each of which may be negated by a leading `-`: `in:` a channel's or network's slug (`in:network/channel` for both),
/// `da:` `from:` `by:` a person's name, `tipo:` `kind:` `type:` `is:` a kind, `prima:` `before:` `until:` and `dopo:`
/// `since:` `after:` a date (`2026-11-22`) or a time. What an operator names and does not exist, or is hidden from
/// the caller, finds nothing.
///
/// Errors: `invalid` for a text over its bounds or a `cursor` of another search.
public struct Search: ClientQuery {
    /// The name on the wire.
    public static let name = "search"
    /// What `ok` holds.
    public typealias Reply = SearchResults
    /// What to look for, 1–1,000 bytes.
    public var text = ""
    /// Only in this channel.
    public var channel: ChannelID?
    /// Only in this network.
    public var network: NetworkID?
    /// Only what this person or bot wrote.
    public var by: MemberID?
    /// Only things of this kind.
    public var kind: SearchKind?
    /// Only what is not older.
    public var since: Instant?
    /// Only what is older.
    public var until: Instant?
    /// Hits in one answer, 1–100, 20 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.text("text", &text, bytes: 1...1_000)
        visitor.id("channel", &channel)
        visitor.id("network", &network)
        visitor.id("by", &by)
        visitor.choice("kind", &kind)
        visitor.instant("since", &since)
        visitor.instant("until", &until)
        visitor.integer("limit", &limit, in: 1...100)
        visitor.text("cursor", &cursor, bytes: 1...256)
    }
}

/// One thing found.
public struct SearchHit: WireObject, Equatable {
    /// What it is.
    public var kind = SearchKind.message
    /// Its id.
    public var id: Int64 = 0
    /// Its name, for what has one: a person, a file.
    public var title: String?
    /// The place where it was found, as HTML: escaped text, the words found in `<mark>`.
    public var snippet = ""
    /// When it was written.
    public var at = Instant(milliseconds: 0)
    /// Where the browser client shows it.
    public var link = ""
    /// The channel that it is in.
    public var channel: ChannelID?
    /// Who wrote it.
    public var by: MemberID?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(
        kind: SearchKind,
        id: Int64,
        title: String?,
        snippet: String,
        at: Instant,
        link: String,
        channel: ChannelID?,
        by: MemberID?
    ) {
        self.kind = kind
        self.id = id
        self.title = title
        self.snippet = snippet
        self.at = at
        self.link = link
        self.channel = channel
        self.by = by
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("kind", &kind)
        visitor.integer("id", &id)
        visitor.text("title", &title)
        visitor.text("snippet", &snippet)
        visitor.instant("at", &at)
        visitor.text("link", &link)
        visitor.id("channel", &channel)
        visitor.id("by", &by)
    }
}

/// A page of what was found, best first.
public struct SearchResults: WireObject {
    /// The hits.
    public var hits: [SearchHit] = []
    /// Give it back for the next page; left out at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(hits: [SearchHit], cursor: String?) {
        self.hits = hits
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("hits", &hits, count: 0...100)
        visitor.text("cursor", &cursor)
    }
}
