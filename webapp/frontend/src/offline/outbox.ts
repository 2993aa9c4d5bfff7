/**
 * What must reach the server: kept as ciphertext until the server's own yes, sent by itself as soon as that can be. One
 * tab sends at a time; per interview in the order it was put in; pieces of sound let everything else go first.
 */

import { hear, tell } from "./channel";
import type { Answer, Item, Refusal } from "./items";
import { csrf as token, meet } from "./keys";
import { type Attempt, attempt } from "./sending";
import { type Store, askToStay, storeEvents } from "./store";

export type { Answer, Item, Refusal } from "./items";
export { LockedOut } from "./keys";

/** Says "change", "offline", "online", "signed-out", "refused", "full". */
export const outboxEvents = new EventTarget();

type Handler = (item: Item, answer: Answer) => void | Promise<void>;

const WAITING = "outbox";
/** Answered with 409 while no open page knew what to do with it: waits until such a page opens. */
const ASIDE = "aside";
const REFUSED = "refused";
const PIECE = "piece";
/** How long to wait after the first miss, in ms; twice as long after each next one, up to `LONGEST`. */
const FIRST = 2_000;
const LONGEST = 5 * 60_000;
const EVERY = 30_000;

const handlers = new Map<string, Handler>();

/** Call `handler` with the server's answer to items of this kind: a yes, a 409 (then the item goes once it resolves), or a no. */
export function onAnswer(kind: string, handler: Handler): void {
  handlers.set(kind, handler);
  if (active) void pass(active);
}

/** A token for a change that a page sends itself. */
export function csrf(): Promise<string> {
  return token();
}

// A key sorts by the moment it was put in, and tells what the sender needs to know without opening anything.
export interface Place {
  readonly key: string;
  readonly at: number;
  readonly interview: string;
  readonly kind: string;
  readonly id: string;
  readonly afterPieces: boolean;
}

function keyOf(at: number, item: Item): string {
  return [String(at).padStart(16, "0"), item.interview, item.kind, item.id, item.afterPieces ? "after" : ""].join("|");
}

export function placeOf(key: string): Place {
  const [at = "", interview = "", kind = "", id = "", after = ""] = key.split("|");
  return { key, at: Number(at), interview, kind, id, afterPieces: after !== "" };
}

async function places(store: Store, box: string): Promise<Place[]> {
  return (await store.ids(box)).map(placeOf);
}

let newest = 0;

/** Put an item in the outbox; on disk when it resolves. Sending goes on by itself. The same id twice is once. */
export async function send(store: Store, item: Item): Promise<void> {
  start(store);
  const waiting = await places(store, WAITING);
  if (waiting.some((place) => place.id === item.id)) return;
  newest = Math.max(Date.now(), newest + 1, (waiting.at(-1)?.at ?? 0) + 1);
  const key = keyOf(newest, item);
  const put = [[WAITING, key, item]] as const;
  if (item.latest) {
    const older = waiting.filter((place) => place.interview === item.interview && place.kind === item.kind);
    await replace(store, item, older, put);
  } else {
    await store.change({ put });
  }
  changed();
  void pass(store);
}

async function replace(
  store: Store,
  item: Item,
  older: readonly Place[],
  put: readonly (readonly [string, string, Item])[],
): Promise<void> {
  const place = older.at(-1);
  const before = place && (await store.get<Item>(WAITING, place.key));
  if (!place || before?.url !== item.url || !before.latest) {
    await store.change({ put });
    return;
  }
  // Who holds an item's lock is sending it: then it stays, and the new one comes after it.
  await exclusive(`item-${place.id}`, true, async (mine) => {
    await store.change(mine ? { put, remove: [[WAITING, place.key]] } : { put });
  });
}

/** How many things wait to be sent, of one interview or of all. What was refused waits for the person and counts apart. */
export async function waiting(store: Store, interview?: string): Promise<number> {
  const all = [...(await places(store, WAITING)), ...(await places(store, ASIDE))];
  return all.filter((place) => interview === undefined || place.interview === interview).length;
}

