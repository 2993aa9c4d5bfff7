/** A recording that comes in or is made ready changes by itself: then the page shows it, without being loaded anew. */

const OFTEN_MS = 5000;
const SOON_MS = 500;
let timer = 0;

/** What is read of the page: the texts and how far the bars are. A form's secret differs each time and does not count. */
function read(list: Element): string {
  const bars = [...list.querySelectorAll("progress")].map((bar) => bar.value);
  return `${(list.textContent ?? "").replace(/\s+/g, " ")} ${bars.join(" ")}`;
}

/**
 * While the page shows something that is not finished, ask now and then whether it is, put the new list in its place and
 * call `changed` with the fresh page. A file that is on its way from this page goes on. `soon`: something just came in.
 */
export function watchStates(page: HTMLElement, changed: (fresh: Document) => void, soon = false): void {
  window.clearTimeout(timer);
  if (!soon && !page.querySelector("[data-list] [data-unfinished]")) return;
  timer = window.setTimeout(() => void look(page, changed), soon ? SOON_MS : OFTEN_MS);
}

async function look(page: HTMLElement, changed: (fresh: Document) => void): Promise<void> {
  const list = page.querySelector<HTMLElement>("[data-list]");
  if (list && !document.hidden && !list.contains(document.activeElement)) {
    try {
      const answer = await fetch(page.dataset["address"] ?? "", { credentials: "same-origin" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = fresh.querySelector<HTMLElement>("[data-list]");
      if (answer.ok && now && read(now) !== read(list)) {
        list.replaceWith(document.importNode(now, true));
        changed(fresh);
      }
    } catch {
      // Without network the list stays as it is.
    }
  }
  watchStates(page, changed);
}
