import CStemmer
internal import GRDB
import GRDBSQLite

/// The FTS5 tokenizer `italian`: words without accents and case (unicode61), cut to their Italian stem (Snowball), so
/// that `piani` finds `piano`.
///
/// Words with digits, such as `56/2014`, stay whole. It works on the bytes that FTS5 hands around: every post runs
/// through it, and strings made for each word were an eighth of the writer's time.
final class ItalianTokenizer: FTS5CustomTokenizer {
    static let name = "italian"

    private let words: any FTS5Tokenizer
    private let stemmer: OpaquePointer?

    init(db: Database, arguments: [String]) throws {
        words = try db.makeTokenizer(.unicode61(diacritics: .remove, tokenCharacters: ["/"]))
        stemmer = sb_stemmer_new("italian", "UTF_8")
    }

    deinit {
        if let stemmer { sb_stemmer_delete(stemmer) }
    }

    func tokenize(
        context: UnsafeMutableRawPointer?,
        tokenization: FTS5Tokenization,
        pText: UnsafePointer<CChar>?,
        nText: CInt,
        tokenCallback: @escaping FTS5TokenCallback
    ) -> CInt {
        var receiver = Receiver(stemmer: stemmer, context: context, callback: tokenCallback)
        return words.tokenize(context: &receiver, tokenization: tokenization, pText: pText, nText: nText) {
            receiver,
            flags,
            token,
            count,
            start,
            end in
            guard let receiver, let token, count > 0 else { return SQLITE_OK }
            let word = UnsafeBufferPointer(start: token, count: Int(count))
            return receiver.assumingMemoryBound(to: Receiver.self).pointee.take(word, flags, start, end)
        }
    }

    /// Where the words of unicode61 go, while one text is read.
    private struct Receiver {
        let stemmer: OpaquePointer?
        let context: UnsafeMutableRawPointer?
        let callback: FTS5TokenCallback

        private static let slash = CChar(0x2F)

        func take(_ word: UnsafeBufferPointer<CChar>, _ flags: CInt, _ start: CInt, _ end: CInt) -> CInt {
            if word.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) { return give(word, flags, start, end) }
            // A slash joins numbers only: `comuni/unioni` are two words.
            var given = false
            for part in word.split(separator: Self.slash) {
                let code = giveStem(of: UnsafeBufferPointer(rebasing: part), given ? 0 : flags, start, end)
                guard code == SQLITE_OK else { return code }
                given = true
            }
            return SQLITE_OK
        }

        private func giveStem(
            of word: UnsafeBufferPointer<CChar>,
            _ flags: CInt,
            _ start: CInt,
            _ end: CInt
        ) -> CInt {
            let stem = word.withMemoryRebound(to: UInt8.self) { bytes in
                stemmer.flatMap { sb_stemmer_stem($0, bytes.baseAddress, CInt(bytes.count)) }
            }
            // Without memory for it, the word stands for its stem.
            guard let stem else { return give(word, flags, start, end) }
            let count = Int(sb_stemmer_length(stemmer))
            return stem.withMemoryRebound(to: CChar.self, capacity: count) {
                give(UnsafeBufferPointer(start: $0, count: count), flags, start, end)
            }
        }

        private func give(
            _ token: UnsafeBufferPointer<CChar>,
            _ flags: CInt,
            _ start: CInt,
            _ end: CInt
        ) -> CInt {
            callback(context, flags, token.baseAddress, CInt(token.count), start, end)
        }
    }
}
