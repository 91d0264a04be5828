import SocketTransport

/// The headers that every response bears (security checklist 24–36).
enum SecurityHeaders {
    /// What a page of the browser client may load; `nonce` opens it for the scripts and styles that bear it.
    static func policy(nonce: String?) -> String {
        let opened = nonce.map { " 'nonce-\($0)'" } ?? ""
        return "default-src 'self'; script-src 'self'\(opened); style-src 'self'\(opened); font-src 'self' data:; "
            + "img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
            + "form-action 'self'; object-src 'none'"
    }

    private static let always = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Content-Security-Policy", policy(nonce: nil)),
    ]

    /// Adds those that the response does not set itself.
    static func complete(_ response: HTTPResponse, isSecure: Bool) -> HTTPResponse {
        var response = response
        let own = Set(response.headers.map { $0.0.lowercased() })
        for header in always where !own.contains(header.0.lowercased()) { response.headers.append(header) }
        if isSecure { response.headers.append(("Strict-Transport-Security", "max-age=31536000")) }
        return response
    }
}
