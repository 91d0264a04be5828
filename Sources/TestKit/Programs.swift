public import Foundation

/// The project's own programs as real processes, found beside the test bundle.
public enum Programs {
    /// How a program ended and what it said.
    public struct Result: Sendable {
        /// The exit status; a signal's number as a negative one.
        public let status: Int32
        /// Standard output.
        public let output: String
        /// Standard error.
        public let errors: String
    }

    /// The path of a program.
    public static func path(_ name: String) throws -> String {
        var folders = [Bundle.main.bundlePath]
        for argument in CommandLine.arguments where argument.contains(".xctest") {
            folders.append(URL(fileURLWithPath: argument).deletingLastPathComponent().path)
        }
        if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            folders.append(URL(fileURLWithPath: own).deletingLastPathComponent().path)
        }
        for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
            return "\(folder)/\(name)"
        }
        throw UnexpectedOutcome("\(name) is not beside \(folders)")
    }

    /// Runs a program to its end.
    public static func run(
        _ name: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String = ""
    ) async throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path(name))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
        let output = Task.detached { stdout.fileHandleForReading.readDataToEndOfFile() }
        let errors = Task.detached { stderr.fileHandleForReading.readDataToEndOfFile() }
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do {
                try process.run()
                stdin.fileHandleForWriting.write(Data(input.utf8))
                try stdin.fileHandleForWriting.close()
            } catch {
                process.terminationHandler = nil
                ended.resume(throwing: error)
            }
        }
        let isSignal = process.terminationReason == .uncaughtSignal
        return Result(
            status: isSignal ? -process.terminationStatus : process.terminationStatus,
            output: String(decoding: await output.value, as: UTF8.self),
            errors: String(decoding: await errors.value, as: UTF8.self)
        )
    }
}

/// `metropoli serve` as a real process, for tests that kill it.
public final class ServerProcess: @unchecked Sendable {
    // @unchecked: `process` is only signalled and waited for after the initialiser; the rest is constant.
    private let process = Process()
    /// Its address, as it printed it.
    public let url: String

    /// The first administrator's login and password.
    public static let administrator = ("admin@example.it", "una-password-di-prova")

    /// Starts it on a data folder and waits for its line.
    public init(folder: TemporaryFolder, environment: [String: String] = [:]) throws {
        process.executableURL = URL(fileURLWithPath: try Programs.path("metropoli"))
        process.arguments = ["serve", "--data", folder.path, "--listen", "127.0.0.1:0"]
        let own = [
            "METROPOLI_LIMITS_RATE": "off", "METROPOLI_LOG_LEVEL": "error",
            "METROPOLI_ADMIN_EMAIL": Self.administrator.0, "METROPOLI_ADMIN_PASSWORD": Self.administrator.1,
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(own) { _, new in new }
            .merging(environment) { _, new in new }
        let stdout = Pipe()
        process.standardOutput = stdout
        try process.run()
        var line = Data()
        while let byte = try stdout.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data([0x0A]) {
            line += byte
        }
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasPrefix("listening on ") else { throw UnexpectedOutcome("the server said: \(text)") }
        url = String(text.dropFirst("listening on ".count))
    }

    /// Sends a signal and waits for the end; the exit status, a signal's number as a negative one.
    @discardableResult
    public func end(with signal: Int32) -> Int32 {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
    }
}
