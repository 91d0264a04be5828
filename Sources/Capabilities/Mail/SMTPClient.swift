import CCurl
import Synchronization

/// How an attempt to send a mail ended.
enum SMTPOutcome: Sendable, Equatable {
    /// The server took it.
    case sent
    /// The server will never take it.
    case refused(String)
    /// The server cannot take it now.
    case deferred(String)
    /// The server was not reached, or broke off: that says nothing of the mail.
    case unreachable(String)
    /// The attempt was given up because the program ends.
    case stopped
}

/// Speaks SMTP through libcurl, which knows the protocol, TLS, logins and the forms of MIME.
///
/// One handle keeps one connection open for the mails of a batch. It belongs to the thread that made it.
final class SMTPClient {
    private let handle: UnsafeMutableRawPointer
    private let settings: MailSettings
    private let watch = SMTPWatch()

    /// Nil when libcurl cannot be used.
    init?(_ settings: MailSettings) {
        guard SMTPClient.isReady, let handle = curl_easy_init() else { return nil }
        self.handle = handle
        self.settings = settings
        set(CURLOPT_URL, Self.url(settings))
        // The environment's proxies are for the web, and files or other protocols are none of a mail server's.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        set(CURLOPT_USE_SSL, Self.encryption(settings.tls))
        if settings.tls == .optional {
            // Whoever can pretend to be the server can also pretend that it offers no TLS: nothing is gained by asking.
            set(CURLOPT_SSL_VERIFYPEER, 0)
            set(CURLOPT_SSL_VERIFYHOST, 0)
        }
        if !settings.authority.isEmpty { set(CURLOPT_CAINFO, settings.authority) }
        if !settings.user.isEmpty {
            set(CURLOPT_USERNAME, settings.user)
            set(CURLOPT_PASSWORD, settings.password)
        }
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_NOPROGRESS, 0)
        set(CURLOPT_VERBOSE, 1)
        set(CURLOPT_CONNECTTIMEOUT, settings.timeout)
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, settings.timeout)
        // A large attachment on a slow line needs more than one answer does.
        set(CURLOPT_TIMEOUT, settings.timeout * 10)
        set(CURLOPT_LOW_SPEED_LIMIT, 1)
        set(CURLOPT_LOW_SPEED_TIME, settings.timeout)
        let user = Unmanaged.passUnretained(watch).toOpaque()
        metropoli_curl_set_watch(handle, smtpWatched, user)
        metropoli_curl_set_progress(handle, smtpProgress, user)
    }

    /// Says goodbye to the server.
    deinit { curl_easy_cleanup(handle) }

    /// Ends an attempt that is going on, from any thread.
    var canceller: SMTPCanceller { watch.canceller }

    private static let isReady = metropoli_curl_global() == CURLE_OK

    private static func url(_ settings: MailSettings) -> String {
        let scheme = settings.tls == .implicit ? "smtps" : "smtp"
        let host = settings.server.contains(":") ? "[\(settings.server)]" : settings.server
        return "\(scheme)://\(host):\(settings.port)/\(domain(settings))"
    }

    /// The name under which the server greets, and that Message-IDs end with: the sender's domain.
    static func domain(_ settings: MailSettings) -> String {
        let domain = settings.from.split(separator: "@").last ?? ""
        let isName = !domain.isEmpty && domain.utf8.allSatisfy { $0 > 0x2C && $0 < 0x7F && $0 != 0x2F }
        return isName ? String(domain) : "localhost"
    }

    private static func encryption(_ tls: MailSettings.TLS) -> Int {
        switch tls {
        case .required, .implicit: Int(CURLUSESSL_ALL.rawValue)
        case .optional: Int(CURLUSESSL_TRY.rawValue)
        case .off: Int(CURLUSESSL_NONE.rawValue)
        }
    }

    private func set(_ option: CURLoption, _ value: String) { metropoli_curl_set_text(handle, option, value) }
    private func set(_ option: CURLoption, _ value: Int) { metropoli_curl_set_long(handle, option, value) }

    // MARK: Sending

    /// Sends a mail and waits for the server's judgement.
    func send(_ mail: RenderedMail) -> SMTPOutcome {
        var errors = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        guard let mime = body(of: mail) else { return .deferred("no memory") }
        defer { curl_mime_free(mime) }
        var fields: UnsafeMutablePointer<curl_slist>?
        for field in mail.headers { fields = curl_slist_append(fields, field) }
        let receivers = curl_slist_append(nil, MailHeader.angle(mail.address))
        defer {
            curl_slist_free_all(fields)
            curl_slist_free_all(receivers)
        }
        set(CURLOPT_MAIL_FROM, MailHeader.angle(settings.from))
        metropoli_curl_set_list(handle, CURLOPT_MAIL_RCPT, receivers)
        metropoli_curl_set_list(handle, CURLOPT_HTTPHEADER, fields)
        metropoli_curl_set_mime(handle, mime)
        watch.begin()
        let code = errors.withUnsafeMutableBufferPointer { buffer in
            metropoli_curl_set_errors(handle, buffer.baseAddress)
            defer { metropoli_curl_set_errors(handle, nil) }
            return curl_easy_perform(handle)
        }
        metropoli_curl_set_mime(handle, nil)
        let reason = String(decoding: errors.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return outcome(code, reason.isEmpty ? String(cString: curl_easy_strerror(code)) : reason)
    }

    private func outcome(_ code: CURLcode, _ reason: String) -> SMTPOutcome {
        if code == CURLE_OK { return .sent }
        if code == CURLE_ABORTED_BY_CALLBACK { return .stopped }
        let status = metropoli_curl_status(handle)
        let said = Self.line(watch.reply.isEmpty ? reason : watch.reply)
        // A mail is judged by what the server says of its sender, receiver or content; before that, and with 421, the
        // server speaks of itself.
        guard watch.isAboutMail, status != 421, code != CURLE_OPERATION_TIMEDOUT else {
            return .unreachable(Self.line(watch.isAboutMail ? reason : said.isEmpty ? reason : "\(reason): \(said)"))
        }
        switch status {
        case 500...599: return .refused(said)
        case 400...499: return .deferred(said)
        default: return .unreachable(Self.line(reason))
        }
    }

    /// One line of what a server said, for a list.
    private static func line(_ text: String) -> String { String(MailHeader.oneLine(text).prefix(300)) }

    // MARK: The body

    /// `multipart/mixed` of the attachments and of a `multipart/alternative`: text, HTML, and what may stand for them.
    private func body(of mail: RenderedMail) -> OpaquePointer? {
        guard let mixed = curl_mime_init(handle), let alternative = curl_mime_init(handle) else { return nil }
        add(Array(mail.text.utf8), "text/plain; charset=utf-8", "quoted-printable", to: alternative)
        add(Array(mail.html.utf8), "text/html; charset=utf-8", "quoted-printable", to: alternative)
        for attachment in mail.attachments where attachment.isAlternative {
            add(attachment.content, attachment.type, "base64", to: alternative)
        }
        let main = curl_mime_addpart(mixed)
        curl_mime_subparts(main, alternative)
        curl_mime_type(main, "multipart/alternative")
        for attachment in mail.attachments {
            let part = add(attachment.content, attachment.type, "base64", to: mixed)
            let name = attachment.name.unicodeScalars.filter { $0.isASCII && !$0.steers && $0 != "\"" && $0 != "\\" }
            curl_mime_filename(part, String(String.UnicodeScalarView(name)))
        }
        return mixed
    }

    @discardableResult
    private func add(_ bytes: [UInt8], _ type: String, _ encoding: String, to mime: OpaquePointer) -> OpaquePointer? {
        let part = curl_mime_addpart(mime)
        bytes.withUnsafeBytes { raw in
            _ = curl_mime_data(part, raw.bindMemory(to: CChar.self).baseAddress, raw.count)
        }
        curl_mime_type(part, MailHeader.oneLine(type))
        curl_mime_encoder(part, encoding)
        return part
    }
}

