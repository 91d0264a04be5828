import CommunityKernel
import Journal
import SocketTransport
import WireProtocol

/// What a link to choose a password is about, for the page that shows it.
public struct InvitationFacts: Sendable, Equatable {
    /// Whether the link still does anything.
    public enum State: Sendable {
        /// It does.
        case open
        /// A password was chosen by it, or by another one.
        case used
        /// Its time is over.
        case expired
    }

    /// The name of the person invited.
    public let name: String
    /// The e-mail address of the person.
    public let email: String
    /// Whether it is usable.
    public let state: State
    /// The characters that the password needs.
    public let minimum: Int

    /// Makes them.
    public init(name: String, email: String, state: State, minimum: Int) {
        self.name = name
        self.email = email
        self.state = state
        self.minimum = minimum
    }
}

/// A form as it came, or an empty one.
struct Visit {
    let page: PublicPage
    let call: Call
    let text: PageText
    let form: FormBody?
    /// The token for the form that is shown now, and whether the browser holds it already.
    let formToken: String
    let isTokenKnown: Bool
    /// The token of the link, from the address or the form.
    var linkToken: String

    /// The page's address in its language.
    var address: String {
        PageTemplate.address(linkAddress, in: text.language)
    }

    /// What is asked for, on the page that checks certificates.
    var code = ""

    /// The page's address; a link's token, or a certificate's code, stays in it.
    var linkAddress: String {
        if !linkToken.isEmpty { return "\(page.rawValue)?token=\(FormBody.encoded(linkToken))" }
        return code.isEmpty ? page.rawValue : "\(page.rawValue)?code=\(FormBody.encoded(code))"
    }
}

// The pages that work without script: signing in, invitations, forgotten passwords, and what there is to read.
extension HTTPAPI {
    func pageText(_ call: Call) -> PageText {
        let query = (try? QueryString(call.head.rawQuery))?.values["lang"]?.first
        let language = PageLanguage(query: query, acceptLanguage: call.head.header("accept-language"))
        return PageText(language: language, contact: settings.contact)
    }

    func run(_ page: PublicPage, _ body: [UInt8], _ call: Call, _ handle: ExchangeHandle) {
        do {
            let isPost = call.head.method == "POST"
            if let refusal = admit(.nobody, call.caller.address, !isPost) { throw refusal }
            let form = isPost ? try FormBody(body, type: call.head.header("content-type")) : nil
            let held = FormToken.held(by: call.head, isSecure: call.caller.isSecure)
            let query = try QueryString(call.head.rawQuery).values
            let visit = Visit(
                page: page,
                call: call,
                text: pageText(call),
                form: form,
                formToken: held ?? Secret.base64url(Secret.random(18)),
                isTokenKnown: held != nil,
                linkToken: form?["token"] ?? query["token"]?.first ?? ""
            )
            let isOurs = form.map { held != nil && Secret.equal(Array($0["form"].utf8), Array((held ?? "").utf8)) }
            switch page {
            case .signIn: signIn(visit, isOurs: isOurs, chosen: query["chosen"] != nil, handle)
            case .reset: reset(visit, isOurs: isOurs, handle)
            case .invitation, .choosePassword: try choosePassword(visit, isOurs: isOurs, handle)
            case .accessibility, .privacy, .programme: read(visit, handle)
            case .certificate: check(query["code"]?.first ?? "", visit, handle)
            }
        } catch {
            handle.respond(refusal(community.refusal(error, page.rawValue), of: call))
        }
    }

    // MARK: Reading

    private func read(_ visit: Visit, _ handle: ExchangeHandle) {
        let document = PageDocument(visit.text.document(visit.page))
        show(visit, document.title, isCard: false, main: document.body, handle)
    }

    // MARK: Signing in

