import WireProtocol

/// Makes and checks password hashes; the threads that prepare commands bound how many at the same time.
final class Passwords: Sendable {
    private let settings: PeopleSettings.Password
    private let argon2: Argon2

    init(_ settings: PeopleSettings.Password) {
        self.settings = settings
        argon2 = Argon2(
            memory: settings.memory,
            iterations: settings.iterations,
            parallelism: settings.parallelism
        )
    }

    /// Refuses a password that is too short, too long, too common, or the person's own name or address.
    func check(_ password: String, isAdministrator: Bool = false, words: [String] = [], path: String) throws(WireError)
    {
        let length = password.unicodeScalars.count
        let minimum = isAdministrator ? max(settings.minimum, settings.adminMinimum) : settings.minimum
        if length < minimum { throw .invalid(path, "too_short") }
        if length > settings.maximum { throw .invalid(path, "too_long") }
        let folded = password.lowercased()
        let own = words.map { $0.lowercased() }.filter { !$0.isEmpty }
        if CommonPasswords.contains(folded) || own.contains(folded) { throw .invalid(path, "too_common") }
    }

    /// Whether a stored length does for an administrator.
    func isLongEnoughForAdministrator(_ length: Int64) -> Bool { length >= Int64(settings.adminMinimum) }

    /// A fresh hash.
    ///
    /// Slow on purpose: only `prepare:` calls it.
    func hash(_ password: String) throws -> String {
        try argon2.hash(Array(password.utf8))
    }

    /// Whether the password is that of the hash; without a hash the same time is spent and the answer is no.
    func verify(_ password: String, _ hash: String?) throws -> Bool {
        let bytes = Array(password.utf8)
        if let hash { return Argon2.verify(bytes, hash) }
        _ = try argon2.hash(bytes)
        return false
    }

    /// Whether a hash is to be made anew.
    func isOutdated(_ hash: String) -> Bool { argon2.isStronger(than: hash) }
}
