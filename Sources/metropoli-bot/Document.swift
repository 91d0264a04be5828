import ArgumentParser
import ClientKit
import Foundation
import OperationalTransformation
import WireProtocol

/// The subcommand `metropoli-bot document`.
struct Document: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads, saves and compares the documents of a network.",
        discussion: """
            A document is named by its number, which stands in its address.
            Bots with the scope read:network/N get and compare; to put, METROPOLI_TOKEN
            is the token of a person's session.

            EXAMPLES
              metropoli-bot document get 1235 > linee.md
              metropoli-bot document put 1235 --base 7 --file linee.md
              metropoli-bot document diff 1235 --file linee.md
              metropoli-bot document diff 1235 --from-version 1
            """,
        subcommands: [GetDocument.self, PutDocument.self, CompareDocument.self]
    )
}

/// Which document.
struct DocumentOption: ParsableArguments {
    @Argument(help: "The document's number.")
    var document: Int64

    func validate() throws {
        guard document > 0 else { throw ValidationError("A document is a number above 0.") }
    }
}

/// The subcommand `metropoli-bot document get`.
struct GetDocument: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Writes a document's text to standard output, its revision to standard error.",
        discussion: """
            EXAMPLES
              metropoli-bot document get 1235 > linee.md
              metropoli-bot document get 1235 --version 2

            The text comes as it is, without a line end of its own. The line
            "revision 7" on standard error is the --base of a later put.
            """
    )

    @OptionGroup var which: DocumentOption
    @Option(help: "An earlier revision.") var revision: Int64?
    @Option(help: "A published version.") var version: Int64?

    func validate() throws {
        guard revision == nil || version == nil else { throw ValidationError("--revision or --version: one of them.") }
    }

    func run() async throws {
        do {
            let found = try await DocumentDoor().read(which.document, revision: revision, version: version)
            FileHandle.standardError.write(Data("revision \(found.revision)\n".utf8))
            FileHandle.standardOutput.write(Data(found.text.utf8))
        } catch { throw BotExit.explaining(error) }
    }
}

/// The subcommand `metropoli-bot document put`.
struct PutDocument: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put",
        abstract: "Saves a text, merged line by line with what others wrote since.",
        discussion: """
            EXAMPLE
              metropoli-bot document put 1235 --base 7 --file linee.md

            Says "saved 9", the new revision, and "merged 9" when others had written
            meanwhile: get it anew before going on.

            EXIT CODES
              0   saved
              64  wrong use
              65  the same lines were edited by others (the difference is shown,
                  - theirs, + yours), or refused as invalid
              69  the server is not reached
              75  the server takes nothing now; the message says when to try again
              77  not allowed, or the token is expired or revoked
            """
    )

    @OptionGroup var which: DocumentOption
    @Option(help: "The revision that the text was made of: get says it.") var base: Int64
    @Option(help: ArgumentHelp("The file with the text; - reads standard input.", valueName: "file")) var file: String
    @OptionGroup var once: KeyOption

    func run() async throws {
        do {
            let text = try DocumentDoor.text(of: file)
            let body = JSON.members([
                "document": .int(which.document), "base": .int(base), "text": .string(text),
            ])
            let door = try DocumentDoor()
            do {
                let nonce = once.key ?? Nonces.fresh()
                let reply = try await Sending.patiently {
                    try await door.community.command("document.save", body, nonce: nonce)
                }
                let isMerged = ChunkedText(reply.ok["text"]?.string ?? "") != ChunkedText(text)
                Console.line("\(isMerged ? "merged" : "saved") \(reply.ok["revision"]?.int ?? 0)")
            } catch let error as WireError where error.code == .conflict {
                guard let theirs = error.current?["text"]?.string else { throw error }
                Console.problem(
                    "not saved: others edited the same lines; theirs is revision \(error.current?["revision"]?.int ?? 0)"
                )
                Hunks.show(TextDiff.hunks(from: ChunkedText(theirs), to: ChunkedText(text), context: 3))
                throw BotExit.refused
            }
        } catch { throw BotExit.explaining(error) }
    }
}

