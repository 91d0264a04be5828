import Foundation
import TestKit
import Testing
import WireProtocol

@Suite("What stops a start says so", .serialized)
struct StartTests {
    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw UnexpectedOutcome("openssl \(arguments)") }
    }

    private func certificate(_ name: String, in folder: TemporaryFolder) throws -> (certificate: String, key: String) {
        let (certificate, key) = ("\(folder.path)/\(name).pem", "\(folder.path)/\(name).key")
        try openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-keyout", key, "-out", certificate,
        ])
        chmod(key, 0o600)
        return (certificate, key)
    }

    /// `check-config` and `serve` end with 78 and the same sentence, which contains `words`.
    private func refused(
        _ environment: [String: String],
        _ words: String,
        arguments: [String] = [],
        _ comment: Comment? = nil
    ) async throws {
        let folder = try TemporaryFolder()
        let data = ["--data", folder.path + "/data"]
        let checked = try await Programs.run("metropoli", ["check-config"] + data + arguments, environment: environment)
        #expect(checked.status == 78, comment)
        #expect(checked.errors.contains(words), comment)
        guard checked.status == 78 else { return }
        let served = try await Programs.run(
            "metropoli",
            ["serve", "--listen", "127.0.0.1:0"] + data + arguments,
            environment: environment
        )
        #expect(served.status == 78, comment)
        #expect(served.errors == checked.errors, comment)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/data/metropoli.sqlite"), comment)
    }

    @Test("certificates that cannot be used stop the start")
    func tls() async throws {
        let folder = try TemporaryFolder()
        let (one, other) = (try certificate("one", in: folder), try certificate("other", in: folder))
        func environment(_ certificate: String, _ key: String) -> [String: String] {
            ["METROPOLI_TLS_CERTIFICATE": certificate, "METROPOLI_TLS_KEY": key]
        }
        try await refused(environment(folder.path + "/none.pem", one.key), "tls.certificate: ")
        try await refused(environment(one.certificate, folder.path + "/none.key"), "tls.key: ")
        try await refused(environment(one.certificate, other.key), "tls: ")
        chmod(one.key, 0o640)
        try await refused(environment(one.certificate, one.key), "tls.key: others may read \(one.key)")
        chmod(one.key, 0o400)
        let good = try await Programs.run(
            "metropoli",
            ["check-config"],
            environment: environment(one.certificate, one.key)
        )
        #expect(good.status == 0, "\(good.errors)")
    }

    @Test("addresses that are none stop the start")
    func addresses() async throws {
        try await refused(["METROPOLI_ORIGINS": "x"], "origins: ")
        try await refused(["METROPOLI_ORIGINS": "https://a.example.it,https://b.example.it/path"], "origins: ")
        try await refused(["METROPOLI_PUBLIC_URL": "ftp://x"], "publicUrl: ")
        try await refused(["METROPOLI_PUBLIC_URL": "metropoli.example.it"], "publicUrl: ")
    }

    @Test("reminders that are none stop the start")
    func reminders() async throws {
        for wrong in ["1w", "0d", "d", "400d", "1d,1d"] {
            try await refused(["METROPOLI_EVENT_REMINDERS": wrong], "event.reminders: ")
        }
        let good = try await Programs.run(
            "metropoli",
            ["check-config"],
            environment: ["METROPOLI_EVENT_REMINDERS": "2d,30m"]
        )
        #expect(good.status == 0, "\(good.errors)")
    }

    @Test("a mail server that would not do stops the start, and its password is not printed")
    func mail() async throws {
        let good = [
            "METROPOLI_MAIL_SERVER": "mail.example.it", "METROPOLI_MAIL_FROM": "rete@example.it",
            "METROPOLI_PUBLIC_URL": "https://rete.example.it", "METROPOLI_MAIL_PASSWORD": "segreta-di-prova",
        ]
        func changed(_ name: String, _ value: String) -> [String: String] { good.merging([name: value]) { $1 } }
        try await refused(changed("METROPOLI_MAIL_FROM", "rete"), "mail.from: ")
        try await refused(changed("METROPOLI_MAIL_SERVER", "a/b?c"), "mail.server: ")
        try await refused(changed("METROPOLI_PUBLIC_URL", ""), "publicUrl: ")
        let login = changed("METROPOLI_MAIL_USER", "rete")
        try await refused(login.merging(["METROPOLI_MAIL_TLS": "off"]) { $1 }, "mail.tls: ")
        try await refused(changed("METROPOLI_MAIL_PASSWORD_FILE", "/nowhere"), "mail.passwordFile: ")
        let folder = try TemporaryFolder()
        let file = folder.path + "/password"
        try Data("segreta\n".utf8).write(to: URL(fileURLWithPath: file))
        chmod(file, 0o644)
        try await refused(changed("METROPOLI_MAIL_PASSWORD_FILE", file), "others may read")
        let printed = try await Programs.run("metropoli", ["print-config"], environment: good)
        #expect(printed.status == 0 && printed.output.contains("mail.example.it"))
        #expect(!printed.output.contains("segreta-di-prova"))
    }

    @Test("variables that nobody knows are mistakes for check-config, those of tests and programs are not")
    func variables() async throws {
        for name in ["METROPOLI_BOGUS", "METROPOLI_LIMIT_RATE"] {
            let bad = try await Programs.run("metropoli", ["check-config"], environment: [name: "1"])
            #expect(bad.status == 78)
            #expect(bad.errors.contains("\(name): no such setting"))
        }
        try await refused(["METROPOLI_ADMIN_EMAIL": "admin@example.it"], "METROPOLI_ADMIN_PASSWORD")
        try await refused(["METROPOLI_ADMIN_PASSWORD": "una-password-di-prova"], "METROPOLI_ADMIN_EMAIL")
        let good = try await Programs.run(
            "metropoli",
            ["check-config"],
            environment: [
                "METROPOLI_URL": "http://127.0.0.1:8080", "METROPOLI_TOKEN": "mtb_x", "METROPOLI_BIN": "x",
                "METROPOLI_LIMITS_RATE": "off",
            ]
        )
        #expect(good.status == 0, "\(good.errors)")
    }

    @Test("a file of another form stops the start")
    func file() async throws {
        let folder = try TemporaryFolder()
        for text in ["- a\n- b\n", "only words\n", "42\n", "networkTypes: [Local]\n", "networkTypes: {Local: 5}\n"] {
            let file = folder.path + "/metropoli.yaml"
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            let words = text.hasPrefix("n") ? "networkTypes" : file
            try await refused([:], words, arguments: ["--config", file], "\(text)")
        }
        try Data("# nothing\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/empty.yaml"))
        let empty = try await Programs.run("metropoli", ["check-config", "--config", folder.path + "/empty.yaml"])
        #expect(empty.status == 0, "\(empty.errors)")
    }

    @Test("what a file does not name keeps its default, a type that is off included")
    func defaults() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/metropoli.yaml"
        try Data("networkTypes: {Local: {enabled: false}}\n".utf8).write(to: URL(fileURLWithPath: file))
        let printed = try await Programs.run("metropoli", ["print-config", "--config", file])
        let types = printed.output.split(separator: "networkTypes:").last.map(String.init) ?? ""
        for (name, isEnabled) in [
            ("NationalThematic", true), ("Local", false), ("Coordination", true), ("European", true),
        ] {
            #expect(types.contains("  \(name):\n    enabled: \(isEnabled)\n"), "\(types)")
        }
        let data = folder.path + "/data"
        func create(_ type: String) async throws -> Int32 {
            let fields = #"{"type":"\#(type)","slug":"\#(type.lowercased())","name":{"it":"a","en":"b"}}"#
            return try await Programs.run(
                "metropoli",
                ["admin", "--config", file, "--data", data, "network.create", fields]
            ).status
        }
        #expect(try await create("European") == 0)
        #expect(try await create("Local") != 0)
    }

    @Test("every setting stands in the file of defaults, and the file sets nothing else")
    func settingsFile() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let plain = try await Programs.run("metropoli", ["print-config"])
        let read = try await Programs.run("metropoli", ["print-config", "--config", root + "/config/metropoli.yaml"])
        #expect(read.output == plain.output)
        let file = try String(contentsOfFile: root + "/config/metropoli.yaml", encoding: .utf8)
        let set = Set(file.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { Self.key(of: $0) })
        let printed = plain.output.split(separator: "\n").compactMap { Self.key(of: $0) }
        #expect(printed.filter { !set.contains($0) && $0 != "enabled" }.isEmpty)
    }

    private static func key(of line: Substring) -> String? {
        let trimmed = line.drop { $0 == " " }
        guard let colon = trimmed.firstIndex(of: ":"), !trimmed.hasPrefix("#"), !trimmed.hasPrefix("-") else {
            return nil
        }
        return String(trimmed[..<colon])
    }

    @Test("a data folder that may not be written is a matter of configuration")
    func dataFolder() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/file"
        try Data().write(to: URL(fileURLWithPath: file))
        for arguments in [["serve", "--listen", "127.0.0.1:0"], ["admin", "person.list"]] {
            let result = try await Programs.run("metropoli", arguments + ["--data", file + "/data"])
            #expect(result.status == 78, "\(arguments)")
            #expect(result.errors.contains(file + "/data"))
            #expect(result.errors.split(separator: "\n").count == 1)
        }
    }

    @Test("a store that cannot be opened is told in words, not in the driver's")
    func store() async throws {
        let folder = try TemporaryFolder()
        try Data(String(repeating: "no database at all. ", count: 500).utf8)
            .write(to: URL(fileURLWithPath: folder.path + "/metropoli.sqlite"))
        let garbage = try await Programs.run(
            "metropoli",
            ["serve", "--data", folder.path, "--listen", "127.0.0.1:0"]
        )
        #expect(garbage.status == 1)
        #expect(garbage.errors.contains("damaged"))
        #expect(!garbage.errors.contains("PRAGMA") && !garbage.errors.contains("SQLITE"))
    }
}

@Suite("What the programs say", .serialized)
struct WordsTests {
    @Test("the exit codes and the version can be asked for")
    func help() async throws {
        let help = try await Programs.run("metropoli", ["--help"])
        #expect(help.output.contains("65"))
        let version = try await Programs.run("metropoli", ["--version"])
        #expect(version.status == 0)
        #expect(version.output.hasPrefix("metropoli "))
        #expect(version.output.contains(" level 1"))
    }
}
