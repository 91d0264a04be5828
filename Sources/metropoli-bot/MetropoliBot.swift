import ArgumentParser

/// The command line of bots: what a script, a cron job or another program says to the community.
@main
struct MetropoliBot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metropoli-bot",
        abstract: "Speaks to a Metropoli server as a bot.",
        discussion: """
            METROPOLI_URL holds the server's address (http://127.0.0.1:8080 unless set),
            METROPOLI_TOKEN the bot's token. A channel is network-slug/channel-slug.

            EXAMPLES
              metropoli-bot announce --channel semplificazione/annunci "Inizia alle 15"
              metropoli-bot announce --channel semplificazione/annunci \\
                  --at 2026-12-01T09:00 --zone Europe/Rome --key webinar-12 --file testo.md
              fortune | metropoli-bot post --channel semplificazione/generale -
              metropoli-bot watch --channel semplificazione/generale
              metropoli-bot document get 1235 > linee.md

            EXIT CODES
              0   sent, or repeated: the server had it already (it says which)
              64  wrong use
              65  refused as invalid, a key used before for something else,
                  or no such channel
              69  the server is not reached
              75  the server takes nothing now (rate_limited, unavailable);
                  the message says when to try again
              77  not allowed, or the token is expired or revoked
            """,
        version: "1.0",
        subcommands: [Announce.self, Schedule.self, Post.self, Document.self, Watch.self, WhoAmI.self]
    )
}