/// Ends an attempt from another thread.
final class SMTPCanceller: Sendable {
    private let cancelled = Atomic(false)

    func cancel() { cancelled.store(true, ordering: .relaxed) }
    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }
}

/// What libcurl tells while it speaks with the server: at which command the talk is, and what the server said last.
///
/// Only the command's first word is kept: what follows a login is a password.
final class SMTPWatch {
    let canceller = SMTPCanceller()
    private(set) var isAboutMail = false
    private(set) var reply = ""

    func begin() {
        isAboutMail = false
        reply = ""
    }

    func sent(_ bytes: UnsafeRawBufferPointer) {
        let verb = bytes.prefix(4).map { $0 & 0xDF }
        if verb == Array("MAIL".utf8) || verb == Array("RCPT".utf8) || verb == Array("DATA".utf8) { isAboutMail = true }
    }

    func received(_ bytes: UnsafeRawBufferPointer) { reply = String(decoding: bytes.prefix(1_000), as: UTF8.self) }
}

private func smtpWatched(
    _ handle: UnsafeMutableRawPointer?,
    _ kind: curl_infotype,
    _ data: UnsafeMutablePointer<CChar>?,
    _ count: Int,
    _ user: UnsafeMutableRawPointer?
) -> CInt {
    guard let data, let user else { return 0 }
    let watch = Unmanaged<SMTPWatch>.fromOpaque(user).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: data, count: count)
    if kind == CURLINFO_HEADER_OUT { watch.sent(bytes) }
    if kind == CURLINFO_HEADER_IN { watch.received(bytes) }
    return 0
}

private func smtpProgress(
    _ user: UnsafeMutableRawPointer?,
    _ toReceive: curl_off_t,
    _ received: curl_off_t,
    _ toSend: curl_off_t,
    _ sent: curl_off_t
) -> CInt {
    guard let user else { return 0 }
    return Unmanaged<SMTPWatch>.fromOpaque(user).takeUnretainedValue().canceller.isCancelled ? 1 : 0
}
