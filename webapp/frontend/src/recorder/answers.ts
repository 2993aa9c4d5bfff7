/** What happens when the server says that it misses pieces of a recording that we said was whole. */

import { onAnswer, send } from "../offline/outbox";
import type { Store } from "../offline/store";
import { chunkId, PIECE } from "./keeping";

type Place = readonly [part: number, number: number];

interface Told {
  readonly pieces: number;
  readonly parts: readonly number[];
}

/** Of each part as many pieces as are there from its start on; what the server has beyond that it keeps anyway. */
export function withoutMissing(told: Told, missing: readonly Place[]): Told {
  const parts = told.parts.map((count, part) =>
    missing.reduce((least, [inPart, number]) => (inPart === part ? Math.min(least, number) : least), count),
  );
  return { parts, pieces: parts.reduce((sum, count) => sum + count, 0) };
}

/**
 * Send again what is still on this phone, and then how much there is. What is nowhere any more cannot be waited for: then the
 * server closes the recording with what it has.
 */
export function answerQuestions(store: Store): void {
  onAnswer("recording", async (item, answer) => {
    if (answer.status !== 409 || !item.url.endsWith("/klaar")) return;
    const recording = item.url.split("/")[2] ?? "";
    const missing = ((answer.json as { missing?: readonly Place[] } | null)?.missing ?? []) as readonly Place[];
    const lost: Place[] = [];
    for (const [part, number] of missing) {
      const id = chunkId(recording, part, number);
      if (!(await store.getBytes(PIECE, id))) {
        lost.push([part, number]);
        continue;
      }
      await send(store, {
        id: crypto.randomUUID(),
        interview: item.interview,
        kind: PIECE,
        method: "PUT",
        url: `/opnames/${recording}/stukken/${part}/${number}`,
        bytes: { kind: PIECE, id },
      });
    }
    await send(store, { ...item, id: crypto.randomUUID(), json: withoutMissing(item.json as Told, lost) });
  });
}
