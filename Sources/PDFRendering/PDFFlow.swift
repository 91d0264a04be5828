import CCairo

/// Lets blocks flow over pages: a heading stays with what follows it, no line is cut, a paragraph goes on overleaf.
struct PDFFlow {
    static let width = 595.276
    static let height = 841.89
    static let margin = 64.0
    /// The foot of each page.
    static let footRoom = 84.0
    /// The coloured band at the head of the first page.
    static let bandHeight = 84.0

    private(set) var pages: [[PDFElement]] = [[]]
    private(set) var headings: [(title: String, level: Int, page: Int, anchor: String)] = []
    private var y: Double
    private let cairo: OpaquePointer
    private let language: String
    private let limits: PDFLimits

    private var textWidth: Double { Self.width - 2 * Self.margin }
    private var bottom: Double { Self.height - Self.footRoom }

    init(_ cairo: OpaquePointer, language: String, limits: PDFLimits, hasBand: Bool) {
        self.cairo = cairo
        self.language = language
        self.limits = limits
        y = hasBand ? Self.bandHeight + 52 : Self.margin
    }

    mutating func add(_ block: PDFBlock) throws(PDFError) {
        switch block {
        case .heading(let level, let text): try heading(min(max(level, 1), 3), PDFText.clean(text))
        case .paragraph(let text, let style): try paragraph(text, style)
        case .list(let items, let labels):
            for (place, item) in items.enumerated() {
                try self.item(PDFText.clean(item), label: labels.indices.contains(place) ? labels[place] : "•")
            }
        case .symbol(let url, let text, let alternative):
            try symbol(url, PDFText.clean(text), PDFText.clean(alternative))
        case .space(let points): y += min(max(points, 0), bottom)
        case .foot(let points): y = max(y, bottom - min(max(points, 0), bottom))
        case .newPage: try turn()
        }
    }

    /// Begins a page.
    mutating func turn() throws(PDFError) {
        guard pages.count < limits.pages else { throw .tooLarge }
        pages.append([])
        y = Self.margin
    }

    // MARK: Blocks

    private mutating func heading(_ level: Int, _ text: String) throws(PDFError) {
        let size = [26.0, 17, 13][level - 1]
        let layout = layout(text, size: size, isBold: true, lineHeight: 1.25)
        let measures = layout.measures
        if y > Self.margin + 1 { y += [18.0, 20, 12][level - 1] }
        // Two lines of what follows stay with it.
        let needed = measures.reduce(0) { $0 + $1.height } + 44
        if y + needed > bottom, y > Self.margin + 1 { try turn() }
        var element = PDFElement(tag: "H\(level)", colour: level == 3 ? .ink : .accent)
        let anchor = "h\(headings.count + 1)"
        element.anchor = anchor
        element.outline = (text, level)
        headings.append((text, level, pages.count - 1, anchor))
        try place(layout, measures, &element, x: Self.margin)
        y += [12.0, 8, 5][level - 1]
    }

    private mutating func paragraph(_ text: String, _ style: PDFStyle) throws(PDFError) {
        let (size, isBold, colour, after): (Double, Bool, PDFColour, Double) =
            switch style {
            case .body: (11, false, .ink, 9)
            case .lead: (14, false, .ink, 12)
            case .small: (9, false, .pale, 6)
            case .display: (30, true, .ink, 12)
            }
        // Lines that people wrote apart are paragraphs.
        for part in text.split(whereSeparator: \.isNewline) {
            let clean = PDFText.clean(String(part))
            guard !clean.isEmpty else { continue }
            let layout = layout(clean, size: size, isBold: isBold, lineHeight: style == .display ? 1.2 : 1.5)
            var element = PDFElement(tag: "P", colour: colour)
            try place(layout, layout.measures, &element, x: Self.margin)
            y += after
        }
    }