    private func signIn(_ visit: Visit, isOurs: Bool?, chosen: Bool, _ handle: ExchangeHandle) {
        let text = visit.text
        var form = emptyForm(
            visit,
            submit: text["signIn.submit"],
            [
                .init(
                    name: "login",
                    label: text["email"],
                    type: "email",
                    autocomplete: "username",
                    value: visit.form?["login"] ?? ""
                ),
                .init(name: "password", label: text["password"], type: "password", autocomplete: "current-password"),
            ]
        )
        let show: @Sendable (PageForm, Int, [(String, String)]) -> Void = { form, status, headers in
            let reset = PageTemplate.address(PublicPage.reset.rawValue, in: text.language)
            let notice: Markup =
                chosen && !form.isFaulty
                ? "<div class=\"pub-notice\" role=\"status\"><p>\(text["signIn.chosen"])</p></div>\n" : .none
            let main: Markup = """
                <h1>\(text["signIn.title"])</h1>
                <p>\(text["signIn.lead"])</p>
                \(notice)\(form.markup)<div class="pub-after"><p><a href="\(reset)">\(text["signIn.forgotten"])</a></p>
                <p>\(text["signIn.script"])</p></div>

                """
            self.show(visit, text["signIn.title"], status, headers, isFaulty: form.isFaulty, main: main, handle)
        }
        guard let typed = visit.form else { return show(form, 200, []) }
        let login = typed["login"].filter { $0 != " " }
        if login.isEmpty { form.problems["login"] = text["email.missing"] }
        if typed["password"].isEmpty { form.problems["password"] = text["password.missing"] }
        if isOurs != true { form.problem = text["formExpired"] }
        guard !form.isFaulty else { return show(form, form.problem == nil ? 422 : 403, []) }
        let body = JSON.members(["login": .string(login), "password": .string(typed["password"])])
        give("session.open", body, visit) { [form] outcome in
            switch outcome {
            case .done(let reply, _, _):
                let cookie = self.cookie(after: "session.open", reply, visit.call).map { [$0] } ?? []
                handle.respond(
                    self.finished(
                        HTTPResponse(
                            status: 303,
                            headers: [("Location", "/"), ("Cache-Control", "no-store")] + cookie
                        ),
                        visit.call
                    )
                )
            case .refused(let error):
                var form = form
                switch error.code {
                case .unauthenticated, .invalid, .tooLarge: form.problems["password"] = text["signIn.wrong"]
                default: form.problem = self.sentence(error, text)
                }
                let status = form.problem == nil ? 401 : error.code.httpStatus
                show(form, status, self.headers(of: error, status))
            }
        }
    }

    // MARK: A forgotten password

    private func reset(_ visit: Visit, isOurs: Bool?, _ handle: ExchangeHandle) {
        let text = visit.text
        var form = emptyForm(
            visit,
            submit: text["reset.submit"],
            [
                .init(
                    name: "email",
                    label: text["email"],
                    type: "email",
                    autocomplete: "username",
                    value: visit.form?["email"] ?? ""
                )
            ]
        )
        let show: @Sendable (PageForm, Int, [(String, String)]) -> Void = { form, status, headers in
            let main: Markup = "<h1>\(text["reset.title"])</h1>\n<p>\(text["reset.lead"])</p>\n\(form.markup)"
            self.show(visit, text["reset.title"], status, headers, isFaulty: form.isFaulty, main: main, handle)
        }
        guard let typed = visit.form else { return show(form, 200, []) }
        let email = typed["email"].filter { $0 != " " }
        if email.isEmpty {
            form.problems["email"] = text["email.missing"]
        } else if !email.contains("@") || email.utf8.count > 254 {
            form.problems["email"] = text["email.invalid"]
        }
        if isOurs != true { form.problem = text["formExpired"] }
        guard !form.isFaulty else { return show(form, form.problem == nil ? 422 : 403, []) }
        give("person.resetPassword", .members(["email": .string(email)]), visit) { [form] outcome in
            switch outcome {
            case .done: self.tell(visit, "reset.done", status: 200, [(text["signIn"], .signIn)], handle)
            case .refused(let error):
                var form = form
                form.problem = self.sentence(error, text)
                show(form, error.code.httpStatus, self.headers(of: error, error.code.httpStatus))
            }
        }
    }

