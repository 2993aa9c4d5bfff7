import { describe, expect, test } from "vitest";
import { joined } from "../src/recorder/keeping";
import { fingerprint, judge, MOST, SLICE, slice, slices, sniffed, type Chosen } from "../src/recordings/file";
import { Memory } from "../src/recordings/memory";
import { Pace } from "../src/recordings/pace";
import { Upload, type Line, type Progress } from "../src/recordings/upload";

function file(bytes: Uint8Array, name = "gesprek.mp3"): Chosen & { gone?: boolean } {
  const made = {
    name,
    size: bytes.length,
    type: "",
    lastModified: 1_770_000_000_000,
    gone: false,
    slice: (start: number, end: number) => ({
      arrayBuffer: async () => {
        if (made.gone) throw new Error("gone");
        return bytes.slice(start, end).buffer as ArrayBuffer;
      },
    }),
  };
  return made;
}

function noise(size: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 997) bytes[at] = (at * 31 + seed) % 256;
  return bytes;
}

/** Compared by hand: the test runner compares a million bytes one object at a time. */
const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** A server that keeps pieces, on a line that breaks by `breaks`: before the piece arrives, or before the answer does. */
class Server implements Line {
  readonly pieces = new Map<number, Uint8Array>();
  state = "none";
  puts = 0;
  pauses = 0;
  refuses: { status: number; json: unknown } | null = null;

  constructor(private readonly breaks: () => "before" | "after" | "busy" | "signed_out" | "fine") {}

  async ask(method: string, url: string, { json, body }: { json?: unknown; body?: Uint8Array } = {}) {
    const how = this.breaks();
    if (how === "before") throw new TypeError("no network");
    if (how === "busy") return { status: 503, json: null };
    if (how === "signed_out") return { status: 401, json: null };
    const answer = this.answer(method, url, json, body);
    if (how === "after") throw new TypeError("no network");
    return answer;
  }

  private answer(method: string, url: string, json: unknown, body?: Uint8Array) {
    if (this.refuses) return this.refuses;
    if (url.endsWith("/opnames")) {
      if (this.state === "none") this.state = "receiving";
      return { status: 200, json: {} };
    }
    if (url.endsWith("/stukken.json")) {
      return { status: 200, json: { state: this.state, have: [...this.pieces.keys()].map((number) => [0, number]) } };
    }
    if (url.endsWith("/klaar")) {
      const [count] = (json as { parts: [number] }).parts;
      if (this.pieces.size < count) return { status: 409, json: { missing: [] } };
      this.state = "whole";
      return { status: 200, json: {} };
    }
    this.puts += 1;
    expect(method).toBe("PUT");
    this.pieces.set(Number(url.split("/").at(-1)), body as Uint8Array);
    return { status: 200, json: {} };
  }

  async pause() {
    this.pauses += 1;
  }

  whole(): Uint8Array {
    return joined([...this.pieces].sort(([a], [b]) => a - b).map(([, piece]) => piece));
  }
}

const fine = () => "fine" as const;

describe("a file that comes in", () => {
  test("over a line that breaks anywhere the same bytes arrive, and nothing is sent that is there", async () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      let state = seed * 7919;
      const next = (below: number) => (state = (state * 48271) % 2147483647) % below;
      const bytes = noise(1 + next(4 * SLICE), seed);
      const server = new Server(() => (["before", "after", "busy", "signed_out", "fine", "fine", "fine", "fine"] as const)[next(8)] as "fine");
      const seen: Progress[] = [];
      const upload = new Upload("r", "i", file(bytes), "audio/mpeg", server, (progress) => {
        seen.push(progress);
        // Now and then the person pauses, and goes on: at once, or when it stands still.
        if (progress.at === "sending" && next(6) === 0) {
          upload.pause();
          if (next(2)) upload.goOn();
        }
      });
      for (let turn = 0; turn < 60 && seen.at(-1)?.at !== "done"; turn += 1) {
        await upload.run();
        await new Promise((resolve) => setTimeout(resolve));
      }
      expect(server.state).toBe("whole");
      expect(same(server.whole(), bytes)).toBe(true);
      const sent = seen.flatMap((progress) => (progress.at === "sending" ? [progress.sent] : []));
      expect(Math.max(...sent)).toBe(bytes.length);
    }
  });

  test("after a reload only the rest is sent", async () => {
    const bytes = noise(3 * SLICE + 5, 4);
    const server = new Server(fine);
    server.state = "receiving";
    server.pieces.set(0, await slice(file(bytes), 0)).set(2, await slice(file(bytes), 2));
    await new Upload("r", "i", file(bytes), "audio/mpeg", server, () => undefined).run();
    expect(server.puts).toBe(2);
    expect(same(server.whole(), bytes)).toBe(true);
    await new Upload("r", "i", file(bytes), "audio/mpeg", server, () => undefined).run();
    expect(server.puts).toBe(2);
  });

  test("a no of the server is said with its own sentence; a file that is away is said too", async () => {
    const seen: Progress[] = [];
    const server = new Server(fine);
    server.refuses = { status: 422, json: { error: "Dit mag niet." } };
    await new Upload("r", "i", file(noise(10, 1)), "audio/mpeg", server, (progress) => seen.push(progress)).run();
    expect(seen).toEqual([{ at: "refused", sentence: "Dit mag niet." }]);
    const away = file(noise(10, 1));
    away.gone = true;
    await new Upload("r", "i", away, "audio/mpeg", new Server(fine), (progress) => seen.push(progress)).run();
    expect(seen.at(-1)).toEqual({ at: "file_gone" });
  });
});

