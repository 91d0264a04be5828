/// The pages that the server renders, readable without script.
enum PublicPage: String, Sendable, CaseIterable {
    case signIn = "/accesso"
    case invitation = "/invito"
    case reset = "/password"
    case choosePassword = "/password/nuova"
    case accessibility = "/accessibilita"
    case privacy = "/privacy"
    case programme = "/programma"
    case certificate = "/attestati"

    /// The largest body of a form, bytes.
    static let formBytes = 16_384

    var hasForm: Bool {
        switch self {
        case .signIn, .invitation, .reset, .choosePassword: true
        case .accessibility, .privacy, .programme, .certificate: false
        }
    }

    var methods: [String] { hasForm ? ["GET", "HEAD", "POST", "OPTIONS"] : ["GET", "HEAD", "OPTIONS"] }
}
