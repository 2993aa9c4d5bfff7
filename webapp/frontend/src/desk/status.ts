/** The line that says what just happened, with the way back beside it. It stays until the next thing happens. */

import { announce } from "../page/announce";
import { say, type Words } from "../page/words";
import { make } from "./themebox";

export class StatusLine {
  private readonly element = make("div", "desk-status");

  constructor(
    parent: HTMLElement,
    private readonly words: Words,
    private readonly undo: () => void,
  ) {
    this.element.hidden = true;
    parent.append(this.element);
  }

  /** Say it, to eyes and to ears. */
  tell(text: string, { canUndo = false, wrong = false } = {}): void {
    const parts: HTMLElement[] = [];
    if (wrong) parts.push(make("strong", "", say(this.words, "status.wrong")));
    parts.push(make("span", "", text));
    if (canUndo) {
      const button = make("button", "chip", say(this.words, "status.undo")) as HTMLButtonElement;
      button.type = "button";
      button.setAttribute("aria-keyshortcuts", "u");
      button.addEventListener("click", this.undo);
      parts.push(button);
    }
    this.element.replaceChildren(...parts);
    this.element.classList.toggle("desk-status--wrong", wrong);
    this.element.hidden = false;
    announce(wrong ? `${say(this.words, "status.wrong")} ${text}` : text);
  }
}
