import CCurl
import Synchronization

/// Gets a page of a server that the settings name, through libcurl, with bounds on time and size.
///
/// It follows no redirect and uses no proxy of the environment: nothing but the named server is asked. It may block, so it
/// has no place on the writer.
struct HTTPFetch: Sendable {
    /// How an attempt ended.
    enum Outcome: Sendable, Equatable {
        /// The server answered with that status.
        case answered(status: Int, body: [UInt8])
        /// It was not reached, was too slow, or said too much.
        case failed(String)
    }

    /// The longest that all of it may take, seconds.
    var timeout: Int64 = 10
    /// The largest answer, bytes.
    var limit = 1 << 20
    /// A file with the certificates that vouch for the server; empty for the system's.
    var authority = ""
    /// Ends what goes on, from another thread.
    var canceller: HTTPCanceller?

    func get(_ url: String) -> Outcome {
        guard metropoli_curl_global() == CURLE_OK, let handle = curl_easy_init() else {
            return .failed("libcurl cannot be used")
        }
        defer { curl_easy_cleanup(handle) }
        let body = FetchedBody(limit: limit, canceller: canceller)
        let user = Unmanaged.passUnretained(body).toOpaque()
        metropoli_curl_set_text(handle, CURLOPT_URL, url)
        metropoli_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, url.hasPrefix("https://") ? "https" : "http")
        metropoli_curl_set_text(handle, CURLOPT_PROXY, "")
        if !authority.isEmpty { metropoli_curl_set_text(handle, CURLOPT_CAINFO, authority) }
        metropoli_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
        metropoli_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
        metropoli_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT, Int(min(timeout, 5)))
        metropoli_curl_set_long(handle, CURLOPT_TIMEOUT, Int(timeout))
        metropoli_curl_set_long(handle, CURLOPT_NOPROGRESS, 0)
        metropoli_curl_set_body(handle, fetchedBytes, user)
        metropoli_curl_set_progress(handle, fetchProgress, user)
        let code = withExtendedLifetime(body) { curl_easy_perform(handle) }
        // The address bears a signature: libcurl's own words, which may quote it, stay here.
        guard code == CURLE_OK else {
            return .failed(body.isFull ? "too large" : String(cString: curl_easy_strerror(code)))
        }
        return .answered(status: metropoli_curl_status(handle), body: body.bytes)
    }
}

/// Ends attempts from another thread.
final class HTTPCanceller: Sendable {
    private let cancelled = Atomic(false)

    func cancel() { cancelled.store(true, ordering: .relaxed) }
    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }
}

/// The bytes that came; it belongs to the thread that asks.
private final class FetchedBody {
    let limit: Int
    let canceller: HTTPCanceller?
    private(set) var bytes: [UInt8] = []
    private(set) var isFull = false

    init(limit: Int, canceller: HTTPCanceller?) {
        self.limit = limit
        self.canceller = canceller
    }

    func take(_ more: UnsafeRawBufferPointer) -> Int {
        guard bytes.count + more.count <= limit else {
            isFull = true
            return 0
        }
        bytes += more
        return more.count
    }
}

private func fetchedBytes(
    _ data: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ user: UnsafeMutableRawPointer?
) -> Int {
    guard let user else { return 0 }
    let body = Unmanaged<FetchedBody>.fromOpaque(user).takeUnretainedValue()
    return body.take(UnsafeRawBufferPointer(start: data, count: size * count))
}

private func fetchProgress(
    _ user: UnsafeMutableRawPointer?,
    _ toReceive: curl_off_t,
    _ received: curl_off_t,
    _ toSend: curl_off_t,
    _ sent: curl_off_t
) -> CInt {
    guard let user else { return 0 }
    return Unmanaged<FetchedBody>.fromOpaque(user).takeUnretainedValue().canceller?.isCancelled ?? false ? 1 : 0
}
