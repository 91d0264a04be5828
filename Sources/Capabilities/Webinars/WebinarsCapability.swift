public import CommunityKernel
public import Events
public import Files
public import Journal
public import Networks
public import People
import WireProtocol

/// The rooms on the network in which events take place.
public struct WebinarsCapability: Capability {
    /// The capability's name.
    public let name = "webinars"
    /// Its schema.
    public let migrations = WebinarMigrations.all
    private let joining: JoiningWebinars
    private let asking: AskingQuestions
    private let raising: RaisingHands
    private let polling: RunningLivePolls
    private let attaching: AttachingMaterials
    private let callback: AttendanceCallback
    private let meetings: MeetingKeeper

    /// Makes it, with the capability that knows who takes part in events and the one that keeps how long they were there.
    public init(
        access: EventAccess,
        attendance: any EventAttendance,
        keeper: any AttendanceKeeper = NoAttendanceKeeper(),
        settings: WebinarSettings = WebinarSettings(),
        address: PublicAddress = PublicAddress()
    ) {
        let access = WebinarAccess(events: access, attendance: attendance, settings: settings)
        let bigBlueButton = BigBlueButtonRoom(settings.bigBlueButton, community: address)
        joining = JoiningWebinars(access: access, rooms: [LinkRoom(), JitsiRoom(settings.jitsi), bigBlueButton])
        asking = AskingQuestions(access: access)
        raising = RaisingHands(access: access)
        polling = RunningLivePolls(access: access)
        attaching = AttachingMaterials(access: access)
        callback = AttendanceCallback(room: bigBlueButton, keeper: keeper)
        meetings = MeetingKeeper(room: bigBlueButton, attaching: attaching, keeper: keeper)
    }

    /// Erasure and export of a person's part in rooms.
    public static let neighbour: any PeopleNeighbour = WebinarsNeighbour()

    /// Lets those read an event's files who may know of the event.
    public static func files(_ access: EventAccess) -> any FileHolder { MaterialFiles(events: access) }
    /// Lowers hands and closes polls at the end of an event.
    public static let observer: any EventObserver = EndingRoomsObserver()
    /// Lowers the hand of who leaves a network.
    public static let membership: any NetworkObserver = LeavingRoomsObserver()

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(JoinWebinar.self, access: .networkMember, prepare: joining.prepare, joining.join)
        registry.query(GetWebinar.self, access: .networkMember, joining.get)
        registry.command(AskQuestion.self, access: .networkMember, asking.ask)
        registry.command(VoteForQuestion.self, access: .networkMember, asking.vote)
        registry.command(AnswerQuestion.self, access: .networkMember, asking.answer)
        registry.command(WithdrawQuestion.self, access: .networkMember, asking.withdraw)
        registry.query(ListQuestions.self, access: .networkMember, asking.list)
        registry.command(CreateLivePoll.self, access: .networkMember, polling.create)
        registry.command(OpenLivePoll.self, access: .networkMember, polling.open)
        registry.command(AnswerLivePoll.self, access: .networkMember, polling.answer)
        registry.command(CloseLivePoll.self, access: .networkMember, polling.close)
        registry.command(RemoveLivePoll.self, access: .networkMember, polling.remove)
        registry.query(ListLivePolls.self, access: .networkMember, polling.list)
        registry.command(RaiseHand.self, access: .networkMember, raising.raise)
        registry.command(LowerHand.self, access: .networkMember, raising.lower)
        registry.command(CallHand.self, access: .facilitator, raising.call)
        registry.query(ListHands.self, access: .networkMember, raising.list)
        registry.command(AttachMaterial.self, access: .facilitator, attaching.attach)
        registry.command(DetachMaterial.self, access: .facilitator, attaching.detach)
        registry.route(callback.route)
        registry.service(meetings)
    }
}
