import { expect, test, vi } from "vitest";
import { History } from "../src/typing/history";
import * as model from "../src/typing/model";
import { reconcile, type Local, type Server } from "../src/typing/reconcile";
import { Saver, type Conflict, type Outside } from "../src/typing/saver";
import { fromWire, toWire } from "../src/typing/wire";
import { around, beside, chosen, find, fromLines, parts, putIn, replace, share, shortTime, timeOf, withoutBsn } from "../src/typing/words";

const SPEAKERS = [
  { label: "I", role: "interviewer" },
  { label: "R", role: "interviewee" },
] as const;

const text = (...lines: string[]): model.Text => ({
  speakers: SPEAKERS,
  turns: lines.map((line, place) => model.turn("IR"[place % 2] as string, line)),
});
const said = (one: model.Text): string[] => one.turns.map((turn) => turn.text);

/** The same numbers every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const PIECES = ["a", "é", " ", "🙂", "...", "[lacht]", "ñ", "een woord ", "👩‍👧"];

/** One thing somebody does, on the text and on a plain list of [speaker, words] that does the same by hand. */
function step(next: (below: number) => number, now: model.Text, plain: [string | null, string][]): [model.Text, [string | null, string][]] {
  const place = next(now.turns.length);
  const { id, text: words, speaker } = now.turns[place] as model.Turn;
  const list = plain.map((one) => [...one] as [string | null, string]);
  const cut = next(words.length + 1);
  switch (next(7)) {
    case 0: {
      const typed = words.slice(0, cut) + PIECES[next(PIECES.length)] + words.slice(cut);
      list[place] = [speaker, typed];
      return [model.edit(now, id, typed), list];
    }
    case 1:
      list.splice(place, 1, [speaker, words.slice(0, cut)], [speaker, words.slice(cut)]);
      return [model.split(now, id, cut, speaker, null).text, list];
    case 2: {
      const before = list[place - 1];
      if (before) {
        const room = before[1] && words && !/\s$/.test(before[1]) && !/^\s/.test(words) ? " " : "";
        list.splice(place - 1, 2, [before[1] ? before[0] : speaker, before[1] + room + words]);
      }
      return [model.merge(now, id).text, list];
    }
    case 3: {
      const way = next(2) ? 1 : -1;
      const other = list[place + way];
      if (other) [list[place], list[place + way]] = [other, [speaker, words]];
      return [model.move(now, id, way), list];
    }
    case 4:
      if (list.length === 1) list[0] = [speaker, ""];
      else list.splice(place, 1);
      return [model.remove(now, id).text, list];
    case 5:
      list[place] = ["R", words];
      return [model.speak(now, id, "R"), list];
    default: {
      const put = [model.turn("I", "geplakt"), model.turn("R", "ook")];
      list.splice(words.trim() ? place + 1 : place, words.trim() ? 0 : 1, ["I", "geplakt"], ["R", "ook"]);
      return [model.insert(now, id, put).text, list];
    }
  }
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))("whatever one does, the text is what was done (seed %i)", (seed) => {
  const next = numbers(seed);
  let now = text("Hoe gaat het?", "Goed.", "En thuis?");
  let plain = now.turns.map((one): [string | null, string] => [one.speaker, one.text]);
  const history = new History(now);
  const seen: model.Text[] = [now];
  for (let count = 0; count < 60; count += 1) {
    const [after, list] = step(next, now, plain);
    history.change(after, null, "", count * 5000);
    if (after !== now) seen.push(after);
    now = after;
    plain = list;
    expect(now.turns.map((one) => [one.speaker, one.text])).toEqual(plain);
    expect(new Set(now.turns.map((one) => one.id)).size).toBe(now.turns.length);
  }
  for (const earlier of seen.slice(0, -1).reverse()) expect(history.undo(null)?.text).toBe(earlier);
  expect(history.undo(null)).toBeNull();
  for (const later of seen.slice(1)) expect(history.redo(null)?.text).toBe(later);
});

