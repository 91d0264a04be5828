import CommunityKernel
import Journal
public import SocketTransport
import WireProtocol

extension Hub {
    /// A whole text came in.
    public func received(_ message: UnsafeRawBufferPointer, isText: Bool, on connection: Connection) {
        guard let member = connection.context as? MemberConnection, !member.isClosing else { return }
        guard isText else { return close(member, CloseCode.malformed, "binary") }
        var parser = JSONParser(message)
        var isFirst = true
        do {
            while !parser.isAtEnd || isFirst {
                let parsed = try parser.nextWithinLimits()
                if case .waiting = member.phase, let object = parsed.value.object, object["hello"] == nil {
                    return close(member, CloseCode.credentials, "hello comes first")
                }
                let frame = try ClientFrame(parsed)
                isFirst = false
                received(frame, on: member)
                if member.isClosing { return }
                guard parser.takeSeparator() || parser.isAtEnd else {
                    throw WireError(.malformed, "objects of a frame are separated by newlines")
                }
            }
        } catch let error as WireError where error.code != .malformed {
            // A hello whose fields are no good.
            close(member, CloseCode.malformed, error.message)
        } catch {
            close(member, CloseCode.malformed, "malformed")
        }
    }

    private func received(_ frame: ClientFrame, on member: MemberConnection) {
        switch member.phase {
        case .waiting:
            guard case .hello(let hello) = frame else {
                return close(member, CloseCode.credentials, "hello comes first")
            }
            enter(member, hello)
        case .entering:
            // More than may be unanswered, so that those over the bound are refused like any other time.
            guard member.early.count < settings.earlyObjects else {
                return close(member, CloseCode.malformed, "too many objects before welcome")
            }
            member.early.append(frame)
        case .replaying, .live:
            serve(frame, member)
        case .closing: break
        }
    }

    /// Serves one object of a signed-in connection.
    func serve(_ frame: ClientFrame, _ member: MemberConnection) {
        switch frame {
        case .hello: close(member, CloseCode.malformed, "a second hello")
        case .refused(let id, let error): reply(to: member, ServerFrame.refusal(to: id, error))
        case .signal(let name, let body): signal(name, body, from: member)
        case .request(let request): serve(request, member)
        }
    }

    private func serve(_ request: ClientFrame.Request, _ member: MemberConnection) {
        if let refusal = refusalOfForm(request, member) {
            service.observe(request.name, refusal.code.rawValue)
            return reply(to: member, ServerFrame.refusal(to: request.id, refusal))
        }
        member.unanswered += 1
        if isQuery(request) {
            member.waitingQueries.append(request)
            askWaiting(member)
        } else if isOfConnection(request) {
            member.waitingOpenings.append(request)
            runWaitingOpenings(member)
        } else {
            run(request, member)
        }
    }

    /// Asks what waits, as far as there is room for the answers: who does not read them cannot pile them up here.
    func askWaiting(_ member: MemberConnection) {
        while member.asking < settings.queriesAtOnce, !member.waitingQueries.isEmpty, member.heldReplies.isEmpty,
            member.connection.isWritable
        {
            member.asking += 1
            run(member.waitingQueries.removeFirst(), member)
        }
    }

    private func isQuery(_ request: ClientFrame.Request) -> Bool {
        service.community.registry.operations[request.name]?.isCommand == false
    }

    func run(_ request: ClientFrame.Request, _ member: MemberConnection) {
        let isQuery = isQuery(request)
        let room = settings.openedStreams - member.opened.count - member.opening
        let streams = isOfConnection(request) ? ConnectionStreams(mayOpen: room > 0) : nil
        if streams != nil { member.opening += 1 }
        let connection = member.connection.id
        let service = service
        let link = enterLink
        let author = member.member.id
        service.community.perform(
            Community.Request(name: request.name, body: request.body, nonce: request.nonce),
            as: member.member,
            address: member.connection.remoteAddress,
            connection: streams
        ) { outcome in
            let frame: OutboundFrame
            switch outcome {
            case .done(let ok, let seq, let repeated):
                frame = OutboundFrame(ServerFrame.reply(to: request.id, ok: ok, seq: seq, repeated: repeated))
                service.observe(request.name, "ok")
            case .refused(let error):
                frame = OutboundFrame(ServerFrame.refusal(to: request.id, error))
                service.observe(request.name, error.code.rawValue)
            }
            let isDone = if case .done = outcome { true } else { false }
            link { hub in
                if let streams { hub.settle(streams.changes, isDone: isDone, connection, of: author) }
                hub.answered(connection, frame, isQuery)
            }
        }
    }

