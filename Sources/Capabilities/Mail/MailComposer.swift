public import CommunityKernel
public import Journal
public import WireProtocol

/// What of a mail in the outbox its composer may know.
public struct MailFacts: Sendable {
    /// The template's key.
    public let template: String
    /// For whom; nil for somebody who is no person here.
    public let person: PersonID?
    /// What was written down with it.
    public let data: JSONObject

    /// Makes it.
    public init(template: String, person: PersonID?, data: JSONObject) {
        self.template = template
        self.person = person
        self.data = data
    }
}

/// What a mail says at the moment at which it is sent.
public enum MailComposition: Sendable {
    /// These values fill its gaps, beside those written down with it.
    case ready(JSONObject)
    /// Not now: it waits until then.
    case later(Instant)
    /// There is nothing to say any more; the reason, for the administrators.
    case obsolete(String)
}

/// Judges mails again at the moment at which they are sent, hours after they were written perhaps: what was read
/// meanwhile, or may be read no longer, is not sent.
///
/// What is secret is asked for only now, so that it stands in no list.
public protocol MailComposer: Sendable {
    /// The templates that it composes.
    var templates: Set<String> { get }
    /// What a mail says now.
    func compose(_ mail: MailFacts, _ context: QueryContext) throws -> MailComposition
}
