/// What a client is called in the list of sessions, read from its `User-Agent`: `Firefox, Linux`.
enum ClientName {
    /// Names with what they are known by, the particular before the general: nearly every browser calls itself Safari.
    private static let browsers = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    private static let systems = [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]
    /// Longer headers are looked at so far only.
    private static let scannedBytes = 512
    private static let productBytes = 40

    /// The name; nil when the header says nothing.
    static func of(_ userAgent: String?) -> String? {
        guard let userAgent else { return nil }
        let scanned = String(decoding: userAgent.utf8.prefix(scannedBytes), as: UTF8.self)
        let browser = known(browsers, in: scanned) ?? product(scanned)
        let parts = [browser, known(systems, in: scanned)].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private static func known(_ names: [(String, String)], in text: String) -> String? {
        names.first { text.contains($0.0) }?.1
    }

    /// The first word of a program's header, `curl` of `curl/7.88.1`.
    private static func product(_ text: String) -> String? {
        let word = text.utf8.prefix { byte in
            byte != UInt8(ascii: "/") && byte > UInt8(ascii: " ") && byte < 0x7F
        }
        let name = String(decoding: word.prefix(productBytes), as: UTF8.self)
        return name.isEmpty || name == "Mozilla" ? nil : name
    }
}
