/** What this phone has of one interview: everything a screen needs to work without network. */

import type { Store } from "./store";

/** This phone has nothing of this interview yet: it was never opened with network. */
export class NoPack extends Error {}

export interface PackInterview {
  readonly id: string;
  readonly code: string;
  readonly project: string;
  /** Pseudonyms; empty while there is none. */
  readonly names: readonly string[];
  readonly perspective: string;
  readonly status: string;
  /** The next step in one sentence. */
  readonly next: string;
  readonly address: "u" | "je";
  readonly practice: boolean;
  readonly peer: boolean;
  readonly group: boolean;
}

export interface PackPerson {
  readonly id: string;
  readonly label: string;
  readonly part: "teller" | "companion";
  readonly choices: Readonly<Record<string, boolean>>;
  readonly represented_by: string | null;
}

/** Whom to call. `uri` where it can be dialled. */
export interface Contact {
  readonly name: string;
  readonly phone: string;
  readonly uri: string | null;
}

/** A section is typed by its owner: `pack.guide as Guide | null`. */
export interface Pack {
  readonly interview: PackInterview;
  readonly people: readonly PackPerson[];
  readonly guide: unknown;
  readonly consent: unknown;
  readonly recording: unknown;
  readonly typing: unknown;
  readonly may: Readonly<Record<string, boolean>>;
  readonly contact: Contact | null;
  /** When the server made it, ISO 8601. */
  readonly made_at: string;
}

/** Kind under which packs are kept in the store, by the interview's id. */
export const PACK = "pack";

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The interview that the address names, or null. */
export function interviewOfPage(path = window.location.pathname): string | null {
  return /^\/gesprekken\//.test(path) ? (ID.exec(path)?.[0].toLowerCase() ?? null) : null;
}

/** The pack that the server wrote into the page, or null in a page that was kept for working without network. */
export function packOfPage(): Pack | null {
  const block = document.getElementById("pack");
  return block?.textContent?.trim() ? (JSON.parse(block.textContent) as Pack) : null;
}

/** The pack of this page: the server's, which is kept for later, else the one this phone kept. Throws NoPack. */
export async function loadPack(store: Store): Promise<Pack> {
  const given = packOfPage();
  if (given) {
    await store.put(PACK, given.interview.id, given);
    return given;
  }
  const id = interviewOfPage();
  const kept = id ? await store.get<Pack>(PACK, id) : undefined;
  if (!kept) throw new NoPack(id ?? "");
  return kept;
}
