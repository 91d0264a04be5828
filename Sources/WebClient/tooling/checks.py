"""What must hold before the client is served: types, unit tests, translations."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tooling import vendor
from tooling.paths import ASSETS, CLIENT, fail, say

PLURAL = re.compile(r"_(one|other)$")


def check() -> None:
    vendor.fetch()
    check_translations()
    for program, package in (("tsc", "node-typescript"), ("node", "nodejs")):
        if not shutil.which(program):
            fail(f"{program} is missing: apt-get install {package}")
    run("types", ["tsc", "--project", str(CLIENT)])
    run("unit tests", ["node", "--test", str(CLIENT / "Tests")])
    run("tests of the build", [sys.executable, "-B", "-m", "unittest", "--quiet", str(CLIENT / "Tests" / "test_tooling.py")])


def run(what: str, command: list[str]) -> None:
    if subprocess.run(command, cwd=CLIENT).returncode != 0:
        fail(f"{what} failed")
    say(f"{what}: passed")


def check_translations() -> None:
    """Both languages have the same keys and the same places to fill in, and the sources use exactly those.

    A folder may bring texts of its own, in its `i18n/`, which come with its script: only that folder may use them.
    """
    problems: list[str] = []
    used = used_keys()
    count = 0
    for folder in sorted({path.parent for path in ASSETS.rglob("it.json")}):
        owner = folder.parent
        tables = {name: json.loads((folder / f"{name}.json").read_text()) for name in ("it", "en")}
        count += len(tables["it"])
        for name, other in (("it", "en"), ("en", "it")):
            problems += [f"{key} is missing in {name}.json" for key in tables[other].keys() - tables[name].keys()]
            problems += [f"{key} is empty in {name}.json" for key, text in tables[name].items() if not text.strip()]
        for key in tables["it"].keys() & tables["en"].keys():
            if places(tables["it"][key]) != places(tables["en"][key]):
                problems.append(f"{key} has different places to fill in it.json and en.json")
        for key in {PLURAL.sub("", key) for key in tables["it"]}:
            users = used.pop(key, [])
            if not users:
                problems.append(f"{key} is translated and never used")
            problems += [f"{key} comes with {owner.name} and is used in {user.relative_to(ASSETS)}"
                         for user in users if owner not in user.parents]
    problems += [f"{key} is used in {users[0].relative_to(ASSETS)} and not translated" for key, users in used.items()]
    if problems:
        fail("translations:\n  " + "\n  ".join(sorted(problems)))
    say(f"translations: {count} texts in Italian and English")


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def used_keys() -> dict[str, list[Path]]:
    """Keys are always written out: t('key'), plural('key', n), or { text: 'key' } in a table."""
    used: dict[str, list[Path]] = {}
    for path in sorted(ASSETS.rglob("*.js")):
        text = path.read_text()
        for key in re.findall(r"\b(?:t|plural)\(\s*'([\w.]+)'", text) + re.findall(r"text: '([\w.]+)'", text):
            used.setdefault(key, []).append(path)
    return used
