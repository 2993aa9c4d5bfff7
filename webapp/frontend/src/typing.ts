/** Typing out an interview: opens what there is, on this phone or at the server, and starts the editor. */

import { NoPack, loadPack, packOfPage, type Pack } from "./offline/pack";
import { LockedOut, openStore, type Store } from "./offline/store";
import { readWords, say } from "./page/words";
import { openTyping } from "./typing/opening";

const words = readWords("words");
const root = document.querySelector<HTMLElement>("[data-typing]");

/** Without a store, because this browser cannot keep anything, the page's own text is saved straight to the server. */
async function start(): Promise<void> {
  if (!root) return;
  let store: Store | null = null;
  let pack: Pack;
  try {
    store = await openStore();
    pack = await loadPack(store);
  } catch (error) {
    const given = packOfPage();
    if (error instanceof NoPack) return close("no_pack");
    if (!(error instanceof LockedOut)) throw error;
    if (error.reason === "revoked" || !given) return close(error.reason === "revoked" ? "locked_out" : "no_pack");
    pack = given;
  }
  if (!(await openTyping(root, words, pack, store))) close("no_pack");
}

function close(key: string): void {
  const line = document.querySelector<HTMLElement>("[data-closed]");
  document.querySelector<HTMLElement>("[data-waiting]")?.setAttribute("hidden", "");
  if (!line) return;
  line.hidden = false;
  line.textContent = say(words, key);
}

// The keyboard of a phone makes the page smaller, and does not lie over the player and the tools.
const viewport = document.querySelector<HTMLMetaElement>("meta[name='viewport']");
if (viewport) viewport.content += ", interactive-widget=resizes-content";
document.querySelector<HTMLElement>("[data-waiting]")?.removeAttribute("hidden");
start().catch((error: unknown) => {
  close("failed_open");
  throw error;
});
