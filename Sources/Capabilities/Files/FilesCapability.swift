public import Channels
public import Journal
public import People

/// Files: upload, content kept once under its SHA-256, thumbnails, access by the message they are attached to.
public struct FilesCapability: Capability {
    /// The name `files`.
    public let name = "files"
    /// The files' tables.
    public var migrations: [Migration] { FileMigrations.all }

    private let settings: FileSettings
    private let content: FileContent
    private let access: ChannelAccess
    private let holders: [any FileHolder]

    /// Keeps the content in `folder`, which is made when it is missing; `holders` have files beside messages.
    public init(
        settings: FileSettings = FileSettings(),
        folder: String,
        access: ChannelAccess,
        holders: [any FileHolder] = []
    ) {
        self.settings = settings
        content = FileContent(folder: folder, grace: settings.contentGraceSeconds)
        self.access = access
        self.holders = holders
    }

    /// The contents of files, for capabilities that pack them up or bring them along.
    public var vault: FileVault { FileVault(settings: settings, content: content) }

    /// What becomes of a person's files with the person; for ``PeopleCapability``.
    public var neighbour: any PeopleNeighbour { FilesNeighbour(content: content, exportPause: settings.exportPause) }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        let uploading = Uploading(settings: settings, content: content, access: access)
        let downloading = Downloading(settings: settings, content: content, access: access, holders: holders)
        registry.route(uploading.route)
        registry.route(downloading.route)
        registry.tick(FileCleaning.unattached(settings))
        registry.tick(FileCleaning.content(content))
    }
}
