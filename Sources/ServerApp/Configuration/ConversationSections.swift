public import WireProtocol

// Messages and what goes with them.
extension Section {
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
}
