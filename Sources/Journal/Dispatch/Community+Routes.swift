public import CommunityKernel
public import WireProtocol

// What a capability's route writes is safe to repeat like a command.
extension Community {
    /// Whether a member had an answer under that nonce: it gets it again, whatever would refuse the request now.
    public func hasAnswered(_ nonce: String?, to member: Member) throws -> Bool {
        try read { try Self.hasReceipt(nonce, member, $0.sql) }
    }

    /// Writes like the command `name` whose body is `canonical`, and waits for the commit.
    ///
    /// With a nonce that was used for the same, the first answer comes again and nothing is written; with one used for
    /// something else, `nonce_reused` is thrown.
    public func write<Reply: WireObject & Sendable>(
        _ name: String,
        _ canonical: JSON,
        nonce: String?,
        as actor: Member,
        address: String?,
        _ body: @escaping @Sendable (UnitOfWork) throws -> Reply
    ) throws -> (reply: [UInt8], isRepeated: Bool) {
        let box = ResultBox<Outcome>()
        writer.submit(
            Writer.Job(
                actor: actor,
                address: address,
                name: name,
                nonce: nonce,
                canonical: canonical.text,
                run: { work in
                    let reply = try body(work).text
                    return (reply, reply)
                },
                completion: { outcome in
                    box.set(outcome)
                    box.complete(outcome)
                }
            )
        )
        guard case .done(let reply, _, let isRepeated) = try box.wait() else {
            throw WireError(.internal, "no outcome")
        }
        return (reply, isRepeated)
    }
}
