/// Who speaks at an event: a person of the community, or a name.
///
/// A request may also give the bare id of a person or the bare name.
public struct EventSpeaker: WireObject, Equatable {
    /// The person, where it is one of the community.
    public var person: PersonID?
    /// The name; in answers always there.
    public var name: String?
    /// What the speaker is or does there.
    public var title: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(person: PersonID?, name: String? = nil, title: String? = nil) {
        self.person = person
        self.name = name
        self.title = title
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("person", &person)
        visitor.line("name", &name, bytes: 1...200)
        visitor.line("title", &title, bytes: 1...200)
    }
}

/// One point of an event's agenda; a request may also give the bare title.
public struct AgendaItem: WireObject, Equatable {
    /// What it is about.
    public var title = ""
    /// When, by the clock on the wall: `10:30`.
    public var at: String?
    /// How long it takes.
    public var minutes: Int64?
    /// Who presents it.
    public var speaker: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.line("title", &title, bytes: 1...500)
        visitor.line("at", &at, bytes: 1...8)
        visitor.integer("minutes", &minutes, in: 1...1_440)
        visitor.line("speaker", &speaker, bytes: 1...200)
    }
}

/// Who runs an event: the first is its organiser, the others run it together with that one.
public struct EventOrganiser: WireObject, Equatable {
    /// The organisation, where the community knows it.
    public var organisation: OrganisationID?
    /// Its name; in answers always there.
    public var name: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("organisation", &organisation)
        visitor.line("name", &name, bytes: 1...200)
    }
}

/// The room on the network: `{"provider":"link","url"}`, `{"provider":"jitsi"}`, `{"provider":"bigbluebutton"}`.
///
/// Its address and name are shown to the network's facilitators only: who is confirmed gets a link by `webinar.join`.
public struct EventRoom: WireObject, Equatable {
    /// Who provides it.
    public enum Provider: String, Sendable, CaseIterable {
        /// Whatever stands behind an address.
        case link
        /// A Jitsi server.
        case jitsi
        /// A BigBlueButton server.
        case bigbluebutton
    }

    /// Who provides it.
    public var provider = Provider.link
    /// The address, for a link: `https://…`.
    public var url: String?
    /// The room's name at its provider, where several events use one.
    public var name: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(provider: Provider, url: String? = nil, name: String? = nil) {
        self.provider = provider
        self.url = url
        self.name = name
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("provider", &provider)
        visitor.line("url", &url, bytes: 1...2_000)
        visitor.line("name", &name, bytes: 1...100)
    }
}

/// How many take part in an event.
public struct EventCounts: WireObject, Equatable {
    /// Those who have a seat, those who came included.
    public var confirmed: Int64 = 0
    /// Those who wait for one.
    public var waiting: Int64 = 0
    /// Those to whom a seat is offered.
    public var offered: Int64 = 0
    /// Those who wait for approval.
    public var requested: Int64 = 0

    /// Nobody.
    public init() {}

    /// Makes it.
    public init(confirmed: Int64, waiting: Int64, offered: Int64, requested: Int64) {
        self.confirmed = confirmed
        self.waiting = waiting
        self.offered = offered
        self.requested = requested
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("confirmed", &confirmed)
        visitor.integer("waiting", &waiting)
        visitor.integer("offered", &offered)
        visitor.integer("requested", &requested)
    }
}

/// How the reader takes part in an event.
public struct EventPlace: WireObject, Equatable {
    /// The registration.
    public var registration: Int64 = 0
    /// Its state.
    public var state = ""
    /// The place in the queue, for who waits: 1 is next.
    public var position: Int64?
    /// Why there is no seat yet.
    public var waiting: WaitingReason?
    /// Until when the seat is kept, for whom it is offered.
    public var expires: Instant?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(registration: Int64, state: String, position: Int64? = nil) {
        self.registration = registration
        self.state = state
        self.position = position
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("registration", &registration)
        visitor.text("state", &state)
        visitor.integer("position", &position)
        visitor.choice("waiting", &waiting)
        visitor.instant("expires", &expires)
    }
}

