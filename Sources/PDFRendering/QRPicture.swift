/// QR symbols as pictures for screens.
public enum QRPicture {
    /// Modules of empty room around the symbol, which ISO/IEC 18004 asks for.
    private static let quietZone = 4

    /// An SVG file of a text's symbol, black on white, that scales; nil when the text does not fit.
    public static func svg(of text: String) -> [UInt8]? {
        guard let symbol = QRSymbol(text) else { return nil }
        let side = symbol.width + 2 * quietZone
        var path = ""
        for row in 0..<symbol.width {
            for column in 0..<symbol.width where symbol.isDark(column, row) {
                path += "M\(column + quietZone) \(row + quietZone)h1v1h-1z"
            }
        }
        let svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M0 0h\(side)v\(side)H0z"/><path d="\(path)"/></svg>
            """
        return Array(svg.utf8)
    }
}
