/// A solution as `solution.get` gives it; in lists without its parts and what is around it, and in updates with what changed alone.
public struct SolutionView: WireObject {
    /// The solution.
    public var id = SolutionID()
    /// Rises with each change.
    public var revision: Int64 = 1
    /// Where it stands: of a version that is asked for where that one does.
    public var state = SolutionState.draft
    /// The version that is shown: the one being written, or a published one.
    public var version: Int64?
    /// The newest published version; left out while there is none.
    public var published: Int64?
    /// Whose.
    public var network: NetworkID?
    /// Its text, which is written together.
    public var document: DocumentID?
    /// What it is called.
    public var title: String?
    /// The city that it comes from.
    public var city: OrganisationID?
    /// What that city is called.
    public var cityName: String?
    /// What it is about.
    public var area: SolutionArea?
    /// Its licence as an SPDX expression, in most cases one identifier.
    public var licence: String?
    /// The parts of its kit by name, Markdown; in updates those that changed.
    public var parts: JSON?
    /// The same parts as safe HTML.
    public var partsHtml: JSON?
    /// The document's text, of a published version.
    public var text: String?
    /// The beginning of its summary, plain; in lists.
    public var summary: String?
    /// What it still needs to be published: names of parts, `licence`, `experiments`, `approval`.
    public var missing: [String]?
    /// From how many cities other than its own it must be approved before it counts as tested.
    public var approvalsNeeded: Int64?
    /// Where it was tried.
    public var experiments: [ExperimentView]?
    /// Who was asked to review it and what they said, of the version shown.
    public var reviewers: [SolutionReviewer]?
    /// Who took it over.
    public var adoptions: [AdoptionView]?
    /// What it has to do with, both ways, as far as the reader may know of it.
    public var references: [SolutionReference]?
    /// What happened to it, the oldest first: the newest 100 steps.
    public var acts: [SolutionAct]?
    /// Its published versions.
    public var versions: [SolutionVersion]?
    /// The solution that took its place.
    public var supersededBy: SolutionID?
    /// Whether another city has it in use.
    public var transferred: Bool?
    /// How many adoptions are going on or in use.
    public var adopted: Int64?
    /// Where it was brought from, as its kit says: `address`, `version`, `hash`, `authors`, `reviews`, `acts`.
    public var origin: JSON?
    /// Who wrote it.
    public var authors: [NamedPerson]?
    /// Who started it; left out where nobody did.
    public var createdBy: MemberID?
    /// When it was started.
    public var at: Instant?
    /// When it was last changed.
    public var changed: Instant?
    /// What the reader may do.
    public var me: SolutionRights?
    /// Why, in updates of a step that says so.
    public var reason: String?
    /// Which part, in updates of one.
    public var part: KitPart?
    /// The newer solution, in `solution.superseded`.
    public var by: SolutionID?
    /// What it costs, where that is known; null in the update that takes it away.
    public var cost: Clearable<SolutionCost>?
    /// The cities that take it over or have it in use, by name.
    public var adopters: [SolutionAdopter]?
    /// Those asked for a review, in `solution.asked`.
    public var who: [PersonID]?
    /// The version that is being written, where a published one is shown.
    public var next: Int64?
    /// What is no longer there: `text`, in the update that opens the next version.
    public var taken: Set<String> = []

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.integer("version", &version)
        visitor.integer("published", &published)
        visitor.id("network", &network)
        visitor.id("document", &document)
        visitor.text("title", &title)
        visitor.organisation("city", &city, called: "cityName", &cityName)
        visitor.choice("area", &area)
        visitor.text("licence", &licence)
        visitor.json("parts", &parts)
        visitor.json("partsHtml", &partsHtml)
        visitor.text("text", &text)
        visitor.text("summary", &summary)
        visitor.texts("missing", &missing, count: 0...20)
        visitor.integer("approvalsNeeded", &approvalsNeeded)
        visitor.objects("experiments", &experiments, count: 0...100)
        visitor.objects("reviewers", &reviewers, count: 0...100)
        visitor.objects("adoptions", &adoptions, count: 0...200)
        visitor.objects("references", &references, count: 0...300)
        visitor.objects("acts", &acts, count: 0...100)
        visitor.objects("versions", &versions, count: 0...200)
        visitor.id("supersededBy", &supersededBy)
        visitor.flag("transferred", &transferred)
        visitor.integer("adopted", &adopted)
        visitor.json("origin", &origin)
        visitor.objects("authors", &authors, count: 0...200)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
        visitor.instant("changed", &changed)
        visitor.object("me", &me)
        visitor.text("reason", &reason)
        visitor.choice("part", &part)
        visitor.id("by", &by)
        visitor.clearable("cost", &cost)
        visitor.objects("adopters", &adopters, count: 0...100)
        visitor.ids("who", &who, count: 1...20)
        visitor.integer("next", &next)
        visitor.nulls(["text"], &taken)
    }

    /// What it costs, where that is known.
    public var knownCost: SolutionCost? {
        if case .on(let cost)? = cost { cost } else { nil }
    }
}

