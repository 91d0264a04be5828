/// What a typed line asks for.
enum ChatCommand: Equatable {
    case list
    case join(String)
    case leave
    case read(Int)
    case who
    case reply(Int64, String)
    case outbox
    case help
    case quit
    case say(String)
    case nothing
    case unknown(String)

    init(_ line: String) {
        let line = line.trimmingPrefix { $0.isWhitespace }
        guard line.hasPrefix("/") else {
            self = line.isEmpty ? .nothing : .say(String(line))
            return
        }
        // Two slashes say a text that begins with one.
        if line.hasPrefix("//") {
            self = .say(String(line.dropFirst()))
            return
        }
        let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        let rest = parts.count > 1 ? parts[1].trimmingPrefix { $0.isWhitespace } : ""
        self = Self.named(String(parts.first ?? ""), String(rest))
    }

    private static func named(_ name: String, _ rest: String) -> ChatCommand {
        switch name {
        case "/list", "/l": return .list
        case "/join", "/j": return rest.isEmpty ? .unknown("/join network/channel") : .join(rest)
        case "/leave": return .leave
        case "/read", "/r":
            guard !rest.isEmpty else { return .read(20) }
            guard let count = Int(rest), (1...200).contains(count) else { return .unknown("/read 1…200") }
            return .read(count)
        case "/who", "/w": return .who
        case "/reply":
            let parts = rest.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let message = Int64(parts[0].trimmingPrefix("#")), message > 0 else {
                return .unknown("/reply message text")
            }
            return .reply(message, String(parts[1]))
        case "/outbox", "/o": return .outbox
        case "/help", "/h", "/?": return .help
        case "/quit", "/q", "/exit": return .quit
        default: return .unknown(name)
        }
    }

    static let summary = """
          /list                    networks and channels, with what is unread
          /join network/channel    goes there, joining it when need be
          /leave                   leaves the channel
          /read [n]                shows the last messages and marks them as read
          /reply 1235 text         answers in the thread of message 1235
          /who                     the channel's members
          /outbox                  what is not sent yet
          /quit                    ends; everything else is said in the channel
        """
}
