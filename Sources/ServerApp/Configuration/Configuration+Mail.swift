import Foundation
import HTTPAPI
import Mail
import Notifications

extension Configuration {
    /// How the server mails.
    var mailSettings: MailSettings {
        var settings = MailSettings()
        settings.isEnabled = mail.enabled == "on"
        settings.server = mail.server
        settings.port = Int(mail.port)
        settings.tls = MailSettings.TLS(rawValue: mail.tls) ?? .required
        settings.authority = mail.authority
        settings.user = mail.user
        settings.password = mailPassword ?? ""
        settings.from = mail.from
        settings.fromName = mail.fromName
        settings.community = community.name
        settings.language = community.language
        settings.zone = community.zone
        settings.baseURL = baseURL
        settings.retries = Int(mail.retries)
        settings.firstDelay = Int(mail.firstDelay)
        settings.maximumDelay = Int(mail.maximumDelay)
        settings.giveUpHours = Int(mail.giveUpHours)
        settings.perMinute = Int(mail.perMinute)
        settings.timeout = Int(mail.timeout)
        settings.keepDays = Int(mail.keepDays)
        return settings
    }

    /// When notifications are mailed.
    var notificationMail: NotificationMailSettings {
        var settings = NotificationMailSettings()
        settings.after = notification.mailAfter
        settings.digestHour = notification.digestHour
        settings.nightFrom = notification.nightFrom
        settings.nightTo = notification.nightTo
        return settings
    }

    /// The address that links begin with.
    private var baseURL: String {
        let address = publicUrl.isEmpty ? "http://\(listen)" : publicUrl
        return address.hasSuffix("/") ? String(address.dropLast()) : address
    }

    /// The password of the login, the first line of its file where one is named; nil when the file cannot be read.
    private var mailPassword: String? {
        guard !mail.passwordFile.isEmpty else { return mail.password }
        let text = try? String(contentsOfFile: mail.passwordFile, encoding: .utf8)
        return text.map { String($0.prefix { !$0.isNewline }) }
    }

    /// What cannot be right about mail.
    var mailProblems: [String] {
        guard mail.enabled == "on", !mail.server.isEmpty else { return [] }
        var problems: [String] = []
        if mail.server.unicodeScalars.contains(where: { $0.value <= 0x20 || $0 == "/" || $0 == "@" || $0 == "?" }) {
            problems.append("mail.server: a host's name or address alone: \(mail.server)")
        }
        let parts = mail.from.split(separator: "@", omittingEmptySubsequences: false)
        if parts.count != 2 || parts.contains(where: \.isEmpty)
            || mail.from.unicodeScalars.contains(where: { $0.value <= 0x20 || $0 == "<" || $0 == ">" })
        {
            problems.append("mail.from: not an e-mail address: \(mail.from)")
        }
        if publicUrl.isEmpty { problems.append("publicUrl: empty, and the links in mails begin with it") }
        if !mail.user.isEmpty, mail.tls == "off" || mail.tls == "optional", !isLocalMailServer {
            problems.append("mail.tls: \(mail.tls) would send a password that anybody on the way can read")
        }
        if !mail.authority.isEmpty, !FileManager.default.isReadableFile(atPath: mail.authority) {
            problems.append("mail.authority: \(mail.authority) cannot be read")
        }
        guard !mail.passwordFile.isEmpty else { return problems }
        var facts = stat()
        if mailPassword == nil {
            problems.append("mail.passwordFile: \(mail.passwordFile) cannot be read")
        } else if stat(mail.passwordFile, &facts) == 0, facts.st_mode & 0o077 != 0 {
            problems.append("mail.passwordFile: others may read \(mail.passwordFile): chmod 600, or 400")
        }
        return problems
    }

    private var isLocalMailServer: Bool { ["localhost", "127.0.0.1", "::1"].contains(mail.server) }
}
