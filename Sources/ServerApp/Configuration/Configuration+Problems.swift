import CommunityKernel
import Foundation
import HTTPAPI
import SocketTransport
import WireProtocol

extension Configuration {
    /// What cannot be right although every field is within its bounds, one sentence for each mistake.
    var problems: [String] {
        var problems: [String] = []
        if address == nil { problems.append("listen: not HOST:PORT: \(listen)") }
        if data.isEmpty { problems.append("data: empty") }
        if !publicUrl.isEmpty,
            !HTTPSettings.isOrigin(publicUrl.hasSuffix("/") ? String(publicUrl.dropLast()) : publicUrl)
        {
            problems.append("publicUrl: not an http or https address without a path: \(publicUrl)")
        }
        for origin in origins where !HTTPSettings.isOrigin(origin) {
            problems.append("origins: not http or https, a host and perhaps a port: \(origin)")
        }
        return problems + tlsProblems + mailProblems + eventProblems + webinarProblems + typeProblems
    }

    private var tlsProblems: [String] {
        guard tls.certificate.isEmpty == tls.key.isEmpty else { return ["tls: certificate and key go together"] }
        guard !tls.certificate.isEmpty else { return [] }
        var problems: [String] = []
        for (name, path) in [("certificate", tls.certificate), ("key", tls.key)] {
            if let reason = Self.unreadable(path) { problems.append("tls.\(name): \(path) cannot be read: \(reason)") }
        }
        guard problems.isEmpty else { return problems }
        var facts = stat()
        if stat(tls.key, &facts) == 0, facts.st_mode & 0o077 != 0 {
            problems.append("tls.key: others may read \(tls.key): chmod 600, or 400")
        }
        do throws(TransportError) {
            try TLSFiles(certificatePath: tls.certificate, privateKeyPath: tls.key).check()
        } catch {
            problems.append("tls: no certificate and key in PEM that belong together: \(tls.certificate), \(tls.key)")
        }
        return problems
    }

    private static func unreadable(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return String(cString: strerror(errno)) }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return "no file" }
        return nil
    }

    private var typeProblems: [String] {
        guard let named = networkTypes else { return [] }
        guard let types = named.object else { return ["networkTypes: not a map of types"] }
        var problems: [String] = []
        for member in types.members {
            let key = "networkTypes.\(member.name)"
            guard let type = InstalledNetworkTypes.all.first(where: { $0.id == member.name }) else {
                problems.append("\(key): no such network type is installed")
                continue
            }
            guard let settings = member.value.object else {
                problems.append("\(key): not a map such as {enabled: true}")
                continue
            }
            for setting in settings.members { problems += Self.fault(setting, of: type, at: "\(key).\(setting.name)") }
        }
        return problems
    }

    private static func fault(_ setting: JSONObject.Member, of type: any NetworkType, at key: String) -> [String] {
        if setting.name == "enabled" { return setting.value.bool == nil ? ["\(key): neither true nor false"] : [] }
        guard let rule = type.settings.first(where: { $0.name == setting.name }) else { return ["\(key): unknown key"] }
        return rule.value.fault(in: setting.value).map { ["\(key): \($0)"] } ?? []
    }
}
