import { describe, expect, test } from "vitest";
import type { Item } from "../src/offline/items";
import type { Store } from "../src/offline/store";
import { type Question, type ServerNote, stillToAsk, swiped } from "../src/talk/guide";
import { BETWEEN, NOTHING, Notes, answerElsewhere, beginWith, both } from "../src/talk/notes";
import { today } from "../src/talk/screen";

const QUESTION: Question = {
  id: "q1", key: "c.nu", topic: "client", topic_name: "Vragen", must: true, text: "Hoe is het?", follow_up: [], themes: [], note: "/noot/q1",
};
const INTERVIEW = "i1";

function note(text: string, more: Partial<ServerNote> = {}): ServerNote {
  return { asked: false, skipped: false, recording: null, at_ms: null, text, ...more };
}

/** A phone's disk that only holds JSON. */
function disk(): Store & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const store = {
    kept, person: "p", device: "d", shut: false,
    get: async (kind: string, id: string) => JSON.parse(kept.get(`${kind}/${id}`) ?? "null") ?? undefined,
    put: async (kind: string, id: string, value: unknown) => void kept.set(`${kind}/${id}`, JSON.stringify(value)),
    list: async (kind: string, prefix = "") =>
      [...kept].filter(([key]) => key.startsWith(`${kind}/${prefix}`)).map(([key, value]) => [key.slice(kind.length + 1), JSON.parse(value)]),
  };
  return store as unknown as Store & { kept: Map<string, string> };
}

/** A server with one note, as webapp/views/talk.py answers. */
class Server {
  text = "";
  asked = false;
  readonly seen: Item[] = [];
  readonly post = { send: async (item: Item): Promise<void> => void this.seen.push(item) };

  take(item: Item): { status: number; json: unknown } {
    const said = item.json as { text?: string; base?: string; asked?: boolean };
    if (said.text !== undefined) {
      if (this.text !== (said.base ?? "") && !said.text.includes(this.text)) return { status: 409, json: { text: this.text } };
      this.text = said.text;
    }
    if (said.asked !== undefined) this.asked = said.asked;
    return { status: 200, json: {} };
  }
}

async function opened(store: Store, server: Server, known: Record<string, ServerNote> = {}, fresh = true, waiting = false): Promise<Notes> {
  return Notes.open(store, server.post, INTERVIEW, known, fresh, waiting);
}

describe("notes on this phone", () => {
  test("what is typed is kept first and sent once", async () => {
    const [store, server] = [disk(), new Server()];
    const notes = await opened(store, server);
    await notes.type("q1", "Moe ");
    expect(server.seen).toEqual([]);
    expect(await notes.save(QUESTION)).toBe(true);
    expect(await notes.save(QUESTION)).toBe(false);
    expect(server.seen.map((item) => item.json)).toMatchObject([{ question: "q1", text: "Moe", base: "" }]);
    expect((await opened(store, server, {}, false)).of("q1").text).toBe("Moe ");
  });

  test("each text says from which one it was made, so that a row of them is no quarrel", async () => {
    const [store, server] = [disk(), new Server()];
    const notes = await opened(store, server);
    for (const text of ["Moe", "Boos", "Blij"]) {
      await notes.type("q1", text);
      await notes.save(QUESTION);
    }
    expect(server.seen.map((item) => server.take(item).status)).toEqual([200, 200, 200]);
    expect(server.text).toBe("Blij");
  });

  test("a mark says nothing about the text", async () => {
    const [store, server] = [disk(), new Server()];
    const notes = await opened(store, server, { q1: note("Moe") });
    await notes.mark(QUESTION, { asked: true, at_ms: 61_000, recording: "r" });
    expect(server.seen[0]?.json).toMatchObject({ asked: true, at_ms: 61_000, recording: "r" });
    expect(server.seen[0]?.json).not.toHaveProperty("text");
    expect(notes.of("q1")).toMatchObject({ asked: true, text: "Moe" });
  });

  test("another text on the server stays beside the own one, also when several waited", async () => {
    const [store, server] = [disk(), new Server()];
    const notes = await opened(store, server);
    for (const text of ["Moe", "Moe en boos"]) {
      await notes.type("q1", text);
      await notes.save(QUESTION);
    }
    server.text = "Van de tablet";
    for (let next = 0; next < server.seen.length; next++) {
      const item = server.seen[next] as Item;
      await notes.answered(item, server.take(item));
      expect(server.seen.length).toBeLessThan(8);
    }
    expect(server.text).toBe(`Moe en boos${BETWEEN}Van de tablet`);
    expect(notes.of("q1").text).toBe(server.text);
    expect(notes.unsent()).toEqual([]);
  });

  test("a page that dies before a text is in the outbox sends it the next time", async () => {
    const [store, server] = [disk(), new Server()];
    const dying = await Notes.open(store, { send: () => new Promise(() => undefined) }, INTERVIEW, {}, true, false);
    await dying.type("q1", "Moe");
    void dying.save(QUESTION);
    await dying.type("q1", "Moe en boos");
    const notes = await opened(store, server);
    expect(notes.of("q1").text).toBe("Moe en boos");
    expect(notes.unsent()).toEqual(["q1"]);
    await notes.save(QUESTION);
    expect(server.take(server.seen[0] as Item).status).toBe(200);
    expect(server.text).toBe("Moe en boos");
  });

  test("two tabs that note at two questions do not undo each other", async () => {
    const [store, server] = [disk(), new Server()];
    const [one, two] = [await opened(store, server), await opened(store, server)];
    await one.type("q1", "Moe");
    await two.type("q2", "Boos");
    const again = await opened(store, server);
    expect([again.of("q1").text, again.of("q2").text]).toEqual(["Moe", "Boos"]);
  });

  test("an answer for an interview that no page shows is kept too", async () => {
    const [store, server] = [disk(), new Server()];
    const notes = await opened(store, server);
    await notes.type("q1", "Moe");
    await notes.save(QUESTION);
    server.text = "Boos";
    const item = server.seen[0] as Item;
    await answerElsewhere(store, server.post, item, server.take(item));
    expect(server.take(server.seen[1] as Item).status).toBe(200);
    expect(server.text).toBe(`Moe${BETWEEN}Boos`);
    expect((await opened(store, server, {}, false)).of("q1").text).toBe(server.text);
  });
});

