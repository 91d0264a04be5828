import WireProtocol

/// What goes to the mail server.
struct RenderedMail: Sendable {
    var address = ""
    /// Header fields in order, each whole, encoded and folded.
    var headers: [String] = []
    var text = ""
    var html = ""
    var attachments: [MailAttachment] = []
}

/// Lays a mail out: as text, and as HTML that says the same.
///
/// HTML of mails is of its own kind: tables, styles at the elements, nothing fetched from anywhere.
struct MailLayout {
    let template: MailTemplate
    let values: MailValues
    let community: String

    // A paragraph whose gaps have nothing to say is left out.
    private var paragraphs: [String] { template.text.map { values.fill($0) }.filter { !$0.isEmpty } }
    private var after: [String] { template.after.map { values.fill($0) }.filter { !$0.isEmpty } }
    private var action: (label: String, link: String)? {
        guard !template.action.isEmpty, let link = values.link(values.values["link"]) else { return nil }
        return (values.fill(template.action), link)
    }
    private var settings: (label: String, link: String)? {
        template.isOptional ? (MailTemplate.word("settings", values.language), values.baseURL + "/me") : nil
    }

    private struct Item {
        let title: String
        let text: String
        let link: String?
    }

    private var items: [Item] {
        (values.values["items"]?.array ?? []).map { item in
            Item(
                title: values.string(item["title"]),
                text: values.string(item["text"]),
                link: values.link(item["link"])
            )
        }
    }

    /// One line.
    var subject: String { values.fill(template.subject).replacing("\n", with: " ") }

    var text: String {
        var blocks = paragraphs
        for item in items {
            blocks.append([item.title, item.text, item.link ?? ""].filter { !$0.isEmpty }.joined(separator: "\n"))
        }
        if let action { blocks.append("\(action.label):\n\(action.link)") }
        blocks += after
        // Two hyphens and a blank: programs know what follows as the signature.
        var footer = "-- \n\(community)\n\(values.fill(template.reason))"
        if let settings { footer += "\n\(settings.label): \(settings.link)" }
        blocks.append(footer)
        return blocks.joined(separator: "\n\n").replacing("\n", with: "\r\n") + "\r\n"
    }

    // MARK: HTML

    private static let font = "'Titillium Web',Geneva,Tahoma,Verdana,sans-serif"

    var html: String {
        var body = ""
        for paragraph in paragraphs { body += Self.paragraph(paragraph) }
        if !items.isEmpty { body += list }
        if let action { body += Self.button(action.label, action.link) }
        for paragraph in after { body += Self.paragraph(paragraph, colour: "#455A64") }
        var footer = "<strong>\(Self.escape(community))</strong><br>\(Self.escape(values.fill(template.reason)))"
        if let settings {
            footer +=
                "<br><a href=\"\(Self.escape(settings.link))\" style=\"color:#0059B3\">\(Self.escape(settings.label))</a>"
        }
        return """
            <!DOCTYPE html>
            <html lang="\(Self.escape(values.language))">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light"><title>\(Self.escape(subject))</title></head>
            <body style="margin:0;padding:0;background:#F2F5F8;font-family:\(Self.font);color:#17324D">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#F2F5F8"><tr>
            <td align="center" style="padding:24px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;\
            background:#FFFFFF;border-radius:4px">
            <tr><td style="background:#0066CC;border-radius:4px 4px 0 0;padding:16px 28px;color:#FFFFFF;font-size:16px;\
            font-weight:600">\(Self.escape(community))</td></tr>
            <tr><td style="padding:28px 28px 12px">
            <h1 style="margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:600">\(Self.escape(subject))</h1>
            \(body)</td></tr>
            <tr><td style="border-top:1px solid #D9DADB;padding:16px 28px 24px;font-size:13px;line-height:1.5;\
            color:#5A6772">\(footer)</td></tr>
            </table></td></tr></table></body></html>

            """.replacing("\n", with: "\r\n")
    }

    private var list: String {
        var rows = ""
        for item in items {
            let title = Self.escape(item.title)
            let head =
                item.link.map { link in
                    "<a href=\"\(Self.escape(link))\" style=\"color:#0059B3;font-weight:600\">\(title)</a>"
                } ?? "<strong>\(title)</strong>"
            let text = item.text.isEmpty ? "" : "<br>\(Self.escape(item.text))"
            rows += """
                <tr><td style="border-left:3px solid #0066CC;padding:4px 0 4px 14px;font-size:16px;line-height:1.5">\
                \(head)\(text)</td></tr><tr><td style="height:14px;line-height:14px;font-size:14px">&nbsp;</td></tr>

                """
        }
        return "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\">\n\(rows)</table>\n"
    }

    private static func paragraph(_ text: String, colour: String = "#17324D") -> String {
        "<p style=\"margin:0 0 16px;font-size:16px;line-height:1.5;color:\(colour)\">\(escape(text))</p>\n"
    }

    private static func button(_ label: String, _ link: String) -> String {
        """
        <table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tr>\
        <td style="background:#0066CC;border-radius:4px"><a href="\(escape(link))" style="display:inline-block;\
        padding:12px 24px;color:#FFFFFF;font-size:16px;font-weight:600;text-decoration:none">\(escape(label))</a></td>\
        </tr></table>

        """
    }

    static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("\n", with: "<br>")
    }
}
