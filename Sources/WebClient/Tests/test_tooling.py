import json
import sys
import tempfile
import unittest
import zlib
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tooling import budget, bundle, checks, icons  # noqa: E402
from tooling.paths import BuildFailure  # noqa: E402
from tooling.prune import prune  # noqa: E402


class PruneTests(unittest.TestCase):
    def test_keeps_the_selectors_whose_classes_are_known(self):
        self.assertEqual(prune(".a,.b{x:y}.b .a{x:y}p{x:y}", {"a"}), ".a{x:y}p{x:y}")

    def test_a_negated_class_need_not_be_known(self):
        self.assertEqual(prune(".a:not(.b){x:y}", {"a"}), ".a:not(.b){x:y}")

    def test_looks_into_groups_and_drops_the_empty_ones(self):
        css = "@media print{.a{x:y}.b{x:y}}@media print{.b{x:y}}"
        self.assertEqual(prune(css, {"a"}), "@media print{.a{x:y}}")

    def test_is_not_misled_by_braces_and_semicolons_in_texts(self):
        css = '@charset "utf-8";.a{x:url("data:a;b{c}")}@font-face{src:url(f)}.b{}'
        self.assertEqual(prune(css, {"a"}), '@charset "utf-8";.a{x:url("data:a;b{c}")}@font-face{src:url(f)}')


class TranslationTests(unittest.TestCase):
    def check(self, it: dict, en: dict, source: str):
        with tempfile.TemporaryDirectory() as folder:
            assets = Path(folder)
            (assets / "i18n").mkdir()
            (assets / "i18n" / "it.json").write_text(json.dumps(it))
            (assets / "i18n" / "en.json").write_text(json.dumps(en))
            (assets / "a.js").write_text(source)
            with mock.patch.object(checks, "ASSETS", assets), mock.patch.object(checks, "CLIENT", assets), mock.patch.object(checks, "say"):
                checks.check_translations()

    def test_complete_translations_pass(self):
        self.check({"a": "x {n}", "b_one": "x", "b_other": "y"}, {"a": "z {n}", "b_one": "x", "b_other": "y"}, "t('a', { n }); plural('b', 2)")

    def test_each_kind_of_gap_is_named(self):
        for it, en, source, problem in [
            ({"a": "x"}, {}, "t('a')", "a is missing in en.json"),
            ({"a": "x {n}"}, {"a": "x"}, "t('a')", "different places"),
            ({"a": "x"}, {"a": "x"}, "t('a'); t('b')", "b is used in a.js and not translated"),
            ({"a": "x"}, {"a": "x"}, "", "a is translated and never used"),
            ({"a": " "}, {"a": "x"}, "t('a')", "a is empty in it.json"),
        ]:
            with self.subTest(problem), self.assertRaisesRegex(BuildFailure, problem):
                self.check(it, en, source)


    def test_texts_of_a_folder_are_its_own(self):
        with tempfile.TemporaryDirectory() as folder:
            assets = Path(folder)
            for place, key in (("i18n", "a"), ("part/i18n", "b")):
                (assets / place).mkdir(parents=True)
                for language in ("it", "en"):
                    (assets / place / f"{language}.json").write_text(json.dumps({key: "x"}))
            (assets / "part" / "b.js").write_text("t('a'); t('b')")
            with mock.patch.object(checks, "ASSETS", assets), mock.patch.object(checks, "say"):
                checks.check_translations()
                (assets / "a.js").write_text("t('b')")
                with self.assertRaisesRegex(BuildFailure, "b comes with part and is used in a.js"):
                    checks.check_translations()


class ScriptTests(unittest.TestCase):
    OUTPUTS = {
        "app-A.js": {"imports": [{"path": "x/part-B.js", "kind": "import-statement"}, {"path": "x/part-C.js", "kind": "dynamic-import"}]},
        "part-B.js": {"imports": [{"path": "x/part-D.js", "kind": "import-statement"}]},
        "part-C.js": {"imports": []},
        "part-D.js": {"imports": []},
    }

    def test_what_a_script_imports_is_preloaded_and_what_comes_later_is_not(self):
        self.assertEqual(bundle.needed_at_once("app-A.js", self.OUTPUTS), {"part-B.js", "part-D.js"})

    def test_a_served_name_bears_a_hash_that_the_server_knows(self):
        self.assertRegex(bundle.served_name("part-ZX81KQWP.js"), r"^part\.[0-9a-f]{10}\.js$")


class IconTests(unittest.TestCase):
    SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0059b3"/>
        <g stroke="#fff" stroke-width="2"><path d="M4 4 8 4m8 4h4v4"/></g><g><circle cx="16" cy="16" r="4"/></g></svg>"""

    def pixels(self, side: int, maskable: bool) -> list[tuple[int, ...]]:
        with tempfile.TemporaryDirectory() as folder:
            mark = Path(folder) / "mark.svg"
            mark.write_text(self.SVG)
            data = icons.png(mark, side, maskable)
        content = zlib.decompress(data[data.index(b"IDAT") + 4:data.index(b"IEND") - 8])
        rows = [content[at * (side * 4 + 1) + 1:(at + 1) * (side * 4 + 1)] for at in range(side)]
        return [tuple(row[at * 4:at * 4 + 4]) for row in rows for at in range(side)]

    def test_paths_are_followed_as_svg_means_them(self):
        self.assertEqual(list(icons.segments("M4 4 8 4m8 4h4v4")), [((4, 4), (8, 4)), ((16, 8), (20, 8)), ((20, 8), (20, 12))])

    def test_the_corners_are_clear_and_the_mark_is_white(self):
        pixels = self.pixels(32, maskable=False)
        self.assertEqual([pixels[0][3], pixels[16 * 32 + 16], pixels[16 * 32 + 4]], [0, (255, 255, 255, 255), (0, 89, 179, 255)])

    def test_a_maskable_icon_reaches_its_corners(self):
        self.assertEqual(self.pixels(32, maskable=True)[0], (0, 89, 179, 255))


class BudgetTests(unittest.TestCase):
    def test_what_the_page_names_is_weighed(self):
        with tempfile.TemporaryDirectory() as folder:
            web = Path(folder)
            (web / "index.html").write_text('<link rel="stylesheet" href="/app.css"><script src="/app.js"></script>')
            for name in ("app.css", "app.js", "later.js", "titillium-web-regular.ab.woff2", "titillium-web-italic.ab.woff2"):
                (web / name).write_text("x" * 100)
            weighed = budget.sizes(web)
            self.assertEqual(list(weighed["script"]), ["app.js"])
            self.assertEqual(list(weighed["style and fonts"]), ["app.css", "titillium-web-regular.ab.woff2"])


if __name__ == "__main__":
    unittest.main()
