/**
 * The lock on a shared computer: by its button, and by itself after silence. The server locks the session; this hides
 * what already stands on the screen, and takes the key of the drafts away until whoever locked it is back.
 */

import { draftsHere } from "./drafts";
import { say, type Words } from "./words";

const LAST = "dichterbij-last-touch";
const COVERED = "is-covered";

/** Silence is counted over all tabs of this browser: reading in one keeps the others open. */
function touched(): void {
  try {
    window.localStorage.setItem(LAST, String(Date.now()));
  } catch {
    // Storage can be switched off; then each tab counts for itself.
  }
}

function lastTouch(own: number): number {
  try {
    return Math.max(own, Number(window.localStorage.getItem(LAST)) || 0);
  } catch {
    return own;
  }
}

async function forgetKey(): Promise<void> {
  if (!draftsHere()) return;
  await import("../offline/keys").then(({ forget }) => forget()).catch(() => undefined);
}

/** Lock when the button is pressed, and after as many seconds of silence as the page says (none: never by itself). */
export function lockScreen(words: Words): void {
  const form = document.querySelector<HTMLFormElement>("form[data-lock]");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void forgetKey().then(() => form.submit());
  });
  const after = Number(document.querySelector<HTMLMetaElement>("meta[name='locks-after']")?.content) * 1000;
  if (after > 0) watch(form, after, words);
}

function watch(form: HTMLFormElement, after: number, words: Words): void {
  let own = Date.now();
  touched();
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    document.addEventListener(
      kind,
      () => {
        if (Date.now() - own < 1000) return;
        own = Date.now();
        touched();
      },
      { capture: true, passive: true },
    );
  }
  const look = window.setInterval(
    () => {
      if (Date.now() - lastTouch(own) < after) return;
      window.clearInterval(look);
      void away(form, words);
    },
    Math.min(after, 5_000),
  );
}

/** Nobody is there: lock on the server, hide the page, go to the lock. Typed text that was not sent keeps its page. */
async function away(form: HTMLFormElement, words: Words): Promise<void> {
  const unlock = `/vergrendeld?next=${encodeURIComponent(location.pathname + location.search)}`;
  cover(unlock, words);
  await forgetKey();
  await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    credentials: "same-origin",
    redirect: "manual",
  }).catch(() => undefined);
  location.assign(unlock);
}

/** Hide everything but a way back. It shows again when the session is open, for instance unlocked in another tab. */
function cover(unlock: string, words: Words): void {
  const panel = document.createElement("p");
  panel.className = "cover";
  const link = document.createElement("a");
  link.href = unlock;
  link.target = "_blank";
  link.textContent = say(words, "locked");
  panel.append(link);
  document.body.append(panel);
  document.documentElement.classList.add(COVERED);
  window.addEventListener("focus", () => {
    void fetch("/meegaan.json", { credentials: "same-origin", cache: "no-store" }).then((answer) => {
      if (!answer.ok) return;
      document.documentElement.classList.remove(COVERED);
      panel.remove();
    }, () => undefined);
  });
}