    // MARK: Choosing a password

    private func choosePassword(_ visit: Visit, isOurs: Bool?, _ handle: ExchangeHandle) throws {
        let facts = try community.read(address: visit.call.caller.address) { context in
            visit.linkToken.isEmpty ? nil : try invitation(visit.linkToken, context)
        }
        let again = [(visit.text["askAgain"], PublicPage.reset), (visit.text["signIn"], PublicPage.signIn)]
        switch facts?.state {
        case nil: return tell(visit, "link.unknown", status: 404, again, handle)
        case .used: return tell(visit, "link.used", status: 410, again.reversed(), handle)
        case .expired: return tell(visit, "link.expired", status: 410, again, handle)
        case .open: break
        }
        guard let facts else { return }
        choosePassword(visit, facts, isOurs: isOurs, handle)
    }

    private func choosePassword(_ visit: Visit, _ facts: InvitationFacts, isOurs: Bool?, _ handle: ExchangeHandle) {
        let text = visit.text
        let kind = visit.page == .invitation ? "invitation" : "choose"
        let minimum = String(facts.minimum)
        var form = emptyForm(
            visit,
            submit: text[kind + ".submit"],
            [
                .init(
                    name: "password",
                    label: text["new.password"],
                    type: "password",
                    autocomplete: "new-password",
                    hint: text["new.hint", ["minimum": minimum]]
                ),
                .init(name: "repeated", label: text["new.repeat"], type: "password", autocomplete: "new-password"),
            ]
        )
        form.hidden = [("token", visit.linkToken)]
        let asksName = visit.page == .invitation
        if asksName {
            // Who was invited by address alone is called by a part of it until then.
            form.fields.insert(
                .init(
                    name: "name",
                    label: text["new.name"],
                    autocomplete: "name",
                    hint: text["new.nameHint"],
                    value: visit.form?["name"] ?? facts.name
                ),
                at: 0
            )
        }
        let named: Markup = "<dt>\(text["invited.name"])</dt><dd>\(facts.name)</dd>\n"
        let show: @Sendable (PageForm, Int, [(String, String)]) -> Void = { form, status, headers in
            let main: Markup = """
                <h1>\(text[kind + ".title"])</h1>
                <p>\(text[kind + ".lead"])</p>
                <dl class="pub-person">\(asksName ? .none : named)<dt>\(text["email"])</dt><dd>\(facts.email)</dd></dl>
                \(form.markup)
                """
            self.show(visit, text[kind + ".title"], status, headers, isFaulty: form.isFaulty, main: main, handle)
        }
        guard let typed = visit.form else { return show(form, 200, []) }
        let name = typed["name"].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if asksName, name.isEmpty { form.problems["name"] = text["new.nameMissing"] }
        if name.utf8.count > 200 { form.problems["name"] = text["new.nameLong"] }
        if typed["password"].isEmpty {
            form.problems["password"] = text["new.missing"]
        } else if typed["password"] != typed["repeated"] {
            form.problems["repeated"] = text["new.differs"]
        }
        if isOurs != true { form.problem = text["formExpired"] }
        guard !form.isFaulty else { return show(form, form.problem == nil ? 422 : 403, []) }
        var body = JSON.members(["token": .string(visit.linkToken), "password": .string(typed["password"])])
        if asksName {
            body = .members([
                "token": .string(visit.linkToken), "name": .string(name), "password": .string(typed["password"]),
            ])
        }
        give("person.acceptInvitation", body, visit) { [form] outcome in
            switch outcome {
            case .done:
                let address = PageTemplate.address(PublicPage.signIn.rawValue + "?chosen", in: text.language)
                handle.respond(
                    self.finished(
                        HTTPResponse(status: 303, headers: [("Location", address), ("Cache-Control", "no-store")]),
                        visit.call
                    )
                )
            case .refused(let error):
                var form = form
                let problem = error.fields?.first.map { "new." + $0.problem } ?? ""
                if error.fields?.contains(where: { $0.path.hasSuffix(".name") }) ?? false {
                    form.problems["name"] = text["new.nameMissing"]
                } else if error.code == .tooLarge || problem == "new.too_long" {
                    form.problems["password"] = text["new.too_long"]
                } else if text.has(problem) {
                    form.problems["password"] = text[problem, ["minimum": minimum]]
                } else if error.code == .notFound {
                    return self.tell(visit, "link.unknown", status: 404, [(text["askAgain"], .reset)], handle)
                } else {
                    form.problem = self.sentence(error, text)
                }
                show(form, error.code.httpStatus, self.headers(of: error, error.code.httpStatus))
            }
        }
    }

