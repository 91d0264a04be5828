import ClientKit
import WireProtocol

extension ChatSession {
    /// Does what a typed line asks for.
    func obey(_ command: ChatCommand) async throws {
        switch command {
        case .list: try await list()
        case .join(let name): try await join(name)
        case .leave: try await leave()
        case .read(let count): try await read(count)
        case .who: try await who()
        case .reply(let message, let text): try await say(text, thread: message)
        case .outbox: await showOutbox()
        case .help: terminal.show(ChatCommand.summary)
        case .say(let text): try await say(text, thread: nil)
        case .unknown(let what): terminal.show("! not understood: \(Visible.line(what)); /help tells more")
        case .nothing, .quit: break
        }
    }

    /// Asks again which networks and channels there are.
    func refresh() async throws {
        directory.takeNetworks(try await client.query("network.list")["networks"])
        directory.takeChannels(try await client.query("channel.list")["channels"])
    }

    private func list() async throws {
        try await refresh()
        for network in directory.networks {
            let note = network.isMember ? "" : " (not joined)"
            terminal.show("\(Visible.line(network.slug))  \(Visible.line(network.name))\(note)")
            for channel in directory.channels where channel.network == network.id { listChannel(channel) }
        }
        for channel in directory.channels where channel.network == nil { listChannel(channel) }
    }

    private func listChannel(_ channel: Directory.Channel) {
        let unread = channel.unread > 0 ? "  \(channel.unread) unread" : ""
        let note = channel.isMember ? unread : "  (not joined)"
        terminal.show("  \(title(channel.id))  \(channel.kind)\(note)")
    }

    private func join(_ name: String) async throws {
        try await refresh()
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        if let network = directory.networks.first(where: { $0.slug == parts.first.map(String.init) }), !network.isMember
        {
            _ = try await client.command("network.join", .members(["network": .int(network.id)]))
            try await refresh()
        }
        guard let channel = directory.channel(called: name) else {
            return terminal.show("! there is no channel \(Visible.line(name))")
        }
        if !channel.isMember {
            _ = try await client.command("channel.join", .members(["channel": .int(channel.id)]))
            try await refresh()
        }
        current = channel.id
        terminal.setPrompt("\(title(channel.id))> ")
        terminal.show("* in \(title(channel.id))")
        try await read(20)
    }

    private func leave() async throws {
        guard let channel = current else { return askForChannel() }
        _ = try await client.command("channel.leave", .members(["channel": .int(channel)]))
        terminal.show("* left \(title(channel))")
        current = nil
        terminal.setPrompt("> ")
    }

    private func askForChannel() { terminal.show("! /join network/channel first") }

    private func read(_ count: Int) async throws {
        guard let channel = current else { return askForChannel() }
        let page = try await client.query(
            "message.history",
            .members(["channel": .int(channel), "limit": .int(Int64(count))])
        )
        let messages = page["messages"]?.array ?? []
        for message in messages {
            let by = message["by"]?.int
            await learnName(of: by.map(MemberID.init), in: channel)
            showMessage(message, by: by, in: channel)
        }
        if let last = messages.last?["id"]?.int {
            _ = try await client.command("channel.mark", .members(["channel": .int(channel), "upTo": .int(last)]))
        }
    }

    private func who() async throws {
        guard let channel = current else { return askForChannel() }
        try await learnNames(in: channel) { person in
            terminal.show("  \(name(person["id"]?.int ?? 0))")
        }
    }

    private func say(_ text: String, thread: Int64?) async throws {
        guard let channel = current else { return askForChannel() }
        var fields = [
            JSONObject.Member(name: "channel", value: .int(channel)),
            JSONObject.Member(name: "text", value: .string(text)),
        ]
        if let thread { fields.append(JSONObject.Member(name: "thread", value: .int(thread))) }
        _ = try await client.enqueue("message.post", .object(JSONObject(fields)))
    }

    private func showOutbox() async {
        let entries = await client.waitingCommands
        if entries.isEmpty { terminal.show("* everything is sent") }
        for entry in entries {
            let text = entry.body["text"]?.string ?? entry.name
            terminal.show("* \(entry.state == .sending ? "sending" : "waiting"): \(Visible.line(text))")
        }
    }

    // MARK: Names

    /// Finds out what an author is called; who is no member any more keeps the number.
    func learnName(of person: MemberID?, in channel: Int64) async {
        guard let person, directory.name(of: person.rawValue) == nil else { return }
        try? await learnNames(in: channel) { _ in }
        if directory.name(of: person.rawValue) == nil {
            directory.takeName(of: .members(["id": .int(person.rawValue), "name": .string("#\(person)")]))
        }
    }

    /// The members of a channel, page by page.
    private func learnNames(in channel: Int64, _ each: (JSON) -> Void) async throws {
        var after: Int64?
        while true {
            var fields = [JSONObject.Member(name: "channel", value: .int(channel))]
            if let after { fields.append(JSONObject.Member(name: "after", value: .int(after))) }
            let page = try await client.query("channel.members", .object(JSONObject(fields)))
            for person in page["members"]?.array ?? [] {
                directory.takeName(of: person)
                each(person)
            }
            guard page["more"]?.bool == true, let last = page["members"]?.array?.last?["id"]?.int else { return }
            after = last
        }
    }
}
