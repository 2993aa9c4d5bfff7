"""Plays a sequence of `tests.browser.sequences` in a real browser, and keeps the books of what must exist in the end.

The books are kept apart from the page: what is typed, character by character, and what the page has said to be kept.
Only words that the page never called kept may be missing, and only at the end of what was typed when a tab was killed.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Error, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from interviews import drafts, talks
from interviews.access import Actor, actor_for
from interviews.models import Interview, Recording, RecordingPiece, TypingVersion
from interviews.models.recording import RecordingState
from interviews.recordings.places import name_of
from interviews.sealedfiles import SealedFiles, key_of
from tests.browser.conftest import sign_in
from tests.browser.house import House
from tests.browser.sequences import DEAD, Step
from tests.factories import passphrase_of

SENT = re.compile(r"/(concept|vragen/[^/]+|opnames|stukken/\d+/\d+|klaar|gehouden|markeringen)(\?.*)?$")
PATIENCE_MS = 20_000
SLOW_MS = 400


def plain(text: str) -> str:
    """Return the text as the server keeps it: letters with their accents in one."""
    return unicodedata.normalize("NFC", text)


class Line:
    """The line between phone and server, with everything that can be wrong with it."""

    def __init__(self, context: BrowserContext) -> None:
        """Stand between `context` and the server from now on."""
        self.context = context
        self.cut = False
        self._trouble: list[str] = []
        context.route(SENT, self._pass)

    def offline(self, cut: bool) -> None:
        """Cut the network, or give it back."""
        self.cut = cut
        self.context.set_offline(cut)

    def trouble(self, what: str, times: int) -> None:
        """Let the next requests with words or sound go wrong: "away" (503), "lost", "twice" or "slow"."""
        self._trouble += [what] * times

    def well(self) -> None:
        """All is well again."""
        self._trouble.clear()
        self.offline(False)

    def _pass(self, route: Route) -> None:
        # A tab that is killed takes its requests along.
        with suppress(Error):
            what = self._trouble.pop(0) if self._trouble and route.request.method != "GET" else ""
            if what == "away":
                route.fulfill(status=503, json={"error": ""})
            elif what == "lost":
                # Done by the server, and the phone never hears of it.
                route.fetch()
                route.abort("connectionreset")
            elif what == "twice":
                route.fetch()
                route.fulfill(response=route.fetch())
            elif what == "slow":
                route.request.frame.page.wait_for_timeout(SLOW_MS)
                route.continue_()
            else:
                route.continue_()


@dataclass
class Tab:
    """A tab, and what was typed in it."""

    page: Page
    text: str = ""
    """All that was typed, and must stand there."""
    kept: str = ""
    """So much of it the page said to be kept."""
    here: int = 0
    """Which question is on the screen."""


@dataclass
class Phone:
    """Carla's phone in one sequence: one interview, one or two tabs."""

    house: House
    context: BrowserContext
    line: Line
    interview: uuid.UUID
    tabs: list[Tab] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """Every text that there ever was, for what was kept aside."""

    @contextmanager
    def looking(self) -> Iterator[tuple[Session, Actor, Interview]]:
        """Look at what the server has."""
        with self.house.arranging() as session:
            row = session.get_one(Interview, self.interview)
            assert row.interviewer_id is not None
            yield session, actor_for(session, row.interviewer_id), row

    def dispatch(self, tab: Tab, *events: str) -> None:
        """Tell the page what a browser tells it: "blur", "focus", "online"."""
        tab.page.evaluate("(events) => events.forEach((one) => window.dispatchEvent(new Event(one)))", list(events))

    def kill(self, tab: Tab, how: str) -> None:
        """End a tab without asking it anything; "crash": its process dies."""
        if how == "crash":
            with suppress(Error):
                tab.page.goto("chrome://crash", timeout=3_000)
        with suppress(Error):
            tab.page.close(run_before_unload=False)
        self.tabs.remove(tab)

    def everything_sent(self, tab: Tab) -> None:
        """Wait until the page says that nothing waits to be sent any more."""
        self.dispatch(tab, "blur", "focus", "online")
        tab.page.bring_to_front()
        chip = tab.page.locator("[data-net]")
        for _ in range(6):
            try:
                expect(chip).to_have_attribute("data-state", "sent", timeout=PATIENCE_MS / 6)
                return
            except AssertionError:
                # As somebody who looks at the phone again.
                self.dispatch(tab, "focus", "online")
        chip.locator("summary").click()
        tab.page.wait_for_timeout(500)
        raise AssertionError(f"not everything was sent: {chip.inner_text()}")

    def signed_in_again(self) -> None:
        """Sign in in a page of its own, as after a session that ended."""
        page = self.context.new_page()
        page.goto("/inloggen")
        # An answer that was under way may have brought the session back.
        if "/inloggen" in page.url:
            sign_in(page, "carla", passphrase_of("carla"))
        page.close()

    def session_ends(self) -> None:
        """Take the session away; what the phone itself knows stays."""
        for cookie in self.context.cookies():
            if cookie["name"] == "dichterbij":
                self.context.clear_cookies(name=cookie["name"])

    def signed_out(self, tab: Tab) -> None:
        """Sign out on the page, also while something waits to be sent."""
        page = tab.page
        page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
        dialog = page.locator("[data-net-ask]")
        for _ in range(100):
            if "/inloggen" in page.url:
                break
            if dialog.count() and dialog.evaluate("(one) => one.open"):
                dialog.locator("button[value=leave]").click()
                page.wait_for_url("**/inloggen*")
                break
            page.wait_for_timeout(50)
        assert "/inloggen" in page.url


