/// Asks for all mandates of a person, ended and planned ones too; administrators.
///
/// Errors: `not_found` for a person that there is not, `forbidden` for who is no administrator.
public struct ListMandates: ClientQuery {
    /// The name on the wire.
    public static let name = "mandate.list"
    /// What `ok` holds.
    public typealias Reply = MandateList
    /// Whose.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("person", &person) }
}

/// The mandates of a person, by id.
public struct MandateList: WireObject {
    /// The mandates.
    public var mandates: [MandateFacts] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(mandates: [MandateFacts]) { self.mandates = mandates }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("mandates", &mandates, count: 0...100)
    }
}
