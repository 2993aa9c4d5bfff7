import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browser, DEVICE, INTERVIEW, known, onDisk, PERSON, Server } from "./phone";

const CANARY = "Ze zei: ik durf die brief niet open te maken 🙂";
const DAY = 86_400_000;

let server: Server;

/** A page: every page has its own modules, and shares the disk with the others. */
async function page(options: { person?: string } = {}) {
  vi.resetModules();
  browser(server, options);
  const keys = await import("../src/offline/keys");
  const { openStore, LockedOut } = await import("../src/offline/store");
  return { keys, openStore, LockedOut };
}

beforeEach(async () => {
  server = new Server();
  const { IDBFactory } = await import("fake-indexeddb");
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("what is kept", () => {
  test("comes back as it was put in, and lies on disk as ciphertext only", async () => {
    const { openStore } = await page({ person: PERSON });
    const store = await openStore();
    await store.put("draft", INTERVIEW, { text: CANARY });
    await store.putBytes("sound", "1", new TextEncoder().encode(CANARY));
    expect(await store.get("draft", INTERVIEW)).toEqual({ text: CANARY });
    expect(new TextDecoder().decode(await store.getBytes("sound", "1"))).toBe(CANARY);
    const disk = await onDisk();
    expect(disk).toContain(INTERVIEW);
    expect(disk).not.toContain("durf die brief");
  });

  test("is listed by kind and prefix, in order of id", async () => {
    const store = await (await page({ person: PERSON })).openStore();
    for (const id of ["b/2", "a/1", "b/1"]) await store.put("note", id, id);
    await store.put("other", "b/3", "x");
    expect(await store.list("note", "b/")).toEqual([["b/1", "b/1"], ["b/2", "b/2"]]);
    await store.remove("note", "b/1");
    expect(await store.ids("note")).toEqual(["a/1", "b/2"]);
  });

  test("cannot be moved to another place", async () => {
    const store = await (await page({ person: PERSON })).openStore();
    await store.put("note", "one", "secret");
    const { openDB } = await import("idb");
    const open = await openDB("dichterbij");
    await open.put("values", await open.get("values", [DEVICE, "note", "one"]), [DEVICE, "note", "two"]);
    open.close();
    await expect(store.get("note", "two")).rejects.toThrow();
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    expect(await store.list("note")).toEqual([["one", "secret"]]);
  });
});

describe("without network", () => {
  test("a page that starts again opens what an earlier one kept", async () => {
    await (await (await page({ person: PERSON })).openStore()).put("draft", "x", CANARY);
    server.identity = () => "no network";
    const store = await (await page()).openStore();
    expect(store.person).toBe(PERSON);
    expect(await store.get("draft", "x")).toBe(CANARY);
  });

  test("after two weeks without the server one signs in first, and then everything is there", async () => {
    await (await (await page({ person: PERSON })).openStore()).put("draft", "x", CANARY);
    server.identity = () => "no network";
    vi.useFakeTimers({ now: Date.now() + 15 * DAY, toFake: ["Date"] });
    await expect((await page()).openStore()).rejects.toMatchObject({ reason: "lease" });
    server.identity = () => ({ status: 200, json: known() });
    expect(await (await (await page({ person: PERSON })).openStore()).get("draft", "x")).toBe(CANARY);
  });

  test("a phone that was never used opens nothing", async () => {
    server.identity = () => "no network";
    await expect((await page()).openStore()).rejects.toMatchObject({ reason: "unreached" });
  });
});

describe("letting go", () => {
  test("who signs out takes the key along, and finds the drafts again", async () => {
    const { openStore, keys } = await page({ person: PERSON });
    const store = await openStore();
    await store.put("draft", "x", CANARY);
    await keys.forget();
    await expect(store.get("draft", "x")).rejects.toMatchObject({ reason: "signed-out" });
    server.identity = () => ({ status: 200, json: { person: null } });
    await expect((await page()).openStore()).rejects.toMatchObject({ reason: "signed-out" });
    server.identity = () => ({ status: 200, json: known() });
    expect(await (await (await page({ person: PERSON })).openStore()).get("draft", "x")).toBe(CANARY);
  });

  test("another person on the same phone gets another key, and reads nothing of the first", async () => {
    await (await (await page({ person: PERSON })).openStore()).put("draft", "x", CANARY);
    const other = known("44444444-4444-4444-8444-444444444444", "55555555-5555-4555-8555-555555555555", 9);
    server.identity = () => ({ status: 200, json: other });
    const store = await (await page({ person: other["person"] as string })).openStore();
    expect(await store.get("draft", "x")).toBeUndefined();
    expect(await store.list("draft")).toEqual([]);
    const { openDB } = await import("idb");
    const open = await openDB("dichterbij");
    expect((await open.getAll("keys")).map((held: { device: string }) => held.device)).toEqual([other["device"]]);
    open.close();
  });

  test("a revoked device loses its key and every draft, and the open page with it", async () => {
    const { openStore, keys } = await page({ person: PERSON });
    const store = await openStore();
    await store.put("draft", "x", CANARY);
    let said = 0;
    server.identity = () => (said++ ? { status: 200, json: { person: null } } : { status: 410, json: { revoked: [DEVICE] } });
    expect(await keys.meet()).toEqual({ as: "revoked", devices: [DEVICE] });
    expect(store.shut).toBe(true);
    await expect(store.put("draft", "y", "more")).rejects.toMatchObject({ reason: "signed-out" });
    const disk = await onDisk();
    expect(disk).not.toContain(DEVICE);
    await expect((await page()).openStore()).rejects.toMatchObject({ reason: "signed-out" });
  });

  test("only after the drafts are gone the phone tells the server that they are", async () => {
    const { openStore, keys } = await page({ person: PERSON });
    await (await openStore()).put("draft", "x", CANARY);
    const said: { wiped: string; left: boolean }[] = [];
    vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
      const wiped = (init.headers as Record<string, string>)["X-Wiped"] ?? "";
      said.push({ wiped, left: (await onDisk()).includes(DEVICE) });
      const answer = wiped ? { person: null } : { revoked: [DEVICE] };
      return new Response(JSON.stringify(answer), { status: wiped ? 200 : 410 });
    });
    await keys.meet();
    expect(said).toEqual([
      { wiped: "", left: true },
      { wiped: DEVICE, left: false },
    ]);
  });

  test("what an open page was about to write does not come after the wiping", async () => {
    const { openStore, keys } = await page({ person: PERSON });
    const store = await openStore();
    const wiping = keys.wipe([DEVICE]);
    const written = store.put("draft", "late", CANARY);
    await expect(written).rejects.toMatchObject({ reason: "signed-out" });
    await wiping;
    expect(await onDisk()).not.toContain(DEVICE);
  });

  test("the key itself cannot be read by a script", async () => {
    await (await page({ person: PERSON })).openStore();
    const { openDB } = await import("idb");
    const open = await openDB("dichterbij");
    const { key } = (await open.get("keys", PERSON)) as { key: CryptoKey };
    open.close();
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });
});