describe("a file that is chosen", () => {
  const text = (words: string, rest = 40) => new Uint8Array([...words].map((letter) => letter.charCodeAt(0)).concat(Array(rest).fill(0)));

  test("is known by what is in it", async () => {
    expect(sniffed(text("OggS"))).toBe("audio/ogg");
    expect(sniffed(text("RIFF....WAVE"))).toBe("audio/wav");
    expect(sniffed(text("....ftypM4A "))).toBe("audio/mp4");
    expect(sniffed(new Uint8Array([0x1a, 0x45, 0xdf, 0xa3]))).toBe("audio/webm");
    expect(sniffed(text("ID3"))).toBe("audio/mpeg");
    expect(await judge(file(text("%PDF-1.7"), "stiekem.m4a"))).toEqual({ refused: "wrong_kind" });
    expect(await judge(file(text("rommel"), "gesprek.mp3"))).toEqual({ type: "audio/mpeg" });
    expect(await judge(file(new Uint8Array()))).toEqual({ refused: "empty" });
    expect(await judge({ ...file(text("ID3")), size: MOST + 1 })).toEqual({ refused: "too_large" });
  });

  test("is cut without a gap", async () => {
    for (const size of [1, SLICE - 1, SLICE, SLICE + 1, 2 * SLICE]) {
      const bytes = noise(size, size);
      const cut = await Promise.all(Array.from({ length: slices(size) }, (_, number) => slice(file(bytes), number)));
      expect(same(joined(cut), bytes)).toBe(true);
    }
  });

  test("is known again, and not taken for another", async () => {
    const bytes = noise(2 * SLICE, 1);
    const other = bytes.slice();
    other[other.length - 1] = 255;
    const prints = await Promise.all([file(bytes), file(bytes), file(bytes, "twee.mp3"), file(other)].map(fingerprint));
    expect(prints[0]).toBe(prints[1]);
    expect(new Set(prints).size).toBe(3);
    const values = new Map<string, unknown>();
    const shelf = {
      list: async (kind: string, prefix: string) =>
        [...values].filter(([key]) => key.startsWith(`${kind} ${prefix}`)).map(([key, value]) => [key, value]),
      put: async (kind: string, id: string, value: unknown) => void values.set(`${kind} ${id}`, value),
      remove: async (kind: string, id: string) => void values.delete(`${kind} ${id}`),
    };
    const memory = new Memory(Promise.resolve(shelf as never), "i");
    await memory.keep({ recording: "r", interview: "i", fingerprint: prints[0] as string, name: "gesprek.mp3", size: 9 });
    expect((await memory.find(prints[1] as string))?.recording).toBe("r");
    expect(await memory.find(prints[3] as string)).toBeUndefined();
    expect(await new Memory(Promise.resolve(shelf as never), "j").all()).toEqual([]);
    expect(await new Memory(Promise.resolve(null), "i").all()).toEqual([]);
    await memory.forget("r");
    expect(await memory.all()).toEqual([]);
  });
});

describe("how long it still takes", () => {
  test("is said from the last twenty seconds, and not too early", () => {
    const pace = new Pace();
    pace.note(0, 0);
    pace.note(1000, 1000);
    expect(pace.left(100_000)).toBeNull();
    pace.note(5000, 5000);
    expect(pace.left(100_000)).toBe(95_000);
    pace.broke();
    expect(pace.left(100_000)).toBeNull();
    for (let second = 0; second <= 60; second += 1) pace.note(second * 1000, second < 40 ? second * 10 : second * 1000);
    expect(pace.left(120_000)).toBeLessThan(70_000);
  });
});
