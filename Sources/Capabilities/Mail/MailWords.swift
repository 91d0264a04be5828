public import WireProtocol

/// Words of `Texts` that other capabilities fill gaps with, in both languages: the reader's is chosen when the
/// mail is sent.
public enum MailWords {
    /// A text in both languages with its own gaps filled.
    public static func filled(_ key: String, _ values: KeyValuePairs<String, JSON> = [:]) -> JSON {
        let object = JSON.members(values).object ?? JSONObject()
        func text(_ language: String) -> JSON {
            let filling = MailValues(values: object, language: language, zone: "UTC", baseURL: "")
            return .string(filling.fill(MailTemplate.word(key, language)))
        }
        return .members(["it": text("it"), "en": text("en")])
    }
}