test("typing within a second is one step back, a pause makes two", () => {
  const start = text("a");
  const id = start.turns[0]?.id as number;
  const history = new History(start);
  history.change(model.edit(history.text, id, "ab"), null, "edit 1", 0);
  history.change(model.edit(history.text, id, "abc"), null, "edit 1", 900);
  history.change(model.edit(history.text, id, "abcd"), null, "edit 1", 1100);
  expect(said(history.undo(null)?.text as model.Text)).toEqual(["abc"]);
  expect(said(history.undo(null)?.text as model.Text)).toEqual(["a"]);
});

test("Enter gives the word to the other, and in an empty turn only changes who talks", () => {
  const start = text("Hoe gaat het?");
  const one = model.enter(start, start.turns[0]?.id as number, 13, 4000);
  expect(one.text.turns.map((turn) => [turn.speaker, turn.text, turn.start])).toEqual([
    ["I", "Hoe gaat het?", null],
    ["R", "", 4000],
  ]);
  const two = model.enter(one.text, one.cursor?.id as number, 0, null);
  expect(two.text.turns.map((turn) => turn.speaker)).toEqual(["I", "I"]);
});

test("a new speaker gets the next free label", () => {
  const one = model.addSpeaker(text("a"), "interviewee");
  expect(one.label).toBe("R2");
  expect(model.addSpeaker(one.text, "companion").label).toBe("B");
});

test("a text goes over the line and comes back", () => {
  const one = text("Hoe gaat het?", "Goed 🙂");
  expect(model.same(fromWire(toWire(one)), one)).toBe(true);
  expect(fromWire({ turns: [], speakers: [] }).turns).toHaveLength(1);
});

test("marks keep words apart and go around what is chosen", () => {
  expect(putIn("ja nee", 2, 2, "[lacht]")).toEqual({ words: "ja [lacht] nee", at: 10 });
  expect(putIn("", 0, 0, "[stilte]").words).toBe("[stilte]");
  expect(around("een cursus ja", 4, 10, { before: "(", after: "?)" })).toEqual({ words: "een (cursus?) ja", at: 13 });
  expect(around("ab", 1, 1, { before: "//", after: "//" })).toEqual({ words: "a////b", at: 3 });
});

test("times are said with as few figures as it takes", () => {
  expect([0, 83_000, 750_000, 3_723_000].map(shortTime)).toEqual(["0.00", "1.23", "12.30", "1.02.03"]);
  expect(timeOf(751_000, ":")).toBe("00:12:31");
});

test("the share is the same as the server says", () => {
  expect(share(text("Hoe gaat het?", "[lacht] Goed."))).toEqual({ told: 1, total: 4 });
  for (const [told, total, part, of] of [[72, 100, 3, 4], [0, 4, 0, 1], [4, 4, 1, 1], [1, 90, 1, 10], [89, 90, 9, 10], [1, 2, 1, 2], [2, 3, 2, 3]] as const) {
    expect(parts(told, total)).toEqual({ told: part, of });
  }
  expect(parts(0, 0)).toBeNull();
});

test("find and replace, capitals or not, and nothing else", () => {
  const one = text("De bus. De BUS (bus?)", "geen");
  const places = find(one, "bus");
  expect(places).toHaveLength(3);
  expect(said(replace(one, places, "tram"))).toEqual(["De tram. De tram (tram?)", "geen"]);
  expect(find(one, "(bus?)")).toHaveLength(1);
});

test("pasted lines have a speaker and a time", () => {
  const turns = fromLines("[00:12:30] I: Dag.\nR1: Hallo: zei ik.\n\nen verder", SPEAKERS);
  expect(turns.map((one) => [one.speaker, one.text, one.start])).toEqual([
    ["I", "Dag.", 750_000],
    ["R1", "Hallo: zei ik.", null],
    ["R1", "en verder", null],
  ]);
});

