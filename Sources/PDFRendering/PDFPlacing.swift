import CCairo

/// A line, rule or symbol at its place on a page.
struct PDFPlaced {
    /// What is drawn.
    enum Content {
        /// One line of a layout.
        case line(PDFLayout, index: Int)
        /// A QR symbol of that side.
        case symbol(QRSymbol, side: Double)
    }

    let content: Content
    let x: Double
    /// The baseline of a line, the upper edge of a symbol.
    let y: Double
}

/// What belongs together for who listens: one element of the structure, or the part of it that is on one page.
struct PDFElement {
    /// Its name in the structure: `H1`, `P`, `Figure`.
    var tag: String
    /// The elements around it, such as `L` and `LI`.
    var around: [String] = []
    var colour = PDFColour.ink
    var placed: [PDFPlaced] = []
    /// The name under which links find it.
    var anchor: String?
    /// Where it leads: an anchor or a web address.
    var link: PDFLink?
    /// What stands in the place of a figure.
    var alternative: String?
    /// Its title in the outline, and its level there.
    var outline: (title: String, level: Int)?
}

/// Where an element leads.
enum PDFLink {
    case anchor(String)
    case web(String)
}

/// A colour.
struct PDFColour {
    let red: Double
    let green: Double
    let blue: Double

    init(_ hex: UInt32) {
        red = Double(hex >> 16 & 0xFF) / 255
        green = Double(hex >> 8 & 0xFF) / 255
        blue = Double(hex & 0xFF) / 255
    }

    static let ink = PDFColour(0x17324D)
    static let accent = PDFColour(0x0059B3)
    static let band = PDFColour(0x0066CC)
    static let pale = PDFColour(0x5A6772)
    static let white = PDFColour(0xFFFFFF)
}

/// A text laid out by Pango, in a font of the community's look.
final class PDFLayout {
    /// Titillium Web is the look of Italian administrations; Debian has Open Sans, which every machine gets.
    static let fonts = "Titillium Web,Open Sans,DejaVu Sans,sans-serif"

    let layout: OpaquePointer

    init(
        _ cairo: OpaquePointer,
        _ text: String,
        size: Double,
        isBold: Bool = false,
        width: Double,
        language: String,
        lineHeight: Double = 1.5
    ) {
        let layout: OpaquePointer = pango_cairo_create_layout(cairo)
        // Paper has no pixels to fit widths to.
        let options = cairo_font_options_create()
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        pango_cairo_context_set_font_options(pango_layout_get_context(layout), options)
        cairo_font_options_destroy(options)
        let font = pango_font_description_new()
        pango_font_description_set_family(font, Self.fonts)
        pango_font_description_set_absolute_size(font, size * Double(PANGO_SCALE))
        pango_font_description_set_weight(font, isBold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL)
        pango_layout_set_font_description(layout, font)
        pango_font_description_free(font)
        pango_context_set_language(pango_layout_get_context(layout), pango_language_from_string(language))
        pango_layout_set_width(layout, metropoli_pango_units(width))
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_line_spacing(layout, Float(lineHeight / 1.36))
        let bytes = Array(text.utf8)
        bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                pango_layout_set_text(layout, characters.baseAddress, CInt(characters.count))
            }
        }
        self.layout = layout
    }

    deinit { metropoli_pango_free(layout) }

    /// The height of each line and where its baseline lies below its upper edge.
    var measures: [(height: Double, baseline: Double)] {
        var measures: [(Double, Double)] = []
        guard let iterator = pango_layout_get_iter(layout) else { return [] }
        defer { pango_layout_iter_free(iterator) }
        repeat {
            var (top, bottom): (CInt, CInt) = (0, 0)
            pango_layout_iter_get_line_yrange(iterator, &top, &bottom)
            let baseline = pango_layout_iter_get_baseline(iterator)
            measures.append((metropoli_pango_points(bottom - top), metropoli_pango_points(baseline - top)))
        } while pango_layout_iter_next_line(iterator) != 0
        return measures
    }

    /// The width of the widest line.
    var width: Double {
        var size: (CInt, CInt) = (0, 0)
        pango_layout_get_size(layout, &size.0, &size.1)
        return metropoli_pango_points(size.0)
    }
}

/// Text without what could steer a viewer: control characters and those that turn the direction of writing.
enum PDFText {
    static func clean(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                scalars.append(" ")
            default:
                let turns = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
                scalars.append(turns ? " " : scalar)
            }
        }
        return String(scalars).split(separator: " ").joined(separator: " ")
    }
}
