import CommunityKernel
import Foundation
public import Journal
import Logging
import Synchronization
import WireProtocol

/// Sends what is due in the outbox, one mail after another over one connection, on a thread of its own.
///
/// What became of a mail is written down before the next one goes. Between the server's answer and that commit lies the
/// one moment in which a crash makes a mail go twice; its Message-ID is the same then, by which programs know it again.
public final class MailSender: BackgroundService, @unchecked Sendable {
    // @unchecked: `thread`, `isStopping` and `canceller` are touched under `condition` only; the rest is constant or
    // synchronised by itself.
    private let settings: MailSettings
    private let rendering: MailRendering
    private let condition = NSCondition()
    private var isRunning = false
    private var isStopping = false
    private var canceller: SMTPCanceller?
    private let end = Bell()
    /// Mails over one connection.
    private let batch = 50
    /// Milliseconds between two looks into the outbox.
    private let pause: Int32 = 1_000
    /// The longest pause after the server was not reached, seconds: it is tried again soon after it is back.
    private let longestPause: Int64 = 300

    /// Mails that the server took.
    let sent = Counter()
    /// Mails given up.
    let failed = Counter()
    /// Attempts that are to be repeated.
    let postponed = Counter()

    init(settings: MailSettings, rendering: MailRendering) {
        self.settings = settings
        self.rendering = rendering
    }

    /// Begins to send; without a mail server there is nothing to begin.
    public func start(_ community: Community) {
        guard settings.isConfigured else { return }
        condition.withLock { isRunning = true }
        let thread = Thread { [self] in run(community) }
        thread.name = "mail"
        thread.start()
    }

    /// Breaks off what goes on; what was not taken by the server goes at the next start.
    public func stop() {
        condition.lock()
        defer { condition.unlock() }
        isStopping = true
        canceller?.cancel()
        end.ring()
        while isRunning { condition.wait() }
    }

    private var stops: Bool { condition.withLock { isStopping } }

    private func run(_ community: Community) {
        var failures: Int64 = 0
        while !stops {
            do {
                failures = try sendDue(in: community) ? 0 : failures + 1
            } catch {
                failures += 1
                if !stops { community.log.error("mail failed", metadata: ["error": "\(error)"]) }
            }
            let rest = failures == 0 ? pause : Int32(min(longestPause, 1 << min(failures + 1, 30)) * 1_000)
            if !stops { end.wait(milliseconds: rest) }
        }
        condition.withLock {
            isRunning = false
            condition.broadcast()
        }
    }

    /// Sends all that is due, over one connection for each batch; whether the server could be reached.
    public func sendDue(in community: Community) throws -> Bool {
        while !stops {
            let due = try community.read { try MailStore.due(at: $0.now, limit: batch, $0.sql) }
            guard !due.isEmpty else { return true }
            guard let client = SMTPClient(settings) else { return false }
            condition.withLock {
                canceller = client.canceller
                if isStopping { client.canceller.cancel() }
            }
            defer { condition.withLock { canceller = nil } }
            for id in due {
                guard try handle(id, client, community) else { return false }
                if stops { return true }
            }
        }
        return true
    }

    // MARK: One mail

    /// Whether the server could be reached.
    private func handle(_ id: Int64, _ client: SMTPClient, _ community: Community) throws -> Bool {
        let verdict: MailRendering.Verdict
        do {
            verdict = try community.read { try rendering.verdict(id, $0) }
        } catch let error as StorageError {
            throw error
        } catch {
            // A mail that cannot be written at all holds up no other.
            community.log.error("a mail cannot be composed", metadata: ["mail": "\(id)", "error": "\(error)"])
            record(community) {
                try MailStore.finish(id, .failed, error: "not_composed", attempts: 0, at: $0.now, $0.sql)
            }
            failed.add(1)
            return true
        }
        switch verdict {
        case .gone: return true
        case .later(let moment):
            record(community) { try MailStore.postpone(id, until: moment, error: nil, attempts: 0, $0.sql) }
            return true
        case .drop(let reason):
            record(community) {
                try MailStore.finish(id, .discarded, error: reason, attempts: 0, at: $0.now, $0.sql)
            }
            return true
        case .send(let mail):
            let outcome = client.send(mail)
            conclude(id, outcome, community)
            if case .unreachable = outcome { return false }
            // The rate that the mail server's owner allows.
            if !stops { end.wait(milliseconds: Int32(60_000 / max(1, settings.perMinute))) }
            return true
        }
    }

    private func conclude(_ id: Int64, _ outcome: SMTPOutcome, _ community: Community) {
        switch outcome {
        case .stopped: return
        case .sent:
            sent.add(1)
            record(community) { try MailStore.finish(id, .sent, error: nil, attempts: 1, at: $0.now, $0.sql) }
        case .refused(let said):
            failed.add(1)
            community.log.warning("a mail was refused", metadata: ["mail": "\(id)"])
            record(community) { try MailStore.finish(id, .failed, error: said, attempts: 1, at: $0.now, $0.sql) }
        case .deferred(let said): putOff(id, said, isJudged: true, community)
        case .unreachable(let said):
            community.log.warning("the mail server was not reached", metadata: ["error": "\(said)"])
            putOff(id, said, isJudged: false, community)
        }
    }

    /// It is tried again, until it was tried often or long enough.
    private func putOff(_ id: Int64, _ said: String, isJudged: Bool, _ community: Community) {
        let settings = settings
        let jitter = Double.random(in: 0.8...1.2)
        let longestPause = longestPause
        let hasFailed = Mutex(false)
        record(community) { work in
            guard let mail = try MailStore.mail(id, work.sql), mail.state == .waiting else { return }
            let age = (work.now.milliseconds - mail.at.milliseconds) / 3_600_000
            let isLast = isJudged ? mail.attempts >= settings.retries : age >= settings.giveUpHours
            let attempts: Int64 = isJudged ? 1 : 0
            if isLast {
                hasFailed.withLock { $0 = true }
                return try MailStore.finish(id, .failed, error: said, attempts: attempts, at: work.now, work.sql)
            }
            let exponential = Double(settings.firstDelay) * Double(1 << min(mail.attempts, 30))
            let longest = isJudged ? Double(settings.maximumDelay) : Double(longestPause)
            let delay = min(isJudged ? exponential : Double(settings.firstDelay), longest) * jitter
            let due = work.now.advanced(byMilliseconds: Int64(delay * 1_000))
            try MailStore.postpone(id, until: due, error: said, attempts: attempts, work.sql)
        }
        (hasFailed.withLock { $0 } ? failed : postponed).add(1)
    }

    /// Writes down what became of a mail, however long the store is away: going on without would send it again.
    private func record(_ community: Community, _ body: @escaping @Sendable (UnitOfWork) throws -> Void) {
        while true {
            do {
                return try community.write(body)
            } catch {
                community.log.error("a mail's state cannot be written", metadata: ["error": "\(error)"])
                if stops { return }
                end.wait(milliseconds: pause)
            }
        }
    }
}
