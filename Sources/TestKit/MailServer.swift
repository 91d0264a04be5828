public import Foundation
public import WireProtocol

/// aiosmtpd as a process of its own.
public final class MailServer: @unchecked Sendable {
    // @unchecked: each test uses its server from one task at a time.
    /// Its port.
    public let port: Int
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var unread = Data()

    /// A certificate for `localhost` that vouches for itself.
    public struct Certificate {
        /// The file of the certificate.
        public let certificate: String
        /// The file of its key.
        public let key: String

        /// Makes one.
        public init(in folder: TemporaryFolder) throws {
            (certificate, key) = ("\(folder.path)/mail.pem", "\(folder.path)/mail.key")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                certificate,
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
        }
    }

    /// Starts it.
    public init(
        port: Int = 0,
        later: Int = 1,
        certificate: Certificate? = nil,
        password: String? = nil
    ) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "smtp_server.py"
        )
        // Debian's own: aiosmtpd is a package of Debian here.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        var arguments = [script.path, "--port", String(port), "--later", String(later)]
        if let certificate { arguments += ["--certificate", certificate.certificate, "--key", certificate.key] }
        if let password { arguments += ["--password", password] }
        process.arguments = arguments
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        let hello = try Self.line(output, &unread)
        guard let chosen = hello["port"]?.int else { throw UnexpectedOutcome("the mail server said \(hello)") }
        self.port = Int(chosen)
    }

    deinit { stop() }

    /// Ends it.
    public func stop() {
        guard process.isRunning else { return }
        // SIGTERM may be blocked in what a thread of the test runner starts.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The next mail that it took; waits for it.
    public func next() throws -> ReceivedMail { ReceivedMail(json: try Self.line(output, &unread)) }

    /// A mail that does not come must not hang the run, milliseconds.
    private static let deadline: Int32 = 60_000

    private static func line(_ pipe: Pipe, _ unread: inout Data) throws -> JSON {
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                let line = unread[..<end]
                unread = Data(unread[(end + 1)...])
                return try JSONParser.parse([UInt8](line), limits: .answers)
            }
            var wanted = pollfd(fd: pipe.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wanted, 1, deadline) > 0 else { throw UnexpectedOutcome("no mail came within a minute") }
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let count = read(pipe.fileHandleForReading.fileDescriptor, &bytes, bytes.count)
            guard count > 0 else { throw UnexpectedOutcome("the mail server ended") }
            unread += bytes.prefix(count)
        }
    }
}

/// A mail as the server's parser read it.
public struct ReceivedMail: Sendable {
    /// What the parser said.
    public let json: JSON

    /// A header field.
    public func header(_ name: String) -> String { json["headers"]?[name.lowercased()]?.string ?? "" }
    /// The first receiver.
    public var receiver: String { json["receivers"]?.array?.first?.string ?? "" }
    /// The parts of its body, outermost first.
    public var parts: [JSON] { json["parts"]?.array ?? [] }
    /// The first part of a type.
    public func part(_ type: String) -> JSON? { parts.first { $0["type"]?.string == type } }
    /// What it says as text.
    public var text: String { part("text/plain")?["text"]?.string ?? "" }
    /// What it says as HTML.
    public var html: String { part("text/html")?["text"]?.string ?? "" }
    /// Whether the parser found something wrong.
    public var hasDefects: Bool { parts.contains { $0["defects"]?.array?.isEmpty != true } }

    /// The token of its link.
    public var token: String? {
        guard let start = text.firstRange(of: "?token=") else { return nil }
        return String(text[start.upperBound...].prefix { !$0.isWhitespace })
    }
}
