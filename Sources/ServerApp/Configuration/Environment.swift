/// The environment variables that are looked at beside the settings'.
enum Environment {
    static let administrator = (email: "METROPOLI_ADMIN_EMAIL", password: "METROPOLI_ADMIN_PASSWORD")

    /// Those of the other programs and of the project's own tests: not for the server, and no mistake.
    private static let others: Set<String> = [
        "METROPOLI_URL", "METROPOLI_TOKEN", "METROPOLI_BIN", "METROPOLI_WSLOAD", "METROPOLI_RECORD",
        "METROPOLI_OPENAPI_OUT",
    ]

    /// Variables that begin with METROPOLI_ and that nothing reads: a misspelt setting, or somebody else's.
    static func strangers(in environment: [String: String], settings: [String]) -> [String] {
        let known = others.union(settings + [administrator.email, administrator.password, "METROPOLI_CONFIG"])
        return environment.keys.filter { $0.hasPrefix("METROPOLI_") && !known.contains($0) }.sorted()
    }

    /// What is wrong with the variables that are read, one sentence for each mistake.
    static func problems(in environment: [String: String]) -> [String] {
        var problems: [String] = []
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        for (one, other) in [
            (administrator.email, administrator.password), (administrator.password, administrator.email),
        ] where isSet(one) && !isSet(other) {
            problems.append("\(one) is set without \(other): the first administrator needs both")
        }
        return problems
    }
}
