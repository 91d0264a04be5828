import CStemmer
internal import GRDB

/// The FTS5 tokenizer `italian`: words without accents and case (unicode61), cut to their Italian stem (Snowball), so
/// that `piani` finds `piano`.
///
/// Words with digits, such as `56/2014`, stay whole.
final class ItalianTokenizer: FTS5WrapperTokenizer {
    static let name = "italian"

    let wrappedTokenizer: any FTS5Tokenizer
    private let stemmer: OpaquePointer?

    init(db: Database, arguments: [String]) throws {
        wrappedTokenizer = try db.makeTokenizer(
            .unicode61(diacritics: .remove, tokenCharacters: ["/"])
        )
        stemmer = sb_stemmer_new("italian", "UTF_8")
    }

    deinit {
        if let stemmer { sb_stemmer_delete(stemmer) }
    }

    func accept(
        token: String,
        flags: FTS5TokenFlags,
        for tokenization: FTS5Tokenization,
        tokenCallback: FTS5WrapperTokenCallback
    ) throws {
        let hasDigit = token.utf8.contains { $0 >= 0x30 && $0 <= 0x39 }
        if hasDigit { return try tokenCallback(token, flags) }
        // A slash joins numbers only: `comuni/unioni` are two words.
        var isFirst = true
        for word in token.split(separator: "/") {
            try tokenCallback(stem(String(word)), isFirst ? flags : [])
            isFirst = false
        }
    }

    private func stem(_ word: String) -> String {
        guard let stemmer else { return word }
        var copy = word
        return copy.withUTF8 { utf8 in
            guard let start = sb_stemmer_stem(stemmer, utf8.baseAddress, Int32(utf8.count)) else { return word }
            let count = Int(sb_stemmer_length(stemmer))
            return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        }
    }
}
