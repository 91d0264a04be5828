import Foundation
import Messages
import Testing
import WireProtocol

@Suite("Markdown becomes HTML of our own elements only")
struct MarkdownTests {
    @Test("a plain text is a paragraph")
    func paragraph() {
        #expect(Markdown.html("Buongiorno a tutti") == "<p>Buongiorno a tutti</p>")
    }

    @Test(
        "the usual marks become their elements",
        arguments: [
            ("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>"),
            ("- [x] fatto\n- [ ] da fare", "<ul><li>☑ fatto</li><li>☐ da fare</li></ul>"),
            ("3. tre", "<ol start=\"3\"><li>tre</li></ol>"),
            ("> detto", "<blockquote><p>detto</p></blockquote>"),
            ("una\ndue", "<p>una<br>due</p>"),
            ("# Titolo", "<h3>Titolo</h3>"),
            ("```swift\nif a < b {}\n```", "<pre><code class=\"language-swift\">if a &lt; b {}\n</code></pre>"),
            ("&egrave; &copy; &amp;", "<p>è © &amp;</p>"),
        ]
    )
    func marks(_ text: String, _ html: String) {
        #expect(Markdown.html(text) == html)
    }

    @Test(
        "nothing that a text holds becomes an element, a handler or a script",
        arguments: [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
            "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java&#x0A;script:alert(1))",
            "[x](&#106;avascript:alert(1))", "[x](javascript&colon;alert(1))", "[x](vbscript:msgbox)",
            "[x](data:text/html;base64,PHNjcmlwdD4=)", "<javascript:alert(1)>", "![x](javascript:alert(1))",
            "[x](//evil.example)", "[x](/relative)", "[x]: javascript:alert(1)\n\n[x]", "[x](<java script:alert(1)>)",
            "```\"><script>alert(1)</script>\nx\n```", "[a](https://x.it/\"onmouseover=alert(1))",
            "<!-- <script> -->", "<?php echo 1 ?>", "<![CDATA[<script>]]>", "@[<b onclick=x>](5)",
            "#1\"><script>", "| <script> |\n|---|\n| </table><script> |",
        ]
    )
    func hostile(_ text: String) {
        let html = Markdown.html(text)
        var rest = html[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let tag = String(rest[start...end])
            #expect(Self.isOurs(tag), "\(tag) came out of \(text)")
            rest = rest[rest.index(after: end)...]
        }
    }

