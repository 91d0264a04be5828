public import CommunityKernel
public import Files
public import Journal
public import Networks
public import People
public import WireProtocol

/// Texts that a network's members write together, live: operational transformation with the server as authority.
public struct DocumentsCapability: Capability {
    /// The capability's name.
    public let name = "documents"
    /// Its schema.
    public let migrations = DocumentMigrations.all
    /// Who may know of a document and who may change it.
    public let access: DocumentAccess
    /// The documents that other capabilities begin and read.
    public let shelf: DocumentShelf
    private let settings: DocumentSettings
    private let texts: DocumentTexts
    private let revising: Revising
    private let making: MakingDocuments

    /// Makes it; `holders` have entities that are written in documents.
    public init(
        networks: NetworksCapability,
        settings: DocumentSettings = DocumentSettings(),
        holders: [any DocumentHolder] = []
    ) {
        access = DocumentAccess(rules: networks.rules)
        self.settings = settings
        texts = DocumentTexts(capacity: Int(settings.cacheBytes))
        revising = Revising(texts: texts, settings: settings, holders: holders)
        making = MakingDocuments(access: access, revising: revising)
        shelf = DocumentShelf(making: making, texts: texts)
    }

    /// Erasure and export of what a person wrote.
    public static let neighbour: any PeopleNeighbour = DocumentsNeighbour()

    /// Who may read the files of documents.
    public static func files(_ access: DocumentAccess) -> any FileHolder { DocumentFiles(access: access) }

    /// Says what it brings.
    public func register(in registry: inout Registry) {
        let editing = EditingDocuments(access: access, revising: revising)
        let opening = OpeningDocuments(access: access, texts: texts, settings: settings)
        let reading = ReadingDocuments(access: access, texts: texts, settings: settings)
        let commenting = CommentingDocuments(access: access, texts: texts, settings: settings)
        let suggesting = SuggestingChanges(access: access, editing: editing)
        // A text may be longer than any other body; as JSON each of its bytes takes two at most, but for controls.
        let body = Int(settings.textBytes) * 2 + 65_536

        registry.command(CreateDocument.self, access: .networkMember, bodyBytes: body, making.create)
        registry.command(RenameDocument.self, access: .networkMember, making.rename)
        registry.command(MoveDocument.self, access: .networkMember, making.move)
        registry.command(ArchiveDocument.self, access: .networkMember, making.archive)
        registry.command(UnarchiveDocument.self, access: .networkMember, making.unarchive)
        registry.command(PublishDocument.self, access: .networkMember, making.publish)
        registry.command(OpenDocument.self, access: .networkMember, isOfConnection: true, opening.open)
        registry.command(CloseDocument.self, access: .networkMember, isOfConnection: true, opening.close)
        registry.command(ChangeDocument.self, access: .networkMember, bodyBytes: body, editing.change)
        registry.command(SaveDocument.self, access: .networkMember, bodyBytes: body, editing.save)
        registry.command(RestoreDocument.self, access: .networkMember, editing.restore)
        registry.command(CommentDocument.self, access: .networkMember, commenting.comment)
        registry.command(ReplyToComment.self, access: .networkMember, commenting.reply)
        registry.command(ResolveComment.self, access: .networkMember, commenting.resolve)
        registry.command(ReopenComment.self, access: .networkMember, commenting.reopen)
        registry.command(SuggestChange.self, access: .networkMember, suggesting.suggest)
        registry.command(AcceptSuggestion.self, access: .networkMember, suggesting.accept)
        registry.command(RejectSuggestion.self, access: .networkMember, suggesting.reject)
        let attaching = AttachingFiles(access: access, settings: settings, holders: revising.holders)
        registry.command(AttachToDocument.self, access: .networkMember, attaching.attach)
        registry.command(DetachFromDocument.self, access: .networkMember, attaching.detach)
        registry.query(ListDocuments.self, access: .networkMember, bots: true, reading.list)
        registry.query(ListDocumentTemplates.self, access: .networkMember, reading.templates)
        registry.query(ReadDocument.self, access: .networkMember, bots: true, reading.read)
        registry.query(GetDocumentHistory.self, access: .networkMember, bots: true, reading.history)
        registry.query(DiffDocument.self, access: .networkMember, bots: true, reading.diff)
        registry.signal(
            "document.cursor",
            fields: ["document", "revision", "anchor", "head"],
            lifetime: 30_000
        ) { body in
            body["document"]?.int.map { .document(DocumentID($0)) }
        }
        for route in ExportingDocuments(access: access, texts: texts, settings: settings).routes {
            registry.route(route)
        }
        registry.tick(DocumentRetention.tick(settings))
    }
}
