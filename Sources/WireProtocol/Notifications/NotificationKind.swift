/// Why somebody is notified.
public enum NotificationKind: String, Sendable, CaseIterable {
    /// A message, or a comment on a document, mentions the person, by name or by a group.
    case mention
    /// Somebody wrote in a thread that the person began or wrote in; also in one about a passage of a document.
    case reply
    /// A message in a channel of which the person wants to be told everything.
    case message
    /// An announcement asks to be acknowledged.
    case acknowledge
    /// A message was reported to the moderators.
    case report
    /// Somebody else, or the clock, changed where the person's registration for an event stands.
    case registration
    /// An event in which the person has a part was moved, changed, put off or called off.
    case event
    /// An event in which the person has a seat begins soon.
    case reminder
    /// A solution waits for the person's review.
    case review
    /// Somebody commented on a document in which the person wrote, or settled what the person noted or proposed.
    case comment
    /// Something became of a solution that the person writes or reviews.
    case solution
    /// Something became of an adoption that the person follows, or of what the person's city took over.
    case adoption
}

/// What is told of an event or of a registration for it.
public enum EventNews: String, Sendable, CaseIterable {
    /// A facilitator asks the person to come.
    case invited
    /// The registration waits for approval again.
    case requested
    /// The person has a seat.
    case confirmed
    /// The person waits for a seat.
    case waitlisted
    /// A seat is kept until the person accepts it.
    case offered
    /// Who waited has a seat now.
    case promoted
    /// A facilitator approved, and the person has a seat.
    case approved
    /// A facilitator did not approve.
    case rejected
    /// The person's seat was given back.
    case cancelled
    /// The person was taken out of the queue, or the invitation was withdrawn.
    case removed
    /// Who still waited when registration closed waits no more.
    case expired
    /// The offer was not accepted in time.
    case lapsed
    /// The event has another time.
    case moved
    /// The event has another place or title.
    case changed
    /// The event was put off; its new time is not known yet.
    case postponed
    /// The event was called off.
    case calledOff = "called_off"
    /// The event begins soon.
    case reminder
    /// The organisers wrote to the person.
    case message
}
