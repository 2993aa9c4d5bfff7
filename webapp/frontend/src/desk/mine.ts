/** One's own passages as a list beside the text, in the order of the text; the page wrote the same list for who has no script. */

import { say, type Words } from "../page/words";
import type { Span } from "../text/units";
import type { Segment } from "./model";
import { make } from "./themebox";

export interface MineEvents {
  /** Go to the passage in the text. */
  shown(segment: Segment): void;
  removed(segment: Segment): void;
  lit(segment: Segment | null): void;
}

const LONGEST = 140;

export class MineList {
  private readonly count = make("p", "soft small");
  private readonly list = make("ol", "plain-list passages");
  private readonly rows = new Map<string, HTMLElement>();

  constructor(
    host: HTMLElement,
    private readonly words: Words,
    private readonly quote: (span: Span) => { text: string; line: number },
    private readonly events: MineEvents,
  ) {
    host.replaceChildren(this.count, this.list);
  }

  /** Show these, the own ones only. Rows that were there stay as they are, with the focus in them. */
  draw(segments: readonly Segment[]): void {
    const own = segments.filter((segment) => segment.mine && !segment.pending);
    const rows = own.map((segment) => this.row(segment));
    const kept = new Set(own.map((segment) => segment.id));
    for (const id of [...this.rows.keys()]) if (!kept.has(id)) this.rows.delete(id);
    const same = rows.length === this.list.children.length && rows.every((row, index) => this.list.children[index] === row);
    if (!same) this.list.replaceChildren(...rows);
    const key = own.length === 0 ? "mine.none" : own.length === 1 ? "mine.one" : "mine.many";
    this.count.textContent = say(this.words, key, { count: own.length });
    this.offer(own);
  }

  /** Keep the choice of what a note is about in step with the list: the note is often about what was just chosen. */
  private offer(own: readonly Segment[]): void {
    const choice = document.querySelector<HTMLSelectElement>("#opvallend select[name=about]");
    const whole = choice?.options[0];
    if (!choice || !whole) return;
    const chosen = choice.value;
    const options = own.map((segment) => {
      const place = say(this.words, "line", { number: this.quote(segment).line });
      const option = new Option(`${place}: ${segment.name}`, segment.id);
      option.translate = false;
      return option;
    });
    choice.replaceChildren(whole, ...options);
    choice.value = own.some((segment) => segment.id === chosen) ? chosen : "";
  }

  private row(segment: Segment): HTMLElement {
    const known = this.rows.get(segment.id);
    if (known) return known;
    const { text, line } = this.quote(segment);
    const row = make("li", "passage");
    const head = make("p", "passage__head");
    const name = make("span", `theme theme--${segment.group}`, segment.name);
    name.translate = false;
    head.append(name);
    const place = this.button("passage__place", say(this.words, "line", { number: line }), () => this.events.shown(segment));
    place.setAttribute("aria-label", `${place.textContent ?? ""}: ${segment.name}`);
    head.append(place);
    const words = make("p", "passage__text", shortened(text));
    // A browser that translates the page leaves what people said, and what themes are called, as it is.
    words.translate = false;
    const remove = this.button("passage__remove", "×", () => this.events.removed(segment));
    remove.setAttribute("aria-label", `${say(this.words, "details.remove")}: ${segment.name}`);
    remove.title = say(this.words, "details.remove");
    head.append(...(segment.remove_url ? [remove] : []));
    row.append(head, words);
    row.addEventListener("mouseenter", () => this.events.lit(segment));
    row.addEventListener("mouseleave", () => this.events.lit(null));
    this.rows.set(segment.id, row);
    return row;
  }

  private button(className: string, text: string, press: () => void): HTMLButtonElement {
    const button = make("button", className, text) as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", press);
    return button;
  }
}

/** At most so many characters, cut between two words. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), LONGEST / 2))} …`;
}