/** Whether something of this kind waits for this interview. */
export async function waits(store: Store, interview: string, kind: string): Promise<boolean> {
  const all = [...(await places(store, WAITING)), ...(await places(store, ASIDE))];
  return all.some((place) => place.interview === interview && place.kind === kind);
}

/** What the server refused, oldest first, by the key to settle it with. */
export function refused(store: Store): Promise<[string, Refusal][]> {
  return store.list<Refusal>(REFUSED);
}

/** Interviews with something that the server answered with a question: a page of that interview must open for it. */
export async function asking(store: Store): Promise<string[]> {
  return [...new Set((await places(store, ASIDE)).map((place) => place.interview))];
}

/** Send a refused item once more, or let go of it for good; only because the person said so. */
export async function settle(store: Store, key: string, how: "again" | "drop"): Promise<void> {
  const refusal = await store.get<Refusal>(REFUSED, key);
  if (!refusal) return;
  const { item } = refusal;
  const remove: [string, string][] = [[REFUSED, key]];
  if (how === "drop" && item.bytes) remove.push([item.bytes.kind, item.bytes.id]);
  await store.change({ remove, put: how === "again" ? [[WAITING, key, item]] : [] });
  changed();
  if (how === "again") void pass(store);
}

let active: Store | null = null;
let signedOut = false;
let unreachable = false;

/** Send from this page whatever waits: at once, when the network or the person comes back, and now and then. */
export function start(store: Store): void {
  if (active) return;
  active = store;
  void askToStay();
  const now = (): void => {
    pauses.clear();
    if (!store.shut) void pass(store);
  };
  window.addEventListener("online", now);
  window.addEventListener("offline", () => setUnreachable(true));
  window.addEventListener("focus", now);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
  window.setInterval(() => !store.shut && void pass(store), EVERY);
  storeEvents.addEventListener("full", () => outboxEvents.dispatchEvent(new Event("full")));
  storeEvents.addEventListener("shut", () => outboxEvents.dispatchEvent(new Event("signed-out")));
  hear((said) => {
    if (said.type === "change") changed(false);
    if (said.type === "answer") void handlers.get(said.item.kind)?.(said.item, said.answer);
  });
  void pass(store);
}

/** Whether the server cannot be reached at this moment. */
export function isOffline(): boolean {
  return unreachable || navigator.onLine === false;
}

/** Whether the server says that nobody is signed in. */
export function isSignedOut(): boolean {
  return signedOut;
}

function changed(others = true): void {
  outboxEvents.dispatchEvent(new Event("change"));
  if (others) tell({ type: "change" });
}

function setUnreachable(value: boolean): void {
  if (unreachable === value) return;
  unreachable = value;
  outboxEvents.dispatchEvent(new Event(value ? "offline" : "online"));
}

/** Do `work` while no other tab does what has this name. `atOnce`: without waiting, and told whether it is ours. */
async function exclusive<T>(name: string, atOnce: boolean, work: (mine: boolean) => Promise<T>): Promise<T> {
  if (!navigator.locks) return work(true);
  return navigator.locks.request(`dichterbij-${name}`, atOnce ? { ifAvailable: true } : {}, (lock) => work(lock !== null));
}

// Per lane how often it missed and when it may try again.
const pauses = new Map<string, { misses: number; until: number }>();

const EVERYTHING = "*";

function paused(lane: string): boolean {
  return (pauses.get(lane)?.until ?? 0) > Date.now();
}

function pause(lane: string, atLeast = 0): void {
  const misses = (pauses.get(lane)?.misses ?? 0) + 1;
  const wait = Math.max(atLeast, Math.min(LONGEST, FIRST * 2 ** (misses - 1)));
  pauses.set(lane, { misses, until: Date.now() + wait });
  window.setTimeout(() => active && !active.shut && void pass(active), wait + 50);
}

function laneOf(place: Place): string {
  return place.kind === PIECE ? `${PIECE} ${place.interview}` : place.interview;
}

