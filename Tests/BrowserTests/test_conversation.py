import json
import re
import subprocess
import urllib.request

from playwright.sync_api import expect

from pictures import damaged_png, png
from server import BINARY, ROOT


def test_two_people_talk_in_real_time(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    for one in (anna, marco):
        one.open_channel("Generale")

    anna.page.locator("#composer").press_sequentially("Buongiorno")
    expect(marco.page.locator(".typing-line")).to_contain_text("Anna Bianchi sta scrivendo")
    anna.write("Buongiorno Marco, ci sei?")
    marco.sees("Buongiorno Marco, ci sei?")
    marco.write("Ci sono.\n**Dimmi** pure.")
    anna.sees("Ci sono.")
    assert anna.message("Ci sono.").locator("strong", has_text="Dimmi").count() == 1
    expect(marco.page.locator(".message-state.is-sent")).to_have_text(re.compile("Inviato"))

    for one in (anna, marco):
        one.assert_no_complaints()


def test_thread_reaction_edit_pin_and_delete(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    for one in (anna, marco):
        one.open_channel("Generale")
    anna.write("Chi porta il verbale?")

    marco.sees("Chi porta il verbale?")
    marco.message("Chi porta il verbale?").hover()
    marco.page.get_by_role("button", name="Aggiungi una reazione").click()
    marco.page.get_by_role("button", name="pollice su", exact=True).click()
    reaction = anna.message("Chi porta il verbale?").locator(".reaction")
    expect(reaction).to_have_attribute("aria-label", re.compile("pollice su, 1: Marco Russo"))

    marco.message("Chi porta il verbale?").hover()
    marco.page.get_by_role("button", name="Rispondi nella discussione").click()
    expect(marco.page.locator("#composer-thread")).to_be_focused()
    marco.write("Lo porto io.", "#composer-thread")
    marco.sees("Lo porto io.", "m-thread-panel")
    expect(anna.message("Chi porta il verbale?").locator(".thread-link")).to_contain_text("1 risposta")
    anna.message("Chi porta il verbale?").locator(".thread-link").click()
    anna.sees("Lo porto io.", "m-thread-panel")
    anna.page.keyboard.press("Escape")
    expect(anna.page.locator("m-thread-panel")).to_have_count(0)

    choose(anna, "Chi porta il verbale?", "Modifica")
    anna.page.locator(".edit-form textarea").fill("Chi porta il verbale di ottobre?")
    anna.page.locator(".edit-form textarea").press("Enter")
    marco.sees("Chi porta il verbale di ottobre?")
    expect(marco.message("Chi porta il verbale di ottobre?").locator(".message-edited")).to_have_count(1)

    choose(anna, "Chi porta il verbale di ottobre?", "Elimina")
    anna.page.locator("dialog[open]").get_by_role("button", name="Elimina").click()
    expect(marco.message("Chi porta il verbale di ottobre?")).to_have_count(0)

    for one in (anna, marco):
        one.assert_no_complaints()


def choose(someone, text: str, action: str) -> None:
    someone.message(text).hover()
    someone.page.get_by_role("button", name="Altre azioni").click()
    someone.page.locator(".message-menu.show").get_by_role("button", name=action).click()


def test_a_file_and_a_picture_reach_the_others(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    for one in (anna, marco):
        one.open_channel("Generale")
    anna.page.locator("m-channel-view .composer input[type=file]").set_input_files([
        {"name": "programma.txt", "mimeType": "text/plain", "buffer": b"Ordine del giorno"},
        {"name": "sala.png", "mimeType": "image/png", "buffer": png(480, 270)},
    ])
    expect(anna.page.locator(".attaching li")).to_have_count(2)
    expect(anna.page.locator(".attaching progress")).to_have_count(0)
    anna.write("Ecco il programma.")
    marco.sees("Ecco il programma.")
    message = marco.message("Ecco il programma.")
    expect(message.locator(".attachment-file")).to_contain_text("programma.txt")
    picture = message.get_by_role("img", name="sala.png")
    expect(picture).to_be_visible()
    picture.evaluate("image => image.decode()")
    address = message.locator(".attachment-file").get_attribute("href")
    assert marco.context.request.get(marco.address + address).text() == "Ordine del giorno"
    marco.assert_no_complaints()


def test_a_damaged_picture_is_shown_as_a_file(person):
    anna = person("anna.bianchi")
    anna.open_channel("Webinar")
    anna.page.locator("m-channel-view .composer input[type=file]").set_input_files(
        [{"name": "rotta.png", "mimeType": "image/png", "buffer": damaged_png()}])
    anna.write("Questa è rotta.")
    expect(anna.message("Questa è rotta.").locator(".attachment-file")).to_contain_text("rotta.png")
    expect(anna.message("Questa è rotta.").locator("img")).to_have_count(0)


def test_unread_and_mention_counts_rise_and_are_cleared_by_reading(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    marco.open_channel("Generale")
    anna.open_channel("Soluzioni")
    badge = anna.page.locator(".navigation-network", has_text="Semplificazione").locator("li", has_text="Generale").locator(".unread-badge")
    expect(anna.page.locator("#channel-title")).to_contain_text("Soluzioni")

    marco.page.locator("#composer").press_sequentially("Serve un parere di @Anna Bia")
    marco.page.locator(".mention-list li", has_text="Anna Bianchi").wait_for()
    marco.page.keyboard.press("Enter")
    marco.page.keyboard.press("Enter")
    marco.sees("Serve un parere di @Anna Bianchi")
    expect(badge).to_contain_text("menzion")
    expect(badge).to_have_class(re.compile("has-mentions"))

    anna.open_channel("Generale")
    anna.page.bring_to_front()
    expect(badge).to_have_count(0)
    expect(anna.message("Serve un parere di @Anna Bianchi")).to_have_class(re.compile("is-mention"))
    anna.page.reload()
    expect(anna.page.locator("#channel-title")).to_contain_text("Generale")
    expect(badge).to_have_count(0)
    anna.assert_no_complaints()


def test_a_facilitator_announces_and_a_member_confirms(person):
    giulia, anna = person("giulia.ferrari"), person("anna.bianchi")
    for one in (giulia, anna):
        one.open_channel("Annunci")
    expect(anna.page.locator(".composer-closed")).to_contain_text("facilitatori")
    giulia.page.get_by_label("Chiedi conferma di lettura").check()
    giulia.write("Il webinar è spostato a giovedì.")
    anna.sees("Il webinar è spostato a giovedì.")
    announcement = anna.message("Il webinar è spostato a giovedì.")
    announcement.get_by_role("button", name="Confermo di aver letto").click()
    expect(announcement.locator(".acknowledge.is-done")).to_be_visible()
    for one in (giulia, anna):
        one.assert_no_complaints()


def test_only_readers_of_a_channel_are_offered_for_a_mention(person):
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    anna.page.locator("#composer").press_sequentially("@ma")
    expect(anna.page.locator(".mention-list li", has_text="Marta Zanella")).to_have_count(0)
    expect(anna.page.locator(".mention-list li", has_text="Marco Russo")).to_have_count(1)
    anna.open_channel("Redazione della lettera comune")
    anna.page.locator("#composer").press_sequentially("@g")
    expect(anna.page.locator(".mention-list li")).to_have_count(1)
    expect(anna.page.locator(".mention-list li")).to_contain_text("Giulia Ferrari")


def test_files_are_dropped_anywhere_on_a_conversation_and_pasted(person):
    anna, marco = person("anna.bianchi"), person("marco.russo")
    for one in (anna, marco):
        one.open_channel("Generale")
    assert anna.page.evaluate("""() => {
        const carrying = (name) => {
            const data = new DataTransfer();
            data.items.add(new File(['testo'], name, { type: 'text/plain' }));
            return data;
        };
        const drop = (place, name) => !document.querySelector(place).dispatchEvent(
            new DragEvent('drop', { dataTransfer: carrying(name), bubbles: true, cancelable: true }));
        document.querySelector('#composer').dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: carrying('incollato.txt'), bubbles: true, cancelable: true }));
        // Not prevented, the browser would leave the page for the file.
        return drop('m-timeline', 'trascinato.txt') && drop('m-navigation', 'perso.txt');
    }""")
    expect(anna.page.locator(".attaching li")).to_have_count(2)
    expect(anna.page.locator(".attaching progress")).to_have_count(0)
    anna.write("Due file")
    for name in ("trascinato.txt", "incollato.txt"):
        expect(marco.message("Due file").locator(".attachment-file", has_text=name)).to_be_visible()
    anna.assert_no_complaints()


def test_a_bot_has_its_name(person, server):
    anna = person("anna.bianchi")
    anna.open_channel("Generale")
    channel = int(re.search(r"/channels/(\d+)", anna.page.url)[1])
    networks = admin(server, "network.list")["networks"]
    network = next(one["id"] for one in networks if one["slug"] == "semplificazione")
    owner = {"network": network}
    bot = admin(server, "bot.create", {"owner": owner, "name": "Avvisi di prova", "scopes": [f"post:channel/{channel}"]})
    request = urllib.request.Request(
        f"{server.address}/api/v1/message.post", json.dumps({"channel": channel, "text": "Lo dice il programma"}).encode(),
        {"Authorization": f"Bearer {bot['token']}", "Content-Type": "application/json"})
    urllib.request.urlopen(request).read()
    anna.sees("Lo dice il programma")
    expect(anna.message("Lo dice il programma")).to_contain_text("Avvisi di prova")
    anna.page.reload()
    anna.sees("Lo dice il programma")
    expect(anna.message("Lo dice il programma")).to_contain_text("Avvisi di prova")
    anna.assert_no_complaints()


def admin(server, name: str, body: dict | None = None) -> dict:
    done = subprocess.run([BINARY, "admin", "--data", str(server.data), name, json.dumps(body or {})], cwd=ROOT,
                          check=True, capture_output=True, text=True)
    return json.loads(done.stdout)
