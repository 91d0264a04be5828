/// The id of an entity: the `seq` of the update that created it.
///
/// The phantom type keeps ids of different kinds apart.
public struct EntityID<Kind>: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number on the wire; 0 stands for none yet.
    public let rawValue: Int64

    /// Makes an id of a number.
    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// No id yet: the value of a field before it is read.
    public init() {
        rawValue = 0
    }

    /// The number.
    public var description: String { String(rawValue) }

    /// Older entities come first.
    public static func < (left: EntityID, right: EntityID) -> Bool { left.rawValue < right.rawValue }
}

/// The kinds of entities that have ids.
public enum EntityKind {
    /// A person or a bot: whoever acts.
    ///
    /// The two share one sequence, so one id names one of them.
    public enum Member {}
    /// A body such as a region, a metropolitan city or a comune.
    public enum Organisation {}
    /// What lets a person act for an organisation.
    public enum Mandate {}
    /// A community of people.
    public enum Network {}
    /// A place to chat in.
    public enum Channel {}
    /// One message.
    public enum Message {}
    /// An announcement that waits for its time.
    public enum Announcement {}
    /// An uploaded file.
    public enum File {}
    /// A report of a message to the moderators.
    public enum Report {}
    /// Something that a person is told of.
    public enum Notification {}
    /// A person's part in an event.
    public enum Registration {}
    /// What was said and decided at an event.
    public enum Minutes {}
    /// A numbered decision.
    public enum Decision {}
    /// What somebody is to do after an event.
    public enum Action {}
    /// What says that somebody attended an event.
    public enum Certificate {}
    /// What people register for: a meeting, a webinar, a training day.
    public enum Event {}
    /// What somebody asks at an event.
    public enum Question {}
    /// What is asked of those in an event's room, with answers to choose from.
    public enum LivePoll {}
    /// What is attached to an event: a recording, slides, captions.
    public enum Material {}
    /// Events that belong together, such as a webinar cycle.
    public enum Series {}
    /// What a network's members are asked about a date.
    public enum Poll {}
    /// A text that a network's members write together.
    public enum Document {}
    /// What was tried in one city and may be taken over by another.
    public enum Solution {}
    /// Something that is tried in a city.
    public enum Experiment {}
    /// The taking over of a solution by a city.
    public enum Adoption {}
    /// What somebody notes on a place of a document.
    public enum Comment {}
    /// A change of a document that somebody proposes.
    public enum Suggestion {}
    /// What the organisers of an event wrote to those who take part.
    public enum AttendeeMessage {}
}

/// A person's id.
public typealias PersonID = EntityID<EntityKind.Member>
/// The id of whoever acts, person or bot.
public typealias MemberID = EntityID<EntityKind.Member>
/// An organisation's id.
public typealias OrganisationID = EntityID<EntityKind.Organisation>
/// A mandate's id.
public typealias MandateID = EntityID<EntityKind.Mandate>
/// A network's id.
public typealias NetworkID = EntityID<EntityKind.Network>
/// A channel's id.
public typealias ChannelID = EntityID<EntityKind.Channel>
/// A message's id.
public typealias MessageID = EntityID<EntityKind.Message>
/// A scheduled announcement's id.
public typealias AnnouncementID = EntityID<EntityKind.Announcement>
/// A file's id.
public typealias FileID = EntityID<EntityKind.File>
/// A notification's id.
public typealias NotificationID = EntityID<EntityKind.Notification>
/// A report's id.
public typealias ReportID = EntityID<EntityKind.Report>
/// The id of an event's minutes.
public typealias MinutesID = EntityID<EntityKind.Minutes>
/// A decision's id.
public typealias DecisionID = EntityID<EntityKind.Decision>
/// An action item's id.
public typealias ActionID = EntityID<EntityKind.Action>
/// A certificate's id.
public typealias CertificateID = EntityID<EntityKind.Certificate>
/// An event's id.
public typealias EventID = EntityID<EntityKind.Event>
/// A series' id.
public typealias SeriesID = EntityID<EntityKind.Series>
/// A question's id.
public typealias QuestionID = EntityID<EntityKind.Question>
/// The id of a poll at an event.
public typealias LivePollID = EntityID<EntityKind.LivePoll>
/// The id of what is attached to an event.
public typealias MaterialID = EntityID<EntityKind.Material>
/// A document's id.
public typealias DocumentID = EntityID<EntityKind.Document>
/// A solution's id.
public typealias SolutionID = EntityID<EntityKind.Solution>
/// An experiment's id.
public typealias ExperimentID = EntityID<EntityKind.Experiment>
/// An adoption's id.
public typealias AdoptionID = EntityID<EntityKind.Adoption>
/// The id of a comment on a document, or of an answer to one.
public typealias CommentID = EntityID<EntityKind.Comment>
/// The id of a change that was proposed.
public typealias SuggestionID = EntityID<EntityKind.Suggestion>
/// A poll's id.
public typealias PollID = EntityID<EntityKind.Poll>
/// The id of a message to those who take part in an event.
public typealias AttendeeMessageID = EntityID<EntityKind.AttendeeMessage>
/// A registration's id.
public typealias RegistrationID = EntityID<EntityKind.Registration>
