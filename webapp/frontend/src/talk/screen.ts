/** One question a screen: what is shown, and what a press or a swipe does. */

import type { Pack } from "../offline/pack";
import { announce } from "../page/announce";
import { say, type Words } from "../page/words";
import type { Recorder } from "../recorder/recorder";
import { type Guide, type Question, stillToAsk, swiped } from "./guide";
import type { LocalNote, Notes } from "./notes";

const SAY_AFTER = 400;
const SEND_AFTER = 2_000;

/** What the screen asks of the page around it. */
export interface Around {
  recorder(): Recorder | null;
  offline(): boolean;
  /** Put "held" in the outbox. */
  held(day: string): Promise<void>;
  /** Keep the place in the guide for the next time. */
  at(question: string): void;
  /** Something could not be kept on this phone. */
  failed(error: unknown): void;
}

export function copyOf(id: string): HTMLElement {
  const template = document.getElementById(id) as HTMLTemplateElement;
  return template.content.firstElementChild!.cloneNode(true) as HTMLElement;
}

export function slot<T extends HTMLElement = HTMLElement>(root: ParentNode, name: string): T {
  return root.querySelector<T>(`[data-slot="${name}"]`)!;
}

function button(root: ParentNode, what: string): HTMLButtonElement {
  return root.querySelector<HTMLButtonElement>(`[data-do="${what}"]`)!;
}

/** Today, on this phone's own calendar: "2026-12-01". */
export function today(now = new Date()): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

export class Screen {
  private index: number;
  private root: HTMLElement;
  private shownAt: number | null = null;
  private held: string | null;
  private timers: number[] = [];

  constructor(
    private readonly place: HTMLElement,
    private readonly pack: Pack,
    private readonly guide: Guide,
    private readonly notes: Notes,
    private readonly words: Words,
    private readonly around: Around,
    start: string | null,
  ) {
    this.held = guide.held_on;
    const known = guide.questions.findIndex((one) => one.id === start);
    this.index = known < 0 ? 0 : known;
    this.root = copyOf("talk-screen");
    this.draw(false);
  }

  private get question(): Question | undefined {
    return this.guide.questions[this.index];
  }

  /** Show the question one is at, or the end. `move`: somebody went there, so the focus goes along. */
  private draw(move: boolean): void {
    const question = this.question;
    if (!question) {
      this.drawEnd();
      return;
    }
    const open = this.place.querySelector<HTMLDetailsElement>('[data-slot="all"]')?.open ?? false;
    this.root = copyOf("talk-screen");
    const note = this.notes.of(question.id);
    slot(this.root, "topic").textContent = question.topic_name;
    slot(this.root, "must").hidden = !question.must;
    slot(this.root, "text").textContent = question.text;
    slot(this.root, "further").hidden = !question.follow_up.length;
    slot(this.root, "follow_up").append(
      ...question.follow_up.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
    );
    slot<HTMLTextAreaElement>(this.root, "note").value = note.text;
    this.press(note);
    // Not opened by itself while one goes from question to question: nothing moves.
    slot<HTMLDetailsElement>(this.root, "all").open = open && !move;
    this.list(slot(this.root, "list"));
    button(this.root, "back").disabled = this.index === 0;
    this.wire(question);
    this.place.replaceChildren(this.root);
    const recorder = this.around.recorder();
    this.shownAt = recorder?.state() === "recording" ? recorder.now() : null;
    this.around.at(question.id);
    if (move) this.focus(slot(this.root, "text"));
  }

  private focus(heading: HTMLElement): void {
    heading.focus({ preventScroll: true });
    document.querySelector(".talk")?.scrollIntoView({ block: "start" });
  }

  private press(note: LocalNote): void {
    button(this.root, "asked").setAttribute("aria-pressed", String(note.asked));
    button(this.root, "skip").setAttribute("aria-pressed", String(note.skipped));
  }

  private wire(question: Question): void {
    const area = slot<HTMLTextAreaElement>(this.root, "note");
    area.addEventListener("input", () => this.typed(question, area.value));
    area.addEventListener("blur", () => void this.save(question));
    button(this.root, "asked").addEventListener("click", () => void this.ask(question));
    button(this.root, "skip").addEventListener("click", () => void this.skip(question));
    button(this.root, "next").addEventListener("click", () => this.go(this.index + 1));
    button(this.root, "back").addEventListener("click", () => this.go(this.index - 1));
    button(this.root, "end").addEventListener("click", () => this.go(this.guide.questions.length));
    button(this.root, "rest").addEventListener("click", () => this.rest());
    this.swipe(this.root.querySelector<HTMLElement>("[data-swipe]")!);
  }

