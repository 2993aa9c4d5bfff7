/** Tell a screen reader what happened, in the page's polite live region. */
export function announce(text: string): void {
  const region = document.querySelector<HTMLElement>("[data-announcer]");
  if (!region) return;
  // Emptied first: the same sentence twice is announced twice.
  region.textContent = "";
  window.setTimeout(() => {
    region.textContent = text;
  }, 60);
}
