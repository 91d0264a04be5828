import WireProtocol

/// The networks, channels and people that this session has heard of.
struct Directory {
    struct Channel {
        let id: Int64
        let network: Int64?
        let slug: String
        let name: String
        let kind: String
        let isMember: Bool
        let unread: Int64
    }
    struct Network {
        let id: Int64
        let slug: String
        let name: String
        let isMember: Bool
    }

    private(set) var networks: [Network] = []
    private(set) var channels: [Channel] = []
    private var names: [Int64: String] = [:]

    mutating func takeNetworks(_ list: JSON?) {
        networks = (list?.array ?? []).compactMap { network in
            guard let id = network["id"]?.int, let slug = network["slug"]?.string else { return nil }
            let name = network["name"]?["it"]?.string ?? network["name"]?.string ?? slug
            return Network(id: id, slug: slug, name: name, isMember: network["role"]?.string != nil)
        }
    }

    mutating func takeChannels(_ list: JSON?) {
        channels = (list?.array ?? []).compactMap { channel in
            guard let id = channel["id"]?.int else { return nil }
            for person in channel["people"]?.array ?? [] { takeName(of: person) }
            return Channel(
                id: id,
                network: channel["network"]?.int,
                slug: channel["slug"]?.string ?? "",
                name: channel["name"]?.string ?? "",
                kind: channel["kind"]?.string ?? "",
                isMember: channel["member"]?.bool ?? false,
                unread: channel["unread"]?.int ?? 0
            )
        }
    }

    mutating func takeName(of person: JSON) {
        if let id = person["id"]?.int, let name = person["name"]?.string { names[id] = name }
    }

    func name(of person: Int64) -> String? { names[person] }

    func channel(_ id: Int64) -> Channel? { channels.first { $0.id == id } }

    func network(_ id: Int64?) -> Network? { networks.first { $0.id == id } }

    /// `network/channel`, or the names of those who talk in a direct conversation.
    func title(of id: Int64) -> String {
        guard let channel = channel(id) else { return "channel \(id)" }
        guard let network = network(channel.network) else {
            return channel.name.isEmpty ? "direct \(id)" : channel.name
        }
        return "\(network.slug)/\(channel.slug)"
    }

    /// The channel called `network/channel`, `channel` when there is only one of that name, or by its number.
    func channel(called name: String) -> Channel? {
        if let id = Int64(name), let channel = channel(id) { return channel }
        let found = channels.filter { title(of: $0.id) == name || $0.slug == name }
        return found.first { title(of: $0.id) == name } ?? (found.count == 1 ? found.first : nil)
    }
}
