import { describe, expect, test } from "vitest";
import type { Item } from "../src/offline/items";
import { clock, lengthInWords } from "../src/player/time";
import { withoutMissing } from "../src/recorder/answers";
import { joined, Keeping, keyOf, PIECE_BYTES, unfinished, type Post, type Shelf } from "../src/recorder/keeping";
import { seen } from "../src/recorder/level";
import { refusal } from "../src/recorder/recorder";
import { recordsWhenLocked } from "../src/recorder/room";

class Died extends Error {}

/** Compared by hand: the test runner compares bytes one object at a time. */
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);

function generator(seed: number): (below: number) => number {
  let state = seed * 7919 + 1;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

/** A disk and an outbox that live on when the page dies; the page dies after `left` steps on them. */
class Phone {
  left = Infinity;
  full = false;
  offline = false;
  readonly values = new Map<string, string>();
  readonly bytes = new Map<string, Uint8Array>();
  readonly outbox = new Map<string, Item>();
  /** What the server got: in order of arrival, by address. */
  readonly server = new Map<string, Uint8Array>();
  readonly said: Item[] = [];

  readonly shelf: Shelf = {
    get: async <T>(kind: string, id: string) => {
      const kept = this.values.get(`${kind} ${id}`);
      return kept === undefined ? undefined : (JSON.parse(kept) as T);
    },
    put: async (kind, id, value) => {
      this.step();
      this.values.set(`${kind} ${id}`, JSON.stringify(value));
    },
    remove: async (kind, id) => {
      this.step();
      this.values.delete(`${kind} ${id}`);
      this.bytes.delete(`${kind} ${id}`);
    },
    list: async <T>(kind: string, prefix = "") =>
      [...this.values]
        .filter(([key]) => key.startsWith(`${kind} ${prefix}`))
        .map(([key, value]): [string, T] => [key.slice(kind.length + 1), JSON.parse(value) as T]),
    getBytes: async (kind, id) => this.bytes.get(`${kind} ${id}`),
    putBytes: async (kind, id, bytes) => {
      if (this.full) throw new Error("full");
      this.step();
      this.bytes.set(`${kind} ${id}`, bytes.slice());
    },
  };

  readonly post: Post = {
    send: async (item) => {
      this.step();
      if (!this.outbox.has(item.id)) this.outbox.set(item.id, item);
      if (!this.offline) this.deliver();
    },
    waiting: async () => this.outbox.size,
  };

  /** Everything in the outbox reaches the server; a piece that is there already must be the same one. */
  deliver(): void {
    for (const [id, item] of this.outbox) {
      if (item.bytes) {
        const place = `${item.bytes.kind} ${item.bytes.id}`;
        const sent = this.bytes.get(place) as Uint8Array;
        const before = this.server.get(item.url);
        if (before) expect(same(sent, before)).toBe(true);
        this.server.set(item.url, sent);
        this.bytes.delete(place);
      } else {
        this.said.push(item);
      }
      this.outbox.delete(id);
    }
  }

  /** The sound at the server, part by part, as the announced numbers say. */
  sound(recording: string): Uint8Array[] {
    const finish = this.said.filter((item) => item.url.endsWith("/klaar")).at(-1);
    const { pieces, parts } = finish?.json as { pieces: number; parts: number[] };
    expect(parts.reduce((sum, each) => sum + each, 0)).toBe(pieces);
    expect(this.server.size).toBe(pieces);
    return parts.map((count, part) =>
      joined(
        Array.from({ length: count }, (_, number) => {
          const piece = this.server.get(`/opnames/${recording}/stukken/${part}/${number}`);
          expect(piece).toBeDefined();
          return piece as Uint8Array;
        }),
      ),
    );
  }

  private step(): void {
    if (this.left <= 0) throw new Died();
    this.left -= 1;
  }
}

const about = { id: "r", interview: "i", media_type: "audio/webm", started_at: "2026-03-12T10:00:00.000Z" };

describe("sound that is being recorded", () => {
  test("whatever step a page dies in, every chunk that was kept arrives once and in order", async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const next = generator(seed);
      const phone = new Phone();
      const kept: number[][] = [];
      let counter = 0;
      await Keeping.begin(phone.shelf, phone.post, about);
      for (let life = 0; life < 1 + next(4); life += 1) {
        phone.left = 5 + next(60);
        phone.offline = next(2) === 0;
        const part: number[] = [];
        let trying: number | null = null;
        try {
          const [, journal] = (await phone.shelf.list<never>("recording"))[0] as [string, never];
          const keeping = await Keeping.resume(phone.shelf, phone.post, journal);
          for (;;) {
            trying = counter % 251;
            const size = 1 + next(3) * 40_000;
            await keeping.keep(new Uint8Array(size).fill(trying), part.length * 2000);
            part.push(trying, size);
            trying = null;
            counter += 1;
            if (next(9) === 0) phone.offline = !phone.offline;
          }
        } catch (error) {
          if (!(error instanceof Died)) throw error;
        }
        kept.push(part);
        if (trying !== null) counter += 1;
      }
      phone.left = Infinity;
      phone.offline = false;
      const [journal] = await unfinished(phone.shelf, "i");
      const keeping = await Keeping.resume(phone.shelf, phone.post, journal as never);
      await keeping.finish();
      phone.deliver();
      const sound = phone.sound("r").map((bytes) => runs(bytes));
      const flat = sound.flat();
      // A chunk that the page died on may be there as well; what was kept is there, once, in order.
      const wanted = kept.map((part) => Array.from({ length: part.length / 2 }, (_, at) => [part[2 * at], part[2 * at + 1]]));
      const got = flat.filter(([value]) => wanted.flat().some(([one]) => one === value));
      expect(got).toEqual(wanted.flat());
      expect(phone.bytes.size).toBe(0);
      expect([...phone.values.keys()]).toEqual([]);
    }
  });

  test("what a dead page left and what comes after it are never joined", async () => {
    const phone = new Phone();
    const first = await Keeping.begin(phone.shelf, phone.post, about);
    await first.keep(new Uint8Array([1, 1]), 2000);
    const [journal] = await unfinished(phone.shelf, "i");
    const second = await Keeping.resume(phone.shelf, phone.post, journal as never);
    await second.keep(new Uint8Array([2, 2]), 2000);
    expect(second.length()).toBe(4000);
    await second.finish();
    expect(phone.sound("r")).toEqual([new Uint8Array([1, 1]), new Uint8Array([2, 2])]);
    expect(await unfinished(phone.shelf, "i")).toEqual([]);
  });

  test("a full phone keeps nothing twice and forgets nothing that was tried again", async () => {
    const phone = new Phone();
    const keeping = await Keeping.begin(phone.shelf, phone.post, about);
    await keeping.keep(new Uint8Array([1]), 2000);
    phone.full = true;
    await expect(keeping.keep(new Uint8Array([2]), 4000)).rejects.toThrow();
    phone.full = false;
    await keeping.keep(new Uint8Array([2]), 4000);
    await keeping.finish();
    expect(phone.sound("r")).toEqual([new Uint8Array([1, 2])]);
  });

  test("pieces are small with network and large when there is much to catch up with", async () => {
    const sizes = async (offline: boolean): Promise<number[]> => {
      const phone = new Phone();
      phone.offline = offline;
      const keeping = await Keeping.begin(phone.shelf, phone.post, about);
      for (let at = 0; at < 90; at += 1) await keeping.keep(new Uint8Array(8000), at * 2000);
      await keeping.finish();
      phone.deliver();
      return [...phone.server.values()].map((piece) => piece.length);
    };
    expect(Math.max(...(await sizes(false)))).toBe(24_000);
    const caughtUp = await sizes(true);
    expect(caughtUp.slice(0, -1).every((size) => size >= PIECE_BYTES && size < PIECE_BYTES + 8000)).toBe(true);
    expect(caughtUp.reduce((sum, size) => sum + size, 0)).toBe(720_000);
  });

  test("the same thing has the same key, and it is a uuid", async () => {
    const key = await keyOf("piece r/0/1");
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await keyOf("piece r/0/1")).toBe(key);
    expect(await keyOf("piece r/0/2")).not.toBe(key);
  });

  test("what is lost for good does not hold up the rest", () => {
    expect(withoutMissing({ pieces: 9, parts: [5, 4] }, [[0, 3], [0, 2]])).toEqual({ parts: [2, 4], pieces: 6 });
    expect(withoutMissing({ pieces: 9, parts: [5, 4] }, [])).toEqual({ parts: [5, 4], pieces: 9 });
  });
});

