import CommunityKernel
public import Journal
public import WireProtocol

/// `network.tune`: how one wants to meet a network.
struct TuningNetworks: Sendable {
    let rules: NetworkRules

    func tune(_ command: TuneNetwork, _ work: UnitOfWork) throws -> Nothing {
        let network = try rules.network(command.network, for: work.actor, work.sql, now: work.now).id
        guard work.actor.kind == .person else { throw WireError.forbidden("for persons") }
        let person = work.actor.id
        let old = try NetworkTunings.tuning(of: person, in: network, work.sql)
        let tuning = Tuning(
            favourite: command.favourite ?? old.favourite,
            notify: command.notify ?? old.notify
        )
        guard tuning != old else { return Nothing() }
        try NetworkTunings.set(tuning, of: person, in: network, work.sql)
        try work.append(
            NetworkTuned(network: network, favourite: tuning.favourite, notify: tuning.notify),
            to: .person(person)
        )
        return Nothing()
    }
}

/// How a person wants to meet a network or a channel.
public struct Tuning: Sendable, Equatable {
    /// Whether it is among the favourites.
    public var favourite = false
    /// What it notifies.
    public var notify = NotifyChoice.default

    /// What holds unless one chooses.
    public init() {}

    /// Makes it.
    public init(favourite: Bool, notify: NotifyChoice) {
        self.favourite = favourite
        self.notify = notify
    }

    /// Reads two columns, the first of them numbered `column`.
    public init(_ row: any SQLRow, _ column: Int) {
        favourite = row.flag(column)
        notify = NotifyChoice(rawValue: row.text(column + 1)) ?? .default
    }
}

/// The queries of tunings.
public enum NetworkTunings {
    /// How a person wants to meet a network.
    public static func tuning(of person: PersonID, in network: NetworkID, _ sql: any SQLReader) throws -> Tuning {
        try sql.first(
            "SELECT favourite, notify FROM network_tuning WHERE person = \(person) AND network = \(network)"
        ) { Tuning($0, 0) } ?? Tuning()
    }

    /// All that a person has chosen, by network.
    static func all(of person: PersonID, _ sql: any SQLReader) throws -> [NetworkID: Tuning] {
        var tunings: [NetworkID: Tuning] = [:]
        try sql.forEach("SELECT network, favourite, notify FROM network_tuning WHERE person = \(person)") {
            tunings[$0.id(0)] = Tuning($0, 1)
        }
        return tunings
    }

    /// Those who want to be told everything in a network, after the id `after`, by id, at most `limit`.
    public static func wantingAll(
        in network: NetworkID,
        after: PersonID,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [PersonID] {
        try sql.all(
            """
            SELECT person FROM network_tuning
            WHERE network = \(network) AND notify = 'all' AND person > \(after) ORDER BY person LIMIT \(limit)
            """
        ) { $0.id(0) }
    }

    static func set(_ tuning: Tuning, of person: PersonID, in network: NetworkID, _ sql: any SQLWriter) throws {
        if tuning == Tuning() {
            try sql.execute("DELETE FROM network_tuning WHERE person = \(person) AND network = \(network)")
            return
        }
        try sql.execute(
            """
            INSERT INTO network_tuning (person, network, favourite, notify)
            VALUES (\(person), \(network), \(tuning.favourite), \(tuning.notify.rawValue))
            ON CONFLICT (person, network) DO UPDATE SET favourite = excluded.favourite, notify = excluded.notify
            """
        )
    }

    static func erase(_ person: PersonID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM network_tuning WHERE person = \(person)")
    }

    static func export(_ person: PersonID, _ sql: any SQLReader) throws -> JSON {
        .array(
            try all(of: person, sql).sorted { $0.key < $1.key }.map { network, tuning in
                JSON.members([
                    "network": .int(network.rawValue), "favourite": .bool(tuning.favourite),
                    "notify": .string(tuning.notify.rawValue),
                ])
            }
        )
    }
}

extension ListedNetwork {
    /// Shows what its reader has chosen.
    mutating func show(_ tuning: Tuning?) {
        guard let tuning else { return }
        favourite = tuning.favourite ? true : nil
        notify = tuning.notify == .default ? nil : tuning.notify
    }
}
