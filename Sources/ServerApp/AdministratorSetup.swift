public import Journal
import People
import WireProtocol

/// The first administrator, from the environment.
public enum AdministratorSetup {
    /// With METROPOLI_ADMIN_EMAIL and METROPOLI_ADMIN_PASSWORD set and no person in the store, makes that administrator.
    public static func run(
        _ community: Community,
        _ configuration: Configuration,
        _ environment: [String: String]
    ) throws {
        guard let email = environment[Environment.administrator.email],
            let password = environment[Environment.administrator.password], !email.isEmpty, !password.isEmpty
        else { return }
        try PeopleCapability.bootstrapAdministrator(
            email: email,
            password: password,
            settings: configuration.peopleSettings,
            in: community
        )
    }
}
