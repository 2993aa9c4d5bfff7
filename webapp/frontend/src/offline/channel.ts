/** What the tabs of one phone tell each other. It stays in memory: nothing said here is written anywhere. */

import type { Answer, Item } from "./items";

export type Said =
  | { type: "change" }
  /** Somebody else signed in, or this device was revoked: stores of `device` close. */
  | { type: "locked"; device: string }
  /** A tab heard from the server what another tab may wait for. */
  | { type: "answer"; item: Item; answer: Answer };

type Hearer = (said: Said) => void;

const hearers = new Set<Hearer>();
let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel | null {
  if (channel || typeof BroadcastChannel === "undefined") return channel;
  channel = new BroadcastChannel("dichterbij");
  channel.addEventListener("message", (event: MessageEvent<Said>) => {
    for (const hearer of hearers) hearer(event.data);
  });
  return channel;
}

/** Call `hearer` for what other tabs say. Returns how to stop. */
export function hear(hearer: Hearer): () => void {
  open();
  hearers.add(hearer);
  return () => hearers.delete(hearer);
}

/** Tell every other tab; that a device is locked also concerns this one. */
export function tell(said: Said): void {
  if (said.type === "locked") for (const hearer of hearers) hearer(said);
  open()?.postMessage(said);
}
