import Foundation
import Messages
import Testing

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
