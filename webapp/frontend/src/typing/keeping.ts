/** What this phone keeps of a text that is typed: one value per interview and tab, ciphertext as everything in the store. */

import type { Store } from "../offline/store";
import type { Local } from "./reconcile";
import { alive } from "./tabs";
import { fromWire, toWire, type Wire } from "./wire";

const KIND = "typing";

interface Written extends Omit<Local, "text"> {
  readonly wire: Wire;
}

export interface Stored extends Local {
  readonly wire: Wire;
}

const keyOf = (interview: string, tab: string): string => `${interview}|${tab}`;

export async function keep(store: Store, interview: string, local: Local): Promise<void> {
  const { text, ...rest } = local;
  await store.put(KIND, keyOf(interview, local.tab), { ...rest, wire: toWire(text) } satisfies Written);
}

/** What was kept by this tab and by tabs that are gone: this tab's first, then the newest. */
export async function kept(store: Store, interview: string, tab: string): Promise<Stored[]> {
  const found: Stored[] = [];
  for (const [, one] of await store.list<Written>(KIND, `${interview}|`)) {
    if (one.tab !== tab && (await alive(one.tab))) continue;
    found.push({ ...one, text: fromWire(one.wire) });
  }
  const rank = (one: Stored): number => (one.tab === tab ? 1 : 0);
  // Words that are nowhere else go before words that are only older.
  return found.sort((a, b) => rank(b) - rank(a) || Number(b.dirty) - Number(a.dirty) || b.at - a.at);
}

export async function forget(store: Store, interview: string, tab: string): Promise<void> {
  await store.remove(KIND, keyOf(interview, tab));
}
