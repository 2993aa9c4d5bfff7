/** What the server refused, shown to the person with the server's reason: to copy, to keep, to send again, to let go. */

import { announce } from "../page/announce";
import { say, type Words } from "../page/words";
import type { Item } from "./items";
import { refused, settle } from "./outbox";
import type { Store } from "./store";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOMENT = /^\d{4}-\d{2}-\d{2}T/;

/** The words in an item, one line per text, with who said it where that is known. */
export function wordsIn(value: unknown): string {
  const lines: string[] = [];
  const walk = (one: unknown): void => {
    if (typeof one === "string") {
      if (one.trim() && !ID.test(one) && !MOMENT.test(one)) lines.push(one);
    } else if (Array.isArray(one)) {
      one.forEach(walk);
    } else if (one && typeof one === "object") {
      const { speaker, text } = one as { speaker?: unknown; text?: unknown };
      if (typeof speaker === "string" && typeof text === "string") lines.push(`${speaker}: ${text}`);
      else Object.values(one).forEach(walk);
    }
  };
  walk(value);
  return lines.join("\n");
}

export async function drawRefusals(store: Store, words: Words): Promise<HTMLElement[]> {
  return (await refused(store)).map(([key, refusal]) => {
    const thing = document.createElement("section");
    thing.className = "net__thing stack stack--small";
    const reason = document.createElement("p");
    reason.textContent = refusal.sentence || say(words, "no_reason");
    const text = refusal.item.bytes ? say(words, "sound") : wordsIn(refusal.item.json);
    const shown = document.createElement("p");
    shown.className = "net__words";
    shown.textContent = text;
    shown.tabIndex = 0;
    thing.append(reason, ...(text ? [shown] : []), buttons(store, words, key, refusal.item, text));
    return thing;
  });
}

function buttons(store: Store, words: Words, key: string, item: Item, text: string): HTMLElement {
  const row = document.createElement("div");
  row.className = "cluster";
  if (text && !item.bytes) {
    row.append(
      button(say(words, "copy"), async () => {
        await navigator.clipboard.writeText(text);
        announce(say(words, "copied"));
      }),
    );
  }
  row.append(button(say(words, "download"), () => download(store, item, text, say(words, "file_name"))));
  row.append(button(say(words, "again"), () => settle(store, key, "again")));
  const drop = button(say(words, "drop"), () => {
    const sure = document.createElement("p");
    sure.textContent = say(words, "drop_sure");
    const yes = button(say(words, "drop_yes"), () => settle(store, key, "drop"));
    row.replaceChildren(sure, yes);
    yes.focus();
  });
  row.append(drop);
  return row;
}

function button(text: string, work: () => void | Promise<void>): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "utrecht-button utrecht-button--secondary-action";
  made.textContent = text;
  // A press on what is then replaced must not count as a press beside the panel.
  made.addEventListener("click", (event) => {
    event.stopPropagation();
    void work();
  });
  return made;
}

async function download(store: Store, item: Item, text: string, name: string): Promise<void> {
  const bytes = item.bytes && (await store.getBytes(item.bytes.kind, item.bytes.id));
  const blob = bytes ? new Blob([bytes]) : new Blob([text], { type: "text/plain;charset=utf-8" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = bytes ? `${name}.bin` : `${name}.txt`;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
