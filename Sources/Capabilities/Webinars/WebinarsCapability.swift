import CommunityKernel
public import Events
public import Journal
import WireProtocol

/// The rooms on the network in which events take place.
public struct WebinarsCapability: Capability {
    /// The capability's name.
    public let name = "webinars"
    /// Its schema.
    public let migrations: [Migration] = []
    private let joining: JoiningWebinars

    /// Makes it, with the capability that knows who takes part in events.
    public init(
        access: EventAccess,
        attendance: any EventAttendance,
        settings: WebinarSettings = WebinarSettings()
    ) {
        let access = WebinarAccess(events: access, attendance: attendance, settings: settings)
        joining = JoiningWebinars(access: access, rooms: [LinkRoom(), JitsiRoom(settings.jitsi)])
    }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        registry.command(JoinWebinar.self, access: .networkMember, prepare: joining.prepare, joining.join)
        registry.query(GetWebinar.self, access: .networkMember, joining.get)
    }
}
