/// What is told of a suggestion.
public struct SuggestionNews: WireObject {
    /// The suggestion.
    public var id = SuggestionID()
    /// Of which document.
    public var document = DocumentID()
    /// Where it stands.
    public var state = SuggestionState.open
    /// The revision that accepting it made.
    public var revision: Int64?
    /// Why it was turned down.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("document", &document)
        visitor.choice("state", &state)
        visitor.integer("revision", &revision)
        visitor.text("reason", &reason)
    }
}

/// Where a suggestion stands.
public enum SuggestionState: String, Sendable, CaseIterable {
    /// It waits.
    case open
    /// It was made.
    case accepted
    /// It was turned down.
    case rejected
}

/// A change of a document is proposed; on `network/N`.
public struct ChangeSuggested: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.suggested"
    /// The suggestion.
    public var suggestion = SuggestionNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ suggestion: SuggestionNews) { self.suggestion = suggestion }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        suggestion.fields(&visitor)
    }
}

/// A proposed change was made; on `network/N`.
public struct SuggestionAccepted: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.suggestionAccepted"
    /// The suggestion.
    public var suggestion = SuggestionNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ suggestion: SuggestionNews) { self.suggestion = suggestion }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        suggestion.fields(&visitor)
    }
}

/// A proposed change was turned down; on `network/N`.
public struct SuggestionRejected: ServerUpdate {
    /// The name on the wire.
    public static let name = "document.suggestionRejected"
    /// The suggestion.
    public var suggestion = SuggestionNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ suggestion: SuggestionNews) { self.suggestion = suggestion }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        suggestion.fields(&visitor)
    }
}
