import Channels
import CommunityKernel
import Events
import Journal
import Messages
import Minutes
import WireProtocol

/// `solution.refer`, and what a solution has to do with, both ways: each reader sees only what that reader may open.
struct SolutionReferences: Sendable {
    let access: SolutionAccess
    let channels: ChannelAccess

    /// References of one solution at most.
    private static let kept: Int64 = 100
    /// Messages that refer to a solution, looked at in one answer at most.
    private static let looked = 200
    /// Characters of a text that is shown as a title.
    private static let beginning = 120

    func refer(_ command: ReferSolution, _ work: UnitOfWork) throws -> Nothing {
        var solution = try access.writable(command.solution, work)
        let known = try work.sql.exists(
            """
            SELECT 1 FROM solution_reference
            WHERE solution = \(solution.id) AND kind = \(command.kind.rawValue) AND target = \(command.id)
            """
        )
        if command.remove ?? false {
            guard known else { throw WireError.notFound }
            try work.sql.execute(
                """
                DELETE FROM solution_reference
                WHERE solution = \(solution.id) AND kind = \(command.kind.rawValue) AND target = \(command.id)
                """
            )
        } else {
            let target = Target(kind: command.kind, id: command.id)
            guard command.kind != .solution || command.id != solution.id.rawValue,
                try shown(target, work.actor, work.now, work.sql) != nil
            else { throw WireError.notFound }
            if known { return Nothing() }
            let count = try work.sql.count("SELECT COUNT(*) FROM solution_reference WHERE solution = \(solution.id)")
            guard count < Self.kept else { throw WireError(.full, "at most \(Self.kept) references") }
            try work.sql.execute(
                """
                INSERT INTO solution_reference (solution, kind, target, at)
                VALUES (\(solution.id), \(command.kind.rawValue), \(command.id), \(work.now))
                """
            )
        }
        // What a solution has to do with is beside its text: no version is opened, no review made stale.
        solution.changed = work.now
        try work.sql.execute("UPDATE solution SET changed_at = \(work.now) WHERE id = \(solution.id)")
        var news = solution.news
        news.changed = solution.changed
        try work.append(SolutionReferred(news), to: .network(solution.network))
        return Nothing()
    }

    private struct Target {
        let kind: ReferenceKind
        let id: Int64
    }

    func list(of solution: SolutionRecord, _ context: QueryContext) throws -> [SolutionReference] {
        let sql = context.sql
        let outgoing = try sql.all(
            "SELECT kind, target FROM solution_reference WHERE solution = \(solution.id) ORDER BY at, target LIMIT 100"
        ) { row in
            ReferenceKind(rawValue: row.text(0)).map { Target(kind: $0, id: row.int(1)) }
        }
        var found: [SolutionReference] = []
        for target in outgoing.compactMap({ $0 }) {
            if let reference = try shown(target, context.actor, context.now, sql) { found.append(reference) }
        }
        let solutions: [Int64] = try sql.all(
            """
            SELECT solution FROM solution_reference
            WHERE kind = 'solution' AND target = \(solution.id.rawValue) ORDER BY at LIMIT 100
            """
        ) { $0.int(0) }
        let superseded: [Int64] = try sql.all(
            "SELECT id FROM solution WHERE superseded_by = \(solution.id) ORDER BY id LIMIT 100"
        ) { $0.int(0) }
        let incoming = (solutions + superseded).map { Target(kind: .solution, id: $0) }
        let messages = try MessageStore.referring(
            to: solution.id.rawValue,
            before: MessageID(.max),
            limit: Self.looked,
            sql
        ).map { Target(kind: .message, id: $0.rawValue) }
        for target in incoming + messages.prefix(Self.looked) {
            guard var reference = try shown(target, context.actor, context.now, sql) else { continue }
            reference.incoming = true
            found.append(reference)
        }
        return found
    }

    /// A reference as the reader sees it; nil for what the reader may not know of.
    private func shown(
        _ target: Target,
        _ reader: Member,
        _ now: Instant,
        _ sql: any SQLReader
    ) throws
        -> SolutionReference?
    {
        var reference = SolutionReference()
        reference.kind = target.kind
        reference.id = target.id
        switch target.kind {
        case .event:
            guard let event = try EventStore.event(EventID(target.id), sql),
                try access.events.mayRead(event, reader, sql)
            else { return nil }
            reference.title = event.title
            reference.at = event.starts
        case .decision:
            guard let decision = try DecisionStore.decision(DecisionID(target.id), sql),
                try access.mayRead(decision.network, reader, sql)
            else { return nil }
            reference.title = "\(decision.number) · \(Self.beginning(of: decision.text))"
            reference.at = decision.at
            reference.event = decision.event
        case .solution:
            guard let solution = try SolutionStore.solution(SolutionID(target.id), sql),
                try access.mayRead(solution.network, reader, sql)
            else { return nil }
            reference.title = solution.title
            reference.at = solution.at
        case .message:
            guard let message = try message(MessageID(target.id), reader, now, sql) else { return nil }
            reference.title = Self.beginning(of: message.text)
            reference.at = message.at
            reference.channel = message.channel
        }
        return reference
    }

    private func message(
        _ id: MessageID,
        _ reader: Member,
        _ now: Instant,
        _ sql: any SQLReader
    ) throws
        -> MessageRecord?
    {
        do {
            let message = try MessageStore.readable(id, by: reader, channels, sql, now).message
            return message.isDeleted ? nil : message
        } catch is WireError {
            return nil
        }
    }

    private static func beginning(of text: String) -> String {
        let plain = Markdown.plain(text)
        return plain.count > beginning ? plain.prefix(beginning) + "…" : plain
    }
}
