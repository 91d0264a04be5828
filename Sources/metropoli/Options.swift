import ArgumentParser
import Foundation
import Journal
import Logging
import ServerApp

/// What every subcommand understands.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The data folder.", valueName: "folder"))
    var data: String?

    /// The configuration, or the end of the program with 78 and a sentence for each mistake.
    func load(_ overrides: [String: String] = [:]) throws -> Configuration {
        // The store, its backups and its socket are for this user alone.
        umask(0o077)
        var all = overrides
        if let data { all["data"] = data }
        do {
            return try ConfigurationLoader.load(
                file: config,
                environment: ProcessInfo.processInfo.environment,
                overrides: all
            )
        } catch let error as ConfigurationError {
            throw Stop(.configuration, error.description)
        }
    }
}

/// The end of a program with a sentence on standard error, after sysexits(3).
struct Stop: Error {
    let code: ExitCode

    init(_ code: ExitCode, _ sentence: String) {
        self.code = code
        StandardStream.error.write(line: "metropoli: \(sentence)")
    }
}

extension ExitCode {
    static let unavailable = ExitCode(69)
    static let temporary = ExitCode(75)
    static let configuration = ExitCode(78)
}

/// Runs a command's body; what goes wrong becomes a sentence and an exit code.
func stopping<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let stop as Stop {
        throw stop.code
    } catch let error as StorageError {
        throw Stop(error).code
    } catch let error as BackupError {
        throw Stop(.failure, error.description).code
    } catch let error as SeedError {
        throw Stop(ExitCode(65), error.description).code
    }
}

extension Stop {
    init(_ error: StorageError) {
        switch error {
        case .inUse(let sentence): self.init(.temporary, sentence)
        case .unavailable(let sentence): self.init(.temporary, sentence)
        case .unusableFolder(let sentence), .newerSchema(let sentence): self.init(.configuration, sentence)
        case .constraint(let sentence), .failed(let sentence): self.init(.failure, sentence)
        }
    }
}

/// Prints a line to standard output at once, also into a pipe.
func say(_ line: String) {
    StandardStream.output.write(line: line)
}
