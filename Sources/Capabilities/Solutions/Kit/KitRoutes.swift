import Archiving
import CommunityKernel
import Documents
import Files
import Journal
import PDFRendering
import People
import WireProtocol

/// The addresses at which a solution's kit is fetched, and the one that takes a kit from elsewhere.
struct KitRoutes: Sendable {
    let access: SolutionAccess
    let views: SolutionViews
    let writing: WritingSolutions
    let documents: DocumentShelf
    let vault: FileVault
    let settings: SolutionSettings

    /// Bytes of the files in one kit at most; what is over it is left out, and the text leads to where it is.
    private static let evidenceBytes: Int64 = 67_108_864

    var all: [WebRoute] { [archive, markdown, pages, taking] }

    // MARK: Out

    /// `GET /solutions/{id}/kit.zip?version=…`.
    private var archive: WebRoute {
        route("zip", "A solution's kit as a ZIP: Markdown, JSON, files and their SHA-256", "application/zip") {
            request,
            community in
            let (kit, archive) = try community.read(as: request.actor, address: request.address) { context in
                let kit = try self.kit(request, context)
                return (kit, try self.archive(kit, context))
            }
            let modified = kit.solution.changed ?? Instant(milliseconds: 0)
            // What the library refuses here is a defect: all names are our own.
            let bytes = try archive.written(modified: modified.milliseconds / 1_000)
            return Self.answer(bytes, "application/zip", name: Self.name(kit, "zip"))
        }
    }

    /// `GET /solutions/{id}/kit.md?version=…`.
    private var markdown: WebRoute {
        route("md", "A solution's kit as one Markdown text", "text/markdown; charset=utf-8") { request, community in
            let kit = try community.read(as: request.actor, address: request.address) { try self.kit(request, $0) }
            let text = KitLinks.moved(kit.markdown) { "\(settings.address.value)/files/\($0)" }
            return Self.answer(Array(text.utf8), "text/markdown; charset=utf-8", name: Self.name(kit, "md"))
        }
    }

    /// `GET /solutions/{id}/kit.pdf?version=…`.
    private var pages: WebRoute {
        route("pdf", "A solution's kit as a tagged PDF", "application/pdf") { request, community in
            let kit = try community.read(as: request.actor, address: request.address) { try self.kit(request, $0) }
            do {
                let bytes = try PDFRenderer.render(try KitPages.document(kit))
                return Self.answer(bytes, "application/pdf", name: Self.name(kit, "pdf"))
            } catch PDFError.tooLarge {
                throw WireError(.tooLarge, "the kit has more pages than are laid out")
            }
        }
    }

    private func route(
        _ kind: String,
        _ summary: String,
        _ mediaType: String,
        _ handle: @escaping @Sendable (WebRequest, Community) throws -> WebResponse
    ) -> WebRoute {
        WebRoute(
            "GET",
            "/solutions/{id}/kit.\(kind)",
            access: .networkMember,
            description: .init(summary, path: SolutionPath.self, query: KitVersion.self, mediaType: mediaType),
            handle: handle
        )
    }

    private func kit(_ request: WebRequest, _ context: QueryContext) throws -> KitText {
        guard let id = request.parameters["id"].flatMap({ Int64($0) }), id > 0 else { throw WireError.notFound }
        let wanted = try KitVersion.read(request.queryObject, notation: .query)
        let solution = try access.readable(SolutionID(id), by: context.actor, context.sql)
        var view = try views.whole(solution, version: wanted.version, context)
        // What is being written has its text in the document.
        if view.text == nil { view.text = try documents.text(of: solution.document, context.sql) }
        return KitText(solution: view, community: settings.community)
    }

    private func archive(_ kit: KitText, _ context: QueryContext) throws -> ZIPArchive {
        let view = kit.solution
        let city = try view.city.flatMap { try PeopleStore.organisation($0, context.sql) }
        var evidence: [KitArchive.Evidence] = []
        var room = Self.evidenceBytes
        for experiment in view.experiments ?? [] {
            for file in experiment.files ?? [] {
                guard let bytes = try vault.bytes(of: file.id, limit: room, context.sql) else { continue }
                room -= Int64(bytes.count)
                evidence.append(.init(experiment: experiment.id, name: file.name, bytes: bytes))
            }
        }
        var enclosures: [KitArchive.Enclosure] = []
        if let document = view.document {
            for file in try FileStore.allAttached(toEntity: document.rawValue, context.sql) {
                guard let bytes = try vault.bytes(of: file.id, limit: room, context.sql) else { continue }
                room -= Int64(bytes.count)
                enclosures.append(.init(id: file.id, name: file.name, bytes: bytes))
            }
        }
        return KitArchive.make(
            kit,
            SolutionContent(shown: view),
            city: (city?.slug ?? "", city?.istat),
            evidence: evidence,
            enclosures: enclosures,
            address: settings.address.value
        )
    }

    private static func name(_ kit: KitText, _ kind: String) -> String {
        "soluzione-\(kit.solution.id)-v\(kit.solution.version ?? 1).\(kind)"
    }

    private static func answer(_ content: [UInt8], _ type: String, name: String) -> WebResponse {
        WebResponse(
            headers: [
                ("Content-Type", type), ("Cache-Control", "private, no-store"),
                ("X-Content-Type-Options", "nosniff"),
                ("Content-Disposition", "attachment; filename=\"\(name)\""),
            ],
            body: .bytes(content)
        )
    }

    // MARK: In

    /// `PUT /api/v1/solutions/import?network=…&city=…` with a kit's ZIP.
    private var taking: WebRoute {
        WebRoute(
            "PUT",
            "/api/v1/solutions/import",
            access: .facilitator,
            body: .bytes(limit: Int(settings.kitBytes)),
            description: .init(
                "Takes a solution over from the ZIP of its kit",
                query: KitTarget.self,
                answer: CreatedSolution.self,
                isRepeatable: true
            ),
            handle: { request, community in
                let target = try KitTarget.read(request.queryObject, notation: .query)
                try community.read(as: request.actor, address: request.address) { context in
                    // Nobody makes the server unpack what may not be brought here.
                    guard try access.mayRead(target.network, context.actor, context.sql) else {
                        throw WireError.notFound
                    }
                    guard try access.facilitates(target.network, context.actor, context.sql) else {
                        throw WireError.forbidden("for the network's facilitators")
                    }
                }
                var limits = ZIPLimits()
                limits.entries = settings.kitFiles
                limits.totalBytes = UInt64(settings.unpackedBytes)
                let importing = ImportingKits(writing: writing, vault: vault, home: settings.address.value)
                let (reply, isRepeated) = try importing.take(
                    try KitReader(request.body, limits: limits),
                    digest: Secret.hex(Secret.sha256(request.body)),
                    target,
                    request,
                    community
                )
                return .reply(reply, isRepeated: isRepeated)
            }
        )
    }
}
