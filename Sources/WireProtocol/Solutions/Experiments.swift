/// Plans to try something out in a city, for a solution or before there is one; facilitators, members of that city.
///
/// Errors: `invalid` for a city that is no metropolitan city; `not_found` for a solution of another network, and days that do not exist or are the wrong way round.
public struct CreateExperiment: ClientCommand {
    /// The name on the wire.
    public static let name = "experiment.create"
    /// What `ok` holds.
    public typealias Reply = CreatedExperiment
    /// Of which network.
    public var network = NetworkID()
    /// The metropolitan city that tries it.
    public var city = OrganisationID()
    /// What it is about.
    public var area = SolutionArea.edilizia
    /// What it is called.
    public var title = ""
    /// The solution that is tried.
    public var solution: SolutionID?
    /// What is tried and how, Markdown.
    public var text: String?
    /// Its first day, such as `2026-03-01`.
    public var from: String?
    /// Its last day, which may be to come.
    public var to: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("city", &city)
        visitor.choice("area", &area)
        visitor.line("title", &title, bytes: 1...200)
        visitor.id("solution", &solution)
        visitor.text("text", &text, bytes: 1...20_000)
        visitor.line("from", &from, bytes: 1...10)
        visitor.line("to", &to, bytes: 1...10)
    }
}

/// An experiment that was planned.
public struct CreatedExperiment: WireObject {
    /// The experiment.
    public var id = ExperimentID()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(id: ExperimentID) {
        self.id = id
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
    }
}

/// Begins or concludes an experiment; facilitators, members of its city.
///
/// Errors: `conflict` with the newest `revision` and `state` for another revision and for a step that does not follow; `invalid` for a conclusion without an outcome and an outcome without a conclusion.
public struct AdvanceExperiment: ClientCommand {
    /// The name on the wire.
    public static let name = "experiment.advance"
    /// What `ok` holds.
    public typealias Reply = ExperimentStanding
    /// Which experiment.
    public var experiment = ExperimentID()
    /// The next step.
    public var to = ExperimentState.started
    /// What came of it, at the end.
    public var outcome: ExperimentOutcome?
    /// What was seen, Markdown.
    public var note: String?
    /// What shows it.
    public var files: [FileID]?
    /// The revision that was read; left out for whatever is the newest.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("experiment", &experiment)
        visitor.choice("to", &to)
        visitor.choice("outcome", &outcome)
        visitor.text("note", &note, bytes: 1...20_000)
        visitor.ids("files", &files, count: 0...20)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Where an experiment stands after a step.
public struct ExperimentStanding: WireObject {
    /// Where it stands.
    public var state = ExperimentState.proposed
    /// Rises with each change.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(state: ExperimentState, revision: Int64) {
        self.state = state
        self.revision = revision
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.choice("state", &state)
        visitor.integer("revision", &revision)
    }
}

/// Says what an experiment is called and about, or for which solution it is; facilitators, members of its city.
///
/// Errors: `conflict` with the newest `revision` and `state` for another revision and once it is concluded; `not_found` for a solution of another network.
public struct ChangeExperiment: ClientCommand {
    /// The name on the wire.
    public static let name = "experiment.change"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// Which experiment.
    public var experiment = ExperimentID()
    /// Another title.
    public var title: String?
    /// Another text.
    public var text: String?
    /// The solution that is tried.
    public var solution: SolutionID?
    /// Another first day, such as `2026-03-01`.
    public var from: String?
    /// Another last day.
    public var to: String?
    /// The revision that was read; left out for whatever is the newest.
    public var revision: Int64?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("experiment", &experiment)
        visitor.line("title", &title, bytes: 1...200)
        visitor.text("text", &text, bytes: 1...20_000)
        visitor.id("solution", &solution)
        visitor.line("from", &from, bytes: 1...10)
        visitor.line("to", &to, bytes: 1...10)
        visitor.integer("revision", &revision, in: 1...largestID)
    }
}

/// Asks for one experiment; the network's members.
public struct GetExperiment: ClientQuery {
    /// The name on the wire.
    public static let name = "experiment.get"
    /// What `ok` holds.
    public typealias Reply = ExperimentView
    /// Which experiment.
    public var experiment = ExperimentID()

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("experiment", &experiment)
    }
}

