import Foundation

/// The links to files of the community in a Markdown text, such as `![plan](/files/12)`, as its editor writes them.
enum KitLinks {
    private static let start = "](/files/"

    /// A text whose links to files lead to other places; nil leaves one as it is.
    static func moved(_ text: String, to place: (Int64) -> String?) -> String {
        var pieces = text.components(separatedBy: start)[...]
        guard var moved = pieces.popFirst() else { return text }
        for piece in pieces {
            let digits = piece.prefix { $0.isASCII && $0.isNumber }
            let rest = piece.dropFirst(digits.count)
            let isWhole = rest.first.map { ")? \"#\n".contains($0) } ?? false
            if isWhole, let id = Int64(digits), let place = place(id) {
                moved += "](" + place + rest
            } else {
                moved += start + piece
            }
        }
        return moved
    }
}
