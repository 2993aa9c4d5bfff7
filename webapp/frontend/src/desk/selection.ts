/** Selecting by keyboard: pure moves over a reading. A span with start = end is a caret. */

import type { Span } from "../text/units";
import type { Reading } from "./reading";

export type Step = 1 | -1;

type Units = (reading: Reading, index: number) => readonly Span[];

const WORDS: Units = (reading, index) => reading.words(index);
const SENTENCES: Units = (reading, index) => reading.sentences(index);

export const isCaret = (span: Span): boolean => span.start === span.end;

/** A caret at the start of the next or previous turn, or where it was at either end. */
export function toTurn(reading: Reading, span: Span, step: Step): Span {
  const index = reading.indexAt(span.start) + step;
  const turn = reading.turns[Math.max(0, Math.min(reading.turns.length - 1, index))];
  return turn ? { start: turn.start, end: turn.start } : span;
}

/** The whole turn around the span. */
export function wholeTurn(reading: Reading, span: Span): Span {
  const turn = reading.turnAt(span.start);
  return turn ? { start: turn.start, end: turn.end } : span;
}

/** The sentence at the caret; where exactly that sentence is selected already, the next (or previous) one. */
export function sentence(reading: Reading, span: Span, step: Step = 1): Span {
  const here = unitAt(reading, SENTENCES, span.start);
  if (!here) return neighbour(reading, SENTENCES, span.start, step) ?? span;
  if (here.start !== span.start || here.end !== span.end) return here;
  return neighbour(reading, SENTENCES, span.start, step) ?? here;
}

/** A caret at the start of the next or previous word or sentence. */
export function moveCaret(reading: Reading, span: Span, unit: "word" | "sentence", step: Step): Span {
  const units = unit === "word" ? WORDS : SENTENCES;
  const next = neighbour(reading, units, span.start, step);
  return next ? { start: next.start, end: next.start } : span;
}

/** The same passage with its end one word or sentence further or back; it keeps at least one word. */
export function moveEnd(reading: Reading, span: Span, unit: "word" | "sentence", step: Step): Span {
  const units = unit === "word" ? WORDS : SENTENCES;
  if (isCaret(span)) {
    const here = unitAt(reading, units, span.start) ?? neighbour(reading, units, span.start, step);
    return here ?? span;
  }
  const ends = boundaries(reading, units, span.end, step, (one) => one.end);
  const end = step === 1 ? ends.find((each) => each > span.end) : ends.reverse().find((each) => each < span.end);
  return end !== undefined && end > span.start ? { start: span.start, end } : span;
}

/** The same passage with its start one word further or back; it keeps at least one word. */
export function moveStart(reading: Reading, span: Span, step: Step): Span {
  if (isCaret(span)) return moveEnd(reading, span, "word", step);
  const starts = boundaries(reading, WORDS, span.start, step, (one) => one.start);
  const start = step === 1 ? starts.find((each) => each > span.start) : starts.reverse().find((each) => each < span.start);
  return start !== undefined && start < span.end ? { start, end: span.end } : span;
}

function unitAt(reading: Reading, units: Units, offset: number): Span | undefined {
  return units(reading, reading.indexAt(offset)).find((one) => one.start <= offset && offset < one.end);
}

function boundaries(reading: Reading, units: Units, offset: number, step: Step, edge: (one: Span) => number): number[] {
  const index = reading.indexAt(Math.max(0, step === 1 ? offset : offset - 1));
  const around = [index - 1, index, index + 1].filter((each) => each >= 0 && each < reading.turns.length);
  return around.flatMap((each) => units(reading, each).map(edge));
}

function neighbour(reading: Reading, units: Units, offset: number, step: Step): Span | undefined {
  let index = reading.indexAt(offset);
  while (index >= 0 && index < reading.turns.length) {
    const spans = units(reading, index);
    const found =
      step === 1
        ? spans.find((one) => one.start > offset)
        : [...spans].reverse().find((one) => one.end <= offset || one.start < offset);
    if (found) return found;
    index += step;
  }
  return undefined;
}
