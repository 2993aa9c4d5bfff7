/** The small panel that says what a segment is, and takes it away again. */

import { say, type Words } from "../page/words";
import type { Segment } from "./model";
import { make } from "./themebox";

export interface DetailsEvents {
  removed(segment: Segment): void;
  closed(): void;
  lit(segment: Segment | null): void;
}

export class Details {
  readonly element = make("div", "segment-details bottom-sheet");

  constructor(
    parent: HTMLElement,
    private readonly words: Words,
    private readonly events: DetailsEvents,
  ) {
    this.element.hidden = true;
    this.element.tabIndex = -1;
    this.element.setAttribute("role", "dialog");
    this.element.setAttribute("aria-label", say(words, "details.title"));
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      events.closed();
    });
    parent.append(this.element);
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  show(segments: readonly Segment[]): void {
    const rows = segments.map((segment) => this.row(segment));
    const close = make("button", "chip", say(this.words, "details.close")) as HTMLButtonElement;
    close.type = "button";
    close.addEventListener("click", () => this.events.closed());
    this.element.replaceChildren(...rows, close);
    this.element.hidden = false;
    this.element.focus({ preventScroll: true });
  }

  hide(): void {
    this.element.hidden = true;
  }

  private row(segment: Segment): HTMLElement {
    const row = make("div", "segment-details__row");
    const about = make("p", "segment-details__about");
    const who = segment.mine ? say(this.words, "details.mine") : say(this.words, "details.by", { coder: segment.coder });
    const origin = segment.origin === "suggestion" ? ` · ${say(this.words, "details.suggested")}` : "";
    about.append(make("span", `theme theme--${segment.group}`, segment.name), make("span", "soft small", who + origin));
    row.append(about);
    row.addEventListener("mouseenter", () => this.events.lit(segment));
    if (segment.mine && segment.remove_url && !segment.pending) {
      const remove = make("button", "utrecht-button utrecht-button--secondary-action", say(this.words, "details.remove")) as HTMLButtonElement;
      remove.type = "button";
      remove.addEventListener("click", () => this.events.removed(segment));
      row.append(remove);
    }
    return row;
  }
}
