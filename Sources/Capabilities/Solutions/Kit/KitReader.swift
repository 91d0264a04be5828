import Archiving
import CommunityKernel
import Foundation
import Journal
import WireProtocol

/// What an import reads of a kit's ZIP, checked: sums, layout, lengths.
struct KitReader {
    /// An experiment as the kit tells it.
    struct Experiment {
        let title: String
        let state: ExperimentState
        let outcome: ExperimentOutcome?
        let text: String?
        let note: String?
        let first: String?
        let last: String?
        let started: Instant?
        let concluded: Instant?
        let files: [File]
    }

    /// A file that stands in the archive under a path, perhaps for several.
    struct File {
        let path: String
        let name: String
        let bytes: [UInt8]

        /// Nil where the kit does not have what it names.
        init?(_ media: JSON, in archive: ZIPArchive) {
            guard let path = media["contentUrl"]?.string, let bytes = archive[path] else { return nil }
            self.path = path
            self.bytes = bytes
            name = media["name"]?.string ?? "file"
        }
    }

    let content: SolutionContent
    let area: SolutionArea
    let citySlug: String
    let cityISTAT: String?
    let experiments: [Experiment]
    /// The files of its document, with what they are called in its links.
    let enclosures: [(id: Int64, file: File)]
    /// The community that it comes from; empty where that cannot be told.
    let address: String
    /// Where it comes from and who answers for it there, as the kit says.
    let origin: JSON
    /// Where it comes from, without a word of people.
    let source: JSON

    private static let texts = ClosedRange(uncheckedBounds: (1, 20_000))
    /// Bytes of the address that a kit says it comes from: each of its links may lead there.
    private static let addressBytes = 300
    /// Bytes of all that it says of where it comes from.
    private static let originBytes = 131_072

    init(_ bytes: [UInt8], limits: ZIPLimits) throws(WireError) {
        let archive: ZIPArchive
        do {
            archive = try ZIPArchive(reading: bytes, limits: limits)
        } catch {
            throw Self.refusal(of: error)
        }
        guard let description = archive[KitArchive.description], let sums = archive[KitArchive.sums] else {
            throw .invalid("body", "not_a_kit")
        }
        guard Self.lines(KitArchive.sums(of: archive.entries)) == Self.lines(String(decoding: sums, as: UTF8.self))
        else { throw .invalid("body.\(KitArchive.sums)", "damaged") }
        guard let json = try? JSONParser.parse(description), json["m:format"]?.string == KitArchive.format,
            let stored = json["m:content"]
        else { throw .invalid("body.\(KitArchive.description)", "not_a_kit") }
        content = SolutionContent(stored)
        guard content.hash == json["m:contentHash"]?.string else {
            throw .invalid("body.\(KitArchive.description)", "damaged")
        }
        guard (1...200).contains(content.title.utf8.count), !content.title.contains(where: \.isNewline) else {
            throw .invalid("body.name", "not_allowed")
        }
        guard content.licence.isEmpty || SPDXExpression(content.licence) != nil else {
            throw .invalid("body.license", "not_a_licence")
        }
        for euros in [content.cost?.once, content.cost?.yearly].compactMap({ $0 }) {
            guard (0...largestCost).contains(euros) else { throw .invalid("body.cost", "out_of_range") }
        }
        for (part, text) in content.parts where text.utf8.count > Int(largestKitPart) {
            throw .invalid("body.parts.\(part.rawValue)", "too_long")
        }
        guard let area = json["about"]?.string.flatMap(SolutionArea.init(rawValue:)) else {
            throw .invalid("body.about", "not_allowed")
        }
        self.area = area
        citySlug = json["sourceOrganization"]?["identifier"]?.string ?? ""
        cityISTAT = json["sourceOrganization"]?["m:istat"]?.string
        let told = json["dct:isReferencedBy"]?.array ?? []
        guard told.count <= 100 else { throw .invalid("body.experiments", "too_many") }
        var experiments: [Experiment] = []
        for item in told { experiments.append(try Self.experiment(item, archive)) }
        self.experiments = experiments
        var enclosures: [(id: Int64, file: File)] = []
        for media in json["associatedMedia"]?.array ?? [] {
            guard let id = media["identifier"]?.int, !enclosures.contains(where: { $0.id == id }),
                let file = File(media, in: archive)
            else { throw .invalid("body.associatedMedia", "missing") }
            enclosures.append((id, file))
        }
        self.enclosures = enclosures
        let home = json["@id"]?.string ?? ""
        guard home.utf8.count <= Self.addressBytes else { throw .invalid("body.@id", "too_long") }
        address = Self.address(of: home)
        source = .members([
            "address": .string(home), "version": json["version"] ?? .null, "hash": .string(content.hash),
        ])
        origin = .members([
            "address": .string(home), "version": json["version"] ?? .null, "hash": .string(content.hash),
            "authors": .array((json["author"]?.array ?? []).prefix(200).compactMap { $0["name"] }),
            "reviews": .array(Array((json["m:reviews"]?.array ?? []).prefix(100))),
            "acts": .array(Array((json["m:acts"]?.array ?? []).prefix(500))),
        ])
        guard origin.text.count <= Self.originBytes else { throw .invalid("body.origin", "too_long") }
    }

