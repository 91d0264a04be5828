"""Pictures made on the spot, so that the tests carry none."""

import struct
import zlib


def png(width: int, height: int) -> bytes:
    """A blue that darkens downwards."""
    rows = b"".join(b"\0" + bytes((30, 90, 200 - 120 * y // height)) * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def damaged_png() -> bytes:
    return png(40, 40)[:-30]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
