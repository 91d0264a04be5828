import Foundation
import Webinars

extension Configuration {
    /// Rooms on the network.
    var webinarSettings: WebinarSettings {
        var settings = WebinarSettings()
        settings.opensBefore = webinar.opensBefore
        settings.closesAfter = webinar.closesAfter
        settings.questions = webinar.questions
        settings.questionsPerPerson = webinar.questionsPerPerson
        settings.hands = webinar.hands
        settings.polls = webinar.polls
        settings.pollOptions = webinar.pollOptions
        settings.materials = webinar.materials
        settings.jitsi.url = jitsi.url
        settings.jitsi.application = jitsi.application
        settings.jitsi.audience = jitsi.audience
        settings.jitsi.subject = jitsi.subject
        settings.jitsi.algorithm = JitsiSettings.Algorithm(rawValue: jitsi.algorithm) ?? .hs256
        settings.jitsi.secret = jitsi.secretFile.isEmpty ? jitsi.secret : jitsiSecret.line ?? ""
        settings.jitsi.key = jitsi.keyFile.isEmpty ? "" : jitsiKey.content ?? ""
        settings.jitsi.keyName = jitsi.keyName
        settings.bigBlueButton.url = bigbluebutton.url
        settings.bigBlueButton.secret =
            bigbluebutton.secretFile.isEmpty ? bigbluebutton.secret : bigBlueButtonSecret.line ?? ""
        settings.bigBlueButton.authority = bigbluebutton.authority
        settings.bigBlueButton.timeout = bigbluebutton.timeout
        settings.bigBlueButton.pause = bigbluebutton.pause
        settings.bigBlueButton.trust = bigbluebutton.trust
        settings.bigBlueButton.records = bigbluebutton.recording == "on"
        settings.bigBlueButton.tellsAttendance = bigbluebutton.attendance == "on"
        settings.bigBlueButton.checksum = BigBlueButtonSettings.Checksum(rawValue: bigbluebutton.checksum) ?? .sha256
        settings.bigBlueButton.endsAfter = bigbluebutton.endsAfter
        settings.bigBlueButton.recordingHours = bigbluebutton.recordingHours
        return settings
    }

    private var jitsiSecret: SecretFile { SecretFile(key: "jitsi.secretFile", path: jitsi.secretFile) }
    private var jitsiKey: SecretFile { SecretFile(key: "jitsi.keyFile", path: jitsi.keyFile) }

    private var bigBlueButtonSecret: SecretFile {
        SecretFile(key: "bigbluebutton.secretFile", path: bigbluebutton.secretFile)
    }

    /// What cannot be right about rooms on the network.
    var webinarProblems: [String] { jitsiProblems + bigBlueButtonProblems }

    private var jitsiProblems: [String] {
        guard !jitsi.url.isEmpty else { return [] }
        var problems = [jitsiSecret.problem, jitsiKey.problem].compactMap { $0 }
        if !Self.isSecureAddress(jitsi.url) { problems.append("jitsi.url: no https address: \(jitsi.url)") }
        if jitsi.application.isEmpty { problems.append("jitsi.application: empty") }
        guard problems.isEmpty else { return problems }
        let settings = webinarSettings.jitsi
        switch settings.algorithm {
        case .hs256 where settings.secret.utf8.count < 32:
            problems.append("jitsi.secret: HS256 needs 32 bytes or more, has \(settings.secret.utf8.count)")
        case .rs256 where RSAKey(pem: settings.key) == nil:
            problems.append("jitsi.keyFile: no private RSA key of 2048 bits or more in PEM: \(jitsi.keyFile)")
        default: break
        }
        return problems
    }

    private var bigBlueButtonProblems: [String] {
        guard !bigbluebutton.url.isEmpty else { return [] }
        var problems = [bigBlueButtonSecret.problem].compactMap { $0 }
        let isLocal = URLComponents(string: bigbluebutton.url).map {
            $0.scheme == "http" && ["localhost", "127.0.0.1", "::1", "[::1]"].contains($0.host ?? "")
        }
        if !Self.isSecureAddress(bigbluebutton.url), isLocal != true {
            problems.append("bigbluebutton.url: no https address: \(bigbluebutton.url)")
        }
        if !bigbluebutton.authority.isEmpty,
            !FileManager.default.isReadableFile(atPath: bigbluebutton.authority)
        {
            problems.append("bigbluebutton.authority: \(bigbluebutton.authority) cannot be read")
        }
        if problems.isEmpty, webinarSettings.bigBlueButton.secret.utf8.count < 16 {
            problems.append("bigbluebutton.secret: shorter than 16 bytes")
        }
        if publicUrl.isEmpty, bigbluebutton.attendance == "on" {
            problems.append("publicUrl: empty, and BigBlueButton tells under it who came and went")
        }
        return problems
    }

    /// An `https` address with a host, perhaps a port and a path, and nothing else.
    static func isSecureAddress(_ text: String) -> Bool {
        guard let parts = URLComponents(string: text), parts.scheme == "https", !(parts.host ?? "").isEmpty else {
            return false
        }
        return parts.user == nil && parts.password == nil && parts.query == nil && parts.fragment == nil
    }
}