class Player(ABC):
    """What typing out and the talk have in common."""

    address = ""
    field = ""

    def __init__(self, phone: Phone) -> None:
        """Begin with one tab, with network."""
        self.phone = phone
        self.lineages = 0
        self.dead: list[Tab] = []
        self.must: list[str] = []
        self.lost = 0
        """Characters that were typed and never called kept, and are gone."""
        self.lost_sound = 0
        """Seconds of sound that were under way to the disk, and are gone."""

    def play(self, steps: tuple[Step, ...]) -> None:
        """Play all events, and then see whether everything is there."""
        self.open()
        for step in steps:
            if not self.phone.tabs:
                self.open()
            tab = self.phone.tabs[step.tab % len(self.phone.tabs)]
            tab.page.bring_to_front()
            getattr(self, f"do_{step.deed}")(tab, step)
        self.phone.line.well()
        self.finish()

    # What each kind of page does in its own way.

    @abstractmethod
    def open(self) -> Tab:
        """Open a tab and see what stands there."""

    @abstractmethod
    def finish(self) -> None:
        """Compare what the server has with the books."""

    @abstractmethod
    def ack(self, tab: Tab) -> None:
        """Wait until the page calls what is typed kept, and write that down."""

    @abstractmethod
    def typed(self, tab: Tab, words: str) -> None:
        """Write down what was typed, and see that it stands there."""

    @abstractmethod
    def focus(self, tab: Tab) -> bool:
        """Put the cursor at the end of the field; False when there is nothing to type in."""

    # Events.

    def do_type(self, tab: Tab, step: Step) -> None:
        if self.focus(tab):
            tab.page.keyboard.insert_text(step.words)
            self.typed(tab, step.words)

    def do_keys(self, tab: Tab, step: Step) -> None:
        if self.focus(tab):
            words = f"sleutel {step.number} {step.words[-6:]}"
            tab.page.keyboard.type(words)
            self.typed(tab, words)

    def do_dead(self, tab: Tab, step: Step) -> None:
        """A dead key: a composition that is first the mark, then the letter, then sure."""
        if not self.focus(tab):
            return
        mark, letter = DEAD[step.number % len(DEAD)]
        keys = self.phone.context.new_cdp_session(tab.page)
        for seen in (mark, letter):
            keys.send("Input.imeSetComposition", {"text": seen, "selectionStart": 1, "selectionEnd": 1})
        keys.send("Input.insertText", {"text": letter})
        keys.detach()
        self.typed(tab, letter)
        self.do_type(tab, step)

    def do_save(self, tab: Tab, step: Step) -> None:
        self.phone.dispatch(tab, "blur")

    def do_wait(self, tab: Tab, step: Step) -> None:
        tab.page.wait_for_timeout(500 * step.number)

    def do_cut(self, tab: Tab, step: Step) -> None:
        self.phone.line.offline(True)

    def do_back(self, tab: Tab, step: Step) -> None:
        self.phone.line.offline(False)

    def do_away(self, tab: Tab, step: Step) -> None:
        self.phone.line.trouble("away", step.number)

    def do_lost(self, tab: Tab, step: Step) -> None:
        self.phone.line.trouble("lost", step.number)
        self.phone.dispatch(tab, "blur", "focus")

    def do_twice(self, tab: Tab, step: Step) -> None:
        self.phone.line.trouble("twice", step.number)

    def do_slow(self, tab: Tab, step: Step) -> None:
        self.phone.line.trouble("slow", step.number)

    def do_kill(self, tab: Tab, step: Step) -> None:
        """Killed a moment later: the page had called everything kept."""
        self.ack(tab)
        self.gone(tab, "kill")

    def do_kill_at_once(self, tab: Tab, step: Step) -> None:
        """Killed with the last letter: the page may not have called it kept."""
        self.do_type(tab, step)
        self.gone(tab, "kill")

    def do_crash(self, tab: Tab, step: Step) -> None:
        self.ack(tab)
        # Two tabs may share a process.
        self.gone(tab, "crash" if len(self.phone.tabs) == 1 else "kill")

    def do_close(self, tab: Tab, step: Step) -> None:
        self.ack(tab)
        self.gone(tab, "kill")

    def do_second(self, tab: Tab, step: Step) -> None:
        if len(self.phone.tabs) == 1:
            self.open()

    @abstractmethod
    def do_reload(self, tab: Tab, step: Step) -> None:
        """Load the page again, as this kind of page is left and found."""

    def do_session(self, tab: Tab, step: Step) -> None:
        """The session ends while one types on; later one signs in again."""
        if self.phone.line.cut:
            return
        self.phone.session_ends()
        self.do_type(tab, step)
        self.phone.dispatch(tab, "blur")
        tab.page.wait_for_timeout(300)
        self.phone.signed_in_again()
        tab.page.bring_to_front()
        self.phone.dispatch(tab, "focus")

    def do_sign_out(self, tab: Tab, step: Step) -> None:
        """Sign out with all that waits, and in again."""
        shell = tab.page.locator("form[data-sign-out]").count() == 0
        if self.phone.line.cut or len(self.phone.tabs) > 1 or shell:
            return
        self.ack(tab)
        self.phone.signed_out(tab)
        self.phone.tabs.remove(tab)
        self.dead.append(tab)
        sign_in(tab.page, "carla", passphrase_of("carla"))
        tab.page.close()
        self.open()

    def gone(self, tab: Tab, how: str) -> None:
        self.phone.kill(tab, how)
        self.dead.append(tab)
        if not self.phone.tabs:
            self.open()


