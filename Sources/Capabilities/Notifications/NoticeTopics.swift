public import CommunityKernel
public import Journal
public import WireProtocol

/// What a notice is about, where that is no message.
public enum NoticeTopic: Sendable, Hashable {
    /// An event.
    case event(EventID)
    /// A document.
    case document(DocumentID)
    /// A solution.
    case solution(SolutionID)
    /// An adoption.
    case adoption(AdoptionID)

    /// What kind of thing it is, as stores keep it.
    public var name: String {
        switch self {
        case .event: "event"
        case .document: "document"
        case .solution: "solution"
        case .adoption: "adoption"
        }
    }

    /// The thing's number.
    public var number: Int64 {
        switch self {
        case .event(let id): id.rawValue
        case .document(let id): id.rawValue
        case .solution(let id): id.rawValue
        case .adoption(let id): id.rawValue
        }
    }

    /// The thing of that kind and number; nil for a kind that nobody is told of.
    public init?(name: String, number: Int64) {
        switch name {
        case "event": self = .event(EventID(number))
        case "document": self = .document(DocumentID(number))
        case "solution": self = .solution(SolutionID(number))
        case "adoption": self = .adoption(AdoptionID(number))
        default: return nil
        }
    }

    /// Where it is read.
    var link: String {
        switch self {
        case .event(let id): "/events/\(id)"
        case .document(let id): "/documents/\(id)"
        case .solution(let id): "/solutions/\(id)"
        case .adoption(let id): "/adoptions/\(id)"
        }
    }
}

/// What is shown of a notice's topic.
public struct NoticeWords: Sendable {
    /// What it is called.
    public let title: String
    /// What there is to say beside that; the title where that is all.
    public let text: String

    /// Makes it.
    public init(title: String, text: String? = nil) {
        self.title = title
        self.text = text ?? title
    }

    /// Makes it with the beginning of what somebody wrote, Markdown.
    public init(title: String, beginningOf text: String) {
        self.init(title: title, text: Excerpt.of(text))
    }
}

/// Knows things that notifications tell of: brought by the capability that tells of them.
public protocol NoticeTopics: Sendable {
    /// What is shown of a topic as it is now, `comment` being what somebody noted on a document; nil for topics of other
    /// kinds, and when the reader may not know of it.
    func words(
        of topic: NoticeTopic,
        comment: CommentID?,
        for reader: Member,
        _ sql: any SQLReader
    ) throws
        -> NoticeWords?
}

/// All that is known of.
struct KnownTopics: NoticeTopics {
    let all: [any NoticeTopics]

    func words(
        of topic: NoticeTopic,
        comment: CommentID?,
        for reader: Member,
        _ sql: any SQLReader
    ) throws
        -> NoticeWords?
    {
        for topics in all {
            if let words = try topics.words(of: topic, comment: comment, for: reader, sql) { return words }
        }
        return nil
    }
}
