#!/usr/bin/env python3
"""Builds the browser client into .build/web; with --check, proves it instead.

Needs esbuild, node, node-typescript, node-popper2 and node-diff of Debian; fetches two pinned wheels on the first run.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from tooling import bundle, checks  # noqa: E402
from tooling.paths import BuildFailure  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="translations, types and unit tests; builds nothing")
    arguments = parser.parse_args()
    try:
        checks.check() if arguments.check else bundle.build()
    except BuildFailure as failure:
        print(f"web: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
