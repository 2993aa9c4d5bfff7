/** Short messages above the text, each with at most one button. */

import { say, type Words } from "../page/words";

export interface Action {
  readonly words: string;
  readonly deed: () => void;
}

const MOST = 3;

export class Notices {
  private readonly known = new Map<string, HTMLElement>();

  constructor(
    private readonly place: HTMLElement,
    private readonly words: Words,
  ) {}

  /** Show a message that somebody can close. */
  show(text: string, action?: Action): void {
    this.put(text, action);
    const passing = [...this.place.children].filter((one) => !(one as HTMLElement).dataset["stays"]);
    passing.slice(0, Math.max(0, passing.length - MOST)).forEach((one) => one.remove());
  }

  /** Show a message about `what`, in place of an earlier one about it. */
  once(what: string, text: string, action?: Action): void {
    this.gone(what);
    const made = this.put(text, action, false);
    made.dataset["stays"] = "1";
    this.known.set(what, made);
  }

  gone(what: string): void {
    this.known.get(what)?.remove();
    this.known.delete(what);
  }

  private put(text: string, action?: Action, closes = true): HTMLElement {
    const notice = document.createElement("div");
    notice.className = "typing__notice";
    notice.setAttribute("role", "status");
    const line = document.createElement("p");
    line.textContent = text;
    notice.append(line);
    const buttons = document.createElement("div");
    buttons.className = "cluster";
    if (action) {
      buttons.append(
        this.button(action.words, () => {
          notice.remove();
          action.deed();
        }),
      );
    }
    // What asks for a choice stays until somebody chose.
    if (!action || closes) buttons.append(this.button(say(this.words, "close"), () => notice.remove()));
    notice.append(buttons);
    this.place.append(notice);
    return notice;
  }

  private button(text: string, deed: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = text;
    button.addEventListener("click", deed);
    return button;
  }
}
