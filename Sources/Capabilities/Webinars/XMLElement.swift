import CExpat

/// An element of a small XML answer: its name, its text and the elements in it.
struct XMLElement: Sendable, Equatable {
    let name: String
    var text = ""
    var children: [XMLElement] = []

    /// The first element of that name in it.
    subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The text of the first element of that name in it, without the space around it; nil when there is none.
    func value(_ name: String) -> String? { self[name].map { $0.trimmed } }

    /// All elements of that name in it.
    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    private var trimmed: String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// Reads a document with expat; nil for what is none, declares a type (and so may declare entities), is deeper than 32
    /// elements or has more than 20,000.
    static func parse(_ bytes: [UInt8]) -> XMLElement? {
        guard let parser = XML_ParserCreate("UTF-8") else { return nil }
        defer { XML_ParserFree(parser) }
        let reading = XMLReading(parser)
        return withExtendedLifetime(reading) {
            XML_SetUserData(parser, Unmanaged.passUnretained(reading).toOpaque())
            XML_SetElementHandler(parser, xmlBegins, xmlEnds)
            XML_SetCharacterDataHandler(parser, xmlText)
            XML_SetStartDoctypeDeclHandler(parser, xmlDoctype)
            let status = bytes.withUnsafeBytes { raw in
                XML_Parse(parser, raw.bindMemory(to: CChar.self).baseAddress, Int32(clamping: raw.count), 1)
            }
            return status == XML_STATUS_OK ? reading.root : nil
        }
    }
}

/// What was read so far.
private final class XMLReading {
    private let parser: XML_Parser
    private var open: [XMLElement] = []
    private var count = 0
    private(set) var root: XMLElement?

    init(_ parser: XML_Parser) { self.parser = parser }

    func begin(_ name: UnsafePointer<CChar>) {
        count += 1
        guard count <= 20_000, open.count < 32 else { return refuse() }
        open.append(XMLElement(name: String(cString: name)))
    }

    func end() {
        guard let element = open.popLast() else { return }
        if open.isEmpty { root = element } else { open[open.count - 1].children.append(element) }
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += String(decoding: bytes, as: UTF8.self)
    }

    func refuse() { XML_StopParser(parser, 0) }

    static func of(_ user: UnsafeMutableRawPointer?) -> XMLReading? {
        user.map { Unmanaged<XMLReading>.fromOpaque($0).takeUnretainedValue() }
    }
}

private func xmlBegins(
    _ user: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<CChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) {
    if let name { XMLReading.of(user)?.begin(name) }
}

private func xmlEnds(_ user: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?) { XMLReading.of(user)?.end() }

private func xmlText(_ user: UnsafeMutableRawPointer?, _ text: UnsafePointer<CChar>?, _ count: CInt) {
    XMLReading.of(user)?.text(UnsafeRawBufferPointer(start: text, count: Int(count)))
}

private func xmlDoctype(
    _ user: UnsafeMutableRawPointer?,
    _ name: UnsafePointer<CChar>?,
    _ system: UnsafePointer<CChar>?,
    _ open: UnsafePointer<CChar>?,
    _ internalSubset: CInt
) {
    XMLReading.of(user)?.refuse()
}
