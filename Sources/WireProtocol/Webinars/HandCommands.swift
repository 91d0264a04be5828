/// Raises one's hand at an event, while its room is open; for those who may enter it.
public struct RaiseHand: ClientCommand {
    /// The name on the wire.
    public static let name = "hand.raise"
    /// What `ok` holds.
    public typealias Reply = HandPlace
    /// At which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// A hand's place among those that are raised.
public struct HandPlace: WireObject {
    /// The place: 1 is next.
    public var position: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(position: Int64) { self.position = position }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.integer("position", &position) }
}

/// Lowers one's hand, or as a facilitator somebody's.
public struct LowerHand: ClientCommand {
    /// The name on the wire.
    public static let name = "hand.lower"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// At which event.
    public var event = EventID()
    /// Whose; one's own unless told.
    public var person: PersonID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.id("person", &person)
    }
}

/// Gives somebody the word whose hand is raised; for facilitators.
public struct CallHand: ClientCommand {
    /// The name on the wire.
    public static let name = "hand.call"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// At which event.
    public var event = EventID()
    /// Whose hand.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.id("person", &person)
    }
}

/// Asks whose hands are raised at an event, in their order; for those who may know of it.
public struct ListHands: ClientQuery {
    /// The name on the wire.
    public static let name = "hand.list"
    /// What `ok` holds.
    public typealias Reply = HandList
    /// At which event.
    public var event = EventID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("event", &event) }
}

/// The raised hands of an event; their number is bounded by a setting.
public struct HandList: WireObject {
    /// The hands, who was called first.
    public var hands: [HandView] = []

    /// To be read.
    public init() {}

    /// Makes it.
    public init(hands: [HandView]) { self.hands = hands }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("hands", &hands, count: 0...1_000)
    }
}

/// One raised hand.
public struct HandView: WireObject {
    /// Whose.
    public var person = NamedPerson()
    /// Since when.
    public var at = Instant(milliseconds: 0)
    /// When the person got the word; left out for who still waits.
    public var called: Instant?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(person: NamedPerson, at: Instant, called: Instant?) {
        self.person = person
        self.at = at
        self.called = called
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.object("person", &person)
        visitor.instant("at", &at)
        visitor.instant("called", &called)
    }
}

/// A hand was raised, lowered or called; on `network/N`.
public struct HandNews: WireObject {
    /// At which event.
    public var event = EventID()
    /// Whose.
    public var person = PersonID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(event: EventID, person: PersonID) {
        self.event = event
        self.person = person
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("event", &event)
        visitor.id("person", &person)
    }
}

/// Somebody raised the hand; on `network/N`.
public struct HandRaised: ServerUpdate {
    /// The name on the wire.
    public static let name = "hand.raised"
    /// Whose, where.
    public var hand = HandNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ hand: HandNews) { self.hand = hand }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { hand.fields(&visitor) }
}

/// A hand was lowered; on `network/N`.
public struct HandLowered: ServerUpdate {
    /// The name on the wire.
    public static let name = "hand.lowered"
    /// Whose, where.
    public var hand = HandNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ hand: HandNews) { self.hand = hand }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { hand.fields(&visitor) }
}

/// Somebody got the word; on `network/N`.
public struct HandCalled: ServerUpdate {
    /// The name on the wire.
    public static let name = "hand.called"
    /// Whose, where.
    public var hand = HandNews()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ hand: HandNews) { self.hand = hand }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { hand.fields(&visitor) }
}