    /// Where a kit's solution stands: scheme, host and port of its address, where that is one of the web.
    private static func address(of solution: String) -> String {
        guard let url = URLComponents(string: solution), ["http", "https"].contains(url.scheme), let host = url.host
        else { return "" }
        return "\(url.scheme ?? "https")://\(host)" + (url.port.map { ":\($0)" } ?? "")
    }

    private static func lines(_ text: String) -> Set<Substring> { Set(text.split(separator: "\n")) }

    private static func experiment(_ json: JSON, _ archive: ZIPArchive) throws(WireError) -> Experiment {
        let path = "body.experiments"
        guard let title = json["name"]?.string, (1...200).contains(title.utf8.count),
            !title.contains(where: \.isNewline),
            let state = json["m:state"]?.string.flatMap(ExperimentState.init(rawValue:))
        else { throw .invalid(path, "not_allowed") }
        let outcome = json["m:outcome"]?.string.flatMap(ExperimentOutcome.init(rawValue:))
        guard (outcome != nil) == (state == .concluded) else { throw .invalid(path, "not_allowed") }
        for text in [json["description"]?.string, json["m:note"]?.string].compactMap({ $0 }) {
            guard texts.contains(text.utf8.count) else { throw .invalid(path, "too_long") }
        }
        var files: [File] = []
        for media in (json["associatedMedia"]?.array ?? []).prefix(20) {
            guard let file = File(media, in: archive) else { throw .invalid(path, "missing") }
            files.append(file)
        }
        return Experiment(
            title: title,
            state: state,
            outcome: outcome,
            text: json["description"]?.string,
            note: json["m:note"]?.string,
            first: try day(json["startDate"]),
            last: try day(json["endDate"]),
            started: json["m:started"]?.string.flatMap(Instant.init),
            concluded: json["m:concluded"]?.string.flatMap(Instant.init),
            files: files
        )
    }

    private static func day(_ json: JSON?) throws(WireError) -> String? {
        guard let text = json?.string else { return nil }
        guard case .day? = Moment(text) else { throw .invalid("body.experiments", "not_a_time") }
        return text
    }

    private static func refusal(of error: ZIPError) -> WireError {
        switch error {
        case .tooLarge: WireError(.tooLarge, "the archive unpacks to more than is taken")
        case .damaged: .invalid("body", "damaged")
        case .unsafeName: .invalid("body", "unsafe_name")
        case .duplicate: .invalid("body", "repeated")
        case .unsupported: .invalid("body", "not_allowed")
        }
    }
}
