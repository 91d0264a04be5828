import CQREncode

/// A QR symbol (ISO/IEC 18004), made by libqrencode: black and white modules.
struct QRSymbol {
    /// Modules along a side, without the quiet zone.
    let width: Int
    private let modules: [Bool]

    /// Nil when the text does not fit, or holds a NUL.
    init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= 800, !text.utf8.contains(0),
            let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard width > 0, let data = code.pointee.data else { return nil }
        self.width = width
        modules = (0..<width * width).map { data[$0] & 1 == 1 }
    }

    func isDark(_ column: Int, _ row: Int) -> Bool { modules[row * width + column] }
}
