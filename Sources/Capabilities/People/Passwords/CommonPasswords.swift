/// Passwords that everybody tries first, in lower case; only those that the shortest length lets through.
///
/// Our own selection of the kinds named in NIST SP 800-63B 5.1.1.2: sequences, repetitions, common words of Italian
/// and English.
enum CommonPasswords {
    static func contains(_ password: String) -> Bool {
        list.contains(password) || Set(password).count <= 2
    }

    private static let list: Set<String> = [
        "12345678", "123456789", "1234567890", "12345678910", "0123456789", "87654321", "987654321", "9876543210",
        "11223344", "1122334455", "123123123", "12341234", "123321123", "147258369", "789456123", "11111111",
        "01234567", "31415926", "19801980", "20202020", "20242024", "20252025", "20262026",
        "1234qwer", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "1qaz2wsx3edc", "qwertyui", "qwertyuiop", "qwerty123",
        "qwerty1234", "qwerty12", "asdfghjk", "asdfghjkl", "zxcvbnm1", "asdfasdf", "qazwsxedc", "qwer1234",
        "password", "password1", "password12", "password123", "password1234", "passw0rd", "p@ssw0rd", "p@ssword",
        "pa$$word", "passwords", "mypassword", "changeme", "changeme123", "changeit", "letmein1", "letmein123",
        "welcome1", "welcome123", "iloveyou", "iloveyou1", "sunshine", "princess", "football", "baseball", "superman",
        "batman123", "trustno1", "starwars", "whatever", "computer", "internet", "dragon123", "monkey123", "master123",
        "abcd1234", "abc12345", "abcdefgh", "abcdefghi", "a1b2c3d4", "aa123456", "admin123", "admin1234",
        "administrator",
        "amministratore", "amministrazione", "adminadmin", "rootroot", "guest123", "default1",
        "passwordpassword", "parolachiave", "benvenuto",
        "benvenuta", "benvenuto1", "benvenuti", "ciaociao", "ciao1234", "ciaociao1", "ciao12345", "buongiorno",
        "juventus", "juventus1", "forzajuve", "forzainter", "forzamilan", "forzaroma", "forzanapoli", "napoli1926",
        "internazionale", "inter1908", "acmilan1899", "italia123", "italia2024", "italia2025", "italia2026",
        "francesco", "francesca", "alessandro", "alessandra", "giuseppe", "giuseppe1", "antonella", "valentina",
        "federica", "stefania", "giovanni", "giovanna", "domenico", "salvatore", "vincenzo", "raffaele", "cristina",
        "margherita", "martina1", "andrea123", "amoremio", "tiamotanto", "tiamo123", "principessa", "stellina",
        "cioccolato", "primavera", "estate2024", "estate2025", "estate2026", "inverno2025", "autunno2025",
        "primavera2025", "primavera2026", "gennaio2026", "dicembre2025", "comune123", "comune2024", "comune2025",
        "comune2026", "provincia", "municipio", "ufficio1", "ufficio123", "protocollo", "anagrafe", "metropoli",
        "metropoli1", "metropoli123", "metropoli2024", "metropoli2025", "metropoli2026", "metropolistrategiche",
        "cittametropolitana", "anci2024", "anci2025", "anci2026", "regione1", "sindaco1", "sindaco123",
    ]
}
