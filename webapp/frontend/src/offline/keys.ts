/**
 * The key of this person on this device. The server makes it, this phone keeps it as a CryptoKey that no script can read
 * out, so that work goes on without network after a restart. See docs/adr/0015-drafts-on-the-phone.md.
 */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { rememberDrafts } from "../page/drafts";
import { tell } from "./channel";

export const LEASE_DAYS = 14;
const DAY = 86_400_000;
/** The server is asked again when it was last reached longer ago than this. */
const ASK_AGAIN = 10 * 60_000;
const PATIENCE = 8_000;

export type Reason = "revoked" | "signed-out" | "lease" | "unsupported" | "unreached";

/** The store stays shut: this device was revoked, nobody is signed in, or it never was used here. */
export class LockedOut extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}

export interface Held {
  readonly person: string;
  readonly device: string;
  readonly key: CryptoKey;
  /** When the server last said yes, in ms since 1970. */
  readonly reached: number;
}

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

export interface Tables extends DBSchema {
  keys: { key: string; value: Held };
  /** By device, kind and id. */
  values: { key: [string, string, string]; value: Sealed };
}

export type Database = IDBPDatabase<Tables>;

let opened: Promise<Database> | null = null;

/** The one database of this origin. */
export function database(): Promise<Database> {
  opened ??= openDB<Tables>("dichterbij", 1, {
    upgrade(made) {
      made.createObjectStore("keys", { keyPath: "person" });
      made.createObjectStore("values");
    },
    blocking() {
      void opened?.then((open) => open.close());
      opened = null;
    },
    terminated() {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** Whether this browser can keep drafts at all: only on https (or this machine itself) can it encrypt. */
export function supported(): boolean {
  return typeof indexedDB !== "undefined" && globalThis.crypto?.subtle !== undefined;
}

/** What the server answered when it was asked whose device this is. */
export type Met =
  | { readonly as: "known"; readonly held: Held }
  | { readonly as: "revoked"; readonly devices: readonly string[] }
  | { readonly as: "signed-out" }
  | { readonly as: "unreached" };

interface Known {
  readonly person: string | null;
  readonly device: string | null;
  readonly key: string;
  readonly csrf: string;
}

let token: string | null = null;

/** A token for a change, of the session that the cookie holds now. */
export async function csrf(fresh = false): Promise<string> {
  token ??= document.querySelector<HTMLMetaElement>("meta[name='csrf-token']")?.content || null;
  if (fresh || !token) await meet();
  return token ?? "";
}

async function ask(method: "GET" | "POST", wiped: readonly string[] = []): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  // Only what says that it is gone may be forgotten there: a page that was left half-way asks, and wipes, once more.
  if (wiped.length) headers["X-Wiped"] = wiped.join(" ");
  if (method === "POST") {
    headers["Content-Type"] = "application/json";
    headers["X-CSRFToken"] = token ?? "";
  }
  return fetch(method === "GET" ? "/apparaat.json" : "/apparaat", {
    method,
    headers,
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
    ...(method === "POST" ? { body: "{}" } : {}),
  });
}

let asking: Promise<Met> | null = null;

/** Ask the server whose device this is, and keep or destroy the key accordingly. Never throws for a missing network. */
export function meet(): Promise<Met> {
  asking ??= meetOnce([]).finally(() => {
    asking = null;
  });
  return asking;
}

async function meetOnce(wiped: readonly string[]): Promise<Met> {
  let answer: Response;
  let said: Partial<Known> & { revoked?: string[] };
  try {
    answer = await ask("GET", wiped);
    said = (await answer.json()) as typeof said;
    if (said.csrf) token = said.csrf;
    if (answer.ok && said.person && !said.device) {
      // This browser is new to who is signed in.
      answer = await ask("POST");
      said = (await answer.json()) as typeof said;
      if (said.csrf) token = said.csrf;
    }
  } catch {
    return { as: "unreached" };
  }
  if (answer.status === 410) {
    const devices = said.revoked ?? [];
    await wipe(devices);
    // Who is signed in here may be somebody else, or came back with the passphrase: with a new key.
    const after: Met = wiped.length ? { as: "unreached" } : await meetOnce(devices);
    return after.as === "known" ? after : { as: "revoked", devices };
  }
  if (answer.status === 401 || (answer.ok && said.person === null)) return { as: "signed-out" };
  const { person, device, key } = said;
  if (!answer.ok || !person || !device || !key) return { as: "unreached" };
  return { as: "known", held: await keep(person, device, key) };
}

async function keep(person: string, device: string, encoded: string): Promise<Held> {
  const raw = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  raw.fill(0);
  const held: Held = { person, device, key, reached: Date.now() };
  const open = await database();
  const change = open.transaction("keys", "readwrite", { durability: "strict" });
  const before = await change.store.getAll();
  // One key at a time: whoever signed in before gets the own key back at the next sign-in.
  await change.store.clear();
  await change.store.put(held);
  await change.done;
  rememberDrafts(true);
  for (const one of before) if (one.device !== held.device) tell({ type: "locked", device: one.device });
  return held;
}

/** Forget the key and keep the drafts, which nobody can read now: what signing out does. */
export async function forget(): Promise<void> {
  const open = await database();
  const before = await open.getAll("keys");
  const change = open.transaction("keys", "readwrite", { durability: "strict" });
  await change.store.clear();
  await change.done;
  for (const one of before) tell({ type: "locked", device: one.device });
}

/** Destroy key and drafts of these devices: they were revoked. */
export async function wipe(devices: readonly string[]): Promise<void> {
  // First the open stores: what one of them is about to write would come after this, and stay.
  for (const device of devices) tell({ type: "locked", device });
  const open = await database();
  const change = open.transaction(["keys", "values"], "readwrite", { durability: "strict" });
  for (const held of await change.objectStore("keys").getAll()) {
    if (devices.includes(held.device)) await change.objectStore("keys").delete(held.person);
  }
  for (const device of devices) {
    await change.objectStore("values").delete(IDBKeyRange.bound([device], [device, []]));
  }
  await change.done;
}

/** The key that this phone holds, or null. One whose lease is over is destroyed here; its drafts stay. */
export async function heldKey(): Promise<Held | null> {
  const held = (await (await database()).getAll("keys"))[0];
  if (!held) return null;
  if (Date.now() - held.reached <= LEASE_DAYS * DAY) return held;
  await forget();
  throw new LockedOut("lease");
}

/** Who is signed in according to the page; null in a page that was kept for working without network. */
export function personOfPage(): string | null {
  return document.querySelector<HTMLMetaElement>("meta[name='person']")?.content || null;
}

/** Return a key to work with: the one kept here when it is this person's, else the server's. Throws LockedOut. */
export async function obtain(): Promise<Held> {
  if (!supported()) throw new LockedOut("unsupported");
  const page = personOfPage();
  let over: LockedOut | null = null;
  const held = await heldKey().catch((error: unknown) => {
    if (!(error instanceof LockedOut)) throw error;
    over = error;
    return null;
  });
  if (held && (page === null || page === held.person)) {
    if (page === null || Date.now() - held.reached > ASK_AGAIN) void meet();
    return held;
  }
  const met = await meet();
  if (met.as === "known") return met.held;
  throw met.as === "unreached" && over ? over : new LockedOut(met.as);
}