/** Runs of one value: [value, how often], neighbours of the same value together. */
function runs(bytes: Uint8Array): [number, number][] {
  const found: [number, number][] = [];
  bytes.forEach((value) => {
    const last = found.at(-1);
    if (last && last[0] === value) last[1] += 1;
    else found.push([value, 1]);
  });
  return found;
}

describe("whether there may be a recording", () => {
  const words = { no_consent: "geen opname", ask_first: "vraag eerst" };
  const people = (...said: (boolean | undefined)[]) =>
    said.map((yes) => ({ choices: yes === undefined ? {} : { record: yes } })) as never;

  test("only with everybody's own yes", () => {
    const recording = { allowed: false, why: null, recordings: [], urls: {} };
    expect(refusal({ people: people(true, true), recording }, words)).toBeNull();
    expect(refusal({ people: people(true, false), recording }, words)).toBe("geen opname");
    expect(refusal({ people: people(true, undefined), recording }, words)).toBe("vraag eerst");
    expect(refusal({ people: people(), recording: null }, words)).toBe("vraag eerst");
  });
});

describe("what is said", () => {
  const words = {
    second: "1 seconde", seconds: "{n} seconden", minute: "1 minuut", minutes: "{n} minuten",
    hour: "1 uur", hours: "{n} uur", and: "{first} en {second}",
  };

  test("lengths are said in words and shown as a clock", () => {
    expect([0, 1000, 42_000, 60_000, 725_000, 3_600_000, 3_720_000].map((ms) => lengthInWords(ms, words))).toEqual([
      "1 seconde", "1 seconde", "42 seconden", "1 minuut", "12 minuten", "1 uur", "1 uur en 2 minuten",
    ]);
    expect([0, 7_900, 725_000, 3_723_000].map(clock)).toEqual(["0:00", "0:07", "12:05", "1:02:03"]);
  });

  test("soft speech is seen, silence is not", () => {
    expect([seen(0), seen(0.001), seen(1)]).toEqual([0, 0, 1]);
    expect(seen(0.03)).toBeGreaterThan(0.4);
  });

  test("an iPhone is not told that it may be locked", () => {
    expect(recordsWhenLocked("Mozilla/5.0 (Linux; Android 10)", 5)).toBe(true);
    expect(recordsWhenLocked("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)", 5)).toBe(false);
    expect(recordsWhenLocked("Mozilla/5.0 (Macintosh; Intel Mac OS X)", 5)).toBe(false);
    expect(recordsWhenLocked("Mozilla/5.0 (Macintosh; Intel Mac OS X)", 0)).toBe(true);
  });
});
