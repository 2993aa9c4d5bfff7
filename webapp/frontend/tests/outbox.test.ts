import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Item } from "../src/offline/items";
import { meaning } from "../src/offline/sending";
import { type Asked, browser, INTERVIEW, onDisk, PERSON, Server, until } from "./phone";

const OTHER = "66666666-6666-4666-8666-666666666666";
const CANARY = "Niemand belde terug 🙂";

let server: Server;
let count = 0;

/** A page: every page has its own modules, and shares the disk with the others. `beside`: one more tab of the same phone. */
async function page({ beside = false } = {}) {
  vi.resetModules();
  const locks = beside ? navigator.locks : null;
  const window = browser(server, { person: PERSON });
  if (locks) Object.assign(navigator, { locks });
  const outbox = await import("../src/offline/outbox");
  const store = await (await import("../src/offline/store")).openStore();
  const online = () => window.dispatchEvent(new Event("online"));
  return { ...outbox, store, online };
}

function item(given: Partial<Item> = {}): Item {
  count += 1;
  const id = `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  return { id, interview: INTERVIEW, kind: "note", method: "PUT", url: "/x", json: { text: CANARY, n: count }, ...given };
}

beforeEach(async () => {
  count = 0;
  server = new Server();
  const { IDBFactory } = await import("fake-indexeddb");
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("what was put in", () => {
  test("is sent with its key, a token and whose it is, and then is gone", async () => {
    const { send, store, waiting } = await page();
    const one = item();
    await send(store, one);
    await until(async () => (await waiting(store)) === 0);
    expect(server.keys).toEqual([one.id]);
    const { headers, body } = server.asked[0] as Asked;
    expect(headers).toMatchObject({ "X-CSRFToken": "token", "X-Person": PERSON, "Content-Type": "application/json" });
    expect(JSON.parse(body as string)).toEqual(one.json);
  });

  test("waits on the phone without network, as ciphertext, and goes when the network is back, also after a restart", async () => {
    server.change = () => "no network";
    const before = await page();
    const put = [item(), item()];
    for (const one of put) await before.send(before.store, one);
    await until(() => before.isOffline());
    expect(await before.waiting(before.store, INTERVIEW)).toBe(2);
    expect(await before.waiting(before.store, OTHER)).toBe(0);
    expect(await onDisk()).not.toContain("belde terug");
    server.asked.length = 0;
    server.change = () => ({ status: 200 });
    const after = await page();
    after.start(after.store);
    await until(async () => (await after.waiting(after.store)) === 0);
    expect(server.keys).toEqual(put.map(({ id }) => id));
  });

  test("stays when the server has trouble, and lets another interview pass", async () => {
    server.change = ({ url }) => ({ status: url === "/bad" ? 503 : 200 });
    const { send, store, waiting, online } = await page();
    await send(store, item({ url: "/bad" }));
    await send(store, item({ url: "/behind" }));
    await send(store, item({ url: "/elsewhere", interview: OTHER }));
    await until(async () => (await waiting(store, OTHER)) === 0);
    expect(await waiting(store, INTERVIEW)).toBe(2);
    expect(server.asked.map(({ url }) => url)).not.toContain("/behind");
    server.change = () => ({ status: 200 });
    online();
    await until(async () => (await waiting(store)) === 0);
    expect(server.asked.map(({ url }) => url).slice(-2)).toEqual(["/bad", "/behind"]);
  });

  test("goes once more with the same key when the answer was lost", async () => {
    let lost = true;
    server.change = () => (lost ? "no network" : { status: 200 });
    const { send, store, waiting, online } = await page();
    const one = item();
    await send(store, one);
    await until(() => server.asked.length === 1);
    lost = false;
    online();
    await until(async () => (await waiting(store)) === 0);
    expect(new Set(server.keys)).toEqual(new Set([one.id]));
  });

  test("is put in once, however often it is handed over", async () => {
    server.change = () => "no network";
    const { send, store, waiting } = await page();
    const one = item();
    await send(store, one);
    await send(store, one);
    expect(await waiting(store)).toBe(1);
  });

  test("gives way to a newer one that takes its place", async () => {
    server.change = () => "no network";
    const { send, store, waiting, waits, isOffline } = await page();
    await send(store, item({ kind: "typing", latest: true }));
    await until(isOffline);
    await send(store, item({ kind: "typing", latest: true }));
    await send(store, item({ kind: "typing", latest: true, url: "/other" }));
    expect(await waiting(store)).toBe(2);
    expect(await waits(store, INTERVIEW, "typing")).toBe(true);
    expect(await waits(store, OTHER, "typing")).toBe(false);
  });
});

describe("sound", () => {
  test("lets everything else go first, follows its recording, and its end comes after it", async () => {
    server.change = () => "no network";
    const { send, store, waiting, isOffline, online } = await page();
    await send(store, item({ kind: "begin", url: "/begin" }));
    await until(isOffline);
    for (const name of ["/1", "/2"]) {
      await store.putBytes("sound", name, new Uint8Array([1, 2, 3]));
      const { json: _, ...piece } = item({ kind: "piece", url: name, bytes: { kind: "sound", id: name } });
      await send(store, piece);
    }
    await send(store, item({ kind: "done", url: "/done", afterPieces: true }));
    await send(store, item({ url: "/note" }));
    server.asked.length = 0;
    server.change = () => ({ status: 201 });
    online();
    await until(async () => (await waiting(store)) === 0);
    expect(server.asked.map(({ url }) => url)).toEqual(["/begin", "/note", "/1", "/2", "/done"]);
    expect(server.asked[2]?.headers["Content-Type"]).toBe("application/octet-stream");
    expect(server.asked[2]?.body).toEqual(new Uint8Array([1, 2, 3]));
    expect(await store.ids("sound")).toEqual([]);
  });

  test("stays on the phone until the server's yes", async () => {
    server.change = () => ({ status: 500 });
    const { send, store, waiting } = await page();
    await store.putBytes("sound", "1", new Uint8Array([9]));
    const { json: _, ...piece } = item({ kind: "piece", bytes: { kind: "sound", id: "1" } });
    await send(store, piece);
    await until(() => server.asked.length > 0);
    expect(await waiting(store)).toBe(1);
    expect(await store.getBytes("sound", "1")).toEqual(new Uint8Array([9]));
  });
});

describe("what the server says", () => {
  test.each([403, 404, 410, 422])("a %i is kept with the server's sentence until the person says what to do", async (status) => {
    server.change = () => ({ status, json: { error: "Dit gesprek is gestopt." } });
    const { send, store, waiting, refused, settle } = await page();
    const one = item();
    await send(store, one);
    await until(async () => (await refused(store)).length === 1);
    expect(await waiting(store)).toBe(0);
    const [key, refusal] = (await refused(store))[0]!;
    expect(refusal).toMatchObject({ item: one, status, sentence: "Dit gesprek is gestopt." });
    server.change = () => ({ status: 200 });
    await settle(store, key, "again");
    await until(async () => (await waiting(store)) === 0 && (await refused(store)).length === 0);
  });

  test("a token of an earlier session is asked for anew, once", async () => {
    server.change = ({ headers }) => ({ status: headers["X-CSRFToken"] === "new" ? 200 : 400 });
    const { send, store, waiting, refused } = await page();
    const before = server.identity;
    server.identity = () => {
      const answer = before() as { status: number; json: Record<string, string> };
      return { ...answer, json: { ...answer.json, csrf: "new" } };
    };
    await send(store, item());
    await until(async () => (await waiting(store)) === 0);
    expect(await refused(store)).toEqual([]);
    expect(server.asked.length).toBe(2);
  });

  test("after 401 everything waits until one signs in again", async () => {
    server.change = () => ({ status: 401 });
    const { send, store, waiting, isSignedOut, online } = await page();
    await send(store, item());
    await until(isSignedOut);
    expect(await waiting(store)).toBe(1);
    server.change = () => ({ status: 200 });
    online();
    await until(async () => (await waiting(store)) === 0);
    expect(isSignedOut()).toBe(false);
  });

  test("a 409 leaves the outbox once the page has dealt with it", async () => {
    server.change = () => ({ status: 409, json: { version: 4 } });
    const { send, store, waiting, onAnswer } = await page();
    const seen: unknown[] = [];
    onAnswer("typing", (one, answer) => {
      seen.push([one.kind, answer.status, (answer.json as { version: number }).version]);
    });
    await send(store, item({ kind: "typing" }));
    await until(async () => (await waiting(store)) === 0);
    expect(seen).toEqual([["typing", 409, 4]]);
  });

  test("a 409 that no page knows of waits for one that does, and holds nothing else up", async () => {
    server.change = ({ url }) => ({ status: url === "/typing" ? 409 : 200 });
    const { send, store, waiting, onAnswer, asking } = await page();
    await send(store, item({ kind: "typing", url: "/typing" }));
    await send(store, item({ url: "/note" }));
    await until(() => server.asked.some(({ url }) => url === "/note"));
    await until(async () => (await asking(store)).length === 1);
    expect(await asking(store)).toEqual([INTERVIEW]);
    expect(await waiting(store)).toBe(1);
    const seen: number[] = [];
    onAnswer("typing", (_, answer) => void seen.push(answer.status));
    await until(async () => (await waiting(store)) === 0);
    expect(seen).toEqual([409]);
  });

  test("a page of somebody else's network is no answer", () => {
    expect(meaning({ status: 204, json: null }).as).toBe("yes");
    expect(meaning({ status: 429, json: null }, 30)).toEqual({ as: "later", wait: 30_000 });
    expect(meaning({ status: 409, json: null }).as).toBe("conflict");
    expect(meaning({ status: 413, json: null }).as).toBe("no");
  });
});

describe("two tabs", () => {
  test("send each thing once", async () => {
    server.change = async () => {
      await new Promise((settle) => setTimeout(settle, 2));
      return { status: 200 };
    };
    const one = await page();
    const two = await page({ beside: true });
    for (let round = 0; round < 10; round += 1) await (round % 2 ? one : two).send((round % 2 ? one : two).store, item());
    await until(async () => (await one.waiting(one.store)) === 0);
    expect(server.keys.length).toBe(10);
    expect(new Set(server.keys).size).toBe(10);
  });
});

describe("whatever happens", () => {
  test.each([1, 2, 3, 4, 5, 6])("nothing is lost and nothing changes place (seed %i)", async (seed) => {
    let state = seed * 7919;
    const next = (below: number) => (state = (state * 48271) % 2147483647) % below;
    // A server that does each key once, as ours does, behind a network that loses requests and answers.
    const done: string[] = [];
    let calm = false;
    server.change = ({ headers }) => {
      const chance = calm ? 0 : next(6);
      if (chance === 1) return "no network";
      if (chance === 2) return { status: 503 };
      const key = headers["Idempotency-Key"] as string;
      if (!done.includes(key)) done.push(key);
      return chance === 3 ? "no network" : { status: 200 };
    };
    let open = await page();
    const put: Item[] = [];
    for (let round = 0; round < 24; round += 1) {
      const event = next(8);
      if (event === 0) open = await page();
      else if (event === 1) open.online();
      else {
        const one = item({ interview: next(2) ? INTERVIEW : OTHER });
        await open.send(open.store, one);
        put.push(one);
      }
    }
    calm = true;
    open = await page();
    open.start(open.store);
    await until(async () => {
      open.online();
      return (await open.waiting(open.store)) === 0;
    });
    for (const interview of [INTERVIEW, OTHER]) {
      const ids = put.filter((one) => one.interview === interview).map(({ id }) => id);
      expect(done.filter((id) => ids.includes(id))).toEqual(ids);
    }
  });
});
