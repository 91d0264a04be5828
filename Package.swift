// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What lies in a target's folder and is no code of it.
let notCode = [
    "ServerApp": ["Decisions"],
    "WireProtocol": ["PROTOCOL.md", "generate.py"],
    "EventsTests": ["Fixtures"],
    "OperationalTransformationTests": ["codemirror.mjs"],
    "WireProtocolTests": ["Fixtures"],
    "TestKit": ["smtp_server.py"],
    "WebinarsTests": ["room_server.py"],
]

/// Data that is compiled into a target.
let embedded = [
    "HTTPAPI": ["PublicPages/Texts", "PublicPages/pages.css"],
    "Mail": ["Texts"],
    "Attendance": ["Texts"],
    "Solutions": ["Texts"],
]

/// A target of ours under `Sources/`.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        path: path ?? "Sources/\(name)",
        exclude: notCode[name] ?? [],
        resources: (embedded[name] ?? []).map { .embedInCode($0) },
        swiftSettings: settings
    )
}

/// A capability: a folder of `Sources/Capabilities`, with the capabilities it declares to read.
func capability(_ name: String, dependsOn others: [String] = [], _ extra: [Target.Dependency] = []) -> Target {
    module(
        name,
        ["WireProtocol", "CommunityKernel", "Journal"] + others.map { .byName(name: $0) } + extra,
        path: "Sources/Capabilities/\(name)"
    )
}

/// A network type: a folder of `Plugins/`.
func networkType(_ name: String) -> Target {
    module(name, ["WireProtocol", "CommunityKernel"], path: "Plugins/\(name)")
}

/// A C library of Debian: a module map and inline shims.
func library(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// Tests of a target or of several.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies,
        path: "Tests/\(name)",
        exclude: notCode[name] ?? [],
        swiftSettings: settings
    )
}

/// A program.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Sources/\(name)", swiftSettings: settings)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let capabilities = [
    "People", "Mail", "Networks", "Channels", "Files", "Messages", "Announcements", "Notifications", "Drafts", "Audit",
    "Events", "Registrations", "Attendance", "Minutes", "Webinars", "Polls", "EventNotices", "Documents", "Solutions",
    "SolutionNotices", "Search", "Presence",
]
let networkTypes = ["NationalThematic", "Local", "Coordination", "European"]
let programs: [Target.Dependency] = ["metropoli", "metropoli-bot", "metropoli-chat"]
/// Whose tests start the programs themselves.
let withPrograms = ["ServerApp", "Registrations", "EventNotices", "SolutionNotices", "Documents"]
let installed = (capabilities + networkTypes).map { Target.Dependency.byName(name: $0) }

