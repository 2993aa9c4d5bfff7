/** The turns on the screen: one text area each. Only what changed is touched, so that a long text types like a short one. */

import { say, type Words } from "../page/words";
import { indexOf, type Cursor, type Text, type Turn } from "./model";
import { shortTime } from "./words";

interface Shown {
  readonly item: HTMLLIElement;
  readonly area: HTMLTextAreaElement;
  readonly who: HTMLButtonElement;
  readonly time: HTMLButtonElement;
  readonly number: HTMLElement;
  turn: Turn | null;
  place: number;
}

const GROWS_BY_ITSELF = CSS.supports("field-sizing", "content");

export class TurnList {
  private readonly shown = new Map<number, Shown>();
  private readonly sight: IntersectionObserver | null;
  private text: Text | null = null;

  constructor(
    private readonly list: HTMLElement,
    private readonly template: HTMLTemplateElement,
    private readonly words: Words,
  ) {
    // Old browsers: a text area gets its height when it comes into sight.
    this.sight = GROWS_BY_ITSELF
      ? null
      : new IntersectionObserver((seen) => {
          for (const one of seen) if (one.isIntersecting) grow(one.target.querySelector("textarea") as HTMLTextAreaElement);
        });
  }

  draw(text: Text): void {
    if (text === this.text) return;
    const alive = new Set(text.turns.map((one) => one.id));
    for (const [id, one] of this.shown) {
      if (alive.has(id)) continue;
      this.sight?.unobserve(one.item);
      one.item.remove();
      this.shown.delete(id);
    }
    let at = this.list.firstElementChild;
    const voices = this.text?.speakers === text.speakers ? null : new Map(text.speakers.map((one) => [one.label, one.role]));
    const roles = new Map(text.speakers.map((one) => [one.label, one.role]));
    text.turns.forEach((turn, place) => {
      const one = this.shown.get(turn.id) ?? this.make(turn.id);
      if (one.item === at) at = at.nextElementSibling;
      else this.list.insertBefore(one.item, at);
      if (one.turn !== turn || one.place !== place || voices) this.fill(one, turn, place, roles.get(turn.speaker ?? ""));
    });
    this.text = text;
  }

  private make(id: number): Shown {
    const item = (this.template.content.cloneNode(true) as DocumentFragment).querySelector("li") as HTMLLIElement;
    item.dataset["id"] = String(id);
    const part = <E extends HTMLElement>(selector: string): E => item.querySelector<E>(selector) as E;
    const one: Shown = {
      item,
      area: part("textarea"),
      who: part("[data-who]"),
      time: part("[data-time]"),
      number: part(".typed__number"),
      turn: null,
      place: -1,
    };
    this.shown.set(id, one);
    this.sight?.observe(item);
    return one;
  }

  private fill(one: Shown, turn: Turn, place: number, role = "unknown"): void {
    const speaker = turn.speaker ?? "?";
    if (one.area.value !== turn.text) {
      one.area.value = turn.text;
      if (!GROWS_BY_ITSELF) grow(one.area);
    }
    const other = one.turn?.speaker !== turn.speaker;
    if (one.place !== place) one.number.textContent = String(place + 1);
    if (one.place !== place || other) one.area.setAttribute("aria-label", say(this.words, "turn_text", { number: place + 1, speaker }));
    if (one.turn === null || other) {
      one.who.textContent = speaker;
      one.who.setAttribute("aria-label", say(this.words, "who", { speaker }));
    }
    if (one.item.dataset["role"] !== role) one.item.dataset["role"] = role;
    if (one.turn?.start !== turn.start) {
      one.time.hidden = turn.start === null;
      if (turn.start !== null) {
        one.time.textContent = shortTime(turn.start);
        one.time.setAttribute("aria-label", say(this.words, "jump", { time: shortTime(turn.start) }));
      }
    }
    one.turn = turn;
    one.place = place;
  }

  /** The turn that holds `node`, or null. */
  idOf(node: EventTarget | null): number | null {
    const item = node instanceof Element ? node.closest<HTMLElement>("li[data-id]") : null;
    return item && this.list.contains(item) ? Number(item.dataset["id"]) : null;
  }

  area(id: number): HTMLTextAreaElement | null {
    return this.shown.get(id)?.area ?? null;
  }

  /** Put the cursor there, in sight. */
  go(cursor: Cursor | null, end = cursor?.at): void {
    const area = cursor && this.area(cursor.id);
    if (!cursor || !area) return;
    area.focus({ preventScroll: true });
    area.setSelectionRange(cursor.at, end ?? cursor.at);
    area.scrollIntoView({ block: "nearest" });
  }

  /** Where somebody types, or null. */
  cursor(): Cursor | null {
    const id = this.idOf(document.activeElement);
    const area = id === null ? null : this.area(id);
    return id === null || !area ? null : { id, at: area.selectionStart };
  }

  mark(text: Text, id: number | null): void {
    for (const item of this.list.querySelectorAll(".typed--now")) item.classList.remove("typed--now");
    if (id !== null && indexOf(text, id) >= 0) this.shown.get(id)?.item.classList.add("typed--now");
  }
}

/** As high as its words, in browsers that do not do that themselves. */
export function grow(area: HTMLTextAreaElement): void {
  if (GROWS_BY_ITSELF) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight}px`;
}
