/** The sheet with keyboard shortcuts, and the person's choice to have none (WCAG 2.1.4). */

const KEY = "shortcuts";

/** Whether single-letter shortcuts are on, on this device. */
export function shortcutsOn(): boolean {
  try {
    return window.localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

/** Whether a key press belongs to a text somebody is typing. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"));
}

/** `?` and every `[data-open-shortcuts]` button open the page's sheet. */
export function shortcutSheet(): void {
  const sheet = document.querySelector<HTMLDialogElement>("dialog[data-shortcuts]");
  if (!sheet) return;
  const open = () => {
    if (!sheet.open) sheet.showModal();
  };
  const off = sheet.querySelector<HTMLInputElement>("[data-shortcuts-off]");
  if (off) {
    off.checked = !shortcutsOn();
    off.addEventListener("change", () => {
      try {
        window.localStorage.setItem(KEY, off.checked ? "off" : "on");
      } catch {
        // Without storage the choice cannot be kept.
      }
    });
  }
  document.querySelectorAll("[data-open-shortcuts]").forEach((button) => button.addEventListener("click", open));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || !shortcutsOn()) return;
    event.preventDefault();
    open();
  });
}
