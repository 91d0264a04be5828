import CommunityKernel
import Journal
import SocketTransport
import WireProtocol

/// What a reader thread found out for a `hello`.
private struct Entrance: Sendable {
    let authenticated: Authenticated
    /// The frames that answer: welcome, resumed or reset and snapshot.
    let frames: [OutboundFrame]
    /// Where the replay begins.
    let cursor: Int64
    /// The streams open at `cursor`, when nothing has to be replayed before going live from there.
    let streams: [StreamName]?
}

extension Hub {
    /// Judges a `hello` on a reader thread, then lets the connection in or closes it.
    func enter(_ member: MemberConnection, _ hello: Hello) {
        member.phase = .entering
        member.enteringSince = .now
        // Who is not known yet leaves at most the rest of this frame here.
        member.connection.pauseReading(true)
        let token = hello.token ?? member.cookieToken
        member.cookieToken = nil
        guard let token else { return close(member, CloseCode.credentials, "credentials missing") }
        let id = member.connection.id
        let address = member.connection.remoteAddress
        let community = service.community
        let limits = settings.limits
        let link = enterLink
        let queued = community.readers.submit {
            do {
                let entrance = try Self.entrance(hello, token, address, community, limits)
                link { hub in hub.entered(id, hello, entrance) }
            } catch {
                let refusal = community.refusal(error, "hello")
                link { hub in hub.refused(id, refusal) }
            }
        }
        if !queued { refused(id, WireError(.unavailable, "too many connections are entering")) }
    }

    private func refused(_ id: ConnectionID, _ error: WireError) {
        guard let member = connections[id] else { return }
        let bye = OutboundFrame(
            ServerFrame.object("bye", Bye(code: "restart", retryAfterMs: settings.restartRetryMs))
        )
        _ = member.connection.send(bye)
        close(member, CloseCode.restart, error.code.rawValue)
    }

    private func entered(_ id: ConnectionID, _ hello: Hello, _ entrance: Entrance?) {
        guard let member = connections[id], !member.isClosing else { return }
        guard let entrance else { return close(member, CloseCode.credentials, "credentials") }
        member.member = entrance.authenticated.member
        // The credential may have been revoked between the reading and now; the end that the commit told has not
        // found this connection then.
        let isRevoked = recentEnds.contains { ended in
            ended.at >= member.enteringSince && ended.end.concerns(member.member)
        }
        if isRevoked {
            member.member = .nobody
            return close(member, CloseCode.credentials, "revoked")
        }
        member.expires = entrance.authenticated.expires
        if let expires = member.expires { soonestExpiry = min(soonestExpiry ?? expires, expires) }
        member.device = hello.device
        member.cursor = entrance.cursor
        member.phase = .replaying
        service.metrics.signedIn.add(1)
        byMember[member.member.id, default: []].append(member)
        if let device = hello.device {
            service.open(device, of: member.member.id, at: id, on: loop)
        }
        _ = member.connection.send(OutboundFrame(joining: entrance.frames))
        member.connection.pauseReading(false)
        let early = member.early
        member.early = []
        // Before it goes live, which tells the readers of its networks.
        member.hasToBeAnnounced = service.presence.arrived(member.member.id)
        if let streams = entrance.streams {
            goLive(member, from: entrance.cursor, streams)
        } else {
            readNextPage(member)
        }
        for frame in early where !member.isClosing { serve(frame, member) }
    }

    /// Runs on a reader thread; nil when the credentials are no good.
    ///
    /// Credentials and state are read in one snapshot.
    private static func entrance(
        _ hello: Hello,
        _ token: String,
        _ address: String,
        _ community: Community,
        _ limits: WelcomeLimits
    ) throws -> Entrance? {
        try community.read(address: address) { context in
            guard let authenticated = try community.registry.authenticate(token, context) else { return nil }
            let own = QueryContext(
                sql: context.sql,
                now: context.now,
                actor: authenticated.member,
                address: context.address
            )
            var welcome = Welcome()
            welcome.session = Secret.hex(Secret.random(8))
            welcome.person = WelcomePerson(id: authenticated.member.id, name: authenticated.member.name)
            welcome.epoch = community.epoch
            welcome.time = context.now
            welcome.limits = limits
            if let cursor = hello.cursor, cursor.epoch == community.epoch, let resumed = try resume(own, cursor) {
                welcome.head = resumed.to
                return Entrance(
                    authenticated: authenticated,
                    frames: [
                        OutboundFrame(ServerFrame.object("welcome", welcome)),
                        OutboundFrame(ServerFrame.object("resumed", resumed)),
                    ],
                    cursor: cursor.seq,
                    streams: nil
                )
            }
            let snapshot = try community.snapshot(own)
            welcome.head = snapshot.seq
            var frames = [OutboundFrame(ServerFrame.object("welcome", welcome))]
            if let cursor = hello.cursor {
                let reason = cursor.epoch == community.epoch ? "ahead" : "epoch"
                frames.append(OutboundFrame(ServerFrame.object("reset", Reset(reason: reason))))
            }
            frames.append(OutboundFrame(snapshot.frame))
            return Entrance(
                authenticated: authenticated,
                frames: frames,
                cursor: snapshot.seq,
                streams: snapshot.streams
            )
        }
    }

    /// The beginning of a resume; nil when the cursor is beyond the head.
    private static func resume(_ context: QueryContext, _ cursor: Cursor) throws -> Resumed? {
        let head = try context.sql.journalHead()
        guard cursor.seq <= head else { return nil }
        var resumed = Resumed()
        resumed.from = cursor.seq
        resumed.to = head
        let offsets = try context.sql.offsets(of: context.actor.id, at: cursor.seq)
        resumed.offsets = .object(
            JSONObject(offsets.map { JSONObject.Member(name: $0.stream.rawValue, value: .int($0.offset)) })
        )
        return resumed
    }
}
