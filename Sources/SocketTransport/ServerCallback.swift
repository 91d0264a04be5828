import CLibWebSockets

/// What libwebsockets calls for every socket of a server: a thunk that finds the owner and calls one method.
func serverCallback(
    wsi: OpaquePointer?,
    reason: lws_callback_reasons,
    user: UnsafeMutableRawPointer?,
    input: UnsafeMutableRawPointer?,
    count: Int
) -> Int32 {
    guard let wsi else { return 0 }
    switch reason {
    case LWS_CALLBACK_RECEIVE:
        SocketOwner.connection(of: wsi)?.receive(UnsafeRawBufferPointer(start: input, count: count), from: wsi)
        return 0
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return SocketOwner.connection(of: wsi)?.becameWritable() == false ? -1 : 0
    case LWS_CALLBACK_RECEIVE_PONG:
        SocketOwner.connection(of: wsi)?.heard()
        return 0
    case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
        loop(of: wsi)?.runMailbox()
        return 0
    case LWS_CALLBACK_HTTP:
        let path = UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : count)
        return SocketOwner.session(of: wsi)?.beginRequest(wsi, path: path) ?? -1
    case LWS_CALLBACK_HTTP_BODY:
        return SocketOwner.session(of: wsi)?.receiveBody(UnsafeRawBufferPointer(start: input, count: count)) ?? -1
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return SocketOwner.session(of: wsi)?.bodyComplete() ?? -1
    case LWS_CALLBACK_HTTP_WRITEABLE:
        return SocketOwner.session(of: wsi)?.becameWritable(wsi) ?? -1
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return SocketOwner.session(of: wsi)?.confirmUpgrade(wsi) ?? -1
    case LWS_CALLBACK_ESTABLISHED:
        return becameWebSocket(wsi)
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        return SocketOwner.connection(of: wsi)?.peerCloses(UnsafeRawBufferPointer(start: input, count: count)) == false
            ? -1 : 0
    case LWS_CALLBACK_RAW_RX:
        return SocketOwner.session(of: wsi)?.answerRaw(UnsafeRawBufferPointer(start: input, count: count), on: wsi)
            ?? -1
    case LWS_CALLBACK_CLOSED, LWS_CALLBACK_CLOSED_HTTP, LWS_CALLBACK_RAW_CLOSE:
        SocketOwner.ended(wsi)
        return 0
    case LWS_CALLBACK_WSI_DESTROY:
        SocketOwner.ended(wsi)
        return 0
    default:
        return 0
    }
}

private func loop(of wsi: OpaquePointer) -> ServiceLoop? {
    guard let raw = lws_context_user(lws_get_context(wsi)) else { return nil }
    return Unmanaged<ServiceLoop>.fromOpaque(raw).takeUnretainedValue()
}

private func becameWebSocket(_ wsi: OpaquePointer) -> Int32 {
    guard let session = SocketOwner.endLoan(of: wsi) as? HTTPSession,
        let connection = session.server.established(session, wsi: wsi)
    else { return -1 }
    SocketOwner.lend(connection, to: wsi)
    return 0
}
