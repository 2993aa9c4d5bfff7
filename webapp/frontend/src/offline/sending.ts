/** One try at the server, and what its answer means for an item. */

import type { Answer, Item } from "./items";
import { csrf, meet } from "./keys";
import type { Store } from "./store";

export type Attempt =
  | { readonly as: "yes" | "conflict" | "no"; readonly answer: Answer }
  | { readonly as: "unreached" }
  | { readonly as: "signed-out" }
  /** The server has trouble: again, not before `wait` ms. */
  | { readonly as: "later"; readonly wait: number };

const PATIENCE = 20_000;
/** A piece of sound on a bad line takes its time. */
const PATIENCE_BYTES = 120_000;
const LATER = new Set([408, 425, 429]);

/** Try to send `item`. Never throws for what the network or the server does. */
export async function attempt(store: Store, item: Item): Promise<Attempt> {
  const bytes = item.bytes && (await store.getBytes(item.bytes.kind, item.bytes.id));
  if (item.bytes && !bytes) return { as: "no", answer: { status: 0, json: null } };
  const first = await ask(store, item, bytes);
  if (first.as !== "no" || first.answer.status !== 400) return first;
  // A token of a session that is over: the item itself may be fine, and waits until somebody is signed in again.
  const met = await meet();
  if (met.as === "unreached") return { as: "unreached" };
  return met.as === "known" ? ask(store, item, bytes) : { as: "signed-out" };
}

async function ask(store: Store, item: Item, bytes: Uint8Array<ArrayBuffer> | undefined): Promise<Attempt> {
  let answer: Response;
  try {
    const headers: Record<string, string> = {
      Accept: "application/json",
      "Idempotency-Key": item.id,
      // The cookie may be somebody else's by now: then the server refuses, and it waits for its own person.
      "X-Person": store.person,
      "X-CSRFToken": await csrf(),
    };
    if (bytes) headers["Content-Type"] = "application/octet-stream";
    else if (item.json !== undefined) headers["Content-Type"] = "application/json";
    const body = bytes ?? (item.json === undefined ? null : JSON.stringify(item.json));
    answer = await fetch(item.url, {
      method: item.method,
      headers,
      body,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(bytes ? PATIENCE_BYTES : PATIENCE),
    });
  } catch {
    return { as: "unreached" };
  }
  let json: unknown = null;
  try {
    const text = await answer.text();
    json = text ? JSON.parse(text) : null;
  } catch {
    // A page in between (of a café's network, or a proxy) is no answer of our server.
    if (answer.ok) return { as: "unreached" };
  }
  return meaning({ status: answer.status, json }, Number(answer.headers.get("Retry-After")) || 0);
}

/** What an answer means. `after`: seconds that the server asks to wait. */
export function meaning(answer: Answer, after = 0): Attempt {
  const { status } = answer;
  if (status >= 200 && status < 300) return { as: "yes", answer };
  if (status === 401) return { as: "signed-out" };
  if (status === 409) return { as: "conflict", answer };
  if (status >= 500 || LATER.has(status)) return { as: "later", wait: after * 1000 };
  return { as: "no", answer };
}
