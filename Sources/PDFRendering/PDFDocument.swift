/// A document to be laid out on A4 pages: what it says, in reading order.
///
/// Every part is told apart for those who listen to it: headings, paragraphs, lists, figures with a text in their place.
public struct PDFDocument: Sendable {
    /// Its title, which viewers show.
    public var title: String
    /// Who answers for it.
    public var author: String
    /// Its language, such as `it`.
    public var language: String
    /// What it says.
    public var blocks: [PDFBlock]
    /// At the foot of each page; it is read once.
    public var footer: String
    /// In the coloured band at the head of the first page; empty for none.
    public var band: String
    /// The title of the table of contents after the first page's heading; nil for none.
    public var contents: String?

    /// Makes it.
    public init(
        title: String,
        author: String,
        language: String = "it",
        blocks: [PDFBlock],
        footer: String = "",
        band: String = "",
        contents: String? = nil
    ) {
        self.title = title
        self.author = author
        self.language = language
        self.blocks = blocks
        self.footer = footer
        self.band = band
        self.contents = contents
    }
}

/// A part of a document.
public enum PDFBlock: Sendable {
    /// A heading of level 1, 2 or 3.
    case heading(Int, String)
    /// A paragraph.
    case paragraph(String, PDFStyle = .body)
    /// A list; each point has its label, such as `1.`, or a bullet where there is none.
    case list([String], labels: [String] = [])
    /// A QR symbol of an address, with a text beside it; the text for those who do not see it says the address too.
    case symbol(url: String, text: String, alternative: String)
    /// Empty room, in points.
    case space(Double)
    /// What follows stands at the foot of the page and takes so many points.
    case foot(Double)
    /// What follows begins a page.
    case newPage
}

/// How a paragraph looks.
public enum PDFStyle: Sendable {
    /// Running text.
    case body
    /// Larger, to begin with.
    case lead
    /// Smaller and paler.
    case small
    /// Large and in the community's colour: what a certificate is about, such as a name.
    case display
}

/// The bounds of one document.
public struct PDFLimits: Sendable {
    /// Pages at most.
    public var pages = 400
    /// Bytes of text at most.
    public var textBytes = 4_194_304
    /// Bytes of the file at most.
    public var fileBytes = 33_554_432

    /// The defaults.
    public init() {}
}

/// Why a document could not be made.
public enum PDFError: Error, Sendable, Equatable {
    /// More text, pages or bytes than the limits allow.
    case tooLarge
    /// An address that does not fit into a QR symbol.
    case unusableAddress
    /// The library refused; its words.
    case failed(String)
}
