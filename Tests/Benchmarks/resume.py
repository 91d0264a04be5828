"""Resume of many updates by one client: how many a second, and how much the server's memory grows meanwhile."""
import base64
import json
import os
import socket
import struct
import time


class Reader:
    """A WebSocket client that does just enough: it reads text frames and sends one masked one."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            (f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Protocol: metropoli.v1\r\n\r\n").encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(65_536)
        self.buffer = self.buffer.split(b"\r\n\r\n", 1)[1]

    def send(self, value):
        payload = json.dumps(value).encode()
        mask = os.urandom(4)
        head = bytes([0x81, 0x80 | 126]) + struct.pack(">H", len(payload)) + mask
        self.socket.sendall(head + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)))

    def take(self, count):
        while len(self.buffer) < count:
            more = self.socket.recv(1 << 20)
            if not more:
                raise SystemExit("the server closed")
            self.buffer += more
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def frame(self):
        head = self.take(2)
        size = head[1] & 127
        if size == 126:
            size = struct.unpack(">H", self.take(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.take(8))[0]
        return self.take(size)


def resident(pid):
    with open(f"/proc/{pid}/status") as file:
        for line in file:
            if line.startswith("VmRSS"):
                return int(line.split()[1])
    return 0


def post_many(server, token, channel, count):
    reader = Reader(server.port)
    reader.send({"hello": {"version": 1, "token": token, "device": "bench-writer", "client": "bench/1"}})
    epoch, head, done, sent = None, None, 0, 0
    while done < count:
        for line in reader.frame().split(b"\n"):
            value = json.loads(line)
            if "welcome" in value:
                epoch, head = value["welcome"]["epoch"], value["welcome"]["head"]
            if "error" in value:
                raise SystemExit(str(value))
            done += "ok" in value
        while head is not None and sent < count and sent - done < 30:
            sent += 1
            reader.send({"id": sent, "do": "message.post", "with": {"channel": channel, "text": f"Messaggio {sent} " + "x" * 180}})
    reader.socket.close()
    return epoch, head


def measure_resume(server, count):
    """Posts `count` messages while a member is away, then lets the member come back."""
    _, (channel,) = server.token_file(2, 1)
    epoch, head = post_many(server, server.tokens[0], channel, count)
    before = resident(server.pid)
    start = time.monotonic()
    reader = Reader(server.port)
    reader.send({"hello": {"version": 1, "token": server.tokens[1], "device": "bench-reader", "client": "bench/1",
                           "cursor": {"epoch": epoch, "seq": head}}})
    got, last = 0, 0
    while True:
        frame = reader.frame()
        got += frame.count(b'{"update":')
        if b'{"live":' in frame:
            break
    spent = time.monotonic() - start
    reader.socket.close()
    return {"updates": got, "seconds": round(spent, 4), "updates_per_s": round(got / spent),
            "server_growth_kb": resident(server.pid) - before}
