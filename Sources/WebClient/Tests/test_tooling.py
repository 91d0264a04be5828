import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tooling import bundle, checks  # noqa: E402
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


if __name__ == "__main__":
    unittest.main()