    // MARK: Parts

    private func emptyForm(_ visit: Visit, submit: String, _ fields: [PageForm.Field]) -> PageForm {
        PageForm(
            text: visit.text,
            action: PageTemplate.address(visit.page.rawValue, in: visit.text.language),
            submit: submit,
            token: visit.formToken,
            fields: fields
        )
    }

    /// Gives a command that needs no credentials, as any program would.
    func give(
        _ name: String,
        _ body: JSON,
        _ visit: Visit,
        _ completion: @escaping @Sendable (Outcome) -> Void
    ) {
        let object = named(body.object ?? JSONObject(), of: name, visit.call)
        let request = Community.Request(name: name, body: object)
        community.perform(request, as: .nobody, address: visit.call.caller.address) { outcome in
            switch outcome {
            case .done: self.requests.observe(name, "ok")
            case .refused(let error): self.requests.observe(name, error.code.rawValue)
            }
            completion(outcome)
        }
    }

    func sentence(_ error: WireError, _ text: PageText) -> String {
        switch error.code {
        case .rateLimited: text["wait", ["seconds": String(max(1, ((error.retryAfterMs ?? 1_000) + 999) / 1_000))]]
        case .unavailable: text["unavailable"]
        case .internal: text["error.500"]
        default: text["error.400"]
        }
    }

    func headers(of error: WireError, _ status: Int) -> [(String, String)] {
        Problem(error: error, status: status).response.headers.filter {
            $0.0 == "Retry-After" || $0.0 == "WWW-Authenticate"
        }
    }

    /// A page that tells how it ended, with where to go on.
    private func tell(
        _ visit: Visit,
        _ key: String,
        status: Int,
        _ links: [(String, PublicPage)],
        _ handle: ExchangeHandle
    ) {
        let text = visit.text
        let items = links.map { name, page in
            "<p><a href=\"\(PageTemplate.address(page.rawValue, in: text.language))\">\(name)</a></p>\n" as Markup
        }
        let main: Markup = """
            <h1>\(text[key])</h1>
            <p>\(text[key + ".text"])</p>
            <div class="pub-after">\(Markup(joined: items))</div>

            """
        show(visit, text[key], status, main: main, handle)
    }

    func show(
        _ visit: Visit,
        _ title: String,
        _ status: Int = 200,
        _ headers: [(String, String)] = [],
        isFaulty: Bool = false,
        isCard: Bool = true,
        main: Markup,
        _ handle: ExchangeHandle
    ) {
        var headers = headers
        if visit.page.hasForm, !visit.isTokenKnown {
            headers.append(FormToken.header(visit.formToken, isSecure: visit.call.caller.isSecure))
        }
        let page = PageTemplate.Page(
            text: visit.text,
            title: title,
            address: visit.linkAddress,
            isFaulty: isFaulty,
            isCard: isCard,
            main: main
        )
        handle.respond(finished(pages.template.response(page, status: status, headers: headers), visit.call))
    }
}
