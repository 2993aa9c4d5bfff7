/** What happens to words: marks of the house rules, the share of the other, finding, pasted lines, times. */

import { newId, turn, type Speaker, type Text, type Turn } from "./model";

/** "00.12.30": hours, minutes and seconds, as people read a time. */
export function timeOf(ms: number, between = "."): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(between);
}

/** "0.03", "12.30", "1.02.30": a time with as few figures as it takes. */
export function shortTime(ms: number): string {
  return timeOf(ms).replace(/^(?:00\.)?0?(?=\d)/, "");
}

/** A mark of the house rules: put in at the cursor, or around the words that are chosen. Dutch in every language. */
export interface Mark {
  readonly before: string;
  readonly after: string;
  /** Stands by itself: a sound, a silence. Else it goes around words. */
  readonly whole?: boolean;
  /** Takes the time of the recording along. */
  readonly timed?: boolean;
}

export const MARKS: readonly Mark[] = [
  { before: "[lacht", after: "]", whole: true },
  { before: "[stilte", after: "]", whole: true },
  { before: "[pauze", after: "]", whole: true },
  { before: "[huilt", after: "]", whole: true },
  { before: "[onverstaanbaar", after: "]", whole: true, timed: true },
  { before: "(", after: "?)" },
  { before: "//", after: "//" },
  { before: "...", after: "" },
  { before: " --", after: "" },
];

