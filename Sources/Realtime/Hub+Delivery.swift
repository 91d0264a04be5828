import CommunityKernel
import Journal
import Logging
import SocketTransport
import WireProtocol

extension Hub {
    // MARK: Live

    /// Pushes a commit to the connections of this loop.
    func broadcast(_ batch: LiveBatch) {
        guard batch.head > head || !batch.ends.isEmpty || !batch.rewritten.isEmpty || !batch.closed.isEmpty else {
            return
        }
        let before = head
        recent.append(batch)
        if batch.isOneStream {
            broadcastToOneStream(batch, headBefore: before)
        } else {
            broadcastToMany(batch, headBefore: before)
        }
        head = max(head, batch.head)
        for (stream, seq) in batch.closed { close(stream, after: seq) }
        for end in batch.ends { self.end(end) }
    }

    /// All updates have the same readers: each packed frame is made once and written to everyone.
    private func broadcastToOneStream(_ batch: LiveBatch, headBefore: Int64) {
        guard let first = batch.updates.first, let audience = subscriptions[first.stream] else { return }
        let frames = Fanout.pack(batch.updates, settings.packedFrameBytes)
        var fellBehind: [MemberConnection] = []
        var deliveries = 0
        for member in audience.members {
            let floor = member.floor(of: first.stream)
            guard floor < first.seq else {
                // It has read a part of this commit from the journal already, or has opened the stream within it.
                deliver(
                    Fanout.pack(batch.updates.filter { $0.seq > floor }, settings.packedFrameBytes),
                    member,
                    headBefore,
                    &fellBehind
                )
                continue
            }
            deliver(frames, member, headBefore, &fellBehind)
            deliveries += 1
        }
        for member in fellBehind { fallBehind(member) }
        service.metrics.frames.add(Int64(deliveries * frames.count))
        service.metrics.deliveries.add(Int64(deliveries * batch.updates.count))
    }

    private func broadcastToMany(_ batch: LiveBatch, headBefore: Int64) {
        var dirty: [MemberConnection] = []
        var change = 0
        for (index, update) in batch.updates.enumerated() {
            change = apply(batch.access, from: change, before: update.seq)
            if let audience = subscriptions[update.stream] {
                for member in audience.members where member.floor(of: update.stream) < update.seq {
                    if member.due.isEmpty { dirty.append(member) }
                    member.due.append(Int32(index))
                }
            }
            change = apply(batch.access, from: change, after: update.seq)
        }
        _ = apply(batch.access, from: change, after: .max)
        var fanout = Fanout(batch, frameBytes: settings.packedFrameBytes)
        var fellBehind: [MemberConnection] = []
        var (frames, deliveries) = (0, 0)
        for member in dirty {
            let packed = fanout.frames(for: member.due)
            deliveries += member.due.count
            member.due.removeAll(keepingCapacity: true)
            deliver(packed, member, headBefore, &fellBehind)
            frames += packed.count
        }
        for member in fellBehind { fallBehind(member) }
        service.metrics.frames.add(Int64(frames))
        service.metrics.deliveries.add(Int64(deliveries))
    }

    /// Hands packed frames to one connection; what has no room leaves it at its cursor.
    private func deliver(
        _ frames: [(last: Int64, frame: OutboundFrame)],
        _ member: MemberConnection,
        _ headBefore: Int64,
        _ fellBehind: inout [MemberConnection]
    ) {
        for (last, frame) in frames {
            if member.heldReplies.isEmpty, case let result = member.connection.send(frame), result != .full {
                member.cursor = last
            } else {
                member.cursor = max(member.cursor, headBefore)
                fellBehind.append(member)
                return
            }
        }
    }

    /// Applies the changes that come with or before an update: who gains a stream gets it from that update on.
    private func apply(_ changes: [AccessChange], from start: Int, before seq: Int64) -> Int {
        var index = start
        while index < changes.count, changes[index].begins ? changes[index].seq <= seq : changes[index].seq < seq {
            apply(changes[index])
            index += 1
        }
        return index
    }

    /// Applies the changes that come after an update: who loses a stream gets it up to that update.
    private func apply(_ changes: [AccessChange], from start: Int, after seq: Int64) -> Int {
        var index = start
        while index < changes.count, !changes[index].begins || seq == .max, changes[index].seq <= seq {
            apply(changes[index])
            index += 1
        }
        return index
    }

    private func apply(_ change: AccessChange) {
        guard let members = byMember[change.member] else { return }
        for member in members where member.isSignedIn {
            guard member.isLive else {
                if !change.begins { closeStreams(of: member, within: change.stream) }
                continue
            }
            if change.begins {
                subscriptions.add(member, to: change.stream)
            } else {
                subscriptions.remove(member, from: change.stream)
            }
            if !change.begins { closeStreams(of: member, within: change.stream) }
            if change.stream.isNetwork { member.networks = member.seats.map(\.audience.stream).filter(\.isNetwork) }
        }
    }

    private func end(_ end: ConnectionEnd) {
        recentEnds.append((end, .now))
        for member in byMember[end.member] ?? [] where end.concerns(member.member) {
            close(member, CloseCode.credentials, "revoked")
        }
    }

