/** Find and replace over the whole text. */

import { say, type Words } from "../page/words";
import type { Editor } from "./editor";
import type { TurnList } from "./list";
import { find, replace, type Place } from "./words";

export function mountFinding(root: HTMLElement, words: Words, editor: Editor, list: TurnList): void {
  const panel = root.querySelector<HTMLElement>("[data-find]") as HTMLElement;
  const wanted = panel.querySelector<HTMLInputElement>("#find-words") as HTMLInputElement;
  const replacement = panel.querySelector<HTMLInputElement>("#find-replacement") as HTMLInputElement;
  const found = panel.querySelector<HTMLElement>("[data-found]") as HTMLElement;
  let now: Place | null = null;

  const places = (): Place[] => find(editor.text, wanted.value);
  const tell = (key: string, count: number): void => {
    found.textContent = say(words, count === 0 ? "found.none" : count === 1 ? `${key}.one` : `${key}.many`, { count });
  };

  function next(): void {
    const all = places();
    tell("found", all.length);
    if (!all.length) {
      now = null;
      return;
    }
    const index = now ? all.findIndex((one) => one.id === now?.id && one.start === now.start) : -1;
    now = all[(index + 1) % all.length] as Place;
    list.go({ id: now.id, at: now.start }, now.end);
  }

  function one(): void {
    const here = now && places().find((each) => each.id === now?.id && each.start === now.start);
    if (!here) {
      next();
      return;
    }
    editor.apply({ text: replace(editor.text, [here], replacement.value), cursor: null });
    now = { id: here.id, start: here.start + replacement.value.length - 1, end: here.end };
    next();
  }

  function all(): void {
    const every = places();
    if (every.length) editor.apply({ text: replace(editor.text, every, replacement.value), cursor: null });
    now = null;
    tell("replaced", every.length);
  }

  wanted.addEventListener("input", () => {
    now = null;
    if (wanted.value) tell("found", places().length);
    else found.textContent = "";
  });
  wanted.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    next();
  });
  root.addEventListener("click", (event) => {
    const what = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (what === "find-next") next();
    else if (what === "replace") one();
    else if (what === "replace-all") all();
  });
  const open = (shown: boolean): void => {
    panel.hidden = !shown;
    if (shown) wanted.focus();
    else if (now) list.go({ id: now.id, at: now.start }, now.end);
  };
  root.addEventListener("click", (event) => {
    const what = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (what === "find") open(panel.hidden === true);
    else if (what === "find-close") open(false);
  });
  root.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "f") {
      event.preventDefault();
      open(true);
    } else if (event.key === "Escape" && panel.contains(event.target as Node)) {
      event.preventDefault();
      open(false);
    }
  });
}
