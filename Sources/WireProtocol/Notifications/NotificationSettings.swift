/// The hours of the day in which one wants to be left alone, in one's own time zone; over midnight when `to` is the
/// earlier one.
public struct DoNotDisturb: WireObject, Equatable {
    /// When they begin, `HH:MM`.
    public var from = ""
    /// When they end, `HH:MM`.
    public var to = ""

    /// To be read.
    public init() {}

    /// Makes it.
    public init(from: String, to: String) {
        self.from = from
        self.to = to
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.timeOfDay("from", &from)
        visitor.timeOfDay("to", &to)
        if from.isTimeOfDay, from == to { visitor.reject("to", "out_of_range") }
    }
}

extension FieldVisitor {
    /// A mandatory time of day, `HH:MM`.
    fileprivate mutating func timeOfDay(_ name: String, _ value: inout String) {
        var read: String? = value
        string(name, &read, FieldRule(required: true, format: "HH:MM"))
        guard let read else { return }
        value = read
        if !read.isTimeOfDay { reject(name, "not_a_time") }
    }
}

extension String {
    /// Whether it is a time of day, `HH:MM`.
    fileprivate var isTimeOfDay: Bool {
        let bytes = Array(utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hours = Int(prefix(2)), let minutes = Int(suffix(2))
        else { return false }
        return bytes.allSatisfy { $0 >= 0x30 && $0 <= 0x3A } && (0...23).contains(hours) && (0...59).contains(minutes)
    }
}

/// How the caller wants to be notified.
public struct AskNotificationSettings: ClientQuery {
    /// The name on the wire.
    public static let name = "notification.settings"
    /// What `ok` holds.
    public typealias Reply = NotificationSettings

    /// Asks.
    public init() {}

    /// No fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {}
}

/// How one wants to be notified.
public struct NotificationSettings: WireObject, Equatable {
    /// When to be left alone; left out for never.
    public var doNotDisturb: DoNotDisturb?
    /// Whether browsers show notifications of their own.
    public var browser = false
    /// What one is told of by mail.
    public var mail = MailChoice.each
    /// Whether mails come at night and on holidays too; the hours of `doNotDisturb` are kept all the same.
    public var mailAnytime = false
    /// How one is told of events.
    public var events = EventTelling()
    /// How one is told of documents, solutions and adoptions.
    public var solutions = SolutionTelling()

    /// What holds unless one chooses.
    public init() {}

    /// Makes it.
    public init(
        doNotDisturb: DoNotDisturb?,
        browser: Bool,
        mail: MailChoice = .each,
        mailAnytime: Bool = false,
        events: EventTelling = EventTelling(),
        solutions: SolutionTelling = SolutionTelling()
    ) {
        self.events = events
        self.solutions = solutions
        self.doNotDisturb = doNotDisturb
        self.browser = browser
        self.mail = mail
        self.mailAnytime = mailAnytime
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.object("doNotDisturb", &doNotDisturb)
        visitor.flag("browser", &browser)
        visitor.choice("mail", &mail)
        visitor.flag("mailAnytime", &mailAnytime)
        visitor.object("events", &events)
        visitor.object("solutions", &solutions)
    }
}

/// How one is told of events in which one has a part.
public struct EventTelling: WireObject, Equatable {
    /// Whether mails come that change one's calendar, with a file for it: seats that one has or gives back, events that
    /// are moved, put off or called off.
    public var mailCalendar = true
    /// Whether mails come of what else becomes of one's registrations: waiting, offers, decisions.
    public var mailRegistrations = true
    /// Whether mails remind one of what begins soon.
    public var mailReminders = true
    /// Whether one's registrations are among the notifications.
    public var showRegistrations = true
    /// Whether changes of events are.
    public var showChanges = true
    /// Whether reminders are.
    public var showReminders = true

    /// All of it.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.flag("mailCalendar", &mailCalendar)
        visitor.flag("mailRegistrations", &mailRegistrations)
        visitor.flag("mailReminders", &mailReminders)
        visitor.flag("showRegistrations", &showRegistrations)
        visitor.flag("showChanges", &showChanges)
        visitor.flag("showReminders", &showReminders)
    }
}

/// What one chooses about events; what is left out stays.
public struct ChosenTelling: WireObject, Equatable {
    /// Mails that change one's calendar.
    public var mailCalendar: Bool?
    /// Mails of one's registrations.
    public var mailRegistrations: Bool?
    /// Mails that remind.
    public var mailReminders: Bool?
    /// Registrations among the notifications.
    public var showRegistrations: Bool?
    /// Changes of events among the notifications.
    public var showChanges: Bool?
    /// Reminders among the notifications.
    public var showReminders: Bool?

    /// To be read.
    public init() {}

    /// What holds after the choice.
    public func applied(to former: EventTelling) -> EventTelling {
        var telling = former
        if let mailCalendar { telling.mailCalendar = mailCalendar }
        if let mailRegistrations { telling.mailRegistrations = mailRegistrations }
        if let mailReminders { telling.mailReminders = mailReminders }
        if let showRegistrations { telling.showRegistrations = showRegistrations }
        if let showChanges { telling.showChanges = showChanges }
        if let showReminders { telling.showReminders = showReminders }
        return telling
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.flag("mailCalendar", &mailCalendar)
        visitor.flag("mailRegistrations", &mailRegistrations)
        visitor.flag("mailReminders", &mailReminders)
        visitor.flag("showRegistrations", &showRegistrations)
        visitor.flag("showChanges", &showChanges)
        visitor.flag("showReminders", &showReminders)
    }
}

/// Says how one wants to be notified; what is left out stays, `doNotDisturb` null switches it off.
public struct SetNotifications: ClientCommand {
    /// The name on the wire.
    public static let name = "notification.set"
    /// What `ok` holds.
    public typealias Reply = Nothing
    /// When to be left alone; null for never.
    public var doNotDisturb: Clearable<DoNotDisturb>?
    /// Whether browsers show notifications of their own.
    public var browser: Bool?
    /// What one is told of by mail.
    public var mail: MailChoice?
    /// Whether mails come at night and on holidays too.
    public var mailAnytime: Bool?
    /// How one is told of events.
    public var events: ChosenTelling?
    /// How one is told of documents, solutions and adoptions.
    public var solutions: ChosenSolutionTelling?

    /// To be read.
    public init() {}

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.clearable("doNotDisturb", &doNotDisturb)
        visitor.flag("browser", &browser)
        visitor.choice("mail", &mail)
        visitor.flag("mailAnytime", &mailAnytime)
        visitor.object("events", &events)
        visitor.object("solutions", &solutions)
    }
}

/// One chose how to be notified; on `person/N`, the whole of it.
public struct NotificationsSet: ServerUpdate {
    /// The name on the wire.
    public static let name = "notification.set"
    /// What holds now.
    public var settings = NotificationSettings()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(_ settings: NotificationSettings) { self.settings = settings }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) { settings.fields(&visitor) }
}

/// The snapshot's `notifications`.
public struct NotificationsSummary: WireObject, Equatable {
    /// How many are unread.
    public var unread: Int64 = 0
    /// How to be notified.
    public var settings = NotificationSettings()

    /// To be read.
    public init() {}

    /// Makes it.
    public init(unread: Int64, settings: NotificationSettings) {
        self.unread = unread
        self.settings = settings
    }

    /// Shows the fields.
    public mutating func fields(_ visitor: inout some FieldVisitor) {
        visitor.integer("unread", &unread)
        settings.fields(&visitor)
    }
}