test("nine digits that are a BSN are gone, a telephone number stays", () => {
  expect(withoutBsn("nummer 111222333 en 1112.22.333")).not.toMatch(/222/);
  expect(withoutBsn("bel 0612345678 of 123456789")).toBe("bel 0612345678 of 123456789");
});

test.each(Array.from({ length: 20 }, (_, seed) => seed))("two texts side by side hold every turn of both (seed %i)", (seed) => {
  const next = numbers(seed + 100);
  let left = text("a", "b", "c", "d");
  let right = left;
  for (let count = 0; count < 8; count += 1) {
    [left] = step(next, left, left.turns.map((one) => [one.speaker, one.text]));
    [right] = step(next, right, right.turns.map((one) => [one.speaker, one.text]));
  }
  const pairs = beside(left, right);
  expect(pairs.flatMap((one) => (one.left ? [one.left] : []))).toEqual(left.turns);
  expect(pairs.flatMap((one) => (one.right ? [one.right] : []))).toEqual(right.turns);
  expect(said(chosen(left, right, pairs, () => "left")).filter(Boolean)).toEqual(said(left).filter(Boolean));
  expect(said(chosen(left, right, pairs, () => "right")).filter(Boolean)).toEqual(said(right).filter(Boolean));
  expect(model.below(left, right).turns).toHaveLength(left.turns.length + right.turns.length);
});

// Opening.

const server = (part: Partial<Server> = {}): Server => ({ base: null, version: 3, save: "s3", text: text("server"), fresh: true, at: 10, ...part });
const local = (part: Partial<Local> = {}): Local => ({ tab: "t", base: null, version: 3, after: [], text: text("telefoon"), dirty: true, at: 20, ...part });

test("words that the server does not have go on, from where they were made", () => {
  expect(reconcile(server(), local())).toMatchObject({ from: "phone", version: 3, dirty: true });
  expect(reconcile(server({ version: 5, save: "b" }), local({ after: ["a", "b", "c"] }))).toMatchObject({ from: "phone", version: 5, after: ["c"] });
  expect(reconcile(server({ version: 9 }), local())).toMatchObject({ from: "phone", version: 3 });
});

test("what the server has already is not a restored text", () => {
  const same = text("zelfde");
  expect(reconcile(server({ text: same }), local({ text: same }))).toMatchObject({ from: "server", dirty: false });
  expect(reconcile(server(), local({ dirty: false, version: 0 })).from).toBe("server");
  // The server made its page while a save of the page before it was under way.
  expect(reconcile(server(), local({ dirty: false, version: 9 })).from).toBe("phone");
  expect(reconcile(server(), local({ dirty: false, version: 9, base: "handed-in" })).from).toBe("server");
  expect(reconcile(server({ fresh: false }), local({ dirty: false, version: 4 })).from).toBe("phone");
  expect(reconcile(server(), null).from).toBe("server");
});

// Saving.

/** A server that keeps aside what is not based on the newest, as ours does. */
class Place {
  version = 0;
  newest = "";
  readonly read = new Map<string, model.Text>();
  take(body: any): { status: number; json: any } {
    const words = fromWire(body);
    this.read.set(body.save, words);
    const fits = body.version === this.version || body.after.includes(this.newest);
    if (!fits) return { status: 409, json: { version: this.version, base: null, turns: [], speakers: [], aside: [], aside_id: body.save } };
    this.version += 1;
    this.newest = body.save;
    return { status: 200, json: { version: this.version, base: null, saved_at: "2026-03-03T10:00:00+00:00", bsn: [] } };
  }
}

interface Device {
  saver: Saver;
  box: { id: string; body: any }[];
  kept: Local[];
  conflicts: Conflict[];
}

