/** The list of what was found: answered with y and n, with a thumb, or with the mouse; the text keeps up with it. */

import { announce } from "../page/announce";
import { isTyping, shortcutsOn } from "../page/shortcuts";
import { readWords, say } from "../page/words";
import { type Answer, post, Refused } from "./server";

export class Review {
  private readonly words = readWords("names-words");
  private readonly things: HTMLElement[];
  private readonly text: HTMLElement | null;
  private readonly sheet: HTMLDialogElement | null;
  /** The thing one is at: the last that had the focus. */
  private here: HTMLElement | null = null;
  /** One answer at a time: the next waits for the one before it. */
  private under_way: Promise<void> = Promise.resolve();

  constructor(private readonly page: HTMLElement) {
    this.things = [...page.querySelectorAll<HTMLElement>("[data-thing]")];
    this.text = page.querySelector<HTMLElement>("[data-text]");
    this.sheet = document.querySelector<HTMLDialogElement>("[data-name-sheet]");
    page.addEventListener("focusin", (event) => this.arrive((event.target as Element).closest<HTMLElement>("[data-thing]")));
    document.addEventListener("keydown", (event) => this.key(event));
    document.getElementById("decide")?.addEventListener("submit", (event) => this.submitted(event as SubmitEvent));
    page.querySelector("[data-undo-form]")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.undo();
    });
    if (this.sheet) this.watchMentions(this.sheet);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !shortcutsOn()) return;
    if (document.querySelector("dialog[open]")) return;
    const deed = { j: () => this.go(1), k: () => this.go(-1), y: () => this.answer("yes"), n: () => this.answer("no"), o: () => this.other(), u: () => this.undo() }[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  }

  private arrive(thing: HTMLElement | null): void {
    if (!thing || thing === this.here) return;
    this.here = thing;
    const mine = [...this.page.querySelectorAll<HTMLElement>("[data-of]")].filter((mention) => {
      const own = mention.dataset["of"] === thing.dataset["thing"];
      mention.classList.toggle("is-here", own);
      return own;
    });
    const first = mine[0];
    // Only where the text has a pane of its own: on a phone the page would jump away from the list.
    if (!first || !this.text || this.text.scrollHeight <= this.text.clientHeight) return;
    const away = first.getBoundingClientRect().top - this.text.getBoundingClientRect().top;
    this.text.scrollTo({ top: this.text.scrollTop + away - this.text.clientHeight / 3 });
  }

  private go(step: number): void {
    const now = this.here ? this.things.indexOf(this.here) : -1;
    const to = now < 0 ? this.things.findIndex((thing) => thing.dataset["state"] === "open") : now + step;
    this.focus(this.things[Math.max(0, Math.min(this.things.length - 1, to))]);
  }

  private focus(thing: HTMLElement | undefined): void {
    thing?.focus({ preventScroll: true });
    thing?.scrollIntoView({ block: "center" });
  }

  private answer(answer: "yes" | "no"): void {
    const thing = this.here;
    if (!thing?.querySelector(`button[value^="${answer}."]`)) {
      this.go(0);
      return;
    }
    this.send(`${answer}.e-${thing.dataset["thing"] ?? ""}`, () => {
      const at = this.things.indexOf(thing);
      const open = (one: HTMLElement): boolean => one.dataset["state"] === "open";
      this.focus(this.things.slice(at + 1).find(open) ?? this.things.find(open) ?? thing);
    });
  }

  private other(): void {
    const link = this.here?.querySelector<HTMLAnchorElement>("[data-other]");
    if (link) window.location.assign(link.href);
  }

  private submitted(event: SubmitEvent): void {
    const button = event.submitter as HTMLButtonElement | null;
    if (!button?.value) return;
    event.preventDefault();
    // A second press on the same answer takes it back.
    const [answer, target] = button.value.split(".");
    this.send(button.getAttribute("aria-pressed") === "true" ? `open.${target ?? ""}` : `${answer ?? ""}.${target ?? ""}`);
  }

  private send(decide: string, then?: () => void): void {
    this.post(this.page.dataset["decide"], { decide }, (answer) => {
      const state = Object.values(answer.things)[0]?.state ?? "open";
      announce(`${say(this.words, state)}. ${answer.progress}`);
      then?.();
    });
  }

  private undo(): void {
    this.post(this.page.dataset["undo"], {}, (answer) => {
      if (answer.again) {
        window.location.reload();
        return;
      }
      announce(`${say(this.words, "undone")} ${answer.progress}`);
      const key = Object.keys(answer.things)[0];
      this.focus(this.things.find((thing) => thing.dataset["thing"] === key));
    });
  }

  private post(url: string | undefined, fields: Readonly<Record<string, string>>, then: (answer: Answer) => void): void {
    if (!url) return;
    this.under_way = this.under_way.then(async () => {
      try {
        const answer = await post(url, fields);
        this.show(answer);
        then(answer);
      } catch (error) {
        this.lost(error instanceof Refused && error.message ? error.message : say(this.words, "lost"));
      }
    });
  }

  private lost(sentence: string): void {
    const bar = this.page.querySelector(".names__bar");
    const line = bar?.querySelector(".names__lost") ?? document.createElement("p");
    line.className = "names__lost";
    line.textContent = sentence;
    bar?.append(line);
    announce(sentence);
  }

  private show(answer: Answer): void {
    this.page.querySelector(".names__lost")?.remove();
    for (const [key, standing] of Object.entries(answer.things)) {
      const thing = this.things.find((one) => one.dataset["thing"] === key);
      if (thing) this.showThing(thing, standing.state);
      for (const [mention, status] of Object.entries(standing.places)) {
        const place = document.getElementById(`m-${mention}`);
        if (place) place.dataset["status"] = status;
      }
    }
    const progress = this.page.querySelector<HTMLElement>("[data-progress]");
    const bar = progress?.querySelector("progress");
    if (bar) bar.value = bar.max - answer.waiting;
    for (const line of [progress?.querySelector("p"), this.page.querySelector("[data-progress-words]")]) if (line) line.textContent = answer.progress;
    this.page.querySelector<HTMLElement>("[data-rest]")?.toggleAttribute("hidden", answer.waiting === 0);
    this.page.querySelector<HTMLElement>("[data-undo-form]")?.toggleAttribute("hidden", !answer.may_undo);
    const next = this.page.querySelector<HTMLAnchorElement>("[data-next]");
    const open = this.things.find((thing) => thing.dataset["state"] === "open");
    next?.toggleAttribute("hidden", !open);
    if (next && open) next.hash = open.id;
  }

  private showThing(thing: HTMLElement, state: string): void {
    thing.dataset["state"] = state;
    const answers = document.getElementById("answers") as HTMLTemplateElement | null;
    const said = answers?.content.querySelector(`[data-state="${state}"]`)?.firstElementChild;
    if (said) thing.querySelector("[data-answer]")?.replaceChildren(said.cloneNode(true));
    thing.querySelectorAll<HTMLButtonElement>("button[aria-pressed]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.value.startsWith(`${state}.`)));
    });
  }

  /** A press on a marked word in the text asks what it is, right there. */
  private watchMentions(sheet: HTMLDialogElement): void {
    let mention: HTMLElement | null = null;
    this.text?.addEventListener("click", (event) => {
      const pressed = (event.target as Element).closest<HTMLElement>("[data-mention]");
      if (!pressed || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      mention = pressed;
      const title = sheet.querySelector("h2");
      if (title) title.textContent = pressed.querySelector(".said")?.textContent ?? "";
      sheet.returnValue = "";
      sheet.showModal();
    });
    sheet.addEventListener("close", () => {
      const answer = sheet.returnValue;
      const thing = this.things.find((one) => one.dataset["thing"] === mention?.dataset["of"]);
      if (answer === "yes" || answer === "no") this.send(`${answer}.m-${mention?.dataset["mention"] ?? ""}`);
      else if (answer === "other") {
        const link = thing?.querySelector<HTMLAnchorElement>("[data-other]");
        if (link) window.location.assign(link.href);
      }
    });
    // A press beside the sheet closes it.
    sheet.addEventListener("click", (event) => {
      if (event.target === sheet) sheet.close("");
    });
  }
}