    private mutating func item(_ text: String, label: String) throws(PDFError) {
        let indent = label.count > 2 ? 26.0 : 16
        let bullet = layout(label, size: 11)
        let layout = layout(text, size: 11, indent: indent)
        let measures = layout.measures
        guard let first = measures.first else { return }
        if y + first.height > bottom { try turn() }
        var label = PDFElement(tag: "Lbl", around: ["L", "LI"], colour: .accent)
        label.placed = [PDFPlaced(content: .line(bullet, index: 0), x: Self.margin, y: y + first.baseline)]
        pages[pages.count - 1].append(label)
        var body = PDFElement(tag: "LBody", around: ["L", "LI"])
        try place(layout, measures, &body, x: Self.margin + indent)
        y += 5
    }

    private mutating func symbol(_ url: String, _ text: String, _ alternative: String) throws(PDFError) {
        guard let symbol = QRSymbol(url) else { throw .unusableAddress }
        let (side, gap) = (96.0, 20.0)
        if y + side > bottom { try turn() }
        let top = y
        var figure = PDFElement(tag: "Figure")
        figure.alternative = alternative
        figure.placed = [PDFPlaced(content: .symbol(symbol, side: side), x: Self.margin, y: top)]
        pages[pages.count - 1].append(figure)
        let explained = layout(text, size: 10, indent: side + gap)
        let address = layout(PDFText.clean(url), size: 10, indent: side + gap)
        let (lines, addressLines) = (explained.measures, address.measures)
        let height = (lines + addressLines).reduce(4) { $0 + $1.height }
        y = top + max(0, (side - height) / 2)
        let page = pages.count
        var words = PDFElement(tag: "P", colour: .pale)
        try place(explained, lines, &words, x: Self.margin + side + gap)
        y += 4
        var link = PDFElement(tag: "P", colour: .accent)
        link.link = .web(url)
        try place(address, addressLines, &link, x: Self.margin + side + gap)
        if pages.count == page { y = max(y, top + side) }
        y += 12
    }

    /// A line of the table of contents: the title, and the page on the right.
    mutating func contentsLine(_ title: String, level: Int, page: Int, anchor: String) throws(PDFError) {
        let number = layout(String(page), size: 11)
        // What the contents name begins at the second level.
        let indent = Double(max(0, level - 2)) * 16
        let layout = layout(title, size: 11, isBold: level < 3, indent: indent + 40)
        var element = PDFElement(tag: "TOCI", around: ["TOC"])
        element.link = .anchor(anchor)
        try place(layout, layout.measures, &element, x: Self.margin + indent) { placed in
            PDFPlaced(content: .line(number, index: 0), x: Self.width - Self.margin - number.width, y: placed.y)
        }
        y += 4
    }

    // MARK: Placing

    private func layout(
        _ text: String,
        size: Double,
        isBold: Bool = false,
        indent: Double = 0,
        lineHeight: Double = 1.5
    ) -> PDFLayout {
        PDFLayout(
            cairo,
            text,
            size: size,
            isBold: isBold,
            width: textWidth - indent,
            language: language,
            lineHeight: lineHeight
        )
    }

    /// Places the lines; what does not fit goes on overleaf as an element of the same kind.
    private mutating func place(
        _ layout: PDFLayout,
        _ measures: [(height: Double, baseline: Double)],
        _ element: inout PDFElement,
        x: Double,
        beside last: ((PDFPlaced) -> PDFPlaced)? = nil
    ) throws(PDFError) {
        for (index, measure) in measures.enumerated() {
            if y + measure.height > bottom, y > Self.margin + 1 {
                if !element.placed.isEmpty { pages[pages.count - 1].append(element) }
                try turn()
                element.placed = []
                if index > 0 {
                    element.anchor = nil
                    element.outline = nil
                }
            }
            element.placed.append(PDFPlaced(content: .line(layout, index: index), x: x, y: y + measure.baseline))
            y += measure.height
        }
        if let last, let end = element.placed.last { element.placed.append(last(end)) }
        if !element.placed.isEmpty { pages[pages.count - 1].append(element) }
    }
}