/// Asks for experiments of the caller's networks, the newest first.
public struct ListExperiments: ClientQuery {
    /// The name on the wire.
    public static let name = "experiment.list"
    /// What `ok` holds.
    public typealias Reply = ExperimentList
    /// Only those of this network.
    public var network: NetworkID?
    /// Only those of this city.
    public var city: OrganisationID?
    /// Only those in this state.
    public var state: ExperimentState?
    /// Only those of this solution.
    public var solution: SolutionID?
    /// Experiments in one answer, 200 unless told.
    public var limit: Int64?
    /// Where the page before ended.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("network", &network)
        visitor.id("city", &city)
        visitor.choice("state", &state)
        visitor.id("solution", &solution)
        visitor.integer("limit", &limit, in: 1...200)
        visitor.text("cursor", &cursor, bytes: 1...64)
    }
}

/// A page of experiments.
public struct ExperimentList: WireObject {
    /// The newest first.
    public var experiments: [ExperimentView] = []
    /// Give it back for the next page; left out at the end.
    public var cursor: String?

    /// To be read.
    public init() {}

    /// Makes it.
    public init(experiments: [ExperimentView], cursor: String?) {
        self.experiments = experiments
        self.cursor = cursor
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.objects("experiments", &experiments, count: 0...200)
        visitor.text("cursor", &cursor)
    }
}

/// An experiment; in updates what changed alone.
public struct ExperimentView: WireObject, Equatable {
    /// The experiment.
    public var id = ExperimentID()
    /// Rises with each change.
    public var revision: Int64 = 1
    /// Where it stands.
    public var state = ExperimentState.proposed
    /// Whose.
    public var network: NetworkID?
    /// Where it is tried.
    public var city: OrganisationID?
    /// What that city is called.
    public var cityName: String?
    /// What it is about.
    public var area: SolutionArea?
    /// What it is called.
    public var title: String?
    /// The solution that is tried.
    public var solution: SolutionID?
    /// What is tried and how, Markdown.
    public var text: String?
    /// The same as safe HTML.
    public var html: String?
    /// What came of it.
    public var outcome: ExperimentOutcome?
    /// What was seen, Markdown.
    public var note: String?
    /// The same as safe HTML.
    public var noteHtml: String?
    /// What shows it.
    public var files: [AttachedFile]?
    /// Its first day.
    public var from: String?
    /// Its last day.
    public var to: String?
    /// When it was begun.
    public var started: Instant?
    /// When it was concluded.
    public var concluded: Instant?
    /// Who planned it; left out where nobody did.
    public var createdBy: MemberID?
    /// When it was planned.
    public var at: Instant?
    /// Whether the reader may change it.
    public var mayChange: Bool?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.id("id", &id)
        visitor.integer("revision", &revision)
        visitor.choice("state", &state)
        visitor.id("network", &network)
        visitor.organisation("city", &city, called: "cityName", &cityName)
        visitor.choice("area", &area)
        visitor.text("title", &title)
        visitor.id("solution", &solution)
        visitor.text("text", &text)
        visitor.text("html", &html)
        visitor.choice("outcome", &outcome)
        visitor.text("note", &note)
        visitor.text("noteHtml", &noteHtml)
        visitor.objects("files", &files, count: 0...20)
        visitor.text("from", &from)
        visitor.text("to", &to)
        visitor.instant("started", &started)
        visitor.instant("concluded", &concluded)
        visitor.id("createdBy", &createdBy)
        visitor.instant("at", &at)
        visitor.flag("mayChange", &mayChange)
    }
}

/// An experiment was planned; on `network/N`.
///
/// Its id is the update's `seq`.
public struct ExperimentCreated: ServerUpdate {
    /// The name on the wire.
    public static let name = "experiment.created"
    /// What changed.
    public var experiment = ExperimentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ experiment: ExperimentView) { self.experiment = experiment }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { experiment.fields(&visitor) }
}

/// An experiment was begun or concluded; on `network/N`.
public struct ExperimentAdvanced: ServerUpdate {
    /// The name on the wire.
    public static let name = "experiment.advanced"
    /// What changed.
    public var experiment = ExperimentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ experiment: ExperimentView) { self.experiment = experiment }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { experiment.fields(&visitor) }
}

/// An experiment is called otherwise, is about something else or for another solution; on `network/N`.
public struct ExperimentChanged: ServerUpdate {
    /// The name on the wire.
    public static let name = "experiment.changed"
    /// What changed.
    public var experiment = ExperimentView()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ experiment: ExperimentView) { self.experiment = experiment }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { experiment.fields(&visitor) }
}
