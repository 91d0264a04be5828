import CommunityKernel
import Events
import Journal
import Networks
import People
import WireProtocol

/// The table of an event's registrations: what is written is read again as it was.
struct RegistrationTable: Sendable {
    /// A column that does not come from the form.
    enum Column: String, CaseIterable {
        case name, state, position, reason, at, changed
        case registration, person

        var title: Bilingual {
            switch self {
            case .name: Bilingual(it: "Nome", en: "Name")
            case .state: Bilingual(it: "Stato", en: "State")
            case .position: Bilingual(it: "Posizione in lista", en: "Place in the list")
            case .reason: Bilingual(it: "Motivo", en: "Reason")
            case .at: Bilingual(it: "Data", en: "Date")
            case .changed: Bilingual(it: "Ultimo cambiamento", en: "Last change")
            case .registration: Bilingual(it: "N. iscrizione", en: "Registration no.")
            case .person: Bilingual(it: "N. persona", en: "Person no.")
            }
        }
    }

    let form: [FormField]
    /// The column that each title means, titles as they are compared.
    private let meanings: [String: String]

    init(_ form: [FormField]) {
        self.form = form
        var meanings: [String: String] = [:]
        for column in Column.allCases {
            for title in [column.rawValue, column.title.it, column.title.en] {
                meanings[ImportTable.key(title)] = column.rawValue
            }
        }
        for field in form { meanings[ImportTable.key(Self.path(field))] = Self.path(field) }
        // A question that is called like another column is known by its name alone.
        for field in form {
            for title in [field.label.it, field.label.en] where meanings[ImportTable.key(title)] == nil {
                meanings[ImportTable.key(title)] = Self.path(field)
            }
        }
        self.meanings = meanings
    }

    /// The name of a question's column, and the path of what is wrong with its answer.
    static func path(_ field: FormField) -> String { "answers.\(field.name)" }

    private func title(_ field: FormField, _ language: String) -> String {
        let title = field.label.text(in: language)
        return meanings[ImportTable.key(title)] == Self.path(field) ? title : Self.path(field)
    }

    // MARK: Writing

    /// All registrations of an event in the order of the list.
    func write(_ event: EventRecord, in language: String, _ sql: any SQLReader) throws -> [UInt8] {
        let head = Column.allCases.prefix(6).map { $0.title.text(in: language) }
        let ids = Column.allCases.suffix(2).map { $0.title.text(in: language) }
        var writer = CSVWriter(head + form.map { title($0, language) } + ids)
        var place: QueuePlace?
        var position: Int64 = 0
        while true {
            let page = try RegistrationStore.page(
                of: event.id,
                person: nil,
                state: nil,
                after: place,
                limit: 500,
                sql
            )
            let names = try PeopleStore.names(of: page.map(\.registration.person), sql)
            for (registration, _) in page {
                if registration.state == .waitlisted { position += 1 }
                let answers = registration.answers
                writer.row(
                    [
                        names[registration.person] ?? "", registration.state.label.text(in: language),
                        registration.state == .waitlisted ? String(position) : "", registration.reason ?? "",
                        registration.created.description, registration.changed.description,
                    ] + form.map { $0.words(answers[$0.name], in: language) }
                        + [String(registration.id.rawValue), String(registration.person.rawValue)]
                )
            }
            guard page.count == 500, let last = page.last else { return writer.bytes }
            place = last.place
        }
    }

    // MARK: Reading

    /// Reads a table; throws `invalid` for what is none.
    func read(_ text: String, limit: Int) throws -> ImportTable {
        try ImportTable(text, columns: Array(meanings.keys), required: [], limit: limit)
    }

    /// What the cells of a row say, by the names of their columns.
    func cells(_ row: ImportTable.Row) -> [String: String] {
        var cells: [String: String] = [:]
        for (title, cell) in row.cells {
            if let column = meanings[title] { cells[column] = cell }
        }
        return cells
    }
}

/// `GET /events/{id}/registrations.csv`: the table, for the event's facilitators.
struct RegistrationTableRoute: Sendable {
    let access: EventAccess

    var route: WebRoute {
        var description = WebRoute.Description(
            "An event's registrations as a table that registration.import reads again",
            path: EventTablePath.self,
            query: EventTableQuery.self,
            mediaType: "text/csv"
        )
        description.answer = nil
        return WebRoute("GET", "/events/{id}/registrations.csv", access: .facilitator, description: description) {
            request,
            community in
            guard let id = request.parameters["id"].flatMap({ Int64($0) }), id > 0 else { throw WireError.notFound }
            let content = try community.read(as: request.actor, address: request.address) { context in
                let event = try access.readable(EventID(id), by: context.actor, context.sql)
                guard try access.rules.may(.manageEvents, context.actor, in: event.network, context.sql) else {
                    throw WireError.forbidden("for the network's facilitators")
                }
                let own = try PeopleStore.activePerson(context.actor.id, context.sql)?.language
                let language = request.query["language"]?.first ?? own ?? "it"
                let form = try RegistrationForm(of: event, access.rules, context.sql).fields
                return try RegistrationTable(form).write(event, in: language, context.sql)
            }
            try community.write(as: request.actor) { try $0.audit("registration.exportTable", subject: id) }
            let headers = [
                ("Content-Type", "text/csv; charset=utf-8; header=present"),
                ("Content-Disposition", "attachment; filename=\"iscrizioni-\(id).csv\""),
                ("Cache-Control", "private, no-store"), ("X-Content-Type-Options", "nosniff"),
            ]
            // Spreadsheets take a file for UTF-8 only when it says so.
            return WebResponse(headers: headers, body: .bytes([0xEF, 0xBB, 0xBF] + content))
        }
    }
}

/// What the path of the table's address holds.
struct EventTablePath: WireObject {
    /// The event.
    var id = EventID()

    /// Shows the fields.
    mutating func fields(_ visitor: inout some FieldVisitor) { visitor.id("id", &id) }
}

/// What may be asked of the table.
struct EventTableQuery: WireObject {
    /// The language of titles and states, one's own unless told.
    var language: Language?

    /// Shows the fields.
    mutating func fields(_ visitor: inout some FieldVisitor) { visitor.choice("language", &language) }
}
