import CCairo

/// Draws placed elements into a PDF through cairo, with the tags that say what each is.
final class PDFCanvas {
    let cairo: OpaquePointer
    private let surface: OpaquePointer
    private let sink: PDFSink
    private var outlines: [Int: CInt] = [:]
    private var isOpen = false

    init(limits: PDFLimits) throws(PDFError) {
        let sink = PDFSink(limit: limits.fileBytes)
        self.sink = sink
        let user = Unmanaged.passUnretained(sink).toOpaque()
        guard let surface = cairo_pdf_surface_create_for_stream(pdfWritten, user, PDFFlow.width, PDFFlow.height),
            let cairo = cairo_create(surface)
        else { throw .failed("no surface") }
        self.surface = surface
        self.cairo = cairo
    }

    deinit {
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
    }

    func describe(_ document: PDFDocument) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, PDFText.clean(document.title))
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, PDFText.clean(document.author))
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Metropoli")
    }

    // MARK: Drawing

    func draw(_ page: [PDFElement], number: Int, of count: Int, _ document: PDFDocument) throws(PDFError) {
        if number == 0 {
            cairo_tag_begin(cairo, "Document", "")
            isOpen = true
            if !document.band.isEmpty { drawBand(PDFText.clean(document.band), document.language) }
        }
        var around: [String] = []
        for element in page {
            // Neighbours share what is around them, and an entry of a list holds its bullet and its text.
            let wanted = element.around
            let isNewEntry = element.tag == "Lbl"
            let keeps = isNewEntry ? wanted.dropLast() : wanted[...]
            while !around.isEmpty, !keeps.starts(with: around) { cairo_tag_end(cairo, around.removeLast()) }
            for tag in wanted.dropFirst(around.count) {
                cairo_tag_begin(cairo, tag, "")
                around.append(tag)
            }
            draw(element)
        }
        while let tag = around.popLast() { cairo_tag_end(cairo, tag) }
        drawFooter(document, number, count)
        if number == count - 1 {
            cairo_tag_end(cairo, "Document")
            isOpen = false
        }
        cairo_show_page(cairo)
        try check()
    }

    private func draw(_ element: PDFElement) {
        let link = element.link.flatMap(attributes)
        if let anchor = element.anchor { cairo_tag_begin(cairo, CAIRO_TAG_DEST, "name='\(anchor)'") }
        cairo_tag_begin(cairo, element.tag, "")
        if let link { cairo_tag_begin(cairo, CAIRO_TAG_LINK, link) }
        paint(element.colour)
        for placed in element.placed {
            switch placed.content {
            case .line(let layout, let index):
                cairo_move_to(cairo, placed.x, placed.y)
                pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout.layout, CInt(index)))
            case .symbol(let symbol, let side): draw(symbol, side: side, x: placed.x, y: placed.y)
            }
        }
        if link != nil { cairo_tag_end(cairo, CAIRO_TAG_LINK) }
        cairo_tag_end(cairo, element.tag)
        if let anchor = element.anchor {
            cairo_tag_end(cairo, CAIRO_TAG_DEST)
            if let outline = element.outline { addOutline(outline.title, level: outline.level, anchor) }
        }
    }

    private func draw(_ symbol: QRSymbol, side: Double, x: Double, y: Double) {
        let module = side / Double(symbol.width)
        for row in 0..<symbol.width {
            var column = 0
            while column < symbol.width {
                guard symbol.isDark(column, row) else {
                    column += 1
                    continue
                }
                let start = column
                while column < symbol.width, symbol.isDark(column, row) { column += 1 }
                cairo_rectangle(
                    cairo,
                    x + Double(start) * module,
                    y + Double(row) * module,
                    Double(column - start) * module,
                    module
                )
            }
        }
        cairo_set_source_rgb(cairo, 0, 0, 0)
        // One area without seams between its rows.
        cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE)
        cairo_fill(cairo)
        cairo_set_antialias(cairo, CAIRO_ANTIALIAS_DEFAULT)
    }

    private func drawBand(_ text: String, _ language: String) {
        paint(.band)
        cairo_rectangle(cairo, 0, 0, PDFFlow.width, PDFFlow.bandHeight)
        cairo_fill(cairo)
        let layout = PDFLayout(
            cairo,
            text,
            size: 16,
            isBold: true,
            width: PDFFlow.width - 2 * PDFFlow.margin,
            language: PDFText.clean(language)
        )
        cairo_tag_begin(cairo, "P", "")
        paint(.white)
        cairo_move_to(cairo, PDFFlow.margin, PDFFlow.bandHeight / 2 + 6)
        pango_cairo_show_layout_line(cairo, pango_layout_get_line_readonly(layout.layout, 0))
        cairo_tag_end(cairo, "P")
    }

    /// The foot: read on the first page only.
    ///
    /// Elsewhere, and the page's number, it is drawn as shapes, since cairo 1.16
    /// cannot mark what is not to be read.
    private func drawFooter(_ document: PDFDocument, _ number: Int, _ count: Int) {
        let top = PDFFlow.height - PDFFlow.footRoom + 24
        cairo_set_source_rgb(cairo, 0.85, 0.86, 0.87)
        cairo_rectangle(cairo, PDFFlow.margin, top, PDFFlow.width - 2 * PDFFlow.margin, 0.75)
        cairo_fill(cairo)
        paint(.pale)
        let language = PDFText.clean(document.language)
        let width = PDFFlow.width - 2 * PDFFlow.margin - 60
        let footer = PDFText.clean(document.footer)
        if !footer.isEmpty {
            let layout = PDFLayout(cairo, footer, size: 8.5, width: width, language: language, lineHeight: 1.4)
            let measures = layout.measures
            var y = top + 8
            if number == 0 { cairo_tag_begin(cairo, "P", "") }
            for (index, measure) in measures.prefix(2).enumerated() {
                cairo_move_to(cairo, PDFFlow.margin, y + measure.baseline)
                let line = pango_layout_get_line_readonly(layout.layout, CInt(index))
                if number == 0 { pango_cairo_show_layout_line(cairo, line) } else { fill(line) }
                y += measure.height
            }
            if number == 0 { cairo_tag_end(cairo, "P") }
        }
        guard count > 1 else { return }
        let place = PDFLayout(cairo, "\(number + 1) / \(count)", size: 8.5, width: 60, language: language)
        guard let measure = place.measures.first else { return }
        cairo_move_to(cairo, PDFFlow.width - PDFFlow.margin - place.width, top + 8 + measure.baseline)
        fill(pango_layout_get_line_readonly(place.layout, 0))
    }

    private func fill(_ line: UnsafeMutablePointer<PangoLayoutLine>?) {
        pango_cairo_layout_line_path(cairo, line)
        cairo_fill(cairo)
    }

    private func paint(_ colour: PDFColour) { cairo_set_source_rgb(cairo, colour.red, colour.green, colour.blue) }

    private func attributes(_ link: PDFLink) -> String? {
        switch link {
        case .anchor(let name): return "dest='\(name)'"
        case .web(let url):
            // Within quotes of cairo's own: what could end them makes no link.
            let isPlain = url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x27 && $0 != 0x5C }
            return isPlain && (url.hasPrefix("https://") || url.hasPrefix("http://")) ? "uri='\(url)'" : nil
        }
    }

    private func addOutline(_ title: String, level: Int, _ anchor: String) {
        let parent = (1..<level).reversed().lazy.compactMap { self.outlines[$0] }.first ?? CAIRO_PDF_OUTLINE_ROOT
        let id = cairo_pdf_surface_add_outline(surface, parent, title, "dest='\(anchor)'", CAIRO_PDF_OUTLINE_FLAG_OPEN)
        outlines[level] = id
        for deeper in (level + 1)..<5 { outlines[deeper] = nil }
    }

    // MARK: The end

    func finish() throws(PDFError) -> [UInt8] {
        cairo_surface_finish(surface)
        try check()
        return sink.bytes
    }

    private func check() throws(PDFError) {
        if sink.isFull { throw .tooLarge }
        for status in [cairo_status(cairo), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw .failed(String(cString: cairo_status_to_string(status)))
        }
    }
}

/// Takes the file's bytes as cairo writes them, up to a bound.
final class PDFSink {
    private(set) var bytes: [UInt8] = []
    private(set) var isFull = false
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    func take(_ data: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if bytes.count + count > limit { isFull = true }
        if !isFull { bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: count)) }
        return !isFull
    }
}

private func pdfWritten(
    _ user: UnsafeMutableRawPointer?,
    _ data: UnsafePointer<UInt8>?,
    _ count: UInt32
) -> cairo_status_t {
    guard let user, let data else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<PDFSink>.fromOpaque(user).takeUnretainedValue()
    return sink.take(data, Int(count)) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR
}
