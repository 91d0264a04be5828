"""Draws our own mark as PNG, for the places that take no SVG: a rounded square, lines and discs, by their distance from each pixel."""

import math
import re
import struct
import xml.etree.ElementTree as ElementTree
import zlib
from collections.abc import Iterator
from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]


def png(mark: Path, side: int, maskable: bool = False) -> bytes:
    """A maskable icon is cut to any shape by the device: its ground reaches the edges, and the mark keeps to the middle."""
    root = ElementTree.parse(mark).getroot()
    size = float(root.get("viewBox").split()[2])
    rect = root.find(f"{SVG}rect")
    ground, corner = colour(rect.get("fill")), 0.0 if maskable else float(rect.get("rx"))
    group = root.find(f"{SVG}g[@stroke]")
    half = float(group.get("stroke-width")) / 2
    lines = list(segments(group.find(f"{SVG}path").get("d")))
    discs = [tuple(float(circle.get(name)) for name in ("cx", "cy", "r")) for circle in root.iter(f"{SVG}circle")]
    unit = size / side
    zoom = 1.3 if maskable else 1.0
    rows = bytearray()
    for row in range(side):
        rows.append(0)
        for column in range(side):
            x, y = (column + 0.5) * unit, (row + 0.5) * unit
            cover = coverage(-box(x, y, size, corner), unit)
            x, y = ((value - size / 2) * zoom + size / 2 for value in (x, y))
            inside = max(max(radius - math.hypot(x - cx, y - cy) for cx, cy, radius in discs),
                         max(half - distance(x, y, line) for line in lines))
            white = coverage(inside, unit * zoom)
            rows += bytes(round(one + (255 - one) * white) for one in ground) + bytes([round(255 * cover)])
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + chunk(b"IEND", b"")


def segments(path: str) -> Iterator[tuple[Point, Point]]:
    """The straight lines of a path of M, m, l, h and v."""
    at, command, numbers = (0.0, 0.0), "", []
    for token in re.findall(r"[A-Za-z]|-?\d*\.?\d+", path):
        if token.isalpha():
            command, numbers = token, []
            continue
        numbers.append(float(token))
        if command in "hv":
            to = (at[0] + numbers[0], at[1]) if command == "h" else (at[0], at[1] + numbers[0])
        elif len(numbers) == 2:
            to = tuple(numbers) if command in "ML" else (at[0] + numbers[0], at[1] + numbers[1])
        else:
            continue
        if command not in "Mm":
            yield at, to
        # After a move the next pair is a line.
        at, numbers, command = to, [], {"M": "L", "m": "l"}.get(command, command)


def distance(x: float, y: float, line: tuple[Point, Point]) -> float:
    (ax, ay), (bx, by) = line
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    part = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length))
    return math.hypot(x - ax - part * dx, y - ay - part * dy)


def box(x: float, y: float, size: float, corner: float) -> float:
    """How far outside of the rounded square a point is; negative inside."""
    dx, dy = (abs(value - size / 2) - size / 2 + corner for value in (x, y))
    return math.hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - corner


def coverage(depth: float, pixel: float) -> float:
    return max(0.0, min(1.0, depth / pixel + 0.5))


def colour(text: str) -> tuple[int, int, int]:
    return tuple(int(text[at:at + 2], 16) for at in (1, 3, 5))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
