/** Handing in: when everything is at the server at once, by the form; without network it follows the text by itself. */

import { onAnswer, send } from "../offline/outbox";
import type { Store } from "../offline/store";
import { say, type Words } from "../page/words";
import type { Editor } from "./editor";
import type { Notices } from "./notices";
import type { Saver } from "./saver";

export const HAND_IN = "hand_in";
const PATIENCE_MS = 5000;

interface Pieces {
  readonly root: HTMLElement;
  readonly words: Words;
  readonly interview: string;
  readonly saver: Saver;
  readonly store: Store | null;
  readonly notices: Notices;
  readonly editor: Editor;
  readonly csrf: () => Promise<string>;
  /** It is handed in: the phone lets go of the text. */
  readonly done: () => Promise<void>;
}

export function mountHandingIn(pieces: Pieces): void {
  const { root, words, interview, saver, store, notices, editor } = pieces;
  // A page that was kept for working without network has no form: there it always goes by the outbox.
  const form = root.querySelector<HTMLFormElement>("[data-hand-in]");
  const button = root.querySelector<HTMLButtonElement>("[data-hand-in-button]") as HTMLButtonElement;
  const names = `/gesprekken/${interview}/namen`;
  if (store) {
    onAnswer(HAND_IN, async (item, answer) => {
      if (item.interview !== interview) return;
      if (answer.status >= 200 && answer.status < 300) {
        await pieces.done();
        window.location.assign(names);
      } else if (answer.status === 409) {
        window.location.reload();
      }
    });
  }

  async function clean(): Promise<boolean> {
    const until = Date.now() + PATIENCE_MS;
    while (saver.dirty && !saver.waitsForChoice && saver.state !== "failed" && Date.now() < until) {
      await new Promise((resolve) => window.setTimeout(resolve, 100));
    }
    return !saver.dirty;
  }

  let busy = false;
  button.addEventListener("click", () => {
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    void handIn().finally(() => {
      busy = false;
      button.removeAttribute("aria-disabled");
    });
  });

  async function handIn(): Promise<void> {
    if (!editor.text.turns.some((one) => one.text.trim())) {
      notices.once("hand-in", say(words, "hand_in_empty"));
      return;
    }
    await saver.flush();
    const all = await clean();
    if (saver.waitsForChoice) {
      notices.once("hand-in", say(words, "hand_in_choose"));
    } else if (all && form) {
      (form.elements.namedItem("version") as HTMLInputElement).value = String(saver.version);
      (form.elements.namedItem("csrf_token") as HTMLInputElement).value = await pieces.csrf();
      await pieces.done();
      form.submit();
    } else if (store) {
      const json = { version: saver.version, after: saver.after };
      await send(store, { id: crypto.randomUUID(), interview, kind: HAND_IN, method: "POST", url: `/gesprekken/${interview}/uittypen/inleveren.json`, json });
      editor.lock();
      button.hidden = true;
      notices.once("hand-in", say(words, "hand_in_later"));
    } else {
      notices.once("hand-in", say(words, "hand_in_wait"));
    }
  }
}
