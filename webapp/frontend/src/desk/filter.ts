/**
 * The list of themes gets shorter while somebody types: `form[data-filter="#list"]` with a search box, entries
 * `[data-filter-words]` under `[data-filter-group]`. Without script the form asks the server.
 */

import { announce } from "../page/announce";
import { say } from "../page/words";

const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function filterLists(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-filter]").forEach((form) => {
    const list = document.querySelector<HTMLElement>(form.dataset["filter"] ?? "");
    const box = form.querySelector<HTMLInputElement>("input[type=search]");
    const count = document.querySelector<HTMLElement>("[data-filter-count]");
    // What the server left out already cannot be found here.
    if (!list || !box || new URLSearchParams(window.location.search).get("q")) return;
    const entries = [...list.querySelectorAll<HTMLElement>("[data-filter-words]")];
    const groups = [...list.querySelectorAll<HTMLElement>("[data-filter-group]")];
    const filter = (): void => {
      const wanted = fold(box.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const entry of entries) {
        const words = entry.dataset["filterWords"] ?? "";
        entry.hidden = !wanted.every((word) => words.includes(word));
        if (!entry.hidden) found += 1;
      }
      for (const group of groups) group.hidden = !group.querySelector("[data-filter-words]:not([hidden])");
      const { filterNone, filterOne, filterMany } = form.dataset;
      const sentence = (found === 0 ? filterNone : found === 1 ? filterOne : filterMany) ?? "";
      const said = wanted.length ? say({ sentence }, "sentence", { count: found }) : "";
      if (count) count.textContent = said;
      if (said) announce(said);
    };
    box.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.classList.add("is-live");
    filter();
  });
}
