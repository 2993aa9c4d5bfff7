/**
 * The text that is typed, as values that never change, and everything that can be done to it. No page in here: each
 * change returns a new text, and where the cursor goes.
 */

export type Role = "interviewer" | "interviewee" | "companion" | "unknown";

export interface Speaker {
  readonly label: string;
  readonly role: Role;
}

export interface Turn {
  /** Of this page only; the server knows turns by their place. */
  readonly id: number;
  readonly speaker: string | null;
  readonly text: string;
  /** Milliseconds from the start of the recording. */
  readonly start: number | null;
  readonly end: number | null;
}

export interface Text {
  readonly turns: readonly Turn[];
  readonly speakers: readonly Speaker[];
}

/** Where somebody types: turn and position in UTF-16 units, as a text area counts. */
export interface Cursor {
  readonly id: number;
  readonly at: number;
}

export interface Change {
  readonly text: Text;
  readonly cursor: Cursor | null;
}

let last = 0;

export function newId(): number {
  last += 1;
  return last;
}

export function turn(speaker: string | null, text = "", start: number | null = null, end: number | null = null): Turn {
  return { id: newId(), speaker, text, start, end };
}

export function indexOf(text: Text, id: number): number {
  return text.turns.findIndex((one) => one.id === id);
}

export function turnOf(text: Text, id: number): Turn | undefined {
  return text.turns.find((one) => one.id === id);
}

function spliced(text: Text, at: number, gone: number, ...put: Turn[]): Text {
  const turns = text.turns.slice();
  turns.splice(at, gone, ...put);
  return { ...text, turns };
}

/** A change to one turn in place. */
function changed(text: Text, id: number, part: Partial<Turn>): Text {
  const index = indexOf(text, id);
  const was = text.turns[index];
  return was ? spliced(text, index, 1, { ...was, ...part }) : text;
}

/** Who would talk after turn `index`: the last one before it who is somebody else, else the next in the list. */
export function other(text: Text, index: number): string | null {
  const now = text.turns[index]?.speaker ?? null;
  for (let before = index - 1; before >= 0; before -= 1) {
    const speaker = text.turns[before]?.speaker ?? null;
    if (speaker !== null && speaker !== now) return speaker;
  }
  return next(text, now);
}

/** The speaker after `label` in the list; a tap on the label goes round. */
export function next(text: Text, label: string | null): string | null {
  const place = text.speakers.findIndex((one) => one.label === label);
  return text.speakers[(place + 1) % text.speakers.length]?.label ?? label;
}

export function edit(text: Text, id: number, words: string): Text {
  return changed(text, id, { text: words });
}

export function speak(text: Text, id: number, speaker: string | null): Text {
  return changed(text, id, { speaker });
}

export function setTime(text: Text, id: number, start: number | null): Text {
  return changed(text, id, { start });
}

/** Cut a turn in two at `at`. What stands right of it is the new turn, said by `speaker`, from `start`. */
export function split(text: Text, id: number, at: number, speaker: string | null, start: number | null): Change {
  const index = indexOf(text, id);
  const was = text.turns[index];
  if (!was) return { text, cursor: null };
  const right = turn(speaker, was.text.slice(at), start, was.end);
  const left: Turn = { ...was, text: was.text.slice(0, at), end: null };
  return { text: spliced(text, index, 1, left, right), cursor: { id: right.id, at: 0 } };
}

/** A new turn where the cursor is, for the other speaker. In an empty turn only the speaker changes. */
export function enter(text: Text, id: number, at: number, start: number | null): Change {
  const index = indexOf(text, id);
  const was = text.turns[index];
  if (!was) return { text, cursor: null };
  const speaker = other(text, index);
  if (!was.text.trim()) return { text: changed(text, id, { speaker }), cursor: { id, at: 0 } };
  return split(text, id, at, speaker, start);
}