class Typing(Player):
    """The text of a talk, in one or two tabs."""

    def open(self) -> Tab:
        page = self.phone.context.new_page()
        page.goto(f"/gesprekken/{self.phone.interview}/uittypen")
        tab = Tab(page)
        self._see(tab)
        self.phone.tabs.append(tab)
        return tab

    def _see(self, tab: Tab) -> None:
        """Take over what stands there: the text of a tab that is gone, or what the server has."""
        expect(tab.page.locator(".typed__text").first).to_be_visible()
        shown = self._shown(tab)
        for dead in reversed(self.dead):
            if plain(shown) == plain(dead.text) or (
                plain(shown).startswith(plain(dead.kept)) and plain(dead.text).startswith(plain(shown))
            ):
                self.lost += len(dead.text) - len(shown)
                self.dead.remove(dead)
                break
        else:
            if self.lineages:
                only = self.lineages == 1 and not self.phone.tabs
                assert not only, f"stood there {self.dead[-1].text!r}, and now {shown!r}"
                known = {plain(one) for one in ["", *self.phone.said]}
                assert plain(shown) in known, f"nobody typed {shown!r}"
            self.lineages += 1
        tab.text = tab.kept = shown

    def _shown(self, tab: Tab) -> str:
        areas = tab.page.locator("[data-turns] .typed__text")
        return "\n".join(areas.evaluate_all("areas => areas.map((area) => area.value)"))

    def focus(self, tab: Tab) -> bool:
        self.do_choose(tab, Step("choose"))
        area = tab.page.locator("[data-turns] .typed__text").last
        area.focus()
        area.evaluate("(area) => area.setSelectionRange(area.value.length, area.value.length)")
        return True

    def typed(self, tab: Tab, words: str) -> None:
        tab.text += words
        self.phone.said.append(tab.text)
        shown = self._shown(tab)
        assert shown == tab.text, f"typed {tab.text!r}, and there stands {shown!r}"

    def ack(self, tab: Tab) -> None:
        line = tab.page.locator("[data-status]")
        try:
            expect(line).to_have_attribute("data-state", re.compile("^(kept|saved|nothing)$"), timeout=PATIENCE_MS)
        except AssertionError:
            raise AssertionError(f"the page does not call it kept: {line.inner_text()}") from None
        tab.kept = tab.text

    def do_enter(self, tab: Tab, step: Step) -> None:
        if self.focus(tab) and tab.text and not tab.text.endswith("\n"):
            tab.page.keyboard.press("Enter")
            self.typed(tab, "\n")

    def do_choose(self, tab: Tab, step: Step) -> None:
        """Look at two texts when the page has two, and keep both or one's own."""
        look = tab.page.get_by_role("button", name="Twee teksten bekijken")
        if step.number == 0 or not look.count():
            return
        before = tab.text
        self.ack(tab)
        look.first.click()
        panel = tab.page.locator("[data-conflict]")
        expect(panel).to_be_visible()
        panel.get_by_role("button", name="Zet allebei onder elkaar").click()
        tab.text = self._shown(tab)
        assert plain(before) in plain(tab.text), "one of the two texts is not in both"
        self.phone.said.append(tab.text)

    def do_reload(self, tab: Tab, step: Step) -> None:
        self.ack(tab)
        tab.page.reload()
        expect(tab.page.locator(".typed__text").first).to_be_visible()
        shown = self._shown(tab)
        if plain(shown) != plain(tab.text):
            # With another tab that went on, the server's newer text is shown; this one was sent.
            assert self.lineages > 1, f"before the reload {tab.text!r}, after it {shown!r}"
            assert plain(shown) in {plain(one) for one in self.phone.said}, f"nobody typed {shown!r}"
            self.must.append(tab.text)
            tab.text = shown
        tab.kept = tab.text

    def finish(self) -> None:
        phone = self.phone
        for tab in list(phone.tabs):
            self.ack(tab)
            self.phone.kill(tab, "kill")
            self.must.append(tab.text)
        self.must += [tab.kept for tab in self.dead]
        last = phone.context.new_page()
        last.goto(f"/gesprekken/{phone.interview}/uittypen")
        expect(last.locator(".typed__text").first).to_be_visible()
        tab = Tab(last)
        phone.everything_sent(tab)
        expect(last.locator("[data-status]")).not_to_have_attribute("data-state", "busy")
        current, aside, everything = self._at_server()
        shown = self._shown(tab)
        last.close()
        missing = [one for one in self.must if plain(one) not in everything | {""}]
        assert not missing, f"nowhere at the server: {missing!r}"
        known = {plain(one) for one in ["", *phone.said]}
        assert plain(current) in known, f"nobody typed {current!r}"
        assert all(one in known for one in aside), f"kept aside, and typed by nobody: {aside!r}"
        if self.lineages == 1:
            said = f"typed {self.must[0]!r}; the server has {current!r}, and aside {aside!r}"
            assert (plain(current), aside) == (plain(self.must[0]), []), said
            assert plain(shown) == plain(current)

    def _at_server(self) -> tuple[str, list[str], set[str]]:
        """What the server has: the text, what waits for a choice, and every version."""
        with self.phone.looking() as (session, actor, interview):
            keys = self.phone.house.place.keys
            opened = drafts.open_draft(session, actor, interview, keys=keys)
            everything = set()
            for line in drafts.versions(session, actor, interview):
                version = session.get_one(TypingVersion, line.id)
                text = drafts.read_version(session, actor, version, keys=keys)
                everything.add("\n".join(turn.text for turn in text.turns))
            current = "\n".join(turn.text for turn in opened.text.turns)
            return current, ["\n".join(turn.text for turn in one.text.turns) for one in opened.asides], everything


