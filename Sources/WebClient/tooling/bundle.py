"""Writes the served tree .build/web: the script and style that every page needs, those that some screens load, fonts, icons, the page."""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tooling import icons as app_icons
from tooling import prune, vendor
from tooling.paths import ASSETS, BUILD, CLIENT, DEBIAN_NODE, VENDOR, WEB, fail, say

STAMP = BUILD / "web.stamp"
FONTS = ["titillium-web-v10-latin-ext_latin-regular", "titillium-web-v10-latin-ext_latin-italic",
         "titillium-web-v10-latin-ext_latin-600", "titillium-web-v10-latin-ext_latin-700",
         "roboto-mono-v13-latin-ext_latin-regular"]
COMPRESSED = {".js", ".css", ".html", ".svg", ".txt", ".json"}


def sources_hash() -> str:
    digest = hashlib.sha256()
    for folder in (ASSETS, CLIENT / "tooling"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(CLIENT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def build() -> None:
    vendor.fetch()
    stamp = sources_hash()
    if STAMP.exists() and STAMP.read_text() == stamp and (WEB / "index.html").exists():
        return
    if not shutil.which("esbuild"):
        fail("esbuild is missing: apt-get install esbuild")
    fresh = BUILD / "web.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)

    icons = put(fresh, "icons.svg", icon_sprite())
    favicon = put(fresh, "favicon.svg", (ASSETS / "shell" / "favicon.svg").read_bytes())
    fonts = {font: put(fresh, f"{font}.woff2", (VENDOR / "fonts" / f"{font}.woff2").read_bytes()) for font in FONTS}
    later = put(fresh, "later.css", bundle_later_style())
    script, shared = bundle_scripts(fresh, icons, later)
    style = put(fresh, "app.css", bundle_style(fonts))
    early = put(fresh, "early.js", esbuild([str(ASSETS / "theme" / "early.js"), "--format=iife", "--target=es2022"]))
    touch_icon = put_app_icons(fresh)
    page = (ASSETS / "index.html").read_text()
    # What the script imports is asked for together with it, not after it.
    page = page.replace('<script type="module"', "".join(
        f'<link rel="modulepreload" href="/{name}" nonce="__NONCE__">\n' for name in shared) + '<script type="module"')
    for mark, name in {"__SCRIPT__": script, "__STYLE__": style, "__EARLY__": early, "__FAVICON__": favicon, "__TOUCH_ICON__": touch_icon}.items():
        if mark not in page:
            fail(f"Assets/index.html has no {mark}")
        page = page.replace(mark, f"/{name}")
    (fresh / "index.html").write_text(page)
    (fresh / "sw.js").write_bytes(bundle_worker(fresh))
    (fresh / "NOTICE.txt").write_text(vendor.notice())
    (fresh / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    compress(fresh)
    shutil.rmtree(WEB, ignore_errors=True)
    fresh.rename(WEB)
    STAMP.write_text(stamp)
    report()


def put(folder: Path, name: str, content: bytes) -> str:
    """Writes a file whose name bears its content's hash, so that it may be cached for ever."""
    stem, suffix = name.rsplit(".", 1)
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{suffix}"
    (folder / hashed).write_bytes(content)
    return hashed


def esbuild(arguments: list[str]) -> bytes:
    environment = {**os.environ, "NODE_PATH": str(DEBIAN_NODE)}
    done = subprocess.run(["esbuild", "--bundle", "--minify", "--legal-comments=none", "--log-level=warning", *arguments],
                          capture_output=True, env=environment, cwd=CLIENT)
    if done.returncode != 0:
        fail("esbuild: " + done.stderr.decode())
    return done.stdout


def bundle_scripts(folder: Path, icons: str, later: str) -> tuple[str, list[str]]:
    """One script for every page, and one for each dynamic import; returns the first one's name and those it needs at once."""
    plugins = VENDOR / "bootstrap-italia" / "plugins"
    with tempfile.TemporaryDirectory() as made:
        esbuild([
            str(ASSETS / "main.js"), "--format=esm", "--target=es2022", "--charset=utf8",
            f"--outdir={made}", "--splitting", "--entry-names=app-[hash]", "--chunk-names=part-[hash]", f"--metafile={made}/meta.json",
            f"--alias:dompurify={VENDOR / 'dompurify' / 'dompurify.mjs'}",
            f"--alias:bootstrap-italia/dropdown={plugins / 'dropdown.js'}",
            f"--alias:codemirror={VENDOR / 'codemirror' / 'codemirror.mjs'}",
            f"--alias:codemirror-parts={VENDOR / 'codemirror' / 'index-ciMdZ5pn.js'}",
            f"--alias:codemirror-markdown={VENDOR / 'codemirror' / 'markdown.mjs'}",
            f"--define:ICONS_URL={json.dumps('/' + icons)}",
            f"--define:LATER_STYLE_URL={json.dumps('/' + later)}",
        ])
        outputs = {Path(path).name: facts for path, facts in json.loads(Path(made, "meta.json").read_text())["outputs"].items()}
        names = {name: served_name(name) for name in outputs}
        for name in outputs:
            code = Path(made, name).read_text()
            for other, served in names.items():
                code = code.replace(other, served)
            (folder / names[name]).write_text(code)
    entry = next(name for name, facts in outputs.items() if facts.get("entryPoint", "").endswith("main.js"))
    return names[entry], sorted(names[name] for name in needed_at_once(entry, outputs))


def needed_at_once(entry: str, outputs: dict) -> set[str]:
    found, waiting = set(), [entry]
    while waiting:
        for one in outputs[waiting.pop()]["imports"]:
            name = Path(one["path"]).name
            if one["kind"] == "import-statement" and name not in found:
                found.add(name)
                waiting.append(name)
    return found


def served_name(name: str) -> str:
    """esbuild's hash, of the content and of what it imports, in the form that the server caches for ever."""
    stem = name.split("-")[0]
    return f"{stem}.{hashlib.sha256(name.encode()).hexdigest()[:10]}.js"


def bundle_later_style() -> bytes:
    """The styles of the screens that are loaded when they are first opened."""
    return esbuild([str(ASSETS / "later.css"), "--charset=utf8"])


def bundle_style(fonts: dict[str, str]) -> bytes:
    italia = (VENDOR / "bootstrap-italia" / "bootstrap-italia.min.css").read_text(encoding="utf-8-sig")
    # The video player's icon font: 9 KB of data: URL that no page of ours shows.
    italia = re.sub(r"@font-face\{font-family:VideoJS;[^}]*\}", "", italia)
    ours = esbuild([str(ASSETS / "styles.css"), "--external:/*.woff2", "--charset=utf8"])
    plugins = VENDOR / "bootstrap-italia" / "plugins"
    scripts = [*ASSETS.rglob("*.js"), plugins / "dropdown.js"]
    italia = prune.prune(italia, prune.named_in("".join(path.read_text() for path in scripts)))
    for font, name in fonts.items():
        if f"/{font}.woff2".encode() not in ours:
            fail(f"no style sheet loads the font {font}")
        ours = ours.replace(f"/{font}.woff2".encode(), f"/{name}".encode())
    return italia.encode() + b"\n" + ours


def put_app_icons(fresh: Path) -> str:
    """The manifest with its icons, drawn from our own mark; returns the icon's name for devices that read no manifest."""
    source = ASSETS / "shell" / "favicon.svg"
    drawn = BUILD / "icons"
    drawn.mkdir(exist_ok=True)
    digest = hashlib.sha256(source.read_bytes() + Path(app_icons.__file__).read_bytes()).hexdigest()[:10]
    entries = []
    for side, maskable in ((192, False), (512, False), (512, True)):
        # Drawing takes seconds: once per change of the mark.
        kept = drawn / f"{side}{'-maskable' if maskable else ''}-{digest}.png"
        if not kept.exists():
            kept.write_bytes(app_icons.png(source, side, maskable))
        name = put(fresh, f"icon-{side}{'-maskable' if maskable else ''}.png", kept.read_bytes())
        entries.append({"src": f"/{name}", "sizes": f"{side}x{side}", "type": "image/png", "purpose": "maskable" if maskable else "any"})
    entries.append({"src": f"/{put(fresh, 'icon.svg', source.read_bytes())}", "sizes": "any", "type": "image/svg+xml", "purpose": "any"})
    manifest = json.loads((ASSETS / "pwa" / "manifest.json").read_text())
    (fresh / "manifest.webmanifest").write_text(json.dumps({**manifest, "icons": entries}, ensure_ascii=False))
    return entries[0]["src"].removeprefix("/")


def bundle_worker(fresh: Path) -> bytes:
    """The service worker keeps everything whose name bears a hash; another build has another version."""
    served = sorted(f"/{path.name}" for path in fresh.iterdir() if re.search(r"\.[0-9a-f]{10}\.(js|css|svg|woff2|png)$", path.name))
    page = (fresh / "index.html").read_bytes()
    version = hashlib.sha256(page + "".join(served).encode()).hexdigest()[:10]
    return esbuild([str(ASSETS / "pwa" / "worker.js"), "--format=iife", "--target=es2022",
                    f"--define:SERVED_FILES={json.dumps(served)}", f"--define:SERVED_VERSION={json.dumps(version)}"])


def icon_sprite() -> bytes:
    """The icons our sources name, out of Bootstrap Italia's 179."""
    code = "".join(path.read_text() for path in ASSETS.rglob("*.js"))
    wanted = set(re.findall(r"\w\('(it-[a-z0-9-]+)'", code))  # icon('it-…') and what passes it on
    sprite = (VENDOR / "bootstrap-italia" / "sprites.svg").read_text()
    symbols = {match[1]: match[0] for match in re.finditer(r'<(?:symbol|svg)[^>]*\bid="(it-[a-z0-9-]+)".*?</(?:symbol|svg)>', sprite, re.S)}
    missing = wanted - symbols.keys()
    if missing:
        fail(f"Bootstrap Italia has no icon {', '.join(sorted(missing))}")
    own = re.findall(r"<symbol.*?</symbol>", (ASSETS / "shell" / "icons.svg").read_text(), re.S)
    body = "\n".join([*(symbols[name] for name in sorted(wanted)), *own])
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'.encode()


def compress(folder: Path) -> None:
    for path in folder.iterdir():
        if path.suffix in COMPRESSED and path.name != "index.html":  # the page bears a fresh nonce each time
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def report() -> None:
    for path in sorted(WEB.iterdir()):
        zipped = path.with_name(path.name + ".gz")
        if path.suffix in {".js", ".css", ".svg"} and zipped.exists():
            say(f"{path.name}: {path.stat().st_size:,} bytes, {zipped.stat().st_size:,} gzip")