    // MARK: Behind

    /// Stops queueing updates for a slow reader and keeps only its cursor; it goes on from the journal when the socket
    /// has drained.
    private func fallBehind(_ member: MemberConnection) {
        guard member.isLive else { return }
        subscriptions.removeAll(member)
        member.phase = .replaying
        member.window = ReplayWindow()
        service.metrics.fellBehind.add(1)
        if member.connection.isWritable { readNextPage(member) }
    }

    /// Reads the next page of what a connection missed, unless the socket is still full of the one before.
    func readNextPage(_ member: MemberConnection) {
        guard member.isReplaying, !member.isReading, member.opening == 0, member.connection.isWritable else { return }
        member.isReading = true
        let id = member.connection.id
        let who = member.member
        let cursor = member.cursor
        let window = member.window
        let opened = member.opened.mapValues(\.after)
        let version = member.openedVersion
        let settings = settings
        let community = service.community
        let link = enterLink
        let queued = community.readers.submit {
            var window = window
            do {
                let page = try community.read(as: who) { context in
                    try context.sql.replay(
                        to: who.id,
                        after: cursor,
                        opened: opened,
                        limit: settings.replayPage,
                        bytes: settings.replayBytes,
                        &window
                    )
                }
                let frames = Fanout.pack(
                    page.updates.map {
                        LiveBatch.Update(seq: $0.seq, stream: .community, frame: OutboundFrame($0.frame))
                    },
                    settings.packedFrameBytes
                )
                link { [window] hub in hub.received(page, frames, window, id, version) }
            } catch {
                community.log.error("a replay failed", metadata: ["error": "\(error)"])
                link { hub in hub.close(id, CloseCode.restart, "unavailable") }
            }
        }
        if !queued { close(member, CloseCode.restart, "unavailable") }
    }

    private func received(
        _ page: ReplayPage,
        _ frames: [(last: Int64, frame: OutboundFrame)],
        _ window: ReplayWindow,
        _ id: ConnectionID,
        _ version: Int
    ) {
        guard let member = connections[id], member.isReplaying else { return }
        member.isReading = false
        guard version == member.openedVersion else { return readNextPage(member) }
        member.window = window
        service.metrics.replayed.add(Int64(page.updates.count))
        for (last, frame) in frames {
            // A page is smaller than the queue's bound and the socket was empty, so `.full` is the exception: replies
            // came between. The page is then read again from where it stopped.
            if case .full = member.connection.send(frame) { return }
            member.cursor = last
        }
        member.cursor = page.upTo
        if let streams = page.streams {
            goLive(member, from: page.upTo, streams)
        } else {
            readNextPage(member)
        }
    }

    /// Goes live from `seq`, at which exactly `streams` were open: what was broadcast on this loop meanwhile comes from
    /// memory, or from the journal once more when that does not reach back far enough.
    func goLive(_ member: MemberConnection, from seq: Int64, _ streams: [StreamName]) {
        guard seq >= recent.floor || seq >= head else { return readNextPage(member) }
        member.phase = .live
        member.cursor = seq
        for stream in streams + member.opened.keys { subscriptions.add(member, to: stream) }
        var missed: [LiveBatch.Update] = []
        var change = recent.access.firstIndex { $0.seq > seq } ?? recent.access.count
        func applyChanges(while isDue: (AccessChange) -> Bool) {
            while change < recent.access.count, isDue(recent.access[change]) {
                let next = recent.access[change]
                change += 1
                guard next.member == member.member.id, next.seq > seq else { continue }
                if next.begins {
                    subscriptions.add(member, to: next.stream)
                } else {
                    subscriptions.remove(member, from: next.stream)
                    closeStreams(of: member, within: next.stream)
                }
            }
        }
        for update in recent.updates where update.seq > seq && update.seq <= head {
            applyChanges { $0.begins ? $0.seq <= update.seq : $0.seq < update.seq }
            if subscriptions.reads(member, update.stream), member.floor(of: update.stream) < update.seq {
                missed.append(update)
            }
        }
        applyChanges { $0.seq <= head }
        member.networks = member.seats.map(\.audience.stream).filter(\.isNetwork)
        if member.hasToBeAnnounced {
            member.hasToBeAnnounced = false
            notePresence(of: member)
        }
        var fellBehind: [MemberConnection] = []
        deliver(Fanout.pack(missed, settings.packedFrameBytes), member, seq, &fellBehind)
        guard fellBehind.isEmpty else { return fallBehind(member) }
        member.cursor = max(seq, head)
        let live = OutboundFrame(ServerFrame.number("live", member.cursor))
        if case .full = member.connection.send(live) { return fallBehind(member) }
        runWaitingOpenings(member)
    }
}

extension ConnectionEnd {
    /// Whether it ends a connection of that member with that credential.
    func concerns(_ who: Member) -> Bool {
        member == who.id && (credential.map { $0 == who.credential } ?? true)
    }
}

extension SendResult: Equatable {}
