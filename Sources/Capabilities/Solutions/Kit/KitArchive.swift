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

    /// A file of the document, which its text may show.
    struct Enclosure {
        let id: FileID
        let name: String
        let bytes: [UInt8]
    }

    /// Where a file stands in the archive, and what it is called.
    private struct Placed<Owner> {
        let owner: Owner
        let path: String
        let name: String

        var json: JSON {
            .members(["@type": .string("MediaObject"), "name": .string(name), "contentUrl": .string(path)])
        }
    }

    static func make(
        _ kit: KitText,
        _ content: SolutionContent,
        city: (slug: String, istat: String?),
        evidence: [Evidence],
        enclosures: [Enclosure],
        address: String
    ) -> ZIPArchive {
        var files: [ZIPArchive.Entry] = []
        func place<Owner>(_ owner: Owner, _ name: String, _ bytes: [UInt8]) -> Placed<Owner> {
            // Numbered, since two files may have one name; the name itself stands in the description.
            let path = "file/\(files.count + 1)-\(portable(name))"
            files.append(.init(path, bytes))
            return Placed(owner: owner, path: path, name: name)
        }
        let proofs = evidence.map { place($0.experiment, $0.name, $0.bytes) }
        let enclosed = enclosures.map { place($0.id, $0.name, $0.bytes) }
        // Who unpacks it sees the pictures; what an import reads keeps the text to the byte.
        let paths = Dictionary(uniqueKeysWithValues: enclosed.map { ($0.owner.rawValue, $0.path) })
        func readable(_ text: String, from folder: String = "") -> [UInt8] {
            Array(KitLinks.moved(text) { id in paths[id].map { folder + $0 } ?? "\(address)/files/\(id)" }.utf8)
        }
        var entries: [ZIPArchive.Entry] = [.init("LEGGIMI.md", readable(kit.markdown))]
        if !content.text.isEmpty { entries.append(.init("testo.md", readable(content.text))) }
        for (place, part) in KitPart.allCases.enumerated() {
            guard let text = content.parts[part] else { continue }
            let number = place < 9 ? "0\(place + 1)" : "\(place + 1)"
            entries.append(.init("parti/\(number)-\(part.rawValue).md", readable(text, from: "../")))
        }
        entries += files
        let json = self.json(kit, content, city: city, proofs, enclosed, address: address)
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
        _ proofs: [Placed<ExperimentID>],
        _ enclosed: [Placed<FileID>],
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
            ("dct:isReferencedBy", .array((solution.experiments ?? []).map { experiment($0, proofs) })),
            ("m:reviews", .array((solution.reviewers ?? []).map(review))),
            ("m:acts", .array((solution.acts ?? []).map(act))),
        ]
        if !enclosed.isEmpty {
            let listed = enclosed.map { file -> JSON in
                guard case .object(let object) = file.json else { return file.json }
                let identifier = JSONObject.Member(name: "identifier", value: .int(file.owner.rawValue))
                return .object(JSONObject(object.members + [identifier]))
            }
            members.append(("associatedMedia", .array(listed)))
        }
        if let version = kit.version { members.append(("datePublished", .string(version.at.description))) }
        return .object(JSONObject(members.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }

    private static func people(_ people: [NamedPerson]) -> JSON {
        .array(people.map { .members(["@type": .string("Person"), "name": .string($0.name)]) })
    }

    private static func experiment(_ view: ExperimentView, _ proofs: [Placed<ExperimentID>]) -> JSON {
        let own = proofs.filter { $0.owner == view.id }.map(\.json)
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
