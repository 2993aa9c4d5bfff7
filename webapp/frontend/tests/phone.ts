/** A phone for tests: a database in memory, a server that answers what it is told, tabs that share both. */

import "fake-indexeddb/auto";
import { vi } from "vitest";

export const PERSON = "11111111-1111-4111-8111-111111111111";
export const DEVICE = "22222222-2222-4222-8222-222222222222";
export const INTERVIEW = "33333333-3333-4333-8333-333333333333";

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

type Answer = { status: number; json?: unknown } | "no network";

/** What the server says; by default it knows this device and says yes. */
export class Server {
  readonly asked: Asked[] = [];
  identity: () => Answer = () => ({ status: 200, json: known() });
  change: (asked: Asked) => Answer | Promise<Answer> = () => ({ status: 200, json: { ok: true } });

  readonly fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const asked: Asked = {
      method: init.method ?? "GET",
      url,
      headers: { ...(init.headers as Record<string, string>) },
      body: init.body,
    };
    const own = url.startsWith("/apparaat");
    if (!own) this.asked.push(asked);
    const answer = own ? this.identity() : await this.change(asked);
    if (answer === "no network") throw new TypeError("Failed to fetch");
    return new Response(JSON.stringify(answer.json ?? null), { status: answer.status });
  };

  /** What was sent, by idempotency key, in order. */
  get keys(): string[] {
    return this.asked.map(({ headers }) => headers["Idempotency-Key"] ?? "");
  }
}

export function known(device = DEVICE, person = PERSON, fill = 7): Record<string, string> {
  return { person, device, key: btoa(String.fromCharCode(...new Uint8Array(32).fill(fill))), csrf: "token" };
}

/** Give the test a browser around `server`. Timers run by themselves unless the test fakes them. */
export function browser(server: Server, { person = "", path = "/" }: { person?: string; path?: string } = {}): EventTarget {
  const window = new EventTarget() as EventTarget & Record<string, unknown>;
  Object.assign(window, {
    setTimeout: (work: () => void, ms: number) => setTimeout(work, ms),
    setInterval: () => 0,
    location: { pathname: path },
  });
  const document = new EventTarget() as EventTarget & Record<string, unknown>;
  Object.assign(document, {
    visibilityState: "visible",
    querySelector: (asked: string) => (asked === "meta[name='person']" && person ? { content: person } : null),
    getElementById: () => null,
  });
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", document);
  vi.stubGlobal("fetch", server.fetch);
  vi.stubGlobal("navigator", { onLine: true, locks: locks() });
  return window;
}

/** Web Locks, in memory. */
function locks(): unknown {
  const held = new Map<string, Promise<unknown>>();
  return {
    async request(name: string, options: { ifAvailable?: boolean }, work: (lock: unknown) => Promise<unknown>) {
      if (options.ifAvailable && held.has(name)) return work(null);
      while (held.has(name)) await held.get(name)?.catch(() => undefined);
      const done = work({ name });
      held.set(name, done);
      try {
        return await done;
      } finally {
        held.delete(name);
      }
    },
  };
}

/** Everything that lies in the database, as one text: what somebody who takes the phone apart would read. */
export async function onDisk(): Promise<string> {
  const { openDB } = await import("idb");
  const open = await openDB("dichterbij");
  let found = "";
  for (const name of open.objectStoreNames) {
    for (const key of await open.getAllKeys(name)) found += JSON.stringify(key);
    for (const value of await open.getAll(name)) {
      found += Object.values(value as Record<string, unknown>)
        .map((part) => (part instanceof ArrayBuffer ? new TextDecoder("latin1").decode(part) : String(part)))
        .join(" ");
    }
  }
  open.close();
  return found;
}

/** Wait until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, what = "it"): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    if (await holds()) return;
    await new Promise((settle) => setTimeout(settle, 5));
  }
  throw new Error(`${what} never happened`);
}
