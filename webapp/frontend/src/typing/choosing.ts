/** Two texts side by side: a choice per turn that differs, or for the whole at once. Nothing is gone until it is chosen. */

import { say, type Words } from "../page/words";
import { below, type Text, type Turn } from "./model";
import { beside, chosen, type Kept, type Pair } from "./words";

export interface Side {
  readonly title: string;
  /** Who and when. */
  readonly by: string;
  readonly text: Text;
}

/** Show both in `panel`; `done` gets the text that was chosen, or null for later. */
export function showChoice(panel: HTMLElement, words: Words, left: Side, right: Side, done: (text: Text | null) => void): void {
  const pairs = beside(left.text, right.text);
  const picked = new Map<number, Kept>();
  const board = panel.querySelector<HTMLElement>("[data-both]") as HTMLElement;
  board.replaceChildren(head(left, right), ...pairs.map((one, index) => row(one, index)));
  panel.hidden = false;

  function row(one: Pair, index: number): HTMLElement {
    const line = document.createElement("div");
    line.className = one.differs ? "both__row both__row--differs" : "both__row";
    line.append(cell(one.left, "left"), cell(one.right, "right"));
    if (!one.differs) return line;
    const group = document.createElement("div");
    group.className = "both__choice cluster";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", say(words, "turn", { number: index + 1 }));
    for (const kept of ["left", "right", "both"] as const) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.textContent = say(words, `keep_${kept}`);
      button.setAttribute("aria-pressed", String(keptOf(index) === kept));
      button.addEventListener("click", () => {
        picked.set(index, kept);
        for (const each of group.children) each.setAttribute("aria-pressed", String(each === button));
      });
      group.append(button);
    }
    line.append(group);
    return line;
  }

  function cell(one: Turn | null, where: "left" | "right"): HTMLElement {
    const side = document.createElement("p");
    side.dataset["label"] = say(words, `label_${where}`);
    side.className = one ? "both__text" : "both__text soft";
    if (!one) {
      side.textContent = say(words, "missing");
      return side;
    }
    const who = document.createElement("strong");
    who.textContent = `${one.speaker ?? "?"} `;
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = one.text;
    side.append(who, text);
    return side;
  }

  /** Nothing picked: both stay, so that nothing goes by not looking. */
  function keptOf(index: number): Kept {
    return picked.get(index) ?? "both";
  }

  panel.onclick = (event) => {
    const how = (event.target as Element).closest<HTMLElement>("[data-keep]")?.dataset["keep"];
    if (!how) return;
    const result: Record<string, () => Text | null> = {
      left: () => left.text,
      right: () => right.text,
      below: () => below(left.text, right.text),
      chosen: () => chosen(left.text, right.text, pairs, keptOf),
      later: () => null,
    };
    const text = result[how]?.() ?? null;
    panel.hidden = true;
    board.replaceChildren();
    done(text);
  };
}

function head(left: Side, right: Side): HTMLElement {
  const line = document.createElement("div");
  line.className = "both__row both__head";
  for (const side of [left, right]) {
    const cell = document.createElement("div");
    const title = document.createElement("h3");
    title.textContent = side.title;
    const by = document.createElement("p");
    by.className = "small soft";
    by.textContent = side.by;
    cell.append(title, by);
    line.append(cell);
  }
  return line;
}
