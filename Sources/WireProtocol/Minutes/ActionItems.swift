/// Writes down what somebody is to do after an event; its facilitators.
///
/// Errors: `invalid` for an owner who is no member of the network or a day that does not exist, `conflict` with the
/// `state` for an event that does not take place.
public struct AddAction: ClientCommand {
    /// The name on the wire.
    public static let name = "action.add"
    /// What `ok` holds.
    public typealias Reply = AddedAction
    /// From which event.
    public var event = EventID()
    /// What is to be done.
    public var text = ""
    /// By whom.
    public var owner = PersonID()
    /// Until which day, `2026-12-31`.
    public var due = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.line("text", &text, bytes: 1...500)
        visitor.id("owner", &owner)
        visitor.line("due", &due, bytes: 1...10)
    }
}

/// An action item that was written down.
public struct AddedAction: WireObject {
    /// The action item.
    public var id = ActionID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: ActionID) { self.id = id }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// Changes an action item: facilitators all of it, its owner whether it is done.
///
/// Errors: those of ``AddAction``; `forbidden` for who is neither.
public struct ChangeAction: ClientCommand {
    /// The name on the wire.
    public static let name = "action.change"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which.
    public var action = ActionID()
    /// Another text.
    public var text: String?
    /// Another owner.
    public var owner: PersonID?
    /// Another day.
    public var due: String?
    /// Whether it is done.
    public var done: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("action", &action)
        visitor.line("text", &text, bytes: 1...500)
        visitor.id("owner", &owner)
        visitor.line("due", &due, bytes: 1...10)
        visitor.flag("done", &done)
    }
}

/// Asks for action items: of an event or a network for its members, one's own without either; the open ones first, by
/// their day.
public struct ListActions: ClientQuery {
    /// The name on the wire.
    public static let name = "action.list"
    /// What `ok` holds.
    public typealias Reply = ActionList
    /// Of which network.
    public var network: NetworkID?
    /// Of which event.
    public var event: EventID?
    /// Only one's own; always so without a network and an event.
    public var mine: Bool?
    /// Only those that are done, or only the open ones.
    public var done: Bool?
    /// At most so many, 1–500, 500 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("event", &event)
        visitor.flag("mine", &mine)
        visitor.flag("done", &done)
        visitor.integer("limit", &limit, in: 1...500)
        visitor.text("cursor", &cursor, bytes: 1...64)
    }
}

/// Action items.
public struct ActionList: WireObject {
    /// The open ones first.
    public var actions: [ActionView] = []
    /// Give it back for the next page; left out at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(actions: [ActionView], cursor: String?) {
        self.actions = actions
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("actions", &actions, count: 0...500)
        visitor.text("cursor", &cursor)
    }
}

/// What somebody is to do.
public struct ActionView: WireObject {
    /// The action item.
    public var id = ActionID()
    /// Whose network.
    public var network = NetworkID()
    /// From which event.
    public var event = EventID()
    /// The event's title; in answers.
    public var title: String?
    /// Rises with each change.
    public var revision: Int64 = 1
    /// What is to be done.
    public var text = ""
    /// By whom; left out for somebody who is gone.
    public var owner: NamedPerson?
    /// Until which day.
    public var due = ""
    /// Whether it is done.
    public var done = false

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("network", &network)
        visitor.id("event", &event)
        visitor.text("title", &title)
        visitor.integer("revision", &revision)
        visitor.text("text", &text)
        visitor.object("owner", &owner)
        visitor.text("due", &due)
        visitor.flag("done", &done)
    }
}

/// An action item was written down or changed; on `network/N`.
///
/// Its data are the whole item, as `action.list` gives it. Its id is the `seq` of the first one.
public struct ActionChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "action.changed"
    /// The action item.
    public var id = ActionID()
    /// From which event.
    public var event = EventID()
    /// Rises with each change.
    public var revision: Int64 = 1
    /// Whether it is done.
    public var done = false
    /// Whose network.
    public var network: NetworkID?
    /// The event's title.
    public var title: String?
    /// What is to be done.
    public var text: String?
    /// By whom; left out for somebody who is gone.
    public var owner: NamedPerson?
    /// Until which day.
    public var due: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ action: ActionView) {
        id = action.id
        event = action.event
        revision = action.revision
        done = action.done
        network = action.network
        title = action.title
        text = action.text
        owner = action.owner
        due = action.due
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.id("event", &event)
        visitor.integer("revision", &revision)
        visitor.flag("done", &done)
        visitor.id("network", &network)
        visitor.text("title", &title)
        visitor.text("text", &text)
        visitor.object("owner", &owner)
        visitor.text("due", &due)
    }
}
