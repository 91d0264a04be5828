import WireProtocol

/// A solution as one Markdown text: what it says, where it was tried, who answers for it.
struct KitText {
    let solution: SolutionView
    let community: String

    /// One section: a heading, and Markdown under it.
    struct Section {
        let level: Int
        let title: String
        let markdown: String
        /// Whether it says who answers for the solution.
        var isSignatures = false
    }

    var title: String { solution.title ?? "" }

    /// What stands under the title, a line each.
    var facts: [String] {
        let word = { KitWords.word($0) }
        var facts = [
            KitWords.word("lead", ["city": solution.cityName ?? "", "area": word(solution.area?.rawValue ?? "")]),
            "\(word("version")) \(solution.version ?? 1) · \(word("state")): \(word(solution.state.rawValue))",
        ]
        if let cost = solution.knownCost { facts.append("\(word("cost")): \(KitWords.cost(cost))") }
        if let licence = solution.licence { facts.append("\(word("licence")): \(licence)") }
        if let version { facts.append("\(word("date")) \(KitWords.day(version.at))") }
        return facts
    }

    /// The version shown, where it is a published one: what is being written has a number that no version has yet.
    var version: SolutionVersion? { solution.versions?.first { $0.version == solution.version } }

    var sections: [Section] {
        let word = { KitWords.word($0) }
        var sections: [Section] = []
        if let text = solution.text, !text.isEmpty {
            sections.append(Section(level: 2, title: word("text"), markdown: text))
        }
        sections.append(Section(level: 2, title: word("kit"), markdown: ""))
        for part in KitPart.allCases {
            let text = solution.parts?[part.rawValue]?.string ?? ""
            sections.append(
                Section(
                    level: 3,
                    title: word(part.rawValue),
                    markdown: text.isEmpty ? "*\(word("empty"))*" : text
                )
            )
        }
        if let experiments = solution.experiments, !experiments.isEmpty {
            sections.append(Section(level: 2, title: word("experiments"), markdown: ""))
            sections += experiments.reversed().map(Self.section(of:))
        }
        if let adoptions = solution.adoptions, !adoptions.isEmpty {
            sections.append(
                Section(
                    level: 2,
                    title: word("adoptions"),
                    markdown: Self.list(adoptions.reversed().map(Self.line(of:)))
                )
            )
        }
        sections.append(Section(level: 2, title: word("signatures"), markdown: signatures, isSignatures: true))
        return sections
    }

    var markdown: String {
        var text = "# \(Self.line(title))\n\n" + Self.list(facts)
        for section in sections {
            text += "\n\(String(repeating: "#", count: section.level)) \(Self.line(section.title))\n\n"
            if !section.markdown.isEmpty { text += section.markdown + "\n" }
        }
        return text + "\n---\n\n\(KitWords.word("made", ["community": Self.line(community)]))\n"
    }

    // MARK: Parts

    private static func section(of experiment: ExperimentView) -> Section {
        let word = { KitWords.word($0) }
        var facts = ["\(experiment.cityName ?? ""): \(word(experiment.state.rawValue))"]
        if let outcome = experiment.outcome { facts[0] += ", \(word(outcome.rawValue))" }
        let days = [experiment.from, experiment.to].compactMap { $0.map(KitWords.day) }
        if !days.isEmpty { facts.append(days.joined(separator: " – ")) }
        let texts = [experiment.text, experiment.note].compactMap { $0 }
        return Section(
            level: 3,
            title: experiment.title ?? "",
            markdown: list(facts) + (texts.isEmpty ? "" : "\n" + texts.joined(separator: "\n\n"))
        )
    }

    private static func line(of adoption: AdoptionView) -> String {
        let version = "\(KitWords.word("version").lowercased()) \(adoption.version ?? 1)"
        return "\(adoption.cityName ?? ""), \(version): \(KitWords.word(adoption.state.rawValue))"
    }

    /// Who wrote, who reviewed, and what the register says, with days.
    private var signatures: String {
        let word = { KitWords.word($0) }
        var text = ""
        let authors = (solution.authors ?? []).map(\.name)
        if !authors.isEmpty { text += "**\(word("authors"))**\n\n" + Self.list(authors) + "\n" }
        let reviewers = (solution.reviewers ?? []).filter { $0.state != .asked }.map { reviewer in
            "\(reviewer.name ?? word("nobody")) (\(reviewer.city?.name ?? "")): "
                + "\(word(reviewer.state.rawValue)), \(KitWords.day(reviewer.at))"
        }
        if !reviewers.isEmpty { text += "**\(word("reviewers"))**\n\n" + Self.list(reviewers) + "\n" }
        let acts = (solution.acts ?? []).map { act in
            let name = [.approved, .returned].contains(act.act) ? "act_\(act.act.rawValue)" : act.act.rawValue
            return "\(KitWords.day(act.at)): \(word(name)), \(word("version").lowercased()) \(act.version), "
                + (act.by?.name ?? word("nobody"))
        }
        if !acts.isEmpty { text += "**\(word("acts_title"))**\n\n" + Self.list(acts) }
        if let version { text += "\n\(word("hash")): `\(version.hash)`\n" }
        return text
    }

    /// Names and titles as one line of Markdown that says nothing else.
    private static func line(_ text: String) -> String {
        var line = ""
        for character in text {
            if character.isNewline {
                line.append(" ")
                continue
            }
            if "\\`*_{}[]<>#+-!|~".contains(character) { line.append("\\") }
            line.append(character)
        }
        return line
    }

    private static func list(_ items: [String]) -> String { items.map { "- \(line($0))\n" }.joined() }
}
