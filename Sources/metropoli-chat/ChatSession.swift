import ArgumentParser
import ClientKit
import Foundation
import WireProtocol

/// One sitting: the news of the community on one side, what is typed on the other.
actor ChatSession {
    let client: CommunityClient
    let terminal: any Terminal
    private let store: SessionStore
    var directory = Directory()
    var current: Int64?
    private var isLeaving = false

    init(url: String, token: String, store: SessionStore, terminal: any Terminal) {
        var options = CommunityClient.Options(url: url, token: token)
        options.client = "metropoli-chat/1.0"
        options.outboxPath = store.claimOutbox()
        client = CommunityClient(options)
        self.store = store
        self.terminal = terminal
    }

    /// Runs until the input ends or the server says goodbye for good.
    func run() async throws {
        defer { terminal.close() }
        await client.start()
        let states = Task { for await state in client.states { self.stateChanged(state) } }
        let news = Task { for await item in client.updates { await self.show(item) } }
        let typing = Task { await self.obeyInput() }
        // Whichever ends first: the input, or the connection for good.
        _ = await withTaskGroup(of: Void.self) { group in
            group.addTask { await news.value }
            group.addTask { await typing.value }
            await group.next()
            group.cancelAll()
            news.cancel()
            typing.cancel()
        }
        let end = await client.state
        await client.close()
        states.cancel()
        if !isLeaving, case .stopped(let reason, let code) = end {
            if code == CloseCode.credentials { store.forget() }
            terminal.show("! \(Visible.line(reason))")
            throw ExitCode(code == CloseCode.credentials ? 77 : 69)
        }
    }

    private func obeyInput() async {
        try? await client.waitUntilLive(timeout: .seconds(20))
        for await line in terminal.lines {
            let command = ChatCommand(line)
            if command == .quit { break }
            do { try await obey(command) } catch { terminal.show("! \(Self.words(error))") }
        }
        isLeaving = true
        await waitForOutbox()
    }

    /// What was said last is still to go out; an outage does not hold one here for long.
    private func waitForOutbox() async {
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end, !(await client.waitingCommands.isEmpty) {
            try? await Task.sleep(for: .milliseconds(50))
        }
        let left = await client.waitingCommands.count
        if left > 0 { terminal.show("* \(left) not sent yet; they go out the next time") }
    }

    static func words(_ error: any Error) -> String {
        if let refusal = error as? WireError { return Visible.line("\(refusal.code.rawValue): \(refusal.message)") }
        return Visible.line("\(error)")
    }

    private func stateChanged(_ state: ClientState) {
        switch state {
        case .live, .waiting: terminal.show("* \(Visible.line("\(state)"))")
        default: break
        }
    }

    // MARK: News

    private func show(_ news: ClientNews) async {
        switch news {
        case .snapshot(let snapshot):
            directory.takeNetworks(snapshot["networks"])
            directory.takeChannels(snapshot["channels"])
            if let me = snapshot["person"] { directory.takeName(of: me["person"] ?? me) }
        case .update(let update): await show(update)
        case .outbox(let entry): show(entry)
        case .welcome(let welcome):
            directory.takeName(
                of: .members(["id": .int(welcome.person.id.rawValue), "name": .string(welcome.person.name)])
            )
        case .reset, .live, .signal: break
        }
    }

    private func show(_ entry: OutboxEntry) {
        switch entry.state {
        case .waiting: terminal.show("* outbox: waiting \(entry.nonce.prefix(8))")
        case .sending: break
        case .sent(let ok, let repeated):
            terminal.show("* outbox: \(repeated ? "sent before" : "sent") \(ok["id"]?.int ?? 0)")
        case .refused(let code, let message):
            terminal.show("! not sent: \(code.rawValue): \(Visible.line(message))")
            let text = entry.body["text"]?.string ?? ""
            terminal.show("! your text was: \(Visible.line(text))")
        }
    }

    private func show(_ update: ClientUpdate) async {
        guard let channel = update.data["channel"]?.int else {
            if update.type.hasPrefix("channel.") || update.type.hasPrefix("network.") { try? await refresh() }
            return
        }
        switch update.type {
        case MessagePosted.name:
            await learnName(of: update.by, in: channel)
            showMessage(update.data, by: update.by?.rawValue, in: channel)
        case MessageEdited.name:
            await learnName(of: update.by, in: channel)
            showMessage(update.data, by: update.by?.rawValue, in: channel, mark: "edited ")
        case MessageDeleted.name:
            terminal.show("[\(title(channel))] #\(update.data["id"]?.int ?? 0) was deleted")
        case "channel.joined", "channel.left":
            try? await refresh()
            guard let person = update.data["person"]?.int else { return }
            await learnName(of: MemberID(person), in: channel)
            let verb = update.type == "channel.joined" ? "joined" : "left"
            terminal.show("[\(title(channel))] * \(name(person)) \(verb)")
        default: break
        }
    }

    func showMessage(_ message: JSON, by: Int64?, in channel: Int64, mark: String = "") {
        let id = message["id"]?.int ?? 0
        let thread = message["thread"]?.int.map { " (re #\($0))" } ?? ""
        let head = "[\(title(channel))] #\(id)\(thread) \(mark)\(by.map(name) ?? "Metropoli"): "
        var text = message["text"]?.string.map(Spoken.mentions) ?? "(deleted)"
        for file in message["files"]?.array ?? [] {
            text += "\n+ \(file["name"]?.string ?? "") (/files/\(file["id"]?.int ?? 0))"
        }
        terminal.show(head + (terminal.isPlain ? Visible.line(text) : Visible.text(text, indent: "    ")))
    }

    func title(_ channel: Int64) -> String { Visible.line(directory.title(of: channel)) }

    func name(_ person: Int64) -> String { Visible.line(directory.name(of: person) ?? "#\(person)") }
}
