"""What must hold before the client is served: types, unit tests, translations."""

import json
import re
import shutil
import subprocess
import sys

from tooling.paths import ASSETS, CLIENT, fail, say

PLURAL = re.compile(r"_(one|other)$")


def check() -> None:
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
    """Both languages have the same keys and the same places to fill in, and the sources use exactly those."""
    tables = {name: json.loads((ASSETS / "i18n" / f"{name}.json").read_text()) for name in ("it", "en")}
    problems = []
    for name, other in (("it", "en"), ("en", "it")):
        problems += [f"{key} is missing in {name}.json" for key in tables[other].keys() - tables[name].keys()]
        problems += [f"{key} is empty in {name}.json" for key, text in tables[name].items() if not text.strip()]
    for key in tables["it"].keys() & tables["en"].keys():
        if places(tables["it"][key]) != places(tables["en"][key]):
            problems.append(f"{key} has different places to fill in it.json and en.json")
    known = {PLURAL.sub("", key) for key in tables["it"]}
    used = used_keys()
    problems += [f"{key} is used in {place} and not translated" for key, place in used.items() if key not in known]
    problems += [f"{key} is translated and never used" for key in known - used.keys()]
    if problems:
        fail("translations:\n  " + "\n  ".join(sorted(problems)))
    say(f"translations: {len(tables['it'])} texts in Italian and English")


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def used_keys() -> dict[str, str]:
    """Keys are always written out: t('key'), plural('key', n), or { text: 'key' } in a table."""
    used = {}
    for path in sorted(ASSETS.rglob("*.js")):
        text = path.read_text()
        for key in re.findall(r"\b(?:t|plural)\(\s*'([\w.]+)'", text) + re.findall(r"text: '([\w.]+)'", text):
            used.setdefault(key, str(path.relative_to(CLIENT)))
    return used
