/** One line that says where the text is: at the server, on this phone, or nowhere safe yet. */

import { isOffline, isSignedOut, outboxEvents } from "../offline/outbox";
import { say, type Words } from "../page/words";
import type { Saver } from "./saver";
import type { Typing } from "./wire";

const PATIENCE_MS = 3000;

export interface Status {
  draw(): void;
}

export function mountStatus(line: HTMLElement, words: Words, saver: Saver, typing: Typing, keeps: boolean): Status {
  line.hidden = false;
  let late = 0;
  let own = false;

  function text(): string {
    if (saver.state === "failed") return saver.failed || say(words, "failed");
    if (saver.state === "nothing") return say(words, saver.base === null ? "nothing" : "unchanged");
    if (saver.state === "saved") {
      const time = clock(words, saver.savedAt ?? Date.now());
      if (own || !typing.saved_by || !typing.device) return say(words, "saved", { time });
      return say(words, "saved_by", { time, name: typing.saved_by, device: typing.device });
    }
    if (saver.waitsForChoice) return say(words, "both_kept");
    if (isSignedOut()) return say(words, "signed_out");
    if (saver.state === "kept" && keeps && (isOffline() || waited())) {
      return say(words, "on_phone", { time: clock(words, saver.keptAt ?? Date.now()) });
    }
    if (!keeps && waited()) return say(words, "failed");
    return say(words, "sending");
  }

  let since = 0;

  function waited(): boolean {
    return since > 0 && Date.now() - since > PATIENCE_MS + 5000;
  }

  function draw(): void {
    own ||= saver.dirty;
    since = saver.dirty ? since || Date.now() : 0;
    const said = text();
    // A screen reader hears what changed, not the same sentence again.
    if (line.textContent !== said) line.textContent = said;
    line.dataset["state"] = saver.state;
    window.clearTimeout(late);
    if (saver.dirty) late = window.setTimeout(draw, PATIENCE_MS);
  }

  for (const event of ["offline", "online", "signed-out", "change"]) outboxEvents.addEventListener(event, draw);
  window.setTimeout(draw);
  return { draw };
}

/** "14.05 uur", "14:05": as the language of the page writes it. */
export function clock(words: Words, at: number): string {
  const moment = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  const dutch = (document.documentElement.lang || "nl").startsWith("nl");
  const time = `${two(moment.getHours())}${dutch ? "." : ":"}${two(moment.getMinutes())}`;
  return say(words, "time", { time });
}
