/** Whether this browser ever kept drafts of somebody: known without opening anything. */

const KEY = "dichterbij-drafts";

export function draftsHere(): boolean {
  try {
    return window.localStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

export function rememberDrafts(here: boolean): void {
  try {
    if (here) window.localStorage.setItem(KEY, "1");
    else window.localStorage.removeItem(KEY);
  } catch {
    // Storage can be switched off; then there are no drafts either.
  }
}