MICROPHONE = """(() => {
  // Stretches of sound that were handed over, and how many of them are on disk.
  window.handed = window.onDisk = 0;
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (given[1]?.[1] === "chunk") this.transaction.addEventListener("complete", () => { window.onDisk += 1; });
    return put.apply(this, given);
  };
  // A microphone that hands over what it is told, and so has nothing to do with the machine's sound.
  class Recorder extends EventTarget {
    static isTypeSupported(type) { return type.startsWith("audio/webm"); }
    constructor() { super(); this.state = "inactive"; this.heard = []; window.recorder = this; }
    start() { this.state = "recording"; this.timer = setInterval(() => this.requestData(), 1000); }
    pause() { this.state = "paused"; }
    resume() { this.state = "recording"; }
    requestData() {
      const event = new Event("dataavailable");
      event.data = new Blob(this.heard);
      if (event.data.size) window.handed += 1;
      this.heard = [];
      this.dispatchEvent(event);
    }
    stop() {
      clearInterval(this.timer);
      this.requestData();
      this.state = "inactive";
      this.dispatchEvent(new Event("stop"));
    }
  }
  window.MediaRecorder = Recorder;
  window.hear = (number) => {
    window.recorder.heard.push(`<${number}>` + ".".repeat(400));
    window.recorder.requestData();
  };
  const devices = { getUserMedia: async () => new AudioContext().createMediaStreamDestination().stream };
  Object.defineProperty(navigator, "mediaDevices", { value: devices });
})();"""
ZONE = 6
"""The second tab notes at questions from here on: what two do at one question at once has a test of its own."""
MOST_LOST = 2
"""Stretches of two seconds that may be lost when a tab is killed while it brings them to disk."""