  private swipe(area: HTMLElement): void {
    let from: Touch | null = null;
    area.addEventListener("touchstart", (event) => (from = event.touches.length === 1 ? event.touches[0]! : null), { passive: true });
    area.addEventListener("touchend", (event) => {
      const to = event.changedTouches[0];
      const way = from && to && swiped(to.clientX - from.clientX, to.clientY - from.clientY);
      from = null;
      if (way) this.go(this.index + (way === "next" ? 1 : -1));
    });
  }

  private typed(question: Question, text: string): void {
    this.timers.forEach((timer) => window.clearTimeout(timer));
    this.kept(question.id, "busy");
    // To disk with each key: a page may be gone in the next moment. It is said when the typing pauses.
    const written = this.notes.type(question.id, text);
    written.then(() => this.notes.of(question.id).text === text && this.kept(question.id, "kept")).catch(this.around.failed);
    this.timers = [
      window.setTimeout(() => void written.then(() => this.state(question.id, say(this.words, "kept")), () => undefined), SAY_AFTER),
      window.setTimeout(() => void this.save(question), SEND_AFTER),
    ];
  }

  /** Keep and send what is typed at this question. */
  private async save(question: Question): Promise<void> {
    this.timers.forEach((timer) => window.clearTimeout(timer));
    const area = this.question?.id === question.id ? this.place.querySelector<HTMLTextAreaElement>("#talk-note") : null;
    try {
      if (area && area.value !== this.notes.of(question.id).text) await this.notes.type(question.id, area.value);
      if (await this.notes.save(question)) this.state(question.id, say(this.words, "kept"));
    } catch (error) {
      this.around.failed(error);
    }
  }

  /** Keep what is in the field: the page goes, or the person goes on. */
  async leave(): Promise<void> {
    if (this.question) await this.save(this.question);
  }

  private async ask(question: Question): Promise<void> {
    const asked = !this.notes.of(question.id).asked;
    const recorder = this.around.recorder();
    const runs = recorder?.state() === "recording";
    // The moment the question came on the screen: the answer begins there.
    const time = asked && runs ? { at_ms: this.shownAt ?? recorder.now(), recording: recorder.recording() } : {};
    await this.mark(question, { asked, ...(asked ? { skipped: false } : {}), ...time });
    if (asked) announce(say(this.words, "asked_now"));
  }

  private async skip(question: Question): Promise<void> {
    const skipped = !this.notes.of(question.id).skipped;
    await this.mark(question, { skipped, ...(skipped ? { asked: false } : {}) });
    // Who went on by hand meanwhile stays there.
    if (skipped && this.question?.id === question.id) this.go(this.index + 1);
  }

  private async mark(question: Question, marks: Parameters<Notes["mark"]>[1]): Promise<void> {
    try {
      await this.notes.mark(question, marks);
    } catch (error) {
      this.around.failed(error);
    }
    if (this.question?.id !== question.id) return;
    this.press(this.notes.of(question.id));
    this.list(slot(this.root, "list"));
  }

  private go(index: number): void {
    if (index < 0 || index > this.guide.questions.length) return;
    void this.leave();
    this.index = index;
    this.draw(true);
  }

  private list(place: HTMLElement): void {
    const parts: HTMLElement[] = [];
    let topic = "";
    let items = document.createElement("ul");
    this.guide.questions.forEach((question, index) => {
      if (question.topic !== topic) {
        topic = question.topic;
        const heading = Object.assign(document.createElement("h3"), { textContent: question.topic_name });
        items = Object.assign(document.createElement("ul"), { className: "plain-list talk__list" });
        parts.push(heading, items);
      }
      items.append(this.item(question, index));
    });
    place.replaceChildren(...parts);
  }

