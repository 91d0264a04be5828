import ArgumentParser
import ClientKit
import WireProtocol

/// The subcommand `metropoli-bot announce`.
struct Announce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Announces in an announcement channel, now or at a time.",
        discussion: """
            EXAMPLES
              metropoli-bot announce --channel semplificazione/annunci "Il webinar inizia alle 15"
              metropoli-bot announce --channel semplificazione/annunci --acknowledge \\
                  --key circolare-12 --file circolare.md
              metropoli-bot announce --channel semplificazione/annunci \\
                  --at 2026-12-01T09:00 --zone Europe/Rome "Domani il webinar"
              metropoli-bot announce --channel locale-bologna/annunci --to comune-imola \\
                  "La sala è prenotata"
            """
    )

    @OptionGroup var place: ChannelOption
    @OptionGroup var words: TextOption
    @OptionGroup var address: AddressOption
    @OptionGroup var once: KeyOption

    @Option(help: ArgumentHelp("When, as the clock on the wall shows it: 2026-12-01T09:00.", valueName: "local"))
    var at: String?

    @Option(help: ArgumentHelp("The zone of that clock; Europe/Rome unless given.", valueName: "zone"))
    var zone: String?

    @Flag(help: "Asks the readers to say that they have seen it.")
    var acknowledge = false

    func validate() throws {
        if zone != nil, at == nil { throw ValidationError("--zone goes with --at.") }
    }

    private var announcing: Announcing {
        Announcing(place: place, words: words, address: address, key: once.key, acknowledge: acknowledge)
    }

    func run() async throws {
        do {
            let time = at.map { (local: $0, zone: zone ?? "Europe/Rome") }
            try await announcing.send(at: time)
        } catch { throw BotExit.explaining(error) }
    }
}

/// The subcommand `metropoli-bot schedule`.
struct Schedule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Announces at a time: announce with --at.",
        discussion: """
            EXAMPLE
              metropoli-bot schedule --channel semplificazione/annunci \\
                  --at 2026-12-01T09:00 "Domani il webinar"
            """
    )

    @OptionGroup var place: ChannelOption
    @OptionGroup var words: TextOption
    @OptionGroup var address: AddressOption
    @OptionGroup var once: KeyOption

    @Option(help: ArgumentHelp("When, as the clock on the wall shows it: 2026-12-01T09:00.", valueName: "local"))
    var at: String

    @Option(help: ArgumentHelp("The zone of that clock.", valueName: "zone"))
    var zone = "Europe/Rome"

    @Flag(help: "Asks the readers to say that they have seen it.")
    var acknowledge = false

    private var announcing: Announcing {
        Announcing(place: place, words: words, address: address, key: once.key, acknowledge: acknowledge)
    }

    func run() async throws {
        do {
            try await announcing.send(at: (local: at, zone: zone))
        } catch { throw BotExit.explaining(error) }
    }
}

/// What both do.
struct Announcing {
    let place: ChannelOption
    let words: TextOption
    let address: AddressOption
    let key: String?
    let acknowledge: Bool

    func send(at time: (local: String, zone: String)?) async throws {
        let community = try BotEnvironment().community
        let text = try words.read()
        let channel = try await Sending.patiently { try await place.resolved(in: community) }
        var fields = [
            JSONObject.Member(name: "channel", value: .int(channel.rawValue)),
            JSONObject.Member(name: "text", value: .string(text)),
        ]
        if let time {
            let at = JSON.members(["local": .string(time.local), "zone": .string(time.zone)])
            fields.append(JSONObject.Member(name: "at", value: at))
        }
        if acknowledge { fields.append(JSONObject.Member(name: "acknowledge", value: .bool(true))) }
        let addressed = try await Sending.patiently { try await address.resolved(in: community) }
        if !addressed.isEmpty {
            fields.append(JSONObject.Member(name: "addressed", value: .array(addressed.map { .int($0.rawValue) })))
        }
        let name = time == nil ? "announcement.post" : "announcement.schedule"
        _ = try await Sending(community: community).send(name, .object(JSONObject(fields)), key: key)
    }
}