/** Put `put` at the place of `start` to `end`, with a space where words would touch; the cursor goes behind it. */
export function putIn(words: string, start: number, end: number, put: string): { words: string; at: number } {
  const [left, right] = [words.slice(0, start), words.slice(end)];
  const before = left && !/[\s([/]$/.test(left) && /^[[(]/.test(put) ? " " : "";
  const after = right && /^[\p{L}\p{N}[(]/u.test(right) && /[\])]$/.test(put) ? " " : "";
  return { words: left + before + put + after + right, at: left.length + before.length + put.length };
}

/** Put `before` and `after` around what is chosen; without a choice the cursor goes between them. */
export function around(words: string, start: number, end: number, mark: Mark): { words: string; at: number } {
  const chosen = words.slice(start, end);
  const put = mark.before + chosen + mark.after;
  const at = chosen || !mark.after ? start + put.length : start + mark.before.length;
  return { words: words.slice(0, start) + put + words.slice(end), at };
}

const BRACKETS = /\[[^\]]*\]/g;
const WORD = /[\p{L}\p{N}]/u;

function count(words: string): number {
  return words
    .replace(BRACKETS, " ")
    .split(/\s+/)
    .filter((one) => WORD.test(one)).length;
}

// Counted once per turn: a turn that did not change is the same object.
const counted = new WeakMap<Turn, number>();

function countOf(one: Turn): number {
  let known = counted.get(one);
  if (known === undefined) {
    known = count(one.text);
    counted.set(one, known);
  }
  return known;
}

/** How many of the words the people who are interviewed said. */
export function share(text: Text): { told: number; total: number } {
  const telling = new Set(text.speakers.filter((one) => one.role === "interviewee").map((one) => one.label));
  let told = 0;
  let total = 0;
  for (const one of text.turns) {
    const words = countOf(one);
    total += words;
    if (one.speaker !== null && telling.has(one.speaker)) told += words;
  }
  return { told, total };
}

/** "About a of the b", b at most 10; null without words. The same as the server says. */
export function parts(told: number, total: number): { told: number; of: number } | null {
  if (!total) return null;
  let best = { told: 0, of: 1 };
  const off = (one: { told: number; of: number }): number => Math.abs(told * one.of - one.told * total) / (one.of * total);
  for (let of = 1; of <= 4; of += 1) {
    for (let part = 0; part <= of; part += 1) {
      if (off({ told: part, of }) < off(best) - 1e-12) best = { told: part, of };
    }
  }
  if (told > 0 && told < total && best.told === 0) return { told: 1, of: 10 };
  if (told > 0 && told < total && best.told === best.of) return { told: 9, of: 10 };
  return best;
}

export interface Place {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/** Every place where `wanted` stands, capitals or not. */
export function find(text: Text, wanted: string): Place[] {
  const found: Place[] = [];
  if (!wanted) return found;
  const pattern = new RegExp(wanted.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "giu");
  for (const one of text.turns) {
    for (const match of one.text.matchAll(pattern)) {
      found.push({ id: one.id, start: match.index, end: match.index + match[0].length });
    }
  }
  return found;
}

/** Put `replacement` at these places. */
export function replace(text: Text, places: readonly Place[], replacement: string): Text {
  const byTurn = new Map<number, Place[]>();
  for (const place of places) byTurn.set(place.id, [...(byTurn.get(place.id) ?? []), place]);
  if (!byTurn.size) return text;
  const turns = text.turns.map((one) => {
    const mine = byTurn.get(one.id);
    if (!mine) return one;
    let words = one.text;
    for (const place of [...mine].sort((a, b) => b.start - a.start)) {
      words = words.slice(0, place.start) + replacement + words.slice(place.end);
    }
    return { ...one, text: words };
  });
  return { ...text, turns };
}

const LINE = /^\s*(?:\[?(\d{1,2}):(\d{2})(?::(\d{2}))?\]?\s+)?(?:([A-Z]\d{0,2})\s*[:.]\s+)?(.*)$/u;

/** Lines that were pasted without network: "I: …", "[00:12:30] R1: …". With network the server reads them. */
export function fromLines(pasted: string, speakers: readonly Speaker[]): Turn[] {
  const turns: Turn[] = [];
  let speaker = speakers[0]?.label ?? null;
  for (const line of pasted.split(/\r\n|\r|\n/)) {
    const found = LINE.exec(line);
    const words = found?.[5]?.trim() ?? line.trim();
    if (!words) continue;
    speaker = found?.[4] ?? speaker;
    const [first, second, third] = [found?.[1], found?.[2], found?.[3]];
    const clock = first === undefined ? null : third === undefined ? [0, first, second] : [first, second, third];
    const start = clock && clock.reduce<number>((sum, part) => sum * 60 + Number(part), 0) * 1000;
    turns.push(turn(speaker, words, start));
  }
  return turns;
}

const NINE = /(?<![\p{L}\p{N}])\d(?:[ .-]?\d){8}(?![\p{L}\p{N}])/gu;

/** Nine digits that pass the eleven test: taken out before they are kept on the phone. The server looks further. */
export function withoutBsn(words: string, instead = "[BSN weggehaald]"): string {
  if (!/\d/.test(words)) return words;
  return words.replace(NINE, (found) => {
    const digits = [...found].filter((one) => /\d/.test(one)).map(Number);
    const sum = digits.reduce((total, digit, place) => total + digit * (place === 8 ? -1 : 9 - place), 0);
    return sum % 11 === 0 && digits.some((digit) => digit > 0) ? instead : found;
  });
}

/** A turn of one text beside its turn in the other. */
export interface Pair {
  readonly left: Turn | null;
  readonly right: Turn | null;
  readonly differs: boolean;
}

const said = (one: Turn): string => `${one.speaker ?? ""}\u0000${one.text}`;

/** Two texts turn by turn, the same turns next to each other. */
export function beside(left: Text, right: Text): Pair[] {
  const [a, b] = [left.turns, right.turns];
  let head = 0;
  while (head < a.length && head < b.length && said(a[head] as Turn) === said(b[head] as Turn)) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    said(a[a.length - 1 - tail] as Turn) === said(b[b.length - 1 - tail] as Turn)
  ) {
    tail += 1;
  }
  const pairs: Pair[] = [];
  for (let place = 0; place < head; place += 1) pairs.push(pair(a[place], b[place]));
  pairs.push(...aligned(a.slice(head, a.length - tail), b.slice(head, b.length - tail)));
  for (let place = tail; place > 0; place -= 1) pairs.push(pair(a[a.length - place], b[b.length - place]));
  return pairs;
}

function pair(left: Turn | undefined, right: Turn | undefined): Pair {
  return { left: left ?? null, right: right ?? null, differs: !left || !right || said(left) !== said(right) };
}

/** The longest common run of turns stays side by side; what lies between is set next to each other in order. */
function aligned(a: readonly Turn[], b: readonly Turn[]): Pair[] {
  const [one, two] = [a.map(said), b.map(said)];
  const table = Array.from({ length: one.length + 1 }, () => new Uint16Array(two.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    const [row, below] = [table[i] as Uint16Array, table[i + 1] as Uint16Array];
    for (let j = two.length - 1; j >= 0; j -= 1) {
      row[j] = one[i] === two[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  let [lefts, rights]: [Turn[], Turn[]] = [[], []];
  const flush = (): void => {
    for (let place = 0; place < Math.max(lefts.length, rights.length); place += 1) pairs.push(pair(lefts[place], rights[place]));
    [lefts, rights] = [[], []];
  };
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && one[i] === two[j]) {
      flush();
      pairs.push(pair(a[i], b[j]));
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      lefts.push(a[i] as Turn);
      i += 1;
    } else {
      rights.push(b[j] as Turn);
      j += 1;
    }
  }
  flush();
  return pairs;
}

export type Kept = "left" | "right" | "both";

/** The text that a person chose, pair by pair. */
export function chosen(left: Text, right: Text, pairs: readonly Pair[], kept: (index: number) => Kept): Text {
  const turns: Turn[] = [];
  pairs.forEach((one, index) => {
    if (!one.differs) {
      if (one.left) turns.push(one.left);
      return;
    }
    const choice = kept(index);
    if (choice !== "right" && one.left) turns.push(one.left);
    if (choice !== "left" && one.right) turns.push({ ...one.right, id: newId() });
  });
  const known = new Set(left.speakers.map((one) => one.label));
  const speakers = [...left.speakers, ...right.speakers.filter((one) => !known.has(one.label))];
  return { speakers, turns: turns.length ? turns : [turn(speakers[0]?.label ?? null)] };
}
