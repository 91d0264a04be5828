public import WireProtocol

/// The groups of settings; each field stands in `config/metropoli.yaml` with a comment.
public enum Section {
    /// Name and language of the community.
    public struct Community: WireObject {
        /// Its name.
        public var name = "Metropoli Strategiche"
        /// Its first language.
        public var language = "it"
        /// Its time zone.
        public var zone = "Europe/Rome"
        /// Whom to write to about it.
        public var contact = ""

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("name", &name)
            visitor.setting("language", &language, choices: ["it", "en"])
            visitor.setting("zone", &zone)
            visitor.setting("contact", &contact)
        }
    }

    /// Direct TLS; both empty for none.
    public struct TLS: WireObject {
        /// The certificate chain's file.
        public var certificate = ""
        /// The private key's file.
        public var key = ""

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("certificate", &certificate)
            visitor.setting("key", &key)
        }
    }

    /// The store.
    public struct Store: WireObject {
        /// The engine.
        public var engine = "sqlite"

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("engine", &engine, choices: ["sqlite"])
        }
    }

    /// The limits of the doors.
    public struct Limits: WireObject {
        /// `off` lifts the rates, for tests.
        public var rate = "on"
        /// A person's requests a second.
        public var personPerSecond: Int64 = 5
        /// A person's requests at once.
        public var personBurst: Int64 = 20
        /// A bot's requests a second.
        public var botPerSecond: Int64 = 20
        /// A bot's requests at once.
        public var botBurst: Int64 = 50
        /// Anybody's queries a second.
        public var queryPerSecond: Int64 = 50
        /// Anybody's queries at once.
        public var queryBurst: Int64 = 200
        /// Requests without credentials a second from one address.
        public var addressPerSecond: Int64 = 20
        /// Requests without credentials at once from one address.
        public var addressBurst: Int64 = 200
        /// Signals a second.
        public var signalPerSecond: Int64 = 5
        /// Signals at once.
        public var signalBurst: Int64 = 20
        /// A client's frame and a body of HTTP, bytes.
        public var frameBytes: Int64 = 262_144
        /// Unanswered requests on a connection.
        public var inFlight: Int64 = 32
        /// Bytes not yet sent to a connection.
        public var unsentBytes: Int64 = 262_144
        /// A message's text, bytes of UTF-8.
        public var textBytes: Int64 = 16_384
        /// Connections from one address; 0 for no limit.
        public var connectionsPerAddress: Int64 = 0

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("rate", &rate, choices: ["on", "off"])
            visitor.setting("personPerSecond", &personPerSecond, in: 1...100_000)
            visitor.setting("personBurst", &personBurst, in: 1...100_000)
            visitor.setting("botPerSecond", &botPerSecond, in: 1...100_000)
            visitor.setting("botBurst", &botBurst, in: 1...100_000)
            visitor.setting("queryPerSecond", &queryPerSecond, in: 1...100_000)
            visitor.setting("queryBurst", &queryBurst, in: 1...100_000)
            visitor.setting("addressPerSecond", &addressPerSecond, in: 1...100_000)
            visitor.setting("addressBurst", &addressBurst, in: 1...100_000)
            visitor.setting("signalPerSecond", &signalPerSecond, in: 1...100_000)
            visitor.setting("signalBurst", &signalBurst, in: 1...100_000)
            visitor.setting("frameBytes", &frameBytes, in: 65_536...16_777_216)
            visitor.setting("inFlight", &inFlight, in: 1...1_024)
            visitor.setting("unsentBytes", &unsentBytes, in: 65_536...16_777_216)
            visitor.setting("textBytes", &textBytes, in: 1_024...16_384)
            visitor.setting("connectionsPerAddress", &connectionsPerAddress, in: 0...1_000_000)
        }
    }

    /// Messages.
    public struct Message: WireObject {
        /// How long an author may edit, seconds.
        public var editWindow: Int64 = 86_400
        /// Members above which `@[channel]` is for facilitators.
        public var channelMentionMembers: Int64 = 15

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("editWindow", &editWindow, in: 0...31_536_000)
            visitor.setting("channelMentionMembers", &channelMentionMembers, in: 1...1_000_000)
        }
    }

    /// Announcements.
    public struct Announcement: WireObject {
        /// How late one may still be sent, seconds.
        public var lateWindow: Int64 = 86_400
        /// How long the author of one that failed finds its text, seconds.
        public var failedRetention: Int64 = 2_592_000

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("lateWindow", &lateWindow, in: 0...2_592_000)
            visitor.setting("failedRetention", &failedRetention, in: 0...31_536_000)
        }
    }

    /// Events.
    public struct Event: WireObject {
        /// The most days that one event may last.
        public var longestDays: Int64 = 366
        /// Events in one person's calendar at most.
        public var feedEvents: Int64 = 2_000
        /// How long an event that is over stays in a person's calendar, days.
        public var feedPastDays: Int64 = 366
        /// How long before an event those who have a seat are reminded: `7d`, `1h`, `30m`.
        public var reminders = ["7d", "1d", "1h"]

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("longestDays", &longestDays, in: 1...3_660)
            visitor.setting("feedEvents", &feedEvents, in: 1...20_000)
            visitor.setting("feedPastDays", &feedPastDays, in: 0...36_600)
            visitor.setting("reminders", &reminders)
        }
    }

    /// Attendance and certificates.
    public struct Attendance: WireObject {
        /// How much of an event one has to be there for to get a certificate, percent of its planned length.
        public var threshold: Int64 = 80
        /// How long after an event's end its registrations are settled, hours.
        public var settleHours: Int64 = 24
        /// Separate intervals of one person at one event at most.
        public var intervals: Int64 = 200

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("threshold", &threshold, in: 1...100)
            visitor.setting("settleHours", &settleHours, in: 0...8_760)
            visitor.setting("intervals", &intervals, in: 1...1_000)
        }
    }

    /// Registrations.
    public struct Registration: WireObject {
        /// Messages to those who take part in one event, in 24 hours.
        public var messagesPerDay: Int64 = 10
        /// People to whom one message may go.
        public var messageRecipients: Int64 = 5_000
        /// Rows of an imported table.
        public var importRows: Int64 = 500

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("messagesPerDay", &messagesPerDay, in: 0...1_000)
            visitor.setting("messageRecipients", &messageRecipients, in: 1...100_000)
            visitor.setting("importRows", &importRows, in: 1...5_000)
        }
    }

    /// Polls.
    public struct Poll: WireObject {
        /// Dates that one poll may ask about.
        public var options: Int64 = 30
        /// Answers that one poll may have.
        public var ballots: Int64 = 500
        /// Polls that a network may have open at a time.
        public var open: Int64 = 50

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("options", &options, in: 1...100)
            visitor.setting("ballots", &ballots, in: 1...2_000)
            visitor.setting("open", &open, in: 1...1_000)
        }
    }

    /// Documents.
    public struct Document: WireObject {
        /// A document's text, bytes of UTF-8.
        public var textBytes: Int64 = 1_048_576
        /// One change as JSON, bytes.
        public var changeBytes: Int64 = 262_144
        /// Parts that one change may have.
        public var changeParts: Int64 = 10_000
        /// Revisions whose changes are retained.
        public var retained: Int64 = 10_000
        /// Revisions between two texts that are kept whole.
        public var snapshotEvery: Int64 = 500
        /// Of older texts one in so many revisions stays.
        public var oldSnapshotEvery: Int64 = 5_000
        /// How long changes stand in the journal, hours.
        public var journalHours: Int64 = 24
        /// Documents of one network.
        public var perNetwork: Int64 = 5_000
        /// Comments and answers on one document.
        public var comments: Int64 = 2_000
        /// Suggestions open on one document.
        public var suggestions: Int64 = 200
        /// Files of one document.
        public var files: Int64 = 100
        /// Texts kept in memory, bytes.
        public var cacheBytes: Int64 = 67_108_864

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("textBytes", &textBytes, in: 1_024...4_194_304)
            visitor.setting("changeBytes", &changeBytes, in: 16_384...8_388_608)
            visitor.setting("changeParts", &changeParts, in: 100...100_000)
            visitor.setting("retained", &retained, in: 100...1_000_000)
            visitor.setting("snapshotEvery", &snapshotEvery, in: 10...10_000)
            visitor.setting("oldSnapshotEvery", &oldSnapshotEvery, in: 10...1_000_000)
            visitor.setting("journalHours", &journalHours, in: 1...8_760)
            visitor.setting("perNetwork", &perNetwork, in: 1...100_000)
            visitor.setting("comments", &comments, in: 1...20_000)
            visitor.setting("suggestions", &suggestions, in: 1...2_000)
            visitor.setting("files", &files, in: 1...1_000)
            visitor.setting("cacheBytes", &cacheBytes, in: 1_048_576...4_294_967_296)
        }
    }

    /// Solutions and their kits.
    public struct Solution: WireObject {
        /// A kit's ZIP that is brought along, bytes.
        public var kitBytes: Int64 = 33_554_432
        /// What it unpacks to, bytes.
        public var unpackedBytes: Int64 = 134_217_728
        /// Files in it.
        public var kitFiles: Int64 = 500
        /// Solutions of one network.
        public var perNetwork: Int64 = 5_000

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("kitBytes", &kitBytes, in: 65_536...268_435_456)
            visitor.setting("unpackedBytes", &unpackedBytes, in: 65_536...1_073_741_824)
            visitor.setting("kitFiles", &kitFiles, in: 20...10_000)
            visitor.setting("perNetwork", &perNetwork, in: 1...100_000)
        }
    }

    /// Notifications.
    public struct Notification: WireObject {
        /// Notifications of one person; the oldest go.
        public var kept: Int64 = 1_000
        /// People told of one message because they want all, or because it is for everybody in the channel.
        public var fanOut: Int64 = 2_000
        /// Of those who wrote in a document or a solution, how many are told of it.
        public var writers: Int64 = 50
        /// Members told of one solution that nobody was asked to review, or for the cities that took it over.
        public var reach: Int64 = 200
        /// Seconds after which the unread ones of a batch are mailed.
        public var mailAfter: Int64 = 120
        /// The hour at which digests are mailed.
        public var digestHour: Int64 = 8
        /// The hour from which on nobody is mailed.
        public var nightFrom: Int64 = 21
        /// The hour until which nobody is mailed.
        public var nightTo: Int64 = 7

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("kept", &kept, in: 10...100_000)
            visitor.setting("fanOut", &fanOut, in: 0...1_000_000)
            visitor.setting("writers", &writers, in: 1...1_000)
            visitor.setting("reach", &reach, in: 0...100_000)
            visitor.setting("mailAfter", &mailAfter, in: 0...86_400)
            visitor.setting("digestHour", &digestHour, in: 0...23)
            visitor.setting("nightFrom", &nightFrom, in: 0...23)
            visitor.setting("nightTo", &nightTo, in: 0...23)
        }
    }

    /// Drafts.
    public struct Draft: WireObject {
        /// Drafts of one person.
        public var perPerson: Int64 = 200

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("perPerson", &perPerson, in: 1...10_000)
        }
    }

    /// Invitations.
    public struct Invitation: WireObject {
        /// Days for which one may be accepted.
        public var days: Int64 = 14
        /// Invitations that a facilitator may send in a day.
        public var perFacilitator: Int64 = 50

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("days", &days, in: 1...90)
            visitor.setting("perFacilitator", &perFacilitator, in: 1...1_000)
        }
    }

    /// Tables that are imported.
    public struct CSV: WireObject {
        /// Rows of one table.
        public var rows: Int64 = 2_000

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("rows", &rows, in: 1...20_000)
        }
    }

    /// Sessions.
    public struct Session: WireObject {
        /// Days without use after which a session ends.
        public var idleDays: Int64 = 30
        /// Days after which it ends all the same.
        public var absoluteDays: Int64 = 90

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("idleDays", &idleDays, in: 1...3_650)
            visitor.setting("absoluteDays", &absoluteDays, in: 1...3_650)
        }
    }

    /// Passwords.
    public struct Password: WireObject {
        /// Characters at least.
        public var minimum: Int64 = 8
        /// Characters at least for an administrator.
        public var adminMinimum: Int64 = 14
        /// Characters at most.
        public var maximum: Int64 = 128
        /// Argon2id memory, KiB.
        public var argon2Memory: Int64 = 19_456
        /// Argon2id passes.
        public var argon2Iterations: Int64 = 3
        /// Argon2id lanes.
        public var argon2Parallelism: Int64 = 1
        /// Computations at the same time.
        public var argon2Concurrent: Int64 = 2
        /// Computations that may wait for one of them.
        public var argon2Waiting: Int64 = 100

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("minimum", &minimum, in: 8...64)
            visitor.setting("adminMinimum", &adminMinimum, in: 8...64)
            visitor.setting("maximum", &maximum, in: 64...1_024)
            visitor.setting("argon2Memory", &argon2Memory, in: 12_288...4_194_304)
            visitor.setting("argon2Iterations", &argon2Iterations, in: 3...100)
            visitor.setting("argon2Parallelism", &argon2Parallelism, in: 1...16)
            visitor.setting("argon2Concurrent", &argon2Concurrent, in: 1...64)
            visitor.setting("argon2Waiting", &argon2Waiting, in: 1...10_000)
        }
    }

    /// Failed sign-ins.
    public struct Login: WireObject {
        /// Failures of an account before it slows.
        public var accountAttempts: Int64 = 5
        /// Failures of an address before it slows.
        public var addressAttempts: Int64 = 100
        /// The first delay, seconds.
        public var firstDelay: Int64 = 1
        /// The longest delay, seconds.
        public var maximumDelay: Int64 = 300
        /// Seconds after which failures are forgotten.
        public var forgetAfter: Int64 = 3_600

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("accountAttempts", &accountAttempts, in: 1...1_000)
            visitor.setting("addressAttempts", &addressAttempts, in: 1...100_000)
            visitor.setting("firstDelay", &firstDelay, in: 1...3_600)
            visitor.setting("maximumDelay", &maximumDelay, in: 1...86_400)
            visitor.setting("forgetAfter", &forgetAfter, in: 60...604_800)
        }
    }

    /// Uploaded files.
    public struct Files: WireObject {
        /// One upload, bytes.
        public var uploadBytes: Int64 = 52_428_800
        /// A person's uploads together, bytes.
        public var quotaBytes: Int64 = 2_147_483_648
        /// A person's uploads together.
        public var quotaFiles: Int64 = 2_000
        /// Pixels above which an image is not decoded.
        public var imagePixels: Int64 = 40_000_000
        /// The longer side of a thumbnail.
        public var thumbnailPixels: Int64 = 480
        /// Hours after which a file never attached is removed.
        public var unattachedHours: Int64 = 24
        /// Seconds between two exports of a person by the same asker.
        public var exportPause: Int64 = 60
        /// A person's uploads at the same time.
        public var uploadsPerPerson: Int64 = 10
        /// Everybody's uploads at the same time.
        public var uploads: Int64 = 40

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("uploadBytes", &uploadBytes, in: 1_024...10_737_418_240)
            visitor.setting("quotaBytes", &quotaBytes, in: 1_024...1_099_511_627_776)
            visitor.setting("quotaFiles", &quotaFiles, in: 1...1_000_000)
            visitor.setting("imagePixels", &imagePixels, in: 10_000...400_000_000)
            visitor.setting("thumbnailPixels", &thumbnailPixels, in: 64...2_048)
            visitor.setting("unattachedHours", &unattachedHours, in: 1...8_760)
            visitor.setting("exportPause", &exportPause, in: 0...86_400)
            visitor.setting("uploadsPerPerson", &uploadsPerPerson, in: 1...1_000)
            visitor.setting("uploads", &uploads, in: 1...10_000)
        }
    }

    /// Backups.
    public struct Backup: WireObject {
        /// Where `metropoli backup` writes, relative to the data folder.
        public var directory = "backups"
        /// Copies kept.
        public var keep: Int64 = 14

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("directory", &directory)
            visitor.setting("keep", &keep, in: 1...10_000)
        }
    }

    /// The log.
    public struct Log: WireObject {
        /// What is logged.
        public var level = "info"
        /// How.
        public var format = "text"

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting(
                "level",
                &level,
                choices: ["trace", "debug", "info", "notice", "warning", "error", "critical"]
            )
            visitor.setting("format", &format, choices: ["text", "json"])
        }
    }

    /// The figures.
    public struct Metrics: WireObject {
        /// Who reads `/metrics` without credentials.
        public var addresses = ["127.0.0.1", "::1"]

        /// The defaults.
        public init() {}

        /// Shows the fields.
        public mutating func fields(_ visitor: inout some FieldVisitor) {
            visitor.setting("addresses", &addresses)
        }
    }
}
