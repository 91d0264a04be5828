import CommunityKernel
import Documents
import Events
import Journal
import Notifications
import Solutions
import WireProtocol

/// Documents, solutions and adoptions, for who may know of them.
struct SolutionTopics: NoticeTopics {
    private let documents: DocumentPeople
    private let solutions: SolutionPeople

    init(documents: DocumentAccess, solutions: EventAccess) {
        self.documents = DocumentPeople(access: documents)
        self.solutions = SolutionPeople(access: solutions)
    }

    func words(
        of topic: NoticeTopic,
        comment: CommentID?,
        for reader: Member,
        _ sql: any SQLReader
    ) throws
        -> NoticeWords?
    {
        switch topic {
        case .event: return nil
        case .document(let id):
            guard let document = try documents.document(id, for: reader, sql) else { return nil }
            guard let comment = try comment.flatMap({ try documents.comment($0, sql) }) else {
                return NoticeWords(title: document.title)
            }
            return NoticeWords(title: document.title, beginningOf: comment.text)
        case .solution(let id):
            return try solutions.solution(id, for: reader, sql).map { NoticeWords(title: $0.title) }
        case .adoption(let id):
            guard let adoption = try solutions.adoption(id, for: reader, sql),
                let solution = try solutions.solution(adoption.solution, for: reader, sql)
            else { return nil }
            return NoticeWords(title: solution.title, text: try solutions.name(of: adoption.city, sql))
        }
    }
}
