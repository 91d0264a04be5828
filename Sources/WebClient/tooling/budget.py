"""What a first visit loads, compressed, against what issue 3 allows; run it after a build: python3 tooling/budget.py."""

import gzip
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.dont_write_bytecode = True

from tooling.paths import WEB  # noqa: E402

SCRIPT_LIMIT = 150_000
STYLE_LIMIT = 100_000
# What the channel screen draws in: regular text and three weights of it. Italics and code come when a message has them.
FIRST_FONTS = re.compile(r"titillium.*-(regular|600|700)\.")


def sizes(web: Path) -> dict[str, dict[str, int]]:
    page = (web / "index.html").read_text()
    named = re.findall(r'(?:src|href)="/([^"]+)"', page)
    scripts = {name: compressed(web / name) for name in named if name.endswith(".js")}
    styles = {name: compressed(web / name) for name in named if name.endswith(".css")}
    fonts = {path.name: path.stat().st_size for path in sorted(web.glob("*.woff2")) if FIRST_FONTS.search(path.name)}
    pictures = {path.name: compressed(path) for path in sorted(web.glob("icons.*.svg"))}
    return {"script": scripts, "style and fonts": styles | fonts, "icons": pictures}


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def main() -> int:
    if not (WEB / "index.html").exists():
        print("web: nothing is built: python3 Sources/WebClient/build.py", file=sys.stderr)
        return 1
    limits = {"script": SCRIPT_LIMIT, "style and fonts": STYLE_LIMIT}
    exceeded = False
    for group, files in sizes(WEB).items():
        total, limit = sum(files.values()), limits.get(group)
        exceeded = exceeded or (limit is not None and total > limit)
        for name, size in files.items():
            print(f"  {size:>9,}  {name}")
        verdict = "" if limit is None else f" of {limit:,}: {'within' if total <= limit else 'ABOVE'} the limit"
        print(f"  {total:>9,}  {group}{verdict}\n")
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
