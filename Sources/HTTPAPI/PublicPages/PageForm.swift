/// A form of a public page: its fields, what was typed and what is wrong with it, said next to the field.
struct PageForm {
    struct Field {
        let name: String
        let label: String
        var type = "text"
        var autocomplete: String
        var hint: String?
        var value = ""
    }

    let text: PageText
    let action: String
    let submit: String
    /// The token that ties the form to the browser it was sent to.
    let token: String
    var hidden: [(String, String)] = []
    var fields: [Field]
    /// By field.
    var problems: [String: String] = [:]
    /// What concerns no single field.
    var problem: String?

    var isFaulty: Bool { problem != nil || !problems.isEmpty }

    var markup: Markup {
        let faulty = fields.first { problems[$0.name] != nil }?.name
        let rows = fields.map { row($0, hasFocus: faulty.map { [name = $0.name] in $0 == name } ?? false) }
        let kept = ([("form", token)] + hidden).map { name, value in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">\n" as Markup
        }
        return """
            \(summary)<form method="post" action="\(action)" novalidate>
            \(Markup(joined: kept))\(Markup(joined: rows))<button type="submit" class="btn btn-primary pub-submit">\
            \(submit)</button>
            </form>

            """
    }

    /// Everything that is wrong, with links to the fields.
    private var summary: Markup {
        guard isFaulty else { return .none }
        var items = problem.map { ["<li>\($0)</li>" as Markup] } ?? []
        for field in fields {
            guard let problem = problems[field.name] else { continue }
            items.append("<li><a href=\"#\(field.name)\">\(problem)</a></li>")
        }
        return """
            <div class="pub-notice pub-danger" role="alert"><p><strong>\(text["summary"])</strong></p>
            <ul>\(Markup(joined: items))</ul></div>

            """
    }

    private func row(_ field: Field, hasFocus: Bool) -> Markup {
        let problem = problems[field.name]
        var described: [String] = []
        var beside: Markup = .none
        if let hint = field.hint {
            described.append(field.name + "-hint")
            beside = "<p class=\"pub-hint\" id=\"\(field.name)-hint\">\(hint)</p>\n"
        }
        var after: Markup = .none
        if let problem {
            described.append(field.name + "-problem")
            after = "<p class=\"pub-problem\" id=\"\(field.name)-problem\">\(problem)</p>\n"
        }
        let descriptions: Markup =
            described.isEmpty ? .none : " aria-describedby=\"\(described.joined(separator: " "))\""
        let invalid: Markup = problem == nil ? .none : " aria-invalid=\"true\""
        let focus: Markup = hasFocus ? " autofocus" : .none
        return """
            <div class="pub-field"><label for="\(field.name)">\(field.label)</label>
            \(beside)<input id="\(field.name)" name="\(field.name)" type="\(field.type)" class="form-control" required \
            autocomplete="\(field.autocomplete)" autocapitalize="none" spellcheck="false" value="\(field.value)"\
            \(descriptions)\(invalid)\(focus)>
            \(after)</div>

            """
    }
}
