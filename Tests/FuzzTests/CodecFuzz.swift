// The fuzz target of the codec: whatever bytes come, the parser ends with a value or a coded error, never a trap; what it
// accepts it writes back to the same value; a frame is read or refused.

/// One input of libFuzzer.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    var parser = JSONParser(bytes)
    while !parser.isAtEnd {
        guard let parsed = try? parser.nextWithinLimits() else { return 0 }
        if parsed.brokenLimit == nil, !parsed.value.holdsHalfPair {
            let again = try? JSONParser.parse(parsed.value.text)
            guard again == parsed.value else { fatalError("not the same value after writing and reading") }
        }
        if let frame = try? ClientFrame(parsed) { _ = frame.text }
        if let object = parsed.value.object {
            _ = try? Hello.read(object)
            _ = try? Hello.read(object, notation: .query)
        }
        guard parser.takeSeparator() else { return 0 }
    }
    _ = Instant(String(decoding: bytes, as: UTF8.self))
    return 0
}

extension JSON {
    /// Half a surrogate pair is written as null, so such a value does not come back the same.
    var holdsHalfPair: Bool {
        switch self {
        case .unpairedSurrogate: true
        case .array(let items): items.contains(where: \.holdsHalfPair)
        case .object(let object): object.members.contains { $0.value.holdsHalfPair }
        default: false
        }
    }
}