let package = Package(
    name: "metropoli",
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        library("CLibWebSockets", pkgConfig: "libwebsockets", apt: "libwebsockets-dev"),
        library("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
        library("CStemmer", apt: "libstemmer-dev"),
        library("CArgon2", pkgConfig: "libargon2", apt: "libargon2-dev"),
        library("CMarkdown", pkgConfig: "md4c", apt: "libmd4c-dev"),
        library("CMagic", apt: "libmagic-dev"),
        library("CGD", pkgConfig: "gdlib", apt: "libgd-dev"),
        library("CICal", apt: "libical-dev"),
        library("CExpat", pkgConfig: "expat", apt: "libexpat1-dev"),
        library("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),

        library("CCairo", pkgConfig: "pangocairo", apt: "libpango1.0-dev"),
        library("CZip", pkgConfig: "libzip", apt: "libzip-dev"),
        library("CQREncode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),

        module("Archiving", ["CZip"]),
        module("OperationalTransformation"),
        module("PDFRendering", ["CCairo", "CQREncode"]),
        module("SocketTransport", ["CLibWebSockets", deque]),
        module("WireProtocol"),
        module("CommunityKernel", ["WireProtocol"]),
        module("Journal", ["WireProtocol", "CommunityKernel", "COpenSSL", log, deque]),
        module("StorageSQLite", ["Journal", "CommunityKernel", "WireProtocol", "CStemmer", grdb, grdbSQLite]),

        capability("People", dependsOn: [], ["CArgon2"]),
        capability("Mail", dependsOn: ["People"], ["CCurl", log]),
        capability("Networks", dependsOn: ["People"]),
        capability("Channels", dependsOn: ["People", "Networks"]),
        capability("Files", dependsOn: ["People", "Networks", "Channels"], ["CMagic", "CGD"]),
        capability("Messages", dependsOn: ["People", "Networks", "Channels", "Files"], ["CMarkdown"]),
        capability("Announcements", dependsOn: ["People", "Networks", "Channels", "Messages"]),
        capability("Notifications", dependsOn: ["People", "Mail", "Networks", "Channels", "Messages"]),
        capability("Drafts", dependsOn: ["People", "Channels", "Messages"]),
        capability("Audit", dependsOn: ["People"]),
        capability("Events", dependsOn: ["People", "Networks", "Messages"], ["CICal"]),
        capability("Registrations", dependsOn: ["People", "Networks", "Events"]),
        capability("Attendance", dependsOn: ["People", "Networks", "Events", "Registrations"], ["PDFRendering"]),
        capability("Minutes", dependsOn: ["People", "Networks", "Messages", "Events", "Registrations"]),
        capability(
            "Webinars",
            dependsOn: ["People", "Networks", "Files", "Events"],
            ["COpenSSL", "CCurl", "CExpat", log]
        ),
        capability("Polls", dependsOn: ["People", "Networks", "Events", "Registrations"]),
        capability("EventNotices", dependsOn: ["People", "Mail", "Events", "Registrations", "Notifications"]),
        capability(
            "Documents",
            dependsOn: ["People", "Networks", "Files", "Messages"],
            ["OperationalTransformation", "PDFRendering"]
        ),
        capability(
            "Solutions",
            dependsOn: ["People", "Networks", "Channels", "Files", "Messages", "Events", "Minutes", "Documents"],
            ["Archiving", "PDFRendering"]
        ),
        capability(
            "SolutionNotices",
            dependsOn: ["People", "Networks", "Events", "Notifications", "Documents", "Solutions"]
        ),
        capability(
            "Search",
            dependsOn: [
                "People", "Networks", "Channels", "Messages", "Files", "Events", "Minutes", "Documents", "Solutions",
            ]
        ),
        capability("Presence", dependsOn: ["Networks"]),

        networkType("NationalThematic"),
        networkType("Local"),
        networkType("Coordination"),
        networkType("European"),

        module("Realtime", ["WireProtocol", "CommunityKernel", "Journal", "SocketTransport", log]),
        module("HTTPAPI", ["WireProtocol", "CommunityKernel", "Journal", "SocketTransport", log]),
        module(
            "ServerApp",
            [
                "WireProtocol", "CommunityKernel", "Journal", "StorageSQLite", "SocketTransport", "Realtime",
                "HTTPAPI", "Yams", log,
            ] + installed
        ),
        module("ClientKit", ["WireProtocol", "SocketTransport"]),
        module(
            "TestKit",
            ["WireProtocol", "CommunityKernel", "Journal", "StorageSQLite", "ServerApp", "ClientKit", log]
        ),

        program(
            "metropoli",
            ["ServerApp", "WireProtocol", "CommunityKernel", "Journal", "SocketTransport", arguments]
        ),
        program("metropoli-bot", ["ClientKit", "WireProtocol", "OperationalTransformation", arguments]),
        program("metropoli-chat", ["ClientKit", "WireProtocol", arguments]),
        program("metropoli-echo", ["SocketTransport"]),

        tests("ArchivingTests", ["Archiving"]),
        tests("WireProtocolTests", ["WireProtocol"]),
        tests("OperationalTransformationTests", ["OperationalTransformation", "TestKit"]),
        tests("PDFRenderingTests", ["PDFRendering", "TestKit"]),
        tests("SocketTransportTests", ["SocketTransport", "metropoli-echo"]),
        tests("JournalTests", ["Journal", "CommunityKernel", "WireProtocol", "StorageSQLite", "TestKit", log]),
        tests(
            "RealtimeTests",
            ["TestKit", "ServerApp", "SocketTransport", "WireProtocol", "Journal", "CommunityKernel"]
        ),
    ]
        + (capabilities + ["HTTPAPI", "ClientKit", "ServerApp", "Plugin"]).map { name in
            tests(
                "\(name)Tests",
                [
                    "TestKit", "ServerApp", "SocketTransport", "HTTPAPI", "ClientKit", "WireProtocol", "Journal",
                    "CommunityKernel", "OperationalTransformation", "Archiving", log,
                ]
                    + installed + (withPrograms.contains(name) ? programs : [])
                    + (["Events", "EventNotices"].contains(name) ? ["CICal"] : [])
            )
        }
)
