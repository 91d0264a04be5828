import CommunityKernel
import Events
import Journal
import Networks
import PDFRendering
import People
import Registrations
import WireProtocol

/// The addresses at which certificates and tickets are fetched.
struct AttendanceRoutes: Sendable {
    let access: EventAccess
    let settings: AttendanceSettings

    /// `GET /certificates/{id}.pdf`: for its person and the event's facilitators.
    var certificate: WebRoute {
        WebRoute(
            "GET",
            "/certificates/{id}.pdf",
            access: .person,
            description: description("A certificate as a document", "application/pdf")
        ) { request, community in
            let document = try community.read(as: request.actor, address: request.address) { context in
                try self.document(try Self.id(request), context)
            }
            // A file that cannot be laid out is a defect: what the library said goes to the log.
            let file = try PDFRenderer.render(document.pdf)
            return Self.answer(file, "application/pdf", name: "attestato-\(document.certificate.code).pdf")
        }
    }

    private func document(_ id: Int64, _ context: QueryContext) throws -> CertificateDocument {
        guard let certificate = try CertificateStore.certificate(CertificateID(id), context.sql),
            let event = try EventStore.event(certificate.event, context.sql),
            try certificate.person == context.actor.id
                || access.rules.may(.manageEvents, context.actor, in: event.network, context.sql)
        else { throw WireError.notFound }
        guard certificate.withdrawn == nil else { throw certificate.refused }
        return CertificateDocument(
            certificate: certificate,
            event: event,
            network: try NetworkStore.network(event.network, context.sql)?.name,
            language: try PeopleStore.activePerson(certificate.person, context.sql)?.language ?? "it",
            settings: settings
        )
    }

    /// `GET /registrations/{id}/ticket.svg`: the QR symbol that lets its person in.
    var ticket: WebRoute {
        WebRoute(
            "GET",
            "/registrations/{id}/ticket.svg",
            access: .person,
            description: description("The ticket of a registration as a QR symbol", "image/svg+xml")
        ) { request, community in
            let code = try community.read(as: request.actor, address: request.address) { context in
                guard let seat = try Attending.seat(RegistrationID(try Self.id(request)), context.sql),
                    seat.person == context.actor.id
                else { throw WireError.notFound }
                guard seat.state == .confirmed else { throw seat.refused("only a confirmed seat has a ticket") }
                return try Ticket.code(for: seat.id, context.sql)
            }
            guard let code, let picture = QRPicture.svg(of: "\(settings.address.value)/check-in/\(code)") else {
                throw WireError.notFound
            }
            return Self.answer(picture, "image/svg+xml", name: nil)
        }
    }

    private func description(_ summary: String, _ mediaType: String) -> WebRoute.Description {
        var description = WebRoute.Description(
            summary,
            path: AttendancePath.self,
            query: Nothing.self,
            mediaType: mediaType
        )
        description.query = nil
        return description
    }

    private static func id(_ request: WebRequest) throws -> Int64 {
        guard let id = request.parameters["id"].flatMap({ Int64($0) }), id > 0 else { throw WireError.notFound }
        return id
    }

    private static func answer(_ content: [UInt8], _ type: String, name: String?) -> WebResponse {
        var headers = [
            ("Content-Type", type), ("Cache-Control", "private, no-store"), ("X-Content-Type-Options", "nosniff"),
        ]
        if let name { headers.append(("Content-Disposition", "attachment; filename=\"\(name)\"")) }
        return WebResponse(headers: headers, body: .bytes(content))
    }
}
