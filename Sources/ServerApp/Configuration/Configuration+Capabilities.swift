import Attendance
import Documents
import EventNotices
import Events
import Files
import HTTPAPI
import People
import Polls
import Registrations
import SolutionNotices
import Solutions

extension Configuration {
    /// People, sessions and passwords.
    var peopleSettings: PeopleSettings {
        var settings = PeopleSettings()
        settings.password.minimum = Int(password.minimum)
        settings.password.adminMinimum = Int(password.adminMinimum)
        settings.password.maximum = Int(password.maximum)
        settings.password.memory = UInt32(password.argon2Memory)
        settings.password.iterations = UInt32(password.argon2Iterations)
        settings.password.parallelism = UInt32(password.argon2Parallelism)
        settings.login.accountAttempts = Int(login.accountAttempts)
        settings.login.addressAttempts = Int(login.addressAttempts)
        settings.login.firstDelay = Int(login.firstDelay)
        settings.login.maximumDelay = Int(login.maximumDelay)
        settings.login.forgetAfter = Int(login.forgetAfter)
        settings.session.idleDays = Int(session.idleDays)
        settings.session.absoluteDays = Int(session.absoluteDays)
        settings.invitationDays = Int(invitation.days)
        settings.facilitatorInvitations = Int(invitation.perFacilitator)
        settings.importRows = Int(csv.rows)
        settings.language = community.language
        settings.zone = community.zone
        return settings
    }

    /// Events.
    var eventSettings: EventSettings {
        var settings = EventSettings()
        settings.zone = community.zone
        settings.longestDays = event.longestDays
        settings.addressed = limits.addressed
        settings.community = community.name
        settings.feedEvents = event.feedEvents
        settings.feedPastDays = event.feedPastDays
        return settings
    }

    /// Attendance and certificates.
    var attendanceSettings: AttendanceSettings {
        var settings = AttendanceSettings()
        settings.threshold = attendance.threshold
        settings.settleHours = attendance.settleHours
        settings.intervals = attendance.intervals
        settings.community = community.name
        settings.zone = community.zone
        return settings
    }

    /// What those are told who have a part in events.
    var eventNoticeSettings: EventNoticeSettings {
        var settings = EventNoticeSettings()
        settings.organiserName = mail.fromName.isEmpty ? community.name : mail.fromName
        settings.organiserAddress = mail.from
        settings.reminders = event.reminders.compactMap(Reminder.init)
        return settings
    }

    /// How many are told of documents and solutions.
    var solutionNoticeSettings: SolutionNoticeSettings {
        var settings = SolutionNoticeSettings()
        settings.writers = notification.writers
        settings.reach = notification.reach
        return settings
    }

    /// What cannot be right about events.
    var eventProblems: [String] {
        var problems = event.reminders.filter { Reminder($0) == nil }.map {
            "event.reminders: not a number with d, h or m, up to a year: \($0)"
        }
        if event.reminders.count > 10 { problems.append("event.reminders: more than 10") }
        if Set(event.reminders).count < event.reminders.count { problems.append("event.reminders: one stands twice") }
        return problems
    }

    /// Registrations.
    var registrationSettings: RegistrationSettings {
        var settings = RegistrationSettings()
        settings.messagesPerDay = registration.messagesPerDay
        settings.messageRecipients = registration.messageRecipients
        settings.importRows = registration.importRows
        return settings
    }

    /// Polls.
    var pollSettings: PollSettings {
        var settings = PollSettings()
        settings.options = poll.options
        settings.ballots = poll.ballots
        settings.open = poll.open
        return settings
    }

    /// Solutions and their kits.
    var solutionSettings: SolutionSettings {
        var settings = SolutionSettings()
        settings.kitBytes = solution.kitBytes
        settings.unpackedBytes = solution.unpackedBytes
        settings.kitFiles = solution.kitFiles
        settings.perNetwork = solution.perNetwork
        settings.reviewersAsked = solution.reviewersAsked
        settings.community = community.name
        return settings
    }

    /// Documents.
    var documentSettings: DocumentSettings {
        var settings = DocumentSettings()
        settings.textBytes = document.textBytes
        settings.changeBytes = document.changeBytes
        settings.changeParts = document.changeParts
        settings.retained = document.retained
        settings.snapshotEvery = document.snapshotEvery
        settings.oldSnapshotEvery = document.oldSnapshotEvery
        settings.journalHours = document.journalHours
        settings.perNetwork = document.perNetwork
        settings.comments = document.comments
        settings.suggestions = document.suggestions
        settings.files = document.files
        settings.cacheBytes = document.cacheBytes
        settings.community = community.name
        return settings
    }

    /// Uploaded files.
    var fileSettings: FileSettings {
        var settings = FileSettings()
        settings.uploadBytes = files.uploadBytes
        settings.quotaBytes = files.quotaBytes
        settings.quotaFiles = files.quotaFiles
        settings.imagePixels = files.imagePixels
        settings.thumbnailPixels = files.thumbnailPixels
        settings.unattachedHours = files.unattachedHours
        settings.exportPause = files.exportPause
        return settings
    }

    /// The HTTP door.
    func httpSettings(_ address: (host: String, port: Int)) -> HTTPSettings {
        var settings = HTTPSettings(temporaryFolder: data + "/temporary")
        settings.listenHost = address.host
        settings.publicURL = publicUrl
        settings.origins = origins
        settings.trustedProxies = trustedProxies
        settings.metricsAddresses = metrics.addresses
        settings.bodyBytes = Int(limits.frameBytes)
        settings.uploadsPerMember = Int(files.uploadsPerPerson)
        settings.uploads = Int(files.uploads)
        settings.communityName = community.name
        settings.contact = community.contact
        return settings
    }
}
