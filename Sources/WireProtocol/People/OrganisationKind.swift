/// The kinds of organisations, in the order of the map's legend.
public enum OrganisationKind: String, Sendable, CaseIterable {
    /// Regione.
    case regione
    /// Provincia.
    case provincia
    /// Città metropolitana.
    case metropolitanCity = "citta_metropolitana"
    /// Comune.
    case comune
    /// Unione dei Comuni.
    case unione = "unione_dei_comuni"
    /// Any other body or aggregation.
    case altro
}

/// The kinds of roles in which a person acts for an organisation.
public enum MandateRole: String, Sendable, CaseIterable {
    /// Works there.
    case employee
    /// Is elected or appointed there.
    case administrator
    /// Is its mayor.
    case mayor
    /// Works for ANCI on the programme.
    case anciStaff = "anci_staff"
    /// Monitors the programme.
    case monitor
    /// A guest from outside.
    case guest
}
