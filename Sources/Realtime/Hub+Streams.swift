import CommunityKernel
import Journal
import SocketTransport
import WireProtocol

/// Streams that a connection opens for itself, such as a document's.
///
/// A stream opened at one `seq` is read from there on. So that nothing of it is lost or comes twice, such a request runs
/// only while its connection is live, and a connection that falls behind meanwhile reads no page of the journal until it
/// is answered; the writer answers before it tells the commit.
extension Hub {
    func isOfConnection(_ request: ClientFrame.Request) -> Bool {
        service.community.registry.operations[request.name]?.isOfConnection == true
    }

    func runWaitingOpenings(_ member: MemberConnection) {
        while member.isLive, !member.waitingOpenings.isEmpty { run(member.waitingOpenings.removeFirst(), member) }
    }

    /// Applies what a command of `author` did to the connection's own streams.
    func settle(_ changes: [ConnectionStreams.Change], isDone: Bool, _ id: ConnectionID, of author: MemberID) {
        let member = connections[id].flatMap { $0.isSignedIn ? $0 : nil }
        member?.opening -= 1
        for change in changes {
            guard let member, isDone else {
                if case .open(let stream, _, _) = change { openings.remove(stream, of: author) }
                continue
            }
            switch change {
            case .open(let stream, let parent, let seq):
                if member.opened[stream] != nil { openings.remove(stream, of: author) }
                member.open(stream, parent: parent, after: seq)
                if member.isLive { subscriptions.add(member, to: stream) }
            case .close(let stream): close(stream, of: member)
            }
        }
    }

    private var openings: StreamOpenings { service.community.writer.openings }

    /// Closes what a connection that goes had open.
    func closeStreams(of member: MemberConnection) {
        for stream in member.opened.keys { close(stream, of: member) }
    }

    private func close(_ stream: StreamName, of member: MemberConnection) {
        if member.close(stream) { openings.remove(stream, of: member.member.id) }
        subscriptions.remove(member, from: stream)
    }

    /// Closes the streams that hang on one that the member has lost.
    func closeStreams(of member: MemberConnection, within parent: StreamName) {
        for (stream, opened) in member.opened where opened.parent == parent { close(stream, of: member) }
    }

    /// Closes a stream for all connections that had opened it at `seq`.
    func close(_ stream: StreamName, after seq: Int64) {
        for member in connections.values {
            if let opened = member.opened[stream], opened.after < seq { close(stream, of: member) }
        }
    }
}
