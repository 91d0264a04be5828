/// Steps from C callbacks into the handler's isolation.
///
/// `assumeIsolated` checks that the loop is current.
///
/// The arguments are loop-bound like the handler itself; `Carried` tells the compiler so.
private struct Carried<Value>: @unchecked Sendable {
    // Sendable: it is made and opened on the same thread, within one call.
    let value: Value
    init(_ value: Value) { self.value = value }
}

extension LoopHandler {
    nonisolated func enterUpgrade(_ request: RequestHead) -> UpgradeDecision {
        assumeIsolated { $0.upgrade(request) }
    }

    nonisolated func enterOpened(_ connection: Connection, request: RequestHead) {
        let carried = Carried(connection)
        assumeIsolated { $0.opened(carried.value, request: request) }
    }

    nonisolated func enterReceived(_ message: UnsafeRawBufferPointer, isText: Bool, on connection: Connection) {
        let carried = Carried((message, connection))
        assumeIsolated { $0.received(carried.value.0, isText: isText, on: carried.value.1) }
    }

    nonisolated func enterDrained(_ connection: Connection) {
        let carried = Carried(connection)
        assumeIsolated { $0.drained(carried.value) }
    }

    nonisolated func enterClosed(_ connection: Connection, code: Int) {
        let carried = Carried(connection)
        assumeIsolated { $0.closed(carried.value, code: code) }
    }

    nonisolated func enterBegin(_ exchange: HTTPExchange) -> BodyPlan {
        let carried = Carried(exchange)
        return assumeIsolated { $0.begin(carried.value) }
    }

    nonisolated func enterComplete(_ exchange: HTTPExchange) {
        let carried = Carried(exchange)
        assumeIsolated { $0.complete(carried.value) }
    }

    nonisolated func enterAborted(_ exchange: HTTPExchange) {
        let carried = Carried(exchange)
        assumeIsolated { $0.aborted(carried.value) }
    }

    nonisolated func enterErrorResponse(status: Int, for exchange: HTTPExchange?) -> HTTPResponse {
        let carried = Carried(exchange)
        return assumeIsolated { $0.errorResponse(status: status, for: carried.value) }
    }
}
