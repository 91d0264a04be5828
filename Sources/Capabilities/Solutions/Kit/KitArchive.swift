import Archiving
import CommunityKernel
import Journal
import WireProtocol

/// A solution as a ZIP: Markdown, JSON in the terms of schema.org and CPSV, files, and the SHA-256 of each.
///
/// `soluzione.json` is what an import reads; the others are for people.
enum KitArchive {
    static let description = "soluzione.json"
    static let sums = "SHA256SUMS"
    /// The first version of this layout.
    static let format = "metropoli-solution/1"

    /// A file of an experiment.
    struct Evidence {
        let experiment: ExperimentID
        let name: String
        let bytes: [UInt8]
    }

    static func make(
        _ kit: KitText,
        _ content: SolutionContent,
        city: (slug: String, istat: String?),
        evidence: [Evidence],
        address: String
    ) -> ZIPArchive {
        var entries: [ZIPArchive.Entry] = [.init("LEGGIMI.md", Array(kit.markdown.utf8))]
        if !content.text.isEmpty { entries.append(.init("testo.md", Array(content.text.utf8))) }
        for (place, part) in KitPart.allCases.enumerated() {
            guard let text = content.parts[part] else { continue }
            let number = place < 9 ? "0\(place + 1)" : "\(place + 1)"
            entries.append(.init("parti/\(number)-\(part.rawValue).md", Array(text.utf8)))
        }
        var paths: [(ExperimentID, String, String)] = []
        for (place, file) in evidence.enumerated() {
            // Numbered, since two files may have one name; the name itself stands in the description.
            let path = "file/\(place + 1)-\(portable(file.name))"
            paths.append((file.experiment, path, file.name))
            entries.append(.init(path, file.bytes))
        }
        let json = self.json(kit, content, city: city, paths, address: address)
        entries.append(.init(description, json.text))
        entries.append(.init(sums, Array(self.sums(of: entries).utf8)))
        return ZIPArchive(entries)
    }

    /// A name of plain letters, as every system takes it.
    private static func portable(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.unicodeScalars.suffix(80).map { scalar in
                    switch scalar {
                    case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_": scalar
                    default: "_"
                    }
                }
            )
        )
    }

    /// The sums of all files, in the form of `sha256sum`.
    static func sums(of entries: [ZIPArchive.Entry]) -> String {
        entries.filter { $0.name != sums }.map { "\(Secret.hex(Secret.sha256($0.bytes)))  \($0.name)\n" }.joined()
    }

    // MARK: The description

    private static func json(
        _ kit: KitText,
        _ content: SolutionContent,
        city: (slug: String, istat: String?),
        _ files: [(ExperimentID, String, String)],
        address: String
    ) -> JSON {
        let solution = kit.solution
        var members: [(String, JSON)] = [
            (
                "@context",
                .array([
                    .string("https://schema.org"),
                    .members([
                        "cpsv": .string("http://purl.org/vocab/cpsv#"), "dct": .string("http://purl.org/dc/terms/"),
                        "m": .string("https://www.metropolistrategiche.it/ns#"),
                    ]),
                ])
            ),
            ("@type", .array([.string("CreativeWork"), .string("cpsv:PublicService")])),
            ("m:format", .string(format)),
            ("@id", .string("\(address)/solutions/\(solution.id)?version=\(solution.version ?? 1)")),
            ("name", .string(content.title)),
            ("inLanguage", .string("it")),
            ("version", .int(solution.version ?? 1)),
            ("creativeWorkStatus", .string(solution.state.rawValue)),
            ("about", .string(solution.area?.rawValue ?? "")),
            ("license", .string(content.licence)),
            (
                "sourceOrganization",
                .members([
                    "@type": .string("GovernmentOrganization"), "name": .string(solution.cityName ?? ""),
                    "identifier": .string(city.slug), "m:istat": city.istat.map { .string($0) } ?? .null,
                ])
            ),
            ("author", people(solution.authors ?? [])),
            ("m:content", content.json),
            ("m:contentHash", .string(content.hash)),
            ("dct:isReferencedBy", .array((solution.experiments ?? []).map { experiment($0, files) })),
            ("m:reviews", .array((solution.reviewers ?? []).map(review))),
            ("m:acts", .array((solution.acts ?? []).map(act))),
        ]
        if let version = kit.version { members.append(("datePublished", .string(version.at.description))) }
        return .object(JSONObject(members.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }

    private static func people(_ people: [NamedPerson]) -> JSON {
        .array(people.map { .members(["@type": .string("Person"), "name": .string($0.name)]) })
    }

    private static func experiment(_ view: ExperimentView, _ files: [(ExperimentID, String, String)]) -> JSON {
        let own = files.filter { $0.0 == view.id }.map { file in
            JSON.members(["@type": .string("MediaObject"), "name": .string(file.2), "contentUrl": .string(file.1)])
        }
        return .members([
            "@type": .string("m:Experiment"), "name": .string(view.title ?? ""),
            "m:city": .string(view.cityName ?? ""),
            "m:state": .string(view.state.rawValue), "m:outcome": text(view.outcome?.rawValue),
            "description": text(view.text), "m:note": text(view.note),
            "startDate": text(view.from), "endDate": text(view.to),
            "m:started": text(view.started?.description), "m:concluded": text(view.concluded?.description),
            "associatedMedia": .array(own),
        ])
    }

    private static func review(_ reviewer: SolutionReviewer) -> JSON {
        .members([
            "@type": .string("Review"), "author": text(reviewer.name), "m:city": text(reviewer.city?.name),
            "m:state": .string(reviewer.state.rawValue), "datePublished": .string(reviewer.at.description),
        ])
    }

    private static func act(_ act: SolutionAct) -> JSON {
        .members([
            "m:act": .string(act.act.rawValue), "version": .int(act.version), "agent": text(act.by?.name),
            "endTime": .string(act.at.description),
        ])
    }

    private static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}