function device(start: model.Text, version = 0): Device {
  const made = { box: [], kept: [], conflicts: [] } as unknown as Device;
  let count = 0;
  const outside: Outside = {
    keep: async (one) => void made.kept.push(one),
    // The newest takes the place of one that waits.
    send: async (id, body) => void (made.box = [{ id, body }]),
    newId: () => `${Math.random()}-${(count += 1)}`,
    now: () => Date.now(),
    changed: () => undefined,
    conflict: (one) => void made.conflicts.push(one),
    bsn: () => undefined,
  };
  made.saver = new Saver(outside, "t", { from: "server", text: start, base: null, version, after: [], dirty: false });
  return made;
}

test("it is on this phone before it goes anywhere, and soon after the last key", async () => {
  vi.useFakeTimers();
  const one = device(text(""));
  one.saver.change(text("dag"));
  await vi.advanceTimersByTimeAsync(400);
  expect(one.kept.map((each) => [said(each.text)[0], each.dirty])).toEqual([["dag", true]]);
  expect(one.box).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1600);
  expect(one.box).toHaveLength(1);
  expect(one.kept.at(-1)?.after).toEqual([one.box[0]?.id]);
  vi.useRealTimers();
});

test("who keeps typing is saved each five seconds", async () => {
  vi.useFakeTimers();
  const one = device(text(""));
  for (let count = 0; count < 60; count += 1) {
    one.saver.change(text(`woord ${count}`));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(one.box).toHaveLength(1);
  vi.useRealTimers();
});

test.each(Array.from({ length: 25 }, (_, seed) => seed))("answers that come late or never make no conflict with oneself (seed %i)", async (seed) => {
  const next = numbers(seed + 500);
  const place = new Place();
  const one = device(text(""));
  for (let count = 0; count < 30; count += 1) {
    one.saver.change(text(`tekst ${count}`));
    await one.saver.flush();
    const item = one.box[0];
    if (!item || next(3) === 0) continue; // Not sent yet: the next one takes its place.
    const answer = place.take(item.body);
    if (next(3) > 0) {
      one.box = [];
      one.saver.answered(item.id, answer.status, answer.json);
    }
  }
  expect(one.conflicts).toEqual([]);
  await one.saver.flush();
  const rest = one.box[0];
  if (rest) one.saver.answered(rest.id, 200, place.take(rest.body).json);
  expect(said(place.read.get(place.newest) as model.Text)).toEqual(["tekst 29"]);
  expect(one.saver.dirty).toBe(false);
});

test("another's save between makes a conflict, and choosing goes on from theirs", async () => {
  const place = new Place();
  const one = device(text(""));
  const two = device(text(""));
  for (const [each, words] of [[two, "van twee"], [one, "van een"]] as const) {
    each.saver.change(text(words));
    await each.saver.flush();
    const item = each.box[0] as { id: string; body: any };
    const answer = place.take(item.body);
    each.saver.answered(item.id, answer.status, answer.json);
  }
  expect([one.conflicts.length, two.conflicts.length, one.saver.waitsForChoice]).toEqual([1, 0, true]);
  const aside = one.conflicts[0]?.aside_id as string;
  await one.saver.choose(text("allebei"), 1, null, [aside]);
  expect(one.box[0]?.body).toMatchObject({ version: 1, settles: [aside, aside], after: [] });
  one.saver.answered(one.box[0]?.id as string, 200, place.take(one.box[0]?.body).json);
  expect([one.saver.state, said(place.read.get(place.newest) as model.Text)]).toEqual(["saved", ["allebei"]]);
});

test("an answer to somebody else's save is not ours, and a busy server is asked again", async () => {
  const one = device(text(""));
  expect(one.saver.answered("vreemd", 200, { version: 4 })).toBe(false);
  one.saver.change(text("dag"));
  await one.saver.flush();
  expect(() => one.saver.answered(one.box[0]?.id as string, 409, { error: "even wachten" })).toThrow();
  one.saver.answered(one.box[0]?.id as string, 422, { error: "Dat kan niet." });
  expect([one.saver.state, one.saver.failed]).toEqual(["failed", "Dat kan niet."]);
});
