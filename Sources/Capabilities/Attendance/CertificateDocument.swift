import CommunityKernel
import Events
import Foundation
import PDFRendering
import WireProtocol

/// A certificate as a document, in the language of its person.
struct CertificateDocument {
    let certificate: CertificateRecord
    let event: EventRecord
    let network: Bilingual?
    let language: String
    let settings: AttendanceSettings

    private static let words: [String: JSON] = {
        let members = (try? JSONParser.parse(PackageResources.certificate_json))?.object?.members ?? []
        return Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }()

    /// Where anyone checks a certificate.
    var url: String { "\(settings.address.value)/attestati?code=\(certificate.code)" }

    var pdf: PDFDocument {
        PDFDocument(
            title: "\(word("title")) – \(certificate.title)",
            author: settings.community,
            language: language,
            blocks: [
                .heading(1, word("title")),
                .paragraph(word("lead"), .lead),
                .paragraph(certificate.name, .display),
                .paragraph(word("took", ["event": certificate.title]), .lead),
                .space(6),
                .paragraph(time + presence),
                .paragraph(word("network", ["network": (language == "en" ? network?.en : network?.it) ?? ""])),
                .foot(110),
                .symbol(
                    url: url,
                    text: word("check", ["code": certificate.code]),
                    alternative: word("symbol", ["url": url])
                ),
            ],
            footer: word(
                "issued",
                ["date": date(certificate.issued, settings.zone), "community": settings.community]
            ),
            band: settings.community
        )
    }

    // MARK: What it says

    private var time: String {
        let zone = event.span.start.zone ?? settings.zone
        let first = date(event.starts, zone)
        if event.span.isAllDay {
            // The end is the first moment of the day after.
            let last = date(event.ends.advanced(byMilliseconds: -1), zone)
            return capitalised(word(first == last ? "day" : "days", ["date": first, "end": last]))
        }
        let last = date(event.ends, zone)
        return capitalised(
            word(
                first == last ? "on" : "long",
                [
                    "date": first, "end": last, "from": clock(event.starts, zone), "to": clock(event.ends, zone),
                    "zone": zone,
                ]
            )
        )
    }

    private var presence: String {
        guard let minutes = certificate.minutes else { return "" }
        return " " + word("presence", ["present": length(minutes), "planned": length(event.plannedMinutes)])
    }

    /// `2 ore e 20 minuti`.
    private func length(_ minutes: Int64) -> String {
        let hours = minutes / 60 == 1 ? word("hour") : word("hours", ["hours": String(minutes / 60)])
        let rest = word("minutes", ["minutes": String(minutes % 60)])
        if minutes < 60 { return rest }
        return minutes % 60 == 0 ? hours : word("and", ["hours": hours, "minutes": rest])
    }

    private func word(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
        let known = Self.words[key]
        var text = (known?[language] ?? known?["it"])?.string ?? key
        for (name, value) in values { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    private func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private func date(_ instant: Instant, _ zone: String) -> String { formatted(instant, zone, "EEEE d MMMM y") }
    private func clock(_ instant: Instant, _ zone: String) -> String { formatted(instant, zone, "HH:mm") }

    private func formatted(_ instant: Instant, _ zone: String, _ format: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: language == "en" ? "en_GB" : "it_IT")
        formatter.timeZone = TimeZone(identifier: zone)
        formatter.dateFormat = format
        return formatter.string(from: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000))
    }
}
