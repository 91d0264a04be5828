/// Makes nonces.
public enum Nonces {
    /// A fresh one: 128 random bits in hexadecimal.
    public static func fresh() -> String {
        var text = ""
        for _ in 0..<2 {
            let part = String(UInt64.random(in: .min ... .max), radix: 16)
            text += String(repeating: "0", count: 16 - part.count) + part
        }
        return text
    }
}
