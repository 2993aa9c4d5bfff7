/** What the computer proposes, as cards to answer with a mouse, a thumb, or j k y n l. */

import { isTyping, shortcutsOn } from "../page/shortcuts";
import { say, type Words } from "../page/words";
import type { Suggestion, SuggestionState } from "./model";
import { make } from "./themebox";

export interface SuggestionEvents {
  /** A card got the focus, or none has it any more. */
  looked(suggestion: Suggestion | null): void;
  /** Go to the passage in the text. */
  shown(suggestion: Suggestion): void;
  answered(suggestion: Suggestion, answer: Exclude<SuggestionState, "open">): void;
}

const ANSWERS = [
  ["fits", "y", "utrecht-button--secondary-action"],
  ["not", "n", "utrecht-button--secondary-action"],
  ["later", "l", "utrecht-button--subtle"],
] as const;

export class SuggestionList {
  private readonly list = make("ol", "suggestions");
  private readonly count = make("p", "suggestions__count");
  private open: Suggestion[];
  /** The card that Tab reaches; the others are reached with j and k. */
  private current = 0;

  constructor(
    host: HTMLElement,
    suggestions: readonly Suggestion[],
    private readonly words: Words,
    private readonly quote: (suggestion: Suggestion) => { text: string; line: number },
    private readonly events: SuggestionEvents,
  ) {
    this.open = suggestions.filter((each) => each.state === "open" || each.state === "later");
    host.replaceChildren(this.count, this.list);
    this.draw();
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("focusin", (event) => {
      const index = this.indexOf(event.target);
      if (index < 0) return;
      this.current = index;
      this.roving();
      this.events.looked(this.open[index] ?? null);
    });
    this.list.addEventListener("focusout", (event) => {
      if (!this.list.contains(event.relatedTarget as Node | null)) this.events.looked(null);
    });
  }

  /** Take an answered suggestion out; one kept for later goes to the end. The next card gets the focus that this one had. */
  settle(suggestion: Suggestion, answer: Exclude<SuggestionState, "open">): void {
    const index = this.open.findIndex((each) => each.id === suggestion.id);
    if (index < 0) return;
    const hadFocus = this.list.contains(document.activeElement);
    this.open.splice(index, 1);
    if (answer === "later") this.open.push({ ...suggestion, state: "later" });
    this.current = Math.min(index, this.open.length - 1);
    this.draw();
    if (hadFocus) this.focus();
  }

  /** Put one back in its place, after undo or a refusal. */
  restore(suggestion: Suggestion): void {
    this.open = [...this.open.filter((each) => each.id !== suggestion.id), suggestion].sort((a, b) => a.start - b.start);
    this.draw();
  }

  /** Give the focus to the current card, or to the sentence that none is left. */
  focus(): void {
    const card = this.list.children[this.current] as HTMLElement | undefined;
    if (card) card.focus();
    else {
      this.count.tabIndex = -1;
      this.count.focus();
    }
  }

  private draw(): void {
    const left = this.open.length;
    this.count.textContent = left ? say(this.words, left === 1 ? "suggestions.one" : "suggestions.many", { count: left }) : say(this.words, "suggestions.none");
    this.list.replaceChildren(...this.open.map((suggestion) => this.card(suggestion)));
    this.roving();
  }

  private roving(): void {
    [...this.list.children].forEach((card, index) => {
      (card as HTMLElement).tabIndex = index === this.current ? 0 : -1;
    });
  }

  private card(suggestion: Suggestion): HTMLElement {
    const { text, line } = this.quote(suggestion);
    const card = make("li", "suggestion");
    card.dataset["suggestion"] = suggestion.id;
    const head = make("p", "suggestion__head");
    const name = make("span", `theme theme--${suggestion.group}`, suggestion.name);
    name.translate = false;
    head.append(name);
    const place = make("button", "suggestion__place", say(this.words, "line", { number: line })) as HTMLButtonElement;
    place.type = "button";
    place.addEventListener("click", () => this.events.shown(suggestion));
    head.append(place);
    const passage = make("blockquote", "suggestion__text", text.length > 280 ? `${text.slice(0, 270).trimEnd()} …` : text);
    passage.translate = false;
    const why = make("p", "suggestion__why");
    const reasons = make("span", "", suggestion.why.map((reason) => say(this.words, "why.reason", { reason })).join(", "));
    reasons.translate = false;
    why.append(make("strong", "", say(this.words, "why")), " ", reasons);
    const buttons = make("div", "suggestion__answers");
    for (const [answer, key, look] of ANSWERS) {
      const button = make("button", `utrecht-button ${look}`, say(this.words, `answer.${answer}`)) as HTMLButtonElement;
      button.type = "button";
      button.setAttribute("aria-keyshortcuts", key);
      button.addEventListener("click", () => this.events.answered(suggestion, answer));
      buttons.append(button);
    }
    card.append(head, passage, ...(suggestion.why.length ? [why] : []), buttons);
    if (suggestion.state === "later") card.classList.add("suggestion--later");
    return card;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !shortcutsOn()) return;
    const suggestion = this.open[this.current];
    const answer = ANSWERS.find(([, key]) => key === event.key)?.[0];
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      this.current = Math.max(0, Math.min(this.open.length - 1, this.current + (event.key === "j" ? 1 : -1)));
      this.roving();
      this.focus();
    } else if (answer && suggestion) {
      event.preventDefault();
      this.events.answered(suggestion, answer);
    }
  }

  private indexOf(target: EventTarget | null): number {
    const card = (target as Element | null)?.closest(".suggestion");
    return card ? [...this.list.children].indexOf(card) : -1;
  }
}