/// An event's place in its series: `7 of 15`.
public struct SeriesPlace: WireObject, Equatable {
    /// The series.
    public var id = SeriesID()
    /// Its number, from 1.
    public var index: Int64 = 1
    /// How many there are to be.
    public var of: Int64 = 1

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: SeriesID, index: Int64, of: Int64) {
        self.id = id
        self.index = index
        self.of = of
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("index", &index)
        visitor.integer("of", &of)
    }
}

/// A time that an event was moved from.
public struct FormerTime: WireObject, Equatable {
    /// When it was to begin.
    public var start = EventTime()
    /// When it was to end.
    public var end = EventTime()
    /// When it was moved.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Makes it.
    public init(start: EventTime, end: EventTime, at: Instant) {
        self.start = start
        self.end = end
        self.at = at
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.object("start", &start)
        visitor.object("end", &end)
        visitor.instant("at", &at)
    }
}

/// Somebody or something that two events want at the same time.
public struct EventClash: WireObject, Equatable {
    /// What is wanted twice.
    public enum Kind: String, Sendable, CaseIterable {
        /// A speaker.
        case speaker
        /// A room on the network.
        case room
        /// A place.
        case place
        /// The reader, who takes part in both.
        case own
    }

    /// What is wanted twice.
    public var kind = Kind.speaker
    /// The speaker.
    public var person: PersonID?
    /// The other event, where the reader may know of it.
    public var event: EventID?
    /// Its title, where the reader may know of it.
    public var title: String?
    /// When it begins.
    public var start = EventTime()
    /// When it ends.
    public var end = EventTime()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("kind", &kind)
        visitor.id("person", &person)
        visitor.id("event", &event)
        visitor.text("title", &title)
        visitor.object("start", &start)
        visitor.object("end", &end)
    }
}

extension FieldVisitor {
    /// A list whose items may also be given in a short form that `expand` turns into an object.
    mutating func liberal<Item: WireObject>(
        _ name: String,
        _ value: inout [Item]?,
        count: Int,
        expand: (JSON) -> JSONObject?
    ) {
        var raw: JSON? = value.map { items in
            .array(items.compactMap { try? JSONParser.parse($0.text) })
        }
        json(name, &raw)
        guard let raw else {
            value = nil
            return
        }
        guard let given = raw.array ?? raw.string.map(Self.lines) else { return reject(name, "wrong_type") }
        guard given.count <= count else { return reject(name, "too_many") }
        var items: [Item] = []
        for (index, item) in given.enumerated() {
            guard let object = item.object ?? expand(item) else {
                reject("\(name).\(index)", "wrong_type")
                continue
            }
            do {
                items.append(try Item.read(object, path: "\(name).\(index)"))
            } catch {
                for problem in error.fields ?? [] { reject(problem.path, problem.problem) }
            }
        }
        value = items
    }

    /// The lines of a text, those without words left out.
    private static func lines(_ text: String) -> [JSON] {
        text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }.map { .string(String($0)) }
    }

    /// Speakers, at most 50; a bare number is a person, a bare text a name.
    mutating func speakers(_ name: String, _ value: inout [EventSpeaker]?) {
        liberal(name, &value, count: 50) { item in
            switch item {
            case .string: JSONObject([.init(name: "name", value: item)])
            case .int: JSONObject([.init(name: "person", value: item)])
            default: nil
            }
        }
        for (index, speaker) in (value ?? []).enumerated() where speaker.person == nil && speaker.name == nil {
            reject("\(name).\(index)", "missing")
        }
    }

    /// The points of an agenda, at most 100; a bare text is a title, a text in place of the list has one on each line.
    mutating func agenda(_ name: String, _ value: inout [AgendaItem]?) {
        liberal(name, &value, count: 100) { item in
            if case .string = item { JSONObject([.init(name: "title", value: item)]) } else { nil }
        }
    }
}