/// The subcommand `metropoli-bot document diff`.
struct CompareDocument: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Shows what lies between two texts of a document, or between it and a file.",
        discussion: """
            EXAMPLES
              metropoli-bot document diff 1235 --file linee.md
              metropoli-bot document diff 1235 --from-revision 7 --to-version 2

            EXIT CODES
              0   the texts are the same
              1   they differ
              64, 65, 69, 75, 77 as for put
            """
    )

    @OptionGroup var which: DocumentOption
    @Option(help: "From this revision; the newest with --file, the first otherwise.") var fromRevision: Int64?
    @Option(help: "From this version.") var fromVersion: Int64?
    @Option(help: "To this revision, the newest unless given.") var toRevision: Int64?
    @Option(help: "To this version.") var toVersion: Int64?
    @Option(help: ArgumentHelp("To the text of a file; - reads standard input.", valueName: "file")) var file: String?

    func validate() throws {
        guard fromRevision == nil || fromVersion == nil else {
            throw ValidationError("--from-revision or --from-version: one of them.")
        }
        guard [toRevision != nil, toVersion != nil, file != nil].filter(\.self).count <= 1 else {
            throw ValidationError("--to-revision, --to-version or --file: one of them.")
        }
    }

    func run() async throws {
        do {
            let door = try DocumentDoor()
            let isFromGiven = fromRevision != nil || fromVersion != nil
            let old = try await door.read(
                which.document,
                revision: isFromGiven || file != nil ? fromRevision : 1,
                version: fromVersion
            ).text
            let new: String
            if let file {
                new = try DocumentDoor.text(of: file)
            } else {
                new = try await door.read(which.document, revision: toRevision, version: toVersion).text
            }
            let hunks = TextDiff.hunks(from: ChunkedText(old), to: ChunkedText(new), context: 3)
            guard !hunks.isEmpty else { return }
            Hunks.show(hunks)
            throw ExitCode(1)
        } catch { throw BotExit.explaining(error) }
    }
}

/// What the three ask.
private struct DocumentDoor {
    let community: HTTPCommunity

    init() throws { community = try BotEnvironment().community }

    func read(_ document: Int64, revision: Int64?, version: Int64?) async throws -> (text: String, revision: Int64) {
        let found = try await Sending.patiently {
            if let revision {
                return try await community.query(
                    "document.read",
                    ["document": String(document), "revision": String(revision)]
                )
            }
            if let version {
                return try await community.query(
                    "document.read",
                    ["document": String(document), "version": String(version)]
                )
            }
            return try await community.query("document.read", ["document": String(document)])
        }
        return (found["text"]?.string ?? "", found["revision"]?.int ?? 0)
    }

    /// The text of a file as the server keeps texts: lines end with `\n`.
    static func text(of file: String) throws -> String {
        let data =
            file == "-"
            ? try FileHandle.standardInput.readToEnd() ?? Data() : FileManager.default.contents(atPath: file)
        guard let data else { throw ValidationError("The file \(file) cannot be read.") }
        guard let text = String(bytes: data, encoding: .utf8) else {
            Console.problem("the text is not UTF-8")
            throw BotExit.refused
        }
        return text.replacing("\r\n", with: "\n")
    }
}

/// Lines that differ, for people.
private enum Hunks {
    static func show(_ hunks: [TextDiff.Hunk]) {
        for hunk in hunks {
            let (old, new) = (hunk.lines.filter { !$0.hasPrefix("+") }, hunk.lines.filter { !$0.hasPrefix("-") })
            Console.line("@@ -\(hunk.old),\(old.count) +\(hunk.new),\(new.count) @@")
            for line in hunk.lines { Console.line(Console.visible(line)) }
        }
    }
}
