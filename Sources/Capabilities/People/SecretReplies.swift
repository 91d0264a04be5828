public import Journal
public import WireProtocol

extension OpenedSession: SecretBearing {
    /// The reply without its token.
    public var withoutSecrets: OpenedSession { OpenedSession(token: nil, person: person, expires: expires) }
}

extension RevealedInvitation: SecretBearing {
    /// The reply without its token.
    public var withoutSecrets: RevealedInvitation { RevealedInvitation(token: nil) }
}

extension CreatedBot: SecretBearing {
    /// The reply without its token.
    public var withoutSecrets: CreatedBot { CreatedBot(id: id, token: nil) }
}

// What is remembered for ever of an import holds nobody's name or address.
extension ImportedPersons: SecretBearing {
    /// The counts alone.
    public var withoutSecrets: ImportedPersons {
        var counted = ImportedPersons()
        counted.counts = counts
        return counted
    }
}