/** What may be sent now: the first of each interview, sound after everything else. `all` is in order. */
export function choose(all: readonly Place[], isPaused: (lane: string) => boolean): Place | null {
  const ahead = new Set<string>();
  const sounding = new Set<string>();
  let sound: Place | null = null;
  for (const place of all) {
    if (place.kind === PIECE) {
      // A piece follows what was put in before it: the server must know its recording first.
      if (!sound && !ahead.has(place.interview) && !isPaused(laneOf(place))) sound = place;
      sounding.add(place.interview);
    } else if (ahead.has(place.interview) || isPaused(laneOf(place))) {
      ahead.add(place.interview);
    } else if (!(place.afterPieces && sounding.has(place.interview))) {
      return place;
    }
  }
  return sound;
}

let passing: Promise<void> | null = null;
let again = false;

/** Send what can be sent. One pass at a time, in one tab. */
function pass(store: Store): Promise<void> {
  if (passing) {
    again = true;
    return passing;
  }
  passing = exclusive(`outbox-${store.device}`, true, async (mine) => {
    if (mine) await sendAll(store);
  })
    .catch((error: unknown) => {
      if (!store.shut) console.warn("sending stopped", error instanceof Error ? error.name : "");
    })
    .finally(() => {
      passing = null;
      if (again) {
        again = false;
        void pass(store);
      }
    });
  return passing;
}

async function sendAll(store: Store): Promise<void> {
  while (!store.shut && !paused(EVERYTHING)) {
    const known = (await places(store, ASIDE)).filter((place) => handlers.has(place.kind));
    const all = [...(await places(store, WAITING)), ...known].sort((one, other) => (one.key < other.key ? -1 : 1));
    const next = choose(all, paused);
    if (!next) return;
    const box = known.includes(next) ? ASIDE : WAITING;
    await exclusive(`item-${next.id}`, false, async () => {
      const item = await store.get<Item>(box, next.key);
      if (!item) return;
      await settleAttempt(store, box, next, item, await attempt(store, item));
    });
  }
}

async function settleAttempt(store: Store, box: string, place: Place, item: Item, tried: Attempt): Promise<void> {
  if (tried.as === "unreached") {
    setUnreachable(true);
    pause(EVERYTHING);
    return;
  }
  setUnreachable(false);
  if (tried.as === "signed-out") {
    pause(EVERYTHING, EVERY);
    signedOut = true;
    outboxEvents.dispatchEvent(new Event("signed-out"));
    // It may be that the device was revoked: then this destroys what is on it.
    void meet();
    return;
  }
  signedOut = false;
  pauses.delete(EVERYTHING);
  if (tried.as === "later") {
    pause(laneOf(place), tried.wait);
    return;
  }
  pauses.delete(laneOf(place));
  await (tried.as === "yes" ? accepted : tried.as === "conflict" ? conflicting : refuse)(store, box, place, item, tried.answer);
  changed();
}

async function accepted(store: Store, box: string, place: Place, item: Item, answer: Answer): Promise<void> {
  // First the page, then out of the box: after a crash in between the server gives the same answer once more.
  await inform(item, answer).catch(() => console.warn(`a page failed on the answer to ${item.kind}`));
  const remove: [string, string][] = [[box, place.key]];
  if (item.bytes) remove.push([item.bytes.kind, item.bytes.id]);
  await store.change({ remove });
}

async function conflicting(store: Store, box: string, place: Place, item: Item, answer: Answer): Promise<void> {
  const handler = handlers.get(item.kind);
  if (handler) {
    try {
      await handler(item, answer);
      await store.change({ remove: [[box, place.key]] });
    } catch {
      pause(laneOf(place));
    }
    return;
  }
  if (box === WAITING) await store.change({ remove: [[box, place.key]], put: [[ASIDE, place.key, item]] });
}

async function refuse(store: Store, box: string, place: Place, item: Item, answer: Answer): Promise<void> {
  const said: unknown = (answer.json as { error?: unknown } | null)?.error;
  const refusal: Refusal = {
    item,
    status: answer.status,
    sentence: typeof said === "string" ? said : "",
    at: new Date().toISOString(),
  };
  await store.change({ remove: [[box, place.key]], put: [[REFUSED, place.key, refusal]] });
  await inform(item, answer).catch(() => undefined);
  outboxEvents.dispatchEvent(new Event("refused"));
}

async function inform(item: Item, answer: Answer): Promise<void> {
  tell({ type: "answer", item, answer });
  await handlers.get(item.kind)?.(item, answer);
}
