/// What a document of a network may begin with, as its type declares it.
public struct DocumentTemplate: Sendable {
    /// Its name on the wire, unique in the type.
    public let name: String
    /// What people call it.
    public let title: Bilingual
    /// What the document says at first, Markdown.
    public let text: Bilingual

    /// Makes one.
    public init(_ name: String, title: Bilingual, text: Bilingual) {
        self.name = name
        self.title = title
        self.text = text
    }

    /// Notes taken together at a meeting.
    public static let notes = DocumentTemplate(
        "notes",
        title: Bilingual(it: "Appunti di un incontro", en: "Notes of a meeting"),
        text: Bilingual(
            it: """
                ## Chi c’era

                -

                ## Di che cosa si è parlato

                ## Che cosa resta da fare

                - [ ] che cosa, chi, entro quando

                """,
            en: """
                ## Who was there

                -

                ## What was talked about

                ## What is left to do

                - [ ] what, who, until when

                """
        )
    )

    /// How something is done, for those who will do it.
    public static let guidance = DocumentTemplate(
        "guidance",
        title: Bilingual(it: "Linee guida", en: "Guidance"),
        text: Bilingual(
            it: """
                ## A chi serve

                ## Norme e atti di riferimento

                ## Come si fa

                1.

                ## Esempi

                ## Dubbi aperti

                """,
            en: """
                ## Who needs it

                ## Laws and acts

                ## How it is done

                1.

                ## Examples

                ## Open questions

                """
        )
    )

    /// What is to be talked about and decided.
    public static let agenda = DocumentTemplate(
        "agenda",
        title: Bilingual(it: "Ordine del giorno", en: "Agenda"),
        text: Bilingual(
            it: """
                ## Punti all’ordine del giorno

                | n. | punto | chi lo presenta | minuti |
                |---:|---|---|---:|
                | 1 | | | |

                ## Materiali

                ## Proposte di decisione

                """,
            en: """
                ## Items

                | no. | item | presented by | minutes |
                |---:|---|---|---:|
                | 1 | | | |

                ## Papers

                ## Proposed decisions

                """
        )
    )
}
