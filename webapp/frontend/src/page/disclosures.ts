/** Disclosures: remembered between visits, closed by Escape or a press elsewhere where they lie over the page. */

function remembered(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null; // Storage can be switched off; then nothing is remembered.
  }
}

function remember(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // See above.
  }
}

/** `details[data-remember]` opens the way it was left on this device. Only its id and open or closed are kept. */
export function rememberDisclosures(): void {
  document.querySelectorAll<HTMLDetailsElement>("details[data-remember][id]").forEach((details) => {
    const key = `open:${details.id}`;
    const state = remembered(key);
    if (state !== null) details.open = state === "1";
    details.addEventListener("toggle", () => remember(key, details.open ? "1" : "0"));
  });
}

/** `details[data-closes]` is a panel over the page. */
export function closePanels(): void {
  const open = () => document.querySelectorAll<HTMLDetailsElement>("details[data-closes][open]");
  document.addEventListener("click", (event) => {
    open().forEach((details) => {
      if (!details.contains(event.target as Node)) details.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((details) => {
      const inside = details.contains(document.activeElement);
      details.open = false;
      if (inside) details.querySelector("summary")?.focus();
    });
  });
}
