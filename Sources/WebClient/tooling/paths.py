"""Where the client's sources are, and where what is made of them goes."""

import sys
from pathlib import Path

CLIENT = Path(__file__).resolve().parent.parent
ROOT = CLIENT.parent.parent
ASSETS = CLIENT / "Assets"
BUILD = ROOT / ".build"
VENDOR = BUILD / "vendor"
WEB = BUILD / "web"
DEBIAN_NODE = Path("/usr/share/nodejs")


class BuildFailure(Exception):
    """Something the person at the keyboard can mend; its text says what."""


def fail(text: str):
    raise BuildFailure(text)


def say(text: str) -> None:
    print(f"web: {text}", file=sys.stderr)