describe("what a page begins with", () => {
  const local = { q1: { ...note("Van hier", { asked: true }), sent: "Van hier" } };

  test("is what the server just said, when nothing waits", () => {
    expect(beginWith({ q1: note("Van daar") }, local, true, false)["q1"]).toMatchObject({ text: "Van daar", asked: false, sent: "Van daar" });
  });

  test("is what this phone has, while something waits or without network", () => {
    for (const [fresh, waiting] of [[true, true], [false, false], [false, true]] as const) {
      expect(beginWith({ q1: note("Van daar") }, local, fresh, waiting)["q1"]?.text).toBe("Van hier");
    }
    expect(beginWith({}, local, true, false)["q1"]?.text).toBe("Van hier");
  });

  test("is what this phone sent a moment ago, when the page of the server was made before it", async () => {
    const [store, server] = [disk(), new Server()];
    const notes = await opened(store, server, { q1: note("Moe") });
    await notes.type("q1", "Moe en boos");
    await notes.save(QUESTION);
    await notes.mark(QUESTION, { asked: true });
    const again = await opened(store, server, { q1: note("Moe") });
    expect(again.of("q1")).toMatchObject({ text: "Moe en boos", sent: "Moe en boos", asked: true });
    expect((await opened(store, server, { q1: note("Van daar") })).of("q1").text).toBe("Van daar");
    const kept = { q1: again.of("q1") };
    expect(beginWith({ q1: note("Moe") }, kept, true, false, Date.now() + 3_600_000)["q1"]?.text).toBe("Moe");
  });

  test("keeps what was typed and never put in the outbox", () => {
    const typed = { q1: { ...note("Van hier, en meer"), sent: "Van hier" } };
    const found = beginWith({ q1: note("Van daar", { asked: true }) }, typed, true, false)["q1"];
    expect(found).toMatchObject({ text: "Van hier, en meer", sent: "Van hier", asked: true });
  });
});

test("two texts become one only when nothing is lost", () => {
  expect(both("Moe en boos", " Moe ")).toBe("Moe en boos");
  expect(both("", "Moe")).toBe("Moe");
  expect(both("Moe", "Boos")).toBe(`Moe${BETWEEN}Boos`);
  expect(both(both("Moe", "Boos"), "Boos")).toBe(`Moe${BETWEEN}Boos`);
});

test("what should always be asked is told until it was asked or skipped", () => {
  const questions = ["a", "b", "c", "d"].map((id) => ({ ...QUESTION, id, must: id !== "d" }));
  const known: Record<string, ServerNote> = { a: note("", { asked: true }), b: note("", { skipped: true }) };
  expect(stillToAsk(questions, (id) => known[id] ?? NOTHING).map((one) => one.id)).toEqual(["c"]);
});

test("a finger that goes clearly sideways goes to another question", () => {
  expect([swiped(-80, 10), swiped(80, -10), swiped(-40, 0), swiped(-80, 60), swiped(0, 200)]).toEqual(["next", "back", null, null, null]);
});

test("the day is the day on this phone's own calendar", () => {
  expect(today(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
});
