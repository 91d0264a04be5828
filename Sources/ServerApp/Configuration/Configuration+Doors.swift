import Foundation
import HTTPAPI
import Realtime
import SocketTransport
import WireProtocol

extension Configuration {
    /// The bounds of the real-time door.
    var realtimeSettings: RealtimeSettings {
        var settings = RealtimeSettings()
        settings.limits.frameBytes = limits.frameBytes
        settings.limits.inFlight = limits.inFlight
        settings.limits.textBytes = limits.textBytes
        settings.rates.enabled = limits.rate == "on"
        settings.rates.queries = RateLimiter.Budget(
            perSecond: Double(limits.queryPerSecond),
            burst: Double(limits.queryBurst)
        )
        settings.rates.address = RateLimiter.Budget(
            perSecond: Double(limits.addressPerSecond),
            burst: Double(limits.addressBurst)
        )
        settings.rates.person = RateLimiter.Budget(
            perSecond: Double(limits.personPerSecond),
            burst: Double(limits.personBurst)
        )
        settings.rates.bot = RateLimiter.Budget(
            perSecond: Double(limits.botPerSecond),
            burst: Double(limits.botBurst)
        )
        settings.rates.signals = RateLimiter.Budget(
            perSecond: Double(limits.signalPerSecond),
            burst: Double(limits.signalBurst)
        )
        return settings
    }

    /// How the sockets are opened.
    func transport(_ address: (host: String, port: Int), localSocket: String?) -> TransportConfiguration {
        var bounds = TransportLimits()
        bounds.maxMessageBytes = Int(limits.frameBytes)
        bounds.oversizeCloseCode = CloseCode.malformed
        bounds.slowCloseCode = CloseCode.slow
        bounds.slowFarewell = ServerFrame.object("bye", Bye(code: "slow", retryAfterMs: 0))
        bounds.outboundBytes = Int(limits.unsentBytes)
        bounds.refusedBodyBytes = Int(limits.refusedBodyBytes)
        bounds.maxConnectionsPerAddress = Int(limits.connectionsPerAddress)
        var files: TLSFiles?
        if !tls.certificate.isEmpty {
            files = TLSFiles(certificatePath: tls.certificate, privateKeyPath: tls.key)
        }
        return TransportConfiguration(
            host: address.host,
            port: address.port,
            loops: loopCount,
            tls: files,
            unixSocketPath: localSocket,
            subprotocols: ["metropoli.v1"],
            limits: bounds
        )
    }

    /// One loop up to two processors, then one for every two.
    private var loopCount: Int {
        loops > 0 ? Int(loops) : max(1, ProcessInfo.processInfo.activeProcessorCount / 2)
    }
}