    private func refusalOfForm(_ request: ClientFrame.Request, _ member: MemberConnection) -> WireError? {
        if member.unanswered >= Int(settings.limits.inFlight) {
            return WireError(.rateLimited, "too many unanswered requests", retryAfterMs: 100)
        }
        return service.rates.admitRequest(member.member, address: "", isQuery: isQuery(request))
    }

    private func answered(_ id: ConnectionID, _ frame: OutboundFrame, _ isQuery: Bool) {
        guard let member = connections[id] else { return }
        member.unanswered -= 1
        send(reply: frame, to: member)
        // What it fell behind with while a stream was being opened comes after the answer.
        if member.isReplaying { readNextPage(member) }
        guard isQuery, !member.isClosing else { return }
        member.asking -= 1
        askWaiting(member)
    }

    private func reply(to member: MemberConnection, _ bytes: [UInt8]) {
        send(reply: OutboundFrame(bytes), to: member)
    }

    /// A reply is never dropped: what the socket has no room for waits, bounded by the unanswered requests allowed.
    private func send(reply frame: OutboundFrame, to member: MemberConnection) {
        if !member.heldReplies.isEmpty {
            member.heldReplies.append(frame)
        } else if case .full = member.connection.send(frame) {
            member.heldReplies.append(frame)
            member.unanswered += 1
        }
        if member.heldReplies.count > 4 * Int(settings.limits.inFlight) {
            close(member, CloseCode.slow, "slow")
        }
    }

    func flushReplies(_ member: MemberConnection) {
        while let frame = member.heldReplies.first {
            if case .full = member.connection.send(frame) { return }
            member.heldReplies.removeFirst()
            member.unanswered = max(0, member.unanswered - 1)
        }
    }

    // MARK: Signals

    private func signal(_ name: String, _ body: JSONObject, from member: MemberConnection) {
        guard service.rates.admitSignal(member.member) else { return }
        if name == "presence" { return sayPresence(body, of: member) }
        guard let kind = service.community.registry.signals[name], let stream = kind.stream(body),
            subscriptions.reads(member, stream)
        else { return }
        let until = service.community.clock.now.advanced(byMilliseconds: kind.lifetime)
        var members = body.members.filter { kind.fields.contains($0.name) }
        members.append(JSONObject.Member(name: "by", value: .int(member.member.id.rawValue)))
        members.append(JSONObject.Member(name: "until", value: .string(until.description)))
        let frame = OutboundFrame(ServerFrame.signal(name, .object(JSONObject(members))))
        let author = member.member.id
        service.forEachHub { $0.spread(frame, to: stream, except: author) }
    }

    /// Hands a signal to a stream's readers that have room for it.
    func spread(_ frame: OutboundFrame, to stream: StreamName, except author: MemberID) {
        guard let audience = subscriptions[stream] else { return }
        for reader in audience.members where reader.member.id != author { send(frame, to: reader) }
        service.metrics.signals.add(Int64(audience.members.count))
    }

    // MARK: Presence

    private func sayPresence(_ body: JSONObject, of member: MemberConnection) {
        guard let state = body["state"]?.string.flatMap(PresenceBoard.State.init), state != .offline else { return }
        if service.presence.setAway(member.member.id, state == .away) { notePresence(of: member) }
    }

    func notePresence(of member: MemberConnection) {
        guard member.member.kind == .person else { return }
        presenceNews[member.member.id] = member.networks
    }

    /// Tells what changed since the last turn, packed into one frame per stream; large audiences ask for it instead.
    func tellPresence() {
        guard !presenceNews.isEmpty else { return }
        var perStream: [StreamName: [OutboundFrame]] = [:]
        for (person, streams) in presenceNews {
            let body = JSON.members([
                "person": .int(person.rawValue), "state": .string(service.presence.state(of: person).rawValue),
            ])
            let frame = OutboundFrame(ServerFrame.signal("presence", body))
            for stream in streams { perStream[stream, default: []].append(frame) }
        }
        presenceNews = [:]
        let limit = settings.presenceAudience
        for (stream, frames) in perStream {
            let packed = frames.count == 1 ? frames[0] : OutboundFrame(joining: frames)
            service.forEachHub { hub in
                guard let audience = hub.subscriptions[stream], audience.members.count <= limit else { return }
                for reader in audience.members { hub.send(packed, to: reader) }
            }
        }
    }
}

extension StreamName {
    /// Whether it is a network's own stream, not its desk.
    var isNetwork: Bool { rawValue.hasPrefix("network/") && !rawValue.hasSuffix("/desk") }
}
