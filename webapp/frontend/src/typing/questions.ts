/** What the guide asked and what was noted, beside the text on a wide screen. */

import { say, type Words } from "../page/words";

export interface GuideSection {
  readonly questions: readonly { readonly id: string; readonly text: string }[];
  readonly notes?: Readonly<Record<string, { readonly text?: string | null; readonly asked?: boolean }>>;
}

export function showQuestions(root: HTMLElement, words: Words, guide: GuideSection | null): void {
  const pane = root.querySelector<HTMLElement>("[data-guide]");
  const list = pane?.querySelector<HTMLElement>("[data-questions]");
  if (!pane || !list || !guide?.questions?.length) return;
  pane.hidden = false;
  list.replaceChildren(
    ...guide.questions.map((question) => {
      const item = document.createElement("li");
      const asked = document.createElement("p");
      asked.textContent = question.text;
      item.append(asked);
      const note = guide.notes?.[question.id]?.text;
      if (note) {
        const noted = document.createElement("p");
        noted.className = "soft small";
        noted.textContent = say(words, "noted", { note });
        item.append(noted);
      }
      return item;
    }),
  );
}
