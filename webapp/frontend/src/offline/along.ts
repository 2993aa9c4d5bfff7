/** What goes along on the phone: the packs of one's own interviews that still have work, fetched while there is network. */

import { type Contact, PACK, type Pack, interviewOfPage } from "./pack";
import { waiting } from "./outbox";
import type { Store } from "./store";

const FRESH = 10 * 60_000;
/** After the page itself: an old phone first shows what was asked for. */
const AFTER = 1_500;

interface Along {
  readonly interviews: readonly string[];
  readonly contact: Contact | null;
}

interface Looked {
  readonly at: number;
}

/** Fetch what is missing or old. Waits until the page is drawn; gives up without a word when there is no network. */
export async function takeAlong(store: Store): Promise<void> {
  const looked = await store.get<Looked>("along", "looked");
  const here = interviewOfPage();
  if (looked && Date.now() - looked.at < FRESH && !here) return;
  await new Promise((settle) => setTimeout(settle, AFTER));
  try {
    if (here) await fetchPack(store, here, FRESH);
    if (looked && Date.now() - looked.at < FRESH) return;
    const { interviews, contact } = (await (await ask("/meegaan.json")).json()) as Along;
    await store.put("along", "contact", contact);
    await letGo(store, interviews);
    for (const id of interviews) await fetchPack(store, id, FRESH);
    await store.put<Looked>("along", "looked", { at: Date.now() });
  } catch {
    // Next time.
  }
}

async function ask(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const answer = await fetch(url, {
    headers: { Accept: "application/json", ...headers },
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(20_000),
  });
  if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status));
  return answer;
}

interface Tag {
  readonly tag: string;
  /** When the server last said that this is what it has. */
  readonly at: number;
}

/** Fetch one pack unless it was compared less than `fresh` ms ago; what did not change is not sent again. */
export async function fetchPack(store: Store, id: string, fresh = 0): Promise<void> {
  const known = (await store.get<Pack>(PACK, id)) && (await store.get<Tag>("along", `tag/${id}`));
  if (known && Date.now() - known.at < fresh) return;
  const answer = await ask(`/gesprekken/${id}/pakket.json`, known ? { "If-None-Match": known.tag } : {});
  const tag = answer.headers.get("ETag") ?? "";
  const pack = answer.status === 304 ? null : ((await answer.json()) as Pack);
  const remembered = ["along", `tag/${id}`, { tag, at: Date.now() } satisfies Tag] as const;
  await store.change({ put: pack ? [[PACK, id, pack], remembered] : [remembered] });
}

/** What is no longer one's own, or is finished, leaves the phone; not while something of it waits to be sent. */
async function letGo(store: Store, mine: readonly string[]): Promise<void> {
  for (const id of await store.ids(PACK)) {
    if (!mine.includes(id) && id !== interviewOfPage() && !(await waiting(store, id))) await store.remove(PACK, id);
  }
}
