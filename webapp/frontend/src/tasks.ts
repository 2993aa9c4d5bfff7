/** Long work on the server: keeps the page's lines about it up to date, and shows the page anew when the work ends. */

interface Told {
  text: string;
  failure: string | null;
  done: number;
  total: number;
  ended: boolean;
}

const FIRST_MS = 1500;
const MOST_MS = 15_000;

function show(line: HTMLElement, told: Told): void {
  const text = line.querySelector<HTMLElement>("[data-task-text]");
  const said = told.failure ? `${told.text} ${told.failure}` : told.text;
  // Only what changed: a screen reader says a sentence again when it is set again.
  if (text && text.textContent?.trim() !== said) text.textContent = said;
  const bar = line.querySelector<HTMLProgressElement>("[data-task-bar]");
  if (bar && told.total > 0) {
    bar.max = told.total;
    bar.value = told.done;
  }
}

async function follow(line: HTMLElement): Promise<void> {
  for (let pause = FIRST_MS; line.isConnected; pause = Math.min(pause * 1.2, MOST_MS)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (document.hidden) continue;
    try {
      const response = await fetch(line.dataset.task!, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!response.ok) continue;
      const told = (await response.json()) as Told;
      show(line, told);
      if (told.ended) {
        location.reload();
        return;
      }
    } catch {
      // No network now; it is asked again.
    }
  }
}

document.querySelectorAll<HTMLElement>("[data-task]:not([data-ended])").forEach((line) => void follow(line));