  private item(question: Question, index: number): HTMLElement {
    const item = copyOf("talk-item");
    const note = this.notes.of(question.id);
    const sign = note.asked ? "asked" : note.skipped ? "skipped" : "open";
    item.querySelectorAll<HTMLElement>("[data-sign]").forEach((one) => (one.hidden = one.dataset["sign"] !== sign));
    slot(item, "text").textContent = question.text;
    const press = item.querySelector("button")!;
    if (index === this.index) press.setAttribute("aria-current", "true");
    press.addEventListener("click", () => this.go(index));
    return item;
  }

  private drawEnd(): void {
    this.root = copyOf("talk-end");
    const left = stillToAsk(this.guide.questions, (id) => this.notes.of(id));
    slot(this.root, "left").hidden = !left.length;
    slot(this.root, "all-done").hidden = !!left.length || !this.guide.questions.some((one) => one.must);
    slot(this.root, "list").append(...left.map((one) => this.item(one, this.guide.questions.indexOf(one))));
    slot<HTMLInputElement>(this.root, "day").value = today();
    slot<HTMLAnchorElement>(this.root, "interview").href = this.guide.urls.interview;
    const after = slot<HTMLAnchorElement>(this.root, "after");
    after.hidden = !this.guide.urls.after;
    if (this.guide.urls.after) after.href = this.guide.urls.after;
    this.afterwards();
    button(this.root, "back").addEventListener("click", () => this.go(this.guide.questions.length - 1));
    button(this.root, "held").addEventListener("click", () => void this.close());
    this.place.replaceChildren(this.root);
    this.recording();
    this.focus(slot(this.root, "title"));
  }

  private afterwards(): void {
    if (this.held !== null) {
      slot(this.root, "left").hidden = true;
      slot(this.root, "all-done").hidden = true;
    }
    slot(this.root, "form").hidden = this.held !== null;
    slot(this.root, "done").hidden = this.held === null;
    slot(this.root, "later").hidden = !this.around.offline();
  }

  private async close(): Promise<void> {
    const day = slot<HTMLInputElement>(this.root, "day").value;
    const error = slot(this.root, "error");
    const wrong = !day || day > today();
    error.hidden = !wrong;
    error.textContent = wrong ? say(this.words, "day") : "";
    if (wrong || this.recording()) return;
    try {
      await this.around.held(day);
    } catch (failure) {
      this.around.failed(failure);
      return;
    }
    this.held = day;
    this.afterwards();
    const first = slot(this.root, "done").querySelector<HTMLElement>("a:not([hidden])");
    first?.focus();
  }

  /** Say on the end screen that a recording still runs. */
  recording(): boolean {
    const state = this.around.recorder()?.state();
    const runs = state === "recording" || state === "paused";
    const notice = this.root.querySelector<HTMLElement>('[data-slot="form"] [data-slot="recording"]');
    if (notice) notice.hidden = !runs;
    return runs;
  }

  /** Show what came of a note: its new text, and a sentence. */
  arrived(question: string, what: "saved" | "both" | "refused", sentence: string): void {
    if (this.question?.id !== question) return;
    if (what === "both") {
      const area = this.place.querySelector<HTMLTextAreaElement>("#talk-note");
      if (area) area.value = this.notes.of(question).text;
    }
    this.state(question, sentence);
  }

  private state(question: string, sentence: string): void {
    const line = this.place.querySelector<HTMLElement>('[data-slot="state"]');
    if (line && this.question?.id === question) line.textContent = sentence;
  }

  /** Whether what stands in the field is on this phone; for who looks, not for who reads. */
  private kept(question: string, state: "busy" | "kept"): void {
    const line = this.place.querySelector<HTMLElement>('[data-slot="state"]');
    if (line && this.question?.id === question) line.dataset["state"] = state;
  }

  private rest(): void {
    const dialog = document.getElementById("talk-rest") as HTMLDialogElement;
    const contact = this.pack.contact;
    slot(dialog, "recording").hidden = this.around.recorder()?.state() !== "recording";
    slot(dialog, "contact").hidden = !contact;
    if (contact) {
      slot(dialog, "name").textContent = contact.name;
      const phone = slot<HTMLAnchorElement>(dialog, "phone");
      phone.textContent = contact.phone;
      if (contact.uri) phone.href = contact.uri;
    }
    const goOn = button(dialog, "go-on");
    goOn.onclick = () => dialog.close();
    dialog.showModal();
  }
}