/// What a reader may do with a solution at this moment.
public struct SolutionRights: WireObject, Equatable {
    /// Write its parts.
    public var write = false
    /// Ask for a review.
    public var submit = false
    /// Give it back with a reason.
    public var returns = false
    /// Say that it was tested.
    public var approve = false
    /// Publish, once nothing is missing.
    public var publish = false
    /// Withdraw or supersede.
    public var withdraw = false
    /// The cities that one may ask to adopt it for.
    public var adopt: [NamedOrganisation]?
    /// Ask more people for a review, while it is in review; left out where one may not.
    public var ask: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.flag("write", &write)
        visitor.flag("submit", &submit)
        visitor.flag("return", &returns)
        visitor.flag("approve", &approve)
        visitor.flag("publish", &publish)
        visitor.flag("withdraw", &withdraw)
        visitor.objects("adopt", &adopt, count: 0...50)
        visitor.flag("ask", &ask)
    }
}

/// Somebody who reviews a solution.
public struct SolutionReviewer: WireObject, Equatable {
    /// Who.
    public var person = PersonID()
    /// The name; left out for somebody who is gone.
    public var name: String?
    /// The city that the review is for.
    public var city: NamedOrganisation?
    /// What came of it.
    public var state = ReviewState.asked
    /// Why it was given back.
    public var reason: String?
    /// When.
    public var at = Instant(milliseconds: 0)

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("person", &person)
        visitor.text("name", &name)
        visitor.object("city", &city)
        visitor.choice("state", &state)
        visitor.text("reason", &reason)
        visitor.instant("at", &at)
    }
}

/// What a solution has to do with.
public struct SolutionReference: WireObject, Equatable {
    /// What kind of thing.
    public var kind = ReferenceKind.event
    /// Its id.
    public var id: Int64 = 0
    /// What it is called.
    public var title = ""
    /// When it was.
    public var at: Instant?
    /// Whether it refers to the solution, and not the solution to it.
    public var incoming: Bool?
    /// The channel, of a message.
    public var channel: ChannelID?
    /// The event, of a decision.
    public var event: EventID?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("kind", &kind)
        visitor.integer("id", &id)
        visitor.text("title", &title)
        visitor.instant("at", &at)
        visitor.flag("incoming", &incoming)
        visitor.id("channel", &channel)
        visitor.id("event", &event)
    }
}

/// One step in a solution's life.
public struct SolutionAct: WireObject, Equatable {
    /// What happened.
    public var act = SolutionActKind.created
    /// To which version.
    public var version: Int64 = 1
    /// Who did it; left out for somebody who is gone.
    public var by: NamedPerson?
    /// When.
    public var at = Instant(milliseconds: 0)
    /// Why.
    public var reason: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("act", &act)
        visitor.integer("version", &version)
        visitor.object("by", &by)
        visitor.instant("at", &at)
        visitor.text("reason", &reason)
    }
}

/// A published version of a solution.
public struct SolutionVersion: WireObject, Equatable {
    /// Its number, from 1.
    public var version: Int64 = 1
    /// When it was published.
    public var at = Instant(milliseconds: 0)
    /// By whom; left out for somebody who is gone.
    public var by: NamedPerson?
    /// SHA-256 of what it says, hexadecimal.
    public var hash = ""

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("version", &version)
        visitor.instant("at", &at)
        visitor.object("by", &by)
        visitor.text("hash", &hash)
    }
}
