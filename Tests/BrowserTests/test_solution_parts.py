"""Kit parts without a line, and written by two people at the same time: nothing typed is lost, nobody hinders anybody."""

import uuid

from playwright.sync_api import expect

from person import Cut
from test_solutions import Town

LOST_LINE = r"WebSocket|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED"


def part(page, name: str):
    return page.locator(f"m-kit-part[part='{name}']")


def begun(page, name: str, text: str):
    box = part(page, name)
    box.locator(".kit-edit").click()
    box.locator("textarea").fill(text)
    return box


def save(box) -> None:
    box.locator("button[type=submit]").click()


def test_the_line_is_lost_while_a_part_is_saved(person, server):
    town = Town(server.address)
    solution = town.solution(f"Senza linea {uuid.uuid4().hex[:8]}", parts=("summary",))
    anna = person("anna.bianchi")
    cut = Cut(anna.page)
    page = anna.page
    page.goto(f"{server.address}/solutions/{solution}")
    anna.is_live()
    box = begun(page, "context", "Scritto in galleria.")
    cut.now()
    save(box)
    # It is told, and the text stays.
    expect(box.locator(".kit-kept")).to_contain_text("Senza linea", timeout=15_000)
    expect(box.locator("textarea")).to_have_value("Scritto in galleria.")
    assert "context" not in town.anna.ask(f"solution.get?solution={solution}")["parts"]
    # One goes on writing while it waits.
    box.locator("textarea").press("Control+End")
    page.keyboard.type(" E poi ancora.")
    cut.mend()
    # What was saved is saved once; what came after it is kept and not thrown away.
    expect(box.locator("button[type=submit]")).to_be_enabled(timeout=40_000)
    expect(box.locator(".kit-kept")).to_contain_text("Non salvato")
    assert town.anna.ask(f"solution.get?solution={solution}")["parts"]["context"] == "Scritto in galleria."
    expect(box.locator("textarea")).to_have_value("Scritto in galleria. E poi ancora.")
    expect(box.locator(".kit-dispute")).to_have_count(0)
    save(box)
    expect(box.locator(".kit-text")).to_have_text("Scritto in galleria. E poi ancora.")
    # A whole page lost with its line: the text is still there.
    box = begun(page, "risks", "Non ancora salvato.")
    cut.now()
    page.reload()
    cut.mend()
    expect(part(page, "risks").locator(".notice-inline")).to_contain_text("non ancora salvato", timeout=40_000)
    part(page, "risks").locator(".link-button").click()
    expect(part(page, "risks").locator("textarea")).to_have_value("Non ancora salvato.")
    save(part(page, "risks"))
    expect(part(page, "risks").locator(".kit-text")).to_have_text("Non ancora salvato.")
    anna.assert_no_complaints(LOST_LINE)


class Deaf:
    """A page that hears what others do only when it is let: what it sends is decided on what it knew before."""

    def __init__(self, page):
        self.is_deaf = False
        self.held = []
        self.page = None
        page.route_web_socket("**/ws", self.line)

    def line(self, route) -> None:
        server = route.connect_to_server()
        self.page = route
        server.on_message(self.hear)

    def hear(self, message: str) -> None:
        for one in message.split("\n"):
            if self.is_deaf and (one.startswith('{"update"') or self.held and one.startswith('{"head"')):
                self.held.append(one)
            else:
                self.page.send(one)

    def let(self) -> None:
        self.is_deaf = False
        for one in self.held:
            self.page.send(one)
        self.held.clear()


def test_two_people_write_different_parts_at_once(person, server):
    town = Town(server.address)
    solution = town.solution(f"Parti diverse {uuid.uuid4().hex[:8]}", parts=("summary",))
    anna, giulia = person("anna.bianchi"), person("giulia.ferrari")
    deaf = Deaf(anna.page)
    for someone in (anna, giulia):
        someone.page.goto(f"{server.address}/solutions/{solution}")
        someone.is_live()
    mine = begun(anna.page, "context", "Il contesto di Anna.")
    theirs = begun(giulia.page, "risks", "I rischi di Giulia.")
    # Anna's page does not know of what Giulia saves: its revision is an old one when it is sent.
    deaf.is_deaf = True
    save(theirs)
    expect(theirs.locator(".kit-text")).to_have_text("I rischi di Giulia.")
    known = town.revision(solution)
    save(mine)
    expect(mine.locator(".kit-text")).to_have_text("Il contesto di Anna.")
    expect(anna.page.locator(".kit-dispute")).to_have_count(0)
    parts = town.anna.ask(f"solution.get?solution={solution}")
    assert parts["parts"]["context"] == "Il contesto di Anna." and parts["parts"]["risks"] == "I rischi di Giulia."
    assert parts["revision"] == known + 1
    deaf.let()
    for someone in (anna, giulia):
        expect(part(someone.page, "context").locator(".kit-text")).to_have_text("Il contesto di Anna.")
        expect(part(someone.page, "risks").locator(".kit-text")).to_have_text("I rischi di Giulia.")
    # The same part: neither text is lost, and who comes second decides.
    mine = begun(anna.page, "costs", "I costi di Anna.")
    theirs = begun(giulia.page, "costs", "I costi di Giulia.")
    deaf.is_deaf = True
    save(theirs)
    expect(theirs.locator(".kit-text")).to_have_text("I costi di Giulia.")
    # A question that Anna's page had asked before may have brought Giulia's text already: saving would then decide.
    if mine.locator(".kit-theirs").count() == 0:
        save(mine)
    expect(mine.locator(".kit-theirs")).to_have_text("I costi di Giulia.")
    expect(mine.locator("textarea")).to_have_value("I costi di Anna.")
    assert town.anna.ask(f"solution.get?solution={solution}")["parts"]["costs"] == "I costi di Giulia."
    deaf.let()
    save(mine)
    expect(mine.locator(".kit-text")).to_have_text("I costi di Anna.")
    expect(part(giulia.page, "costs").locator(".kit-text")).to_have_text("I costi di Anna.")
    for someone in (anna, giulia):
        someone.assert_no_complaints()
