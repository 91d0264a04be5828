import CommunityKernel
import Journal
import WireProtocol

/// `GET /api/v1/people.csv` and `GET /api/v1/organisations.csv`: tables that the imports read again, unchanged.
enum ExportingTables {
    static let people = WebRoute("GET", "/api/v1/people.csv", access: .administrator) { request, community in
        let content = try community.read(as: request.actor, address: request.address) { context in
            try PeopleStore.requireAdministrator(context.actor, context.sql)
            return try people(context.sql, context.now)
        }
        try community.write(as: request.actor) { try $0.audit("person.exportTable") }
        return answer(content, "people.csv")
    }

    static let organisations = WebRoute("GET", "/api/v1/organisations.csv", access: .administrator) {
        request,
        community in
        let content = try community.read(as: request.actor, address: request.address) { context in
            try PeopleStore.requireAdministrator(context.actor, context.sql)
            return try organisations(context.sql)
        }
        return answer(content, "organisations.csv")
    }

    private static func answer(_ content: [UInt8], _ name: String) -> WebResponse {
        let headers = [
            ("Content-Type", "text/csv; header=present"), ("Content-Disposition", "attachment; filename=\"\(name)\""),
            ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
        ]
        return WebResponse(headers: headers, body: .bytes(content))
    }

    /// Everybody but the erased, a row for each mandate that is not over.
    private static func people(_ sql: any SQLReader, _ now: Instant) throws -> [UInt8] {
        var writer = CSVWriter(ImportingPersons.columns)
        try sql.forEach(
            """
            SELECT p.name, p.email, p.language, o.slug, m.role, m.title, m.from_text, m.to_text FROM person p
            LEFT JOIN mandate m ON m.person = p.id AND m.state <> 'ended'
                AND (m.ends_at IS NULL OR m.ends_at > \(now))
            LEFT JOIN organisation o ON o.id = m.organisation
            WHERE p.state <> 'erased' ORDER BY p.name_folded, p.id, m.id
            """
        ) { row in writer.row((0..<ImportingPersons.columns.count).map { row.text($0) }) }
        return writer.bytes
    }

    private static func organisations(_ sql: any SQLReader) throws -> [UInt8] {
        var writer = CSVWriter(ImportingOrganisations.columns)
        try sql.forEach(
            """
            SELECT o.slug, o.kind, o.name, o.istat, o.region, c.slug, o.lat, o.lon FROM organisation o
            LEFT JOIN organisation c ON c.id = o.parent ORDER BY o.name_folded, o.id
            """
        ) { row in
            let numbers = [6, 7].map { row.isNull($0) ? "" : "\(row.double($0))" }
            writer.row((0..<6).map { row.text($0) } + numbers)
        }
        return writer.bytes
    }
}
