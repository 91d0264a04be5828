import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// Questions at an event: who may enter its room asks and votes while that is open; speakers and facilitators answer.
struct AskingQuestions: Sendable {
    let access: WebinarAccess

    func ask(_ command: AskQuestion, _ work: UnitOfWork) throws -> QuestionCreated {
        let (event, _) = try access.live(command.event, work)
        let settings = access.settings
        guard try QuestionStore.count(of: event.id, by: nil, work.sql) < settings.questions else {
            throw WireError(.full, "at most \(settings.questions) questions are kept for an event")
        }
        guard try QuestionStore.count(of: event.id, by: work.actor.id, work.sql) < settings.questionsPerPerson else {
            throw WireError(.full, "at most \(settings.questionsPerPerson) questions by one person")
        }
        let id: QuestionID = work.nextID()
        let asked = QuestionAsked(id: id, event: event.id, person: work.actor.id, text: command.text)
        try work.append(asked, to: .network(event.network))
        try QuestionStore.insert(id, event.id, command.text, work)
        return QuestionCreated(id: id)
    }

    func vote(_ command: VoteForQuestion, _ work: UnitOfWork) throws -> QuestionVotes {
        let (question, _) = try known(command.question, work)
        let (event, _) = try access.live(question.event, work)
        guard question.person != work.actor.id else { throw WireError.forbidden("one's own question needs no vote") }
        guard !question.isAnswered else {
            throw WireError.conflict("it was answered", current: .members(["state": .string("answered")]))
        }
        guard try QuestionStore.vote(question.id, work.actor.id, command.vote ?? true, work.sql) else {
            work.repeats = true
            return QuestionVotes(votes: question.votes)
        }
        let votes = question.votes + (command.vote ?? true ? 1 : -1)
        try work.append(
            QuestionVoted(id: question.id, event: event.id, votes: votes),
            to: .network(event.network)
        )
        return QuestionVotes(votes: votes)
    }

    func answer(_ command: AnswerQuestion, _ work: UnitOfWork) throws -> Nothing {
        let (question, event) = try known(command.question, work)
        guard try access.part(of: work.actor, in: event, work.sql)?.moderates ?? false else {
            throw WireError.forbidden("for speakers and facilitators")
        }
        try access.events.requireWritable(event, work.sql)
        guard !question.isAnswered || command.text != nil else { return Nothing() }
        let seq = try work.append(
            QuestionAnswered(id: question.id, event: event.id, answer: command.text),
            to: .network(event.network)
        )
        try QuestionStore.answer(question.id, command.text, seq: seq, work)
        return Nothing()
    }

    func withdraw(_ command: WithdrawQuestion, _ work: UnitOfWork) throws -> Nothing {
        let (question, event) = try known(command.question, work)
        let isOwn = question.person == work.actor.id
        guard try isOwn || access.events.rules.may(.manageEvents, work.actor, in: event.network, work.sql) else {
            throw WireError.forbidden("for who asked, and facilitators")
        }
        try access.events.requireWritable(event, work.sql)
        try Self.withdraw(question, of: event, work)
        if !isOwn { try work.audit("question.withdraw", subject: question.id.rawValue) }
        return Nothing()
    }

    static func withdraw(_ question: QuestionRecord, of event: EventRecord, _ work: UnitOfWork) throws {
        try work.append(QuestionWithdrawn(id: question.id, event: event.id), to: .network(event.network))
        try QuestionStore.forget(question.id, work)
    }

    /// The question and its event, which the actor may know of.
    private func known(_ id: QuestionID, _ work: UnitOfWork) throws -> (QuestionRecord, EventRecord) {
        guard let question = try QuestionStore.question(id, work.sql) else { throw WireError.notFound }
        return (question, try access.events.readable(question.event, by: work.actor, work.sql))
    }

    func list(_ query: ListQuestions, _ context: QueryContext) throws -> QuestionList {
        let event = try access.events.readable(query.event, by: context.actor, context.sql)
        var place: QuestionPlace?
        if let cursor = query.cursor {
            guard let found = QuestionPlace(cursor: cursor) else {
                throw WireError.invalid("with.cursor", "not_allowed")
            }
            place = found
        }
        let limit = Int(query.limit ?? 100)
        let found = try QuestionStore.page(of: event.id, after: place, limit: limit + 1, context.sql)
        let page = found.prefix(limit)
        let names = try PeopleStore.names(of: page.map(\.person), context.sql)
        let voted = try QuestionStore.voted(context.actor.id, page.map(\.id), context.sql)
        let views = page.map { question in
            var view = QuestionView()
            view.id = question.id
            view.event = question.event
            view.person = NamedPerson(id: question.person, name: names[question.person] ?? "–")
            view.text = question.text
            view.votes = question.votes
            view.voted = voted.contains(question.id)
            view.state = question.isAnswered ? .answered : .open
            view.answer = question.answer
            view.answeredBy = question.answeredBy
            view.at = question.at
            return view
        }
        let isMore = found.count > limit
        return QuestionList(questions: views, cursor: isMore ? page.last.map { QuestionPlace($0).cursor } : nil)
    }
}