/** Put a turn behind the one before it, with a space between where there is none. */
export function merge(text: Text, id: number): Change {
  const index = indexOf(text, id);
  const [before, was] = [text.turns[index - 1], text.turns[index]];
  if (!before || !was) return { text, cursor: null };
  const room = before.text && was.text && !/\s$/.test(before.text) && !/^\s/.test(was.text) ? " " : "";
  const words = before.text + room + was.text;
  const kept: Turn = {
    ...before,
    text: words,
    end: was.end ?? before.end,
    start: before.start ?? was.start,
    speaker: before.text ? before.speaker : was.speaker,
  };
  return { text: spliced(text, index - 1, 2, kept), cursor: { id: before.id, at: before.text.length + room.length } };
}

export function move(text: Text, id: number, step: 1 | -1): Text {
  const index = indexOf(text, id);
  const [was, beside] = [text.turns[index], text.turns[index + step]];
  if (!was || !beside) return text;
  return step === 1 ? spliced(text, index, 2, beside, was) : spliced(text, index - 1, 2, was, beside);
}

/** Take a turn away; of the last one only the words. */
export function remove(text: Text, id: number): Change {
  const index = indexOf(text, id);
  const was = text.turns[index];
  if (!was) return { text, cursor: null };
  if (text.turns.length === 1) return { text: changed(text, id, { text: "", start: null, end: null }), cursor: { id, at: 0 } };
  const rest = spliced(text, index, 1);
  const near = rest.turns[Math.min(index, rest.turns.length - 1)] as Turn;
  return { text: rest, cursor: { id: near.id, at: near.text.length } };
}

/** Put turns after turn `id`, or at the end. An empty turn `id` makes room for them. New speakers come along. */
export function insert(text: Text, id: number | null, turns: readonly Turn[], speakers: readonly Speaker[] = []): Change {
  const known = new Set(text.speakers.map((one) => one.label));
  const more = speakers.filter((one) => !known.has(one.label));
  const whole: Text = { ...text, speakers: [...text.speakers, ...more] };
  const found = id === null ? -1 : indexOf(text, id);
  const index = found < 0 ? text.turns.length - 1 : found;
  const was = text.turns[index];
  const empty = was !== undefined && !was.text.trim();
  const end = turns.at(-1);
  return {
    text: spliced(whole, empty ? index : index + 1, empty ? 1 : 0, ...turns),
    cursor: end ? { id: end.id, at: end.text.length } : null,
  };
}

const LETTERS: Record<Role, string> = { interviewer: "I", interviewee: "R", companion: "B", unknown: "S" };

/** One more voice, under the next free label of its role. */
export function addSpeaker(text: Text, role: Role): { text: Text; label: string } {
  const taken = new Set(text.speakers.map((one) => one.label));
  let label = LETTERS[role];
  for (let number = 2; taken.has(label); number += 1) label = `${LETTERS[role]}${number}`;
  return { text: { ...text, speakers: [...text.speakers, { label, role }] }, label };
}

/** Both texts, one below the other; every turn of both is in it. */
export function below(first: Text, second: Text): Text {
  return insertAll(first, second.turns, second.speakers);
}

function insertAll(text: Text, turns: readonly Turn[], speakers: readonly Speaker[]): Text {
  const known = new Set(text.speakers.map((one) => one.label));
  return {
    turns: [...text.turns, ...turns.map((one) => ({ ...one, id: newId() }))],
    speakers: [...text.speakers, ...speakers.filter((one) => !known.has(one.label))],
  };
}

/** Whether two texts say the same; ids do not count. */
export function same(one: Text, two: Text): boolean {
  if (one === two) return true;
  return (
    one.turns.length === two.turns.length &&
    one.speakers.length === two.speakers.length &&
    one.turns.every((turn, index) => {
      const beside = two.turns[index] as Turn;
      return (
        turn === beside ||
        (turn.text === beside.text &&
          turn.speaker === beside.speaker &&
          turn.start === beside.start &&
          turn.end === beside.end)
      );
    }) &&
    one.speakers.every((speaker, index) => {
      const beside = two.speakers[index] as Speaker;
      return speaker.label === beside.label && speaker.role === beside.role;
    })
  );
}
