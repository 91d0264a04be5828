public import CommunityKernel
public import Events
public import Journal
public import People
import WireProtocol

/// The rooms on the network in which events take place.
public struct WebinarsCapability: Capability {
    /// The capability's name.
    public let name = "webinars"
    /// Its schema.
    public let migrations = WebinarMigrations.all
    private let joining: JoiningWebinars
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
        callback = AttendanceCallback(room: bigBlueButton, keeper: keeper)
        meetings = MeetingKeeper(room: bigBlueButton, access: access, keeper: keeper)
    }

    /// Erasure and export of a person's part in rooms.
    public static let neighbour: any PeopleNeighbour = WebinarsNeighbour()

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(JoinWebinar.self, access: .networkMember, prepare: joining.prepare, joining.join)
        registry.query(GetWebinar.self, access: .networkMember, joining.get)
        registry.route(callback.route)
        registry.service(meetings)
    }
}
