import CommunityKernel
import Events
import Journal
import Networks
import People
import Registrations
import WireProtocol

/// `certificate.issue`, `.issueAll`, `.withdraw`, `.verify`, `.list`.
struct IssuingCertificates: Sendable {
    let access: EventAccess
    let recording: RecordingAttendance
    let settings: AttendanceSettings

    private static let batch = 100

    func issue(_ command: IssueCertificate, _ work: UnitOfWork) throws -> IssuedCertificate {
        guard let seat = try Attending.seat(command.registration, work.sql) else { throw WireError.notFound }
        let event = try access.facilitated(seat.event, work)
        if let known = try CertificateStore.valid(of: seat.id, work.sql) {
            work.repeats = true
            return IssuedCertificate(id: known.id, code: known.code)
        }
        guard event.isOn else { throw event.refused("the event does not take place") }
        guard work.now >= event.ends else { throw seat.refused("the event is not over") }
        guard [.checkedIn, .attended, .partial].contains(seat.state) else {
            throw seat.refused("only who attended gets a certificate")
        }
        // Settling what falls short would be a change beside the refusal.
        guard try isEnough(seat, at: event, work.sql) else {
            throw seat.refused("less than \(settings.threshold) % of the planned time")
        }
        try recording.settle(seat, at: event, work)
        let certificate = try write(seat, at: event, work)
        return IssuedCertificate(id: certificate.id, code: certificate.code)
    }

    private func isEnough(_ seat: RegisteredSeat, at event: EventRecord, _ sql: any SQLReader) throws -> Bool {
        let minutes =
            try AttendanceStore.minutes(of: seat.person, at: event.id, sql)
            ?? (seat.state == .checkedIn ? PresentTime(checkedIn: seat.changed, event).minutes(at: event) : 0)
        return event.isEnough(minutes, threshold: settings.threshold)
    }

    func issueAll(_ command: IssueCertificates, _ work: UnitOfWork) throws -> IssuedCertificates {
        let event = try access.facilitated(command.event, work)
        try recording.requireOver(event, work)
        let waiting = try work.sql.all(
            """
            SELECT r.id FROM registration r WHERE r.event = \(event.id) AND r.state IN ('checked_in', 'attended')
                AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.registration = r.id)
            ORDER BY r.id LIMIT \(Self.batch * 10)
            """
        ) { $0.id(0) as RegistrationID }
        var issued: Int64 = 0
        for id in waiting {
            guard issued < Int64(Self.batch) else { return IssuedCertificates(issued: issued, more: true) }
            guard let seat = try Attending.seat(id, work.sql), try isEnough(seat, at: event, work.sql) else { continue }
            try recording.settle(seat, at: event, work)
            _ = try write(seat, at: event, work)
            issued += 1
        }
        return IssuedCertificates(issued: issued, more: false)
    }

    private func write(_ seat: RegisteredSeat, at event: EventRecord, _ work: UnitOfWork) throws -> CertificateRecord {
        guard let person = try PeopleStore.activePerson(seat.person, work.sql) else { throw WireError.notFound }
        let minutes = try AttendanceStore.minutes(of: seat.person, at: event.id, work.sql) ?? 0
        let certificate = CertificateRecord(
            id: work.nextID(),
            code: CheckCode.fresh(),
            registration: seat.id,
            event: event.id,
            person: seat.person,
            name: person.name,
            title: event.title,
            minutes: event.span.isAllDay ? nil : minutes,
            issued: work.now
        )
        try work.append(CertificateIssued(certificate.news), to: .person(seat.person))
        try work.append(CertificateIssued(certificate.news), to: .desk(event.network))
        try CertificateStore.insert(certificate, work)
        try work.audit("certificate.issue", subject: certificate.id.rawValue, detail: "registration \(seat.id)")
        return certificate
    }

    func withdraw(_ command: WithdrawCertificate, _ work: UnitOfWork) throws -> Nothing {
        guard var certificate = try CertificateStore.certificate(command.certificate, work.sql) else {
            throw WireError.notFound
        }
        let event = try access.facilitated(certificate.event, work)
        guard certificate.withdrawn == nil else { throw certificate.refused }
        certificate.withdrawn = work.now
        certificate.reason = command.reason
        try CertificateStore.withdraw(certificate, work.sql)
        try work.append(CertificateWithdrawn(certificate.news), to: .person(certificate.person))
        try work.append(CertificateWithdrawn(certificate.news), to: .desk(event.network))
        try work.audit("certificate.withdraw", subject: certificate.id.rawValue, detail: command.reason)
        return Nothing()
    }

    func verify(_ query: VerifyCertificate, _ context: QueryContext) throws -> VerifiedCertificate {
        let code = CheckCode.grouped(CheckCode.plain(query.code))
        guard let certificate = try CertificateStore.certificate(code: code, context.sql) else {
            throw WireError.notFound
        }
        let event = try EventStore.event(certificate.event, context.sql)
        var verified = VerifiedCertificate()
        verified.name = certificate.name
        verified.event = certificate.title
        verified.date = event.map { String(($0.span.start.date ?? $0.span.start.local ?? "").prefix(10)) } ?? ""
        verified.hours = certificate.minutes.map { (Double($0) / 60 * 100).rounded() / 100 }
        verified.valid = certificate.withdrawn == nil
        verified.issued = certificate.issued
        verified.withdrawn = certificate.withdrawn
        return verified
    }

    func list(_ query: ListCertificates, _ context: QueryContext) throws -> CertificateList {
        let found = try CertificateStore.certificates(of: context.actor.id, limit: 500, context.sql)
        return CertificateList(certificates: found.map(\.view))
    }
}
