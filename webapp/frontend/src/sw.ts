/**
 * The service worker: keeps the pages without words and the files they need, and answers with them when there is no
 * network. It never keeps an answer of the server that holds somebody's words. Stands on its own: it may import nothing.
 *
 * A new version takes over at once and reloads no page. Pages that are open keep what they have: their files stay for one
 * version longer.
 */

export {};

interface Kept {
  readonly version: string;
  /** Pages without words, each with the addresses (a regular expression) that it answers; the first that fits. */
  readonly shells: readonly { readonly url: string; readonly pattern: string }[];
  readonly files: readonly string[];
}

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  readonly request: Request;
  readonly preloadResponse?: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

interface Worker {
  readonly KEPT: Kept;
  readonly registration: { readonly navigationPreload?: { enable(): Promise<void> } };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install" | "activate", hearer: (event: Extendable) => void): void;
  addEventListener(kind: "fetch", hearer: (event: Fetching) => void): void;
}

const worker = self as unknown as Worker;
const kept = worker.KEPT;
const PREFIX = "dichterbij-";
const NAME = PREFIX + kept.version;
/** A page that takes longer than this is answered from what is kept, when that can be. */
const PATIENCE = 4_000;
const MANIFEST = "/app.webmanifest";
const AWAY = new Set([502, 503, 504]);
const shells = kept.shells.map(({ url, pattern }) => ({ url, pattern: new RegExp(pattern) }));

worker.addEventListener("install", (event) => {
  event.waitUntil(install());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith("/static/") || url.pathname === MANIFEST) event.respondWith(file(request));
});

async function install(): Promise<void> {
  const cache = await caches.open(NAME);
  const have = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  // The names of the files say what is in them: what the page just loaded comes from the browser's own cache.
  await cache.addAll(kept.files.filter((name) => !have.has(name)));
  await cache.addAll(kept.shells.map(({ url }) => new Request(url, { cache: "reload" })));
  await worker.skipWaiting();
}

async function activate(): Promise<void> {
  const own = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  // In the order in which they were made: the last one belongs to pages that may still be open.
  await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(event: Fetching, url: URL): Promise<Response> {
  const shell = shells.find(({ pattern }) => pattern.test(url.pathname));
  const own = shell && !shell.url.startsWith("/schil/elders");
  const asked = ask(event);
  try {
    // Only a page that can do without the server does not wait for it.
    const answer = await (own ? Promise.race([asked, late()]) : asked);
    if (!own || !AWAY.has(answer.status)) return answer;
  } catch {
    // No network, or too slow.
  }
  asked.catch(() => undefined);
  const found = shell && (await caches.match(shell.url, { ignoreVary: true }));
  return found ?? asked;
}

async function ask(event: Fetching): Promise<Response> {
  return (await event.preloadResponse) ?? fetch(event.request);
}

function late(): Promise<never> {
  return new Promise((_, refuse) => {
    setTimeout(() => refuse(new Error("late")), PATIENCE);
  });
}