class Talk(Player):
    """The notes and the sound of a talk; a second tab notes at other questions."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.texts: dict[int, str] = {}
        self.kept: dict[int, str] = {}
        self.asked: dict[int, bool] = {}
        self.recordings = 0
        self.heard = 0
        """Stretches of sound so far."""
        self.unsure: set[int] = set()
        """Stretches that were under way to the disk when their tab was killed."""
        self.fresh: list[int] = []
        self.recording: Tab | None = None

    def open(self) -> Tab:
        page = self.phone.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(f"/gesprekken/{self.phone.interview}/gesprek")
        tab = Tab(page)
        self._begun(tab)
        taken = {self._zone(other.here) for other in self.phone.tabs}
        if self._zone(tab.here) in taken:
            self._go(tab, 0 if 1 in taken else ZONE)
        self.phone.tabs.append(tab)
        return tab

    def _begun(self, tab: Tab) -> None:
        expect(tab.page.locator("#talk-note")).to_be_visible()
        parts = "#recorder :is([data-part=start], [data-part=found-go], [data-part=running], [data-part=no])"
        expect(tab.page.locator(parts).locator("visible=true").first).to_be_visible()
        self._look(tab)

    def _zone(self, question: int) -> int:
        return int(question >= ZONE)

    def _look(self, tab: Tab) -> None:
        """See which question stands there, and whether its note is what was typed."""
        tab.here = tab.page.evaluate(
            "[...document.querySelectorAll('[data-slot=list] .talk__item')].findIndex((one) => one.hasAttribute('aria-current'))"
        )
        if self._zone(tab.here) in {self._zone(other.here) for other in self.phone.tabs if other is not tab}:
            return
        shown = tab.page.locator("#talk-note").input_value()
        typed, kept = self.texts.get(tab.here, ""), self.kept.get(tab.here, "")
        here = plain(shown).rstrip()
        fits = here.startswith(plain(kept).rstrip()) and plain(typed).startswith(here)
        assert fits, f"at {tab.here} was typed {typed!r}, kept {kept!r}, and there stands {shown!r}"
        self.lost += len(typed.rstrip()) - len(shown.rstrip())
        self.texts[tab.here] = self.kept[tab.here] = shown

    def _go(self, tab: Tab, question: int) -> None:
        items = "document.querySelectorAll('[data-slot=list] .talk__item')"
        tab.page.evaluate(f"(place) => {items}[place].click()", question)
        self._look(tab)
        assert tab.here == question

    def focus(self, tab: Tab) -> bool:
        area = tab.page.locator("#talk-note")
        area.focus()
        area.evaluate("(area) => area.setSelectionRange(area.value.length, area.value.length)")
        return True

    def typed(self, tab: Tab, words: str) -> None:
        self.texts[tab.here] = self.texts.get(tab.here, "") + words
        shown = tab.page.locator("#talk-note").input_value()
        assert shown == self.texts[tab.here], f"typed {self.texts[tab.here]!r}, and there stands {shown!r}"

    def ack(self, tab: Tab) -> None:
        tab.page.wait_for_function("() => document.querySelector('[data-slot=state]').dataset.state !== 'busy'")
        self.kept[tab.here] = self.texts.get(tab.here, "")
        if tab is self.recording:
            tab.page.wait_for_function("() => window.onDisk >= window.handed")
            self.fresh.clear()

    def do_save(self, tab: Tab, step: Step) -> None:
        tab.page.locator("#talk-note").blur()

    def do_next(self, tab: Tab, step: Step) -> None:
        self.ack(tab)
        if tab.here % ZONE < ZONE - 1:
            tab.page.get_by_role("button", name="Volgende").click()
            self._look(tab)

    def do_previous(self, tab: Tab, step: Step) -> None:
        self.ack(tab)
        if tab.here % ZONE > 0:
            tab.page.get_by_role("button", name="Vorige").click()
            self._look(tab)

    def do_asked(self, tab: Tab, step: Step) -> None:
        button = tab.page.get_by_role("button", name="Gevraagd", exact=True)
        asked = not self.asked.get(tab.here, False)
        assert button.get_attribute("aria-pressed") == str(not asked).lower()
        button.click()
        expect(button).to_have_attribute("aria-pressed", str(asked).lower())
        self.asked[tab.here] = asked

    def do_record(self, tab: Tab, step: Step) -> None:
        """Begin to record, or go on with what a tab that is gone left."""
        begin = tab.page.locator("#recorder [data-part=start]").locator("visible=true")
        go_on = tab.page.locator("#recorder [data-part=found-go]").locator("visible=true")
        if not begin.count() and not go_on.count():
            return
        self.recordings += begin.count()
        (begin if begin.count() else go_on).click()
        expect(tab.page.locator("#recorder")).to_have_attribute("data-state", "recording")
        self.recording = tab

    def do_sound(self, tab: Tab, step: Step) -> None:
        recording = self.recording
        if recording is None:
            return
        for _ in range(max(1, step.number)):
            self.heard += 1
            self.fresh.append(self.heard)
            recording.page.evaluate("(number) => window.hear(number)", self.heard)
            recording.page.wait_for_timeout(60)

    def do_pause(self, tab: Tab, step: Step) -> None:
        if self.recording is not None:
            recorder = self.recording.page.locator("#recorder")
            recorder.locator("[data-part=pause]").click()
            expect(recorder).to_have_attribute("data-state", "paused")
            recorder.locator("[data-part=go-on]").click()
            expect(recorder).to_have_attribute("data-state", "recording")

    def do_stop(self, tab: Tab, step: Step) -> None:
        if self.recording is not None:
            self.recording.page.locator("#recorder [data-part=stop]").click()
            expect(self.recording.page.locator("#recorder")).to_have_attribute("data-state", "stopped")
            self.recording, self.fresh = None, []

    def _died(self, tab: Tab) -> None:
        if tab is self.recording:
            self.unsure |= set(self.fresh[-MOST_LOST:])
            self.recording, self.fresh = None, []

    def gone(self, tab: Tab, how: str) -> None:
        self._died(tab)
        super().gone(tab, how)

    def do_reload(self, tab: Tab, step: Step) -> None:
        self.ack(tab)
        self._died(tab)
        tab.page.reload()
        before = tab.here
        self._begun(tab)
        if self._zone(before) != self._zone(tab.here):
            self._go(tab, before)

    def do_session(self, tab: Tab, step: Step) -> None:
        super().do_session(tab, step)
        self.ack(tab)

    def finish(self) -> None:
        for tab in list(self.phone.tabs):
            self.ack(tab)
            self._died(tab)
            self.phone.kill(tab, "kill")
        tab = self.open()
        done = tab.page.locator("#recorder [data-part=found-done]").locator("visible=true")
        if done.count():
            done.click()
            expect(tab.page.locator("#recorder")).to_have_attribute("data-state", "stopped")
        self.phone.everything_sent(tab)
        tab.page.close()
        self._compare_notes()
        self._compare_sound()

    def _compare_notes(self) -> None:
        with self.phone.looking() as (session, actor, interview):
            order = [one.id for one in talks.questions_for(session, interview)]
            notes = talks.notes_of(session, actor, interview, keys=self.phone.house.place.keys)
            at_server = {order.index(question): note for question, note in notes.items()}
        for question, typed in self.texts.items():
            found = at_server[question].text if question in at_server else ""
            kept = plain(self.kept.get(question, "")).strip()
            fits = found.startswith(kept) and plain(typed).strip().startswith(found)
            assert fits, f"at {question} was typed {typed!r}, kept {kept!r}, and the server has {found!r}"
            self.lost += len(plain(typed).strip()) - len(found)
        asked = {question for question, note in at_server.items() if note.asked}
        assert asked == {question for question, yes in self.asked.items() if yes}

    def _compare_sound(self) -> None:
        heard: list[int] = []
        with self.phone.looking() as (session, _actor, interview):
            files = SealedFiles(self.phone.house.place.settings.data / "files")
            key = self.phone.house.place.keys.create(interview.id)
            begun = select(Recording).where(Recording.interview_id == interview.id).order_by(Recording.started_at)
            recordings = session.scalars(begun).all()
            for recording in recordings:
                pieces = session.scalars(
                    select(RecordingPiece)
                    .where(RecordingPiece.recording_id == recording.id)
                    .order_by(RecordingPiece.part, RecordingPiece.number)
                ).all()
                sound = b"".join(files.get(name_of(one), key_of(key, name_of(one))) for one in pieces)
                heard += [int(number) for number in re.findall(rb"<(\d+)>", sound)]
                assert not pieces or recording.state is RecordingState.WHOLE
        assert len(recordings) == self.recordings
        assert heard == sorted(set(heard)), f"sound is doubled or out of order: {heard}"
        missing = set(range(1, self.heard + 1)) - set(heard)
        assert missing <= self.unsure, f"sound that was kept is gone: {sorted(missing - self.unsure)}"
        self.lost_sound = 2 * len(missing)
