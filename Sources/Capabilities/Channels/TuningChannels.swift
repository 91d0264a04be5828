import CommunityKernel
public import Journal
import Networks
public import WireProtocol

/// `channel.tune`: how one wants to meet a channel.
struct TuningChannels: Sendable {
    let access: ChannelAccess

    func tune(_ command: TuneChannel, _ work: UnitOfWork) throws -> Nothing {
        let channel = try access.readable(command.channel, by: work.actor, work.sql, work.now).channel.id
        guard work.actor.kind == .person else { throw WireError.forbidden("for persons") }
        let person = work.actor.id
        let old = try ChannelTunings.tuning(of: person, in: channel, work.sql)
        let tuning = Tuning(
            favourite: command.favourite ?? old.favourite,
            notify: command.notify ?? old.notify
        )
        guard tuning != old else { return Nothing() }
        try ChannelTunings.set(tuning, of: person, in: channel, work.sql)
        try ChannelTunings.tell(tuning, of: person, in: channel, work)
        return Nothing()
    }
}

/// The queries of tunings.
public enum ChannelTunings {
    /// How a person wants to meet a channel.
    static func tuning(of person: PersonID, in channel: ChannelID, _ sql: any SQLReader) throws -> Tuning {
        try sql.first(
            "SELECT favourite, notify FROM channel_tuning WHERE person = \(person) AND channel = \(channel)"
        ) { Tuning($0, 0) } ?? Tuning()
    }

    /// What a person is told of a channel: the own choice, else that for its network, else what its kind gives.
    public static func notify(
        _ person: PersonID,
        of channel: ChannelRecord,
        _ sql: any SQLReader
    ) throws -> NotifyChoice {
        let own = try tuning(of: person, in: channel.id, sql).notify
        if own != .default { return own }
        guard let network = channel.network else { return .all }
        let wider = try NetworkTunings.tuning(of: person, in: network, sql).notify
        return wider == .default ? .mentions : wider
    }

    /// Those who may want every message of a channel, after the id `after`, by id, at most `limit`.
    ///
    /// Whether each is a member still, and has not chosen otherwise for the channel, ``notify(_:of:_:)`` and
    /// ``ChannelAccess`` say.
    public static func wantingAll(
        in channel: ChannelRecord,
        after: PersonID,
        limit: Int,
        _ sql: any SQLReader
    ) throws -> [PersonID] {
        guard let network = channel.network else {
            return try ChannelStore.members(of: channel.id, after: after, limit: limit, sql)
        }
        let own: [PersonID] = try sql.all(
            """
            SELECT person FROM channel_tuning
            WHERE channel = \(channel.id) AND notify = 'all' AND person > \(after) ORDER BY person LIMIT \(limit)
            """
        ) { $0.id(0) }
        let wider = try NetworkTunings.wantingAll(in: network, after: after, limit: limit, sql)
        if wider.isEmpty { return own }
        return Array(Set(own + wider).sorted().prefix(limit))
    }

    /// All that a person has chosen, by channel.
    static func all(of person: PersonID, _ sql: any SQLReader) throws -> [ChannelID: Tuning] {
        var tunings: [ChannelID: Tuning] = [:]
        try sql.forEach("SELECT channel, favourite, notify FROM channel_tuning WHERE person = \(person)") {
            tunings[$0.id(0)] = Tuning($0, 1)
        }
        return tunings
    }

    /// Those who have tuned a channel.
    static func people(with channel: ChannelID, _ sql: any SQLReader) throws -> [PersonID] {
        try sql.all("SELECT person FROM channel_tuning WHERE channel = \(channel) ORDER BY person") { $0.id(0) }
    }

    static func set(_ tuning: Tuning, of person: PersonID, in channel: ChannelID, _ sql: any SQLWriter) throws {
        if tuning == Tuning() {
            try sql.execute("DELETE FROM channel_tuning WHERE person = \(person) AND channel = \(channel)")
            return
        }
        try sql.execute(
            """
            INSERT INTO channel_tuning (person, channel, favourite, notify)
            VALUES (\(person), \(channel), \(tuning.favourite), \(tuning.notify.rawValue))
            ON CONFLICT (person, channel) DO UPDATE SET favourite = excluded.favourite, notify = excluded.notify
            """
        )
    }

    static func tell(_ tuning: Tuning, of person: PersonID, in channel: ChannelID, _ work: UnitOfWork) throws {
        try work.append(
            ChannelTuned(channel: channel, favourite: tuning.favourite, notify: tuning.notify),
            to: .person(person)
        )
    }

    static func erase(_ person: PersonID, _ sql: any SQLWriter) throws {
        try sql.execute("DELETE FROM channel_tuning WHERE person = \(person)")
    }

    static func export(_ person: PersonID, _ sql: any SQLReader) throws -> JSON {
        .array(
            try all(of: person, sql).sorted { $0.key < $1.key }.map { channel, tuning in
                JSON.members([
                    "channel": .int(channel.rawValue), "favourite": .bool(tuning.favourite),
                    "notify": .string(tuning.notify.rawValue),
                ])
            }
        )
    }
}

extension ListedChannel {
    /// Shows what its reader has chosen.
    mutating func show(_ tuning: Tuning?) {
        guard let tuning else { return }
        favourite = tuning.favourite ? true : nil
        notify = tuning.notify == .default ? nil : tuning.notify
    }
}
