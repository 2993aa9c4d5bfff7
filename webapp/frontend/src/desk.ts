/** The page "Lezen en thema's kiezen". Without this script it has plain forms; with it the transcript itself is the form. */

import { Desk } from "./desk/desk";
import { filterLists } from "./desk/filter";
import type { Segment, Suggestion, Theme } from "./desk/model";
import { readWords } from "./page/words";

async function start(section: HTMLElement): Promise<void> {
  const text = section.querySelector<HTMLElement>("[data-desk-text]");
  const { segmentsUrl, createUrl, answerUrl, newThemeUrl, revision, themes } = section.dataset;
  if (!text || !segmentsUrl || !revision || !themes) return;
  const response = await fetch(segmentsUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
  // The plain forms stay in use when the segments cannot be had.
  if (!response.ok) return;
  const data = (await response.json()) as { segments: Segment[]; suggestions?: Suggestion[] };
  const known = JSON.parse(document.querySelector(themes)?.textContent ?? "[]") as Theme[];
  // Side panes by themselves have a place outside the section too.
  const suggestions = document.querySelector<HTMLElement>("[data-desk-suggestions]");
  section.classList.add("is-live");
  new Desk(
    text,
    { suggestions: data.suggestions ? suggestions : null, mine: document.querySelector<HTMLElement>("[data-desk-mine]") },
    known,
    { segments: data.segments, suggestions: data.suggestions ?? [] },
    { revision, create: createUrl, answer: answerUrl, newTheme: newThemeUrl },
    readWords("desk-words"),
  );
}

filterLists();
document.querySelectorAll<HTMLElement>("[data-desk]").forEach((section) => void start(section));
