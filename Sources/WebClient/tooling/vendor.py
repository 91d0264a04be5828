"""Fetches the pinned third-party files into .build/vendor, once per change of the pins."""

import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tooling.paths import CLIENT, DEBIAN_NODE, VENDOR, fail, say

WHEELS = CLIENT / "tooling" / "wheels.txt"
STAMP = VENDOR / ".fetched"

# What is taken out of each wheel: (wheel name's beginning, path inside, path below .build/vendor).
TAKEN = [
    ("design_django_theme", "bootstrap_italia_template/static/css/bootstrap-italia.min.css", "bootstrap-italia/bootstrap-italia.min.css"),
    ("design_django_theme", "bootstrap_italia_template/static/plugins/", "bootstrap-italia/plugins/"),
    ("design_django_theme", "bootstrap_italia_template/static/_virtual/", "bootstrap-italia/_virtual/"),
    ("design_django_theme", "bootstrap_italia_template/static/svg/sprites.svg", "bootstrap-italia/sprites.svg"),
    ("design_django_theme", "bootstrap_italia_template/static/fonts/Titillium_Web/", "fonts/"),
    ("design_django_theme", "bootstrap_italia_template/static/fonts/Roboto_Mono/", "fonts/"),
    ("nicegui", "nicegui/static/dompurify.mjs", "dompurify/dompurify.mjs"),
    ("nicegui", "nicegui/elements/codemirror/dist/index.js", "codemirror/codemirror.mjs"),
    ("nicegui", "nicegui/elements/codemirror/dist/index-ciMdZ5pn.js", "codemirror/index-ciMdZ5pn.js"),
    ("nicegui", "nicegui/elements/codemirror/dist/index-Nq7t1WDl.js", "codemirror/markdown.mjs"),
]
# What that bundle of CodeMirror brings beside it: the loaders of 136 languages and 60 colour themes, 80 KB compressed, run at once
# and therefore kept by every bundler; and the HTML language for the tags inside Markdown, which ours does not have.
LEFT_OUT = [
    ("codemirror/index-ciMdZ5pn.js", r"function hb\(t\)\{return import.*?\],(?=db=\"#)", "const cb=[],"),
    ("codemirror/index-ciMdZ5pn.js", r"function Tb\(\)\{return Tb=.*(?=;export\{)", "const UC={}"),
    ("codemirror/markdown.mjs", r"import\{html as I,htmlCompletionSource as T\}from\"[^\"]*\";(?:import\"[^\"]*\";)*", "const I=()=>undefined,T=undefined;"),
]
SKIPPED_SUFFIXES = {".map", ".eot", ".svg", ".ttf", ".woff"}

# What a page needs to find at run time; shown in NOTICE and at /NOTICE.txt.
COMPONENTS = [
    ("Bootstrap Italia", "2.18.0", "BSD-3-Clause", "https://github.com/italia/bootstrap-italia", "PyPI design-django-theme 2.18.1"),
    ("Bootstrap", "5.2.3", "MIT", "https://github.com/twbs/bootstrap", "within Bootstrap Italia"),
    ("Titillium Web", "10", "OFL-1.1", "https://fonts.google.com/specimen/Titillium+Web", "PyPI design-django-theme 2.18.1"),
    ("Roboto Mono", "13", "Apache-2.0", "https://fonts.google.com/specimen/Roboto+Mono", "PyPI design-django-theme 2.18.1"),
    ("DOMPurify", "3.4.16", "Apache-2.0 OR MPL-2.0", "https://github.com/cure53/DOMPurify", "PyPI nicegui 3.18.0"),
    ("CodeMirror (state 6.5.2, view 6.38.1, commands 6.8.1, language 6.11.2, lang-markdown 6.3.4, with Lezer)", "6", "MIT",
     "https://codemirror.net", "PyPI nicegui 3.18.0, without its themes and other languages"),
]


def debian_version(module: str, package: str) -> str:
    import json
    manifest = DEBIAN_NODE / module / "package.json"
    if not manifest.exists():
        fail(f"{manifest} is missing: apt-get install {package}")
    return json.loads(manifest.read_text())["version"]


def notice() -> str:
    components = [*COMPONENTS, ("Popper", debian_version("@popperjs/core", "node-popper2"), "MIT", "https://github.com/floating-ui/floating-ui", "Debian node-popper2"),
                  ("jsdiff", debian_version("diff", "node-diff"), "BSD-3-Clause", "https://github.com/kpdecker/jsdiff", "Debian node-diff")]
    lines = ["The browser client contains this third-party software, unmodified apart from bundling.", ""]
    for name, version, licence, home, source in components:
        lines += [f"{name} {version}", f"  licence: {licence}", f"  home: {home}", f"  taken from: {source}", ""]
    return "\n".join(lines)


def fetch() -> None:
    pins = hashlib.sha256(WHEELS.read_bytes() + Path(__file__).read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == pins:
        return
    say("fetching Bootstrap Italia, its fonts, DOMPurify and CodeMirror")
    with tempfile.TemporaryDirectory() as folder:
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                    "--only-binary=:all:", "--require-hashes", "--requirement", str(WHEELS), "--dest", folder]
        if subprocess.run(download).returncode != 0:
            fail("pip could not download the wheels of tooling/wheels.txt (network, or a hash that differs)")
        for wheel in Path(folder).glob("*.whl"):
            take(wheel)
    for _, _, target in TAKEN:
        if not (VENDOR / target).exists():
            fail(f"no wheel brought {target}: tooling/wheels.txt and TAKEN disagree")
    for target, pattern, replacement in LEFT_OUT:
        leave_out(VENDOR / target, pattern, replacement)
    STAMP.write_text(pins)


def leave_out(file: Path, pattern: str, replacement: str) -> None:
    content, found = re.subn(pattern, lambda _: replacement, file.read_text(), flags=re.S)
    if found != 1:
        fail(f"{file.name} is another one than LEFT_OUT in tooling/vendor.py was written for")
    file.write_text(content)


def take(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for beginning, source, target in TAKEN:
            if not wheel.name.startswith(beginning):
                continue
            found = [name for name in names if name == source or (source.endswith("/") and name.startswith(source))]
            if not found:
                fail(f"{wheel.name} no longer holds {source}: the file moved, mend TAKEN in tooling/vendor.py")
            for name in found:
                if name.endswith("/") or (source.endswith("/") and Path(name).suffix in SKIPPED_SUFFIXES):
                    continue
                place = VENDOR / (target + name[len(source):] if source.endswith("/") else target)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(archive.read(name))