    private static func isOurs(_ tag: String) -> Bool {
        let bare = [
            "p", "em", "strong", "del", "code", "pre", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6", "table",
            "thead", "tbody", "tr", "th", "td", "br", "hr", "a", "span",
        ]
        if bare.contains(where: { tag == "<\($0)>" || tag == "</\($0)>" }) { return true }
        if tag.wholeMatch(of: /<a href="(https?:\/\/|mailto:)[^"<> ]*" rel="noopener noreferrer">/) != nil {
            return true
        }
        return tag.wholeMatch(of: /<span class="mention" data-person="[0-9]+">/) != nil
            || tag.wholeMatch(of: /<a href="\/go\/[0-9]+" class="reference">/) != nil
    }

    @Test("files of one's own are shown and led to, at their plain address alone")
    func ownFiles() {
        let files = [
            AttachedFile(id: FileID(7), name: "mappa.png", type: "image/png", bytes: 1),
            AttachedFile(id: FileID(8), name: "atto.pdf", type: "application/pdf", bytes: 1),
            AttachedFile(id: FileID(9), name: "x.svg", type: "image/svg+xml", bytes: 1),
        ]
        func html(_ text: String) -> String { Markdown.html(text, files: files) }
        #expect(
            html("![La *mappa* \"x\"](/files/7)")
                == "<p><img src=\"/files/7\" loading=\"lazy\" alt=\"La mappa &quot;x&quot;\"></p>"
        )
        #expect(html("[Atto](/files/8)") == "<p><a href=\"/files/8\">Atto</a></p>")
        // What is no picture is led to; what is not attached is neither, nor is any other way to write an address.
        #expect(html("![disegno](/files/9)") == "<p><a href=\"/files/9\">disegno</a></p>")
        for target in [
            "/files/6", "/files/07", "/files/+7", "/files/7?a=1", "/files/7#x", "/files/7/..", "//files/7", "files/7",
            "/files/\u{667}", "/files/7\" onerror=\"x",
        ] {
            let shown = html("![a](<\(target)>) [b](<\(target)>)")
            #expect(!shown.contains("<img") && !shown.contains("<a"), "\(target)")
        }
        #expect(Markdown.html("![a](/files/7)") == "<p>a</p>")
        #expect(html("![a](https://x.it/a.png)").contains("<img") == false)
        // Nothing inside an alternative text becomes a tag, and what follows it does again.
        #expect(
            html("![a ![b](/files/7) `c` [d](https://x.it) @[facilitators] #5\n<b>](/files/7) #5")
                == "<p><img src=\"/files/7\" loading=\"lazy\" alt=\"a b c d @[facilitators] #5 &lt;b&gt;\"> "
                + "<a href=\"/go/5\" class=\"reference\">#5</a></p>"
        )
        #expect(
            html("[![a](/files/7)](https://x.it)")
                == "<p><a href=\"https://x.it\" rel=\"noopener noreferrer\"><img src=\"/files/7\" loading=\"lazy\" alt=\"a\"></a></p>"
        )
    }

    @Test("an image is a link, so that no reader's browser fetches it")
    func image() {
        #expect(
            Markdown.html("![logo](https://example.org/a.png)")
                == "<p><a href=\"https://example.org/a.png\" rel=\"noopener noreferrer\">logo</a></p>"
        )
    }

    @Test("people, groups and references are found, but not in code")
    func names() {
        let rendered = Markdown.rendered(
            "@[Anna Bianchi](5) e @[channel]: #1235, foo#7, `@[x](6) #8`, [#9](https://a.it)"
        )
        #expect(rendered?.people == [5])
        #expect(rendered?.groups == ["channel"])
        #expect(rendered?.references == [1235])
        #expect(rendered?.html.contains("<span class=\"mention\" data-person=\"5\">@Anna Bianchi</span>") == true)
        #expect(rendered?.html.contains("<a href=\"/go/1235\" class=\"reference\">#1235</a>") == true)
    }

    @Test("who may not be mentioned is only named")
    func notMentioned() {
        #expect(Markdown.rendered("@[Anna](5)", people: [])?.html == "<p>@Anna</p>")
    }

    @Test("a text that grows too much is refused, and none takes long")
    func growth() {
        let columns = String(repeating: "|a", count: 120) + "|\n" + String(repeating: "|---", count: 120) + "|\n"
        let isRefused = Markdown.rendered(columns + String(repeating: "|x|\n", count: 3_000)) == nil
        #expect(isRefused)
        for unit in ["[", "![[]()", "*a_ ", "> ", "- ", "`", "<!--", "[a](<b", "**a ", "|", "&", "#1 "] {
            let text = String(repeating: unit, count: 16_384 / unit.utf8.count)
            let html = Markdown.rendered(text)?.html ?? ""
            #expect(html.utf8.count <= Markdown.outputBytes + 1_024)
        }
    }

    @Test("deep nesting keeps its text and loses its tags")
    func nesting() {
        let html = Markdown.html(String(repeating: ">", count: 2_000) + " fondo")
        #expect(html.contains("fondo"))
        #expect(html.components(separatedBy: "<blockquote>").count < 64)
    }

    @Test("the plain text has the words and no marks")
    func plain() {
        #expect(Markdown.plain("# Titolo\n\n**Ciao** [qui](https://a.it) &egrave;\n- uno") == "Titolo\nCiao qui è\nuno")
    }
}
