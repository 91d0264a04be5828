"""How every screen is judged, in both languages, wide and narrow."""

from test_screens import NARROW, PICTURED, assert_fits, too_small_for_a_finger, violations


def judge(person, screenshots, name: str, language: str, open_screen, expected_complaints: tuple[str, ...] = ()) -> None:
    for viewport in PICTURED:
        someone = person(viewport=viewport)
        someone.choose_language(language)
        open_screen(someone)
        someone.page.evaluate("document.fonts.ready")
        someone.page.screenshot(path=screenshots / f"{name}-{language}-{viewport['width']}.png")
        assert violations(someone.page) == []
        someone.assert_no_complaints(*expected_complaints)
        assert_fits(someone.page)
        if viewport["width"] < 768:
            assert too_small_for_a_finger(someone.page) == []
    someone.page.set_viewport_size(NARROW)
    assert_fits(someone.page)
    someone.context.close()
