/** The text of one research revision as the desk knows it: turns, words and sentences, all in code points of the revision. */

import { CodePoints } from "../text/offsets";
import { sentences, snap, words, type Span } from "../text/units";

export interface Turn {
  /** The number of its first line. */
  readonly number: number;
  /** Where each of its lines begins, in code points of the turn; empty where the page does not say. */
  readonly lines: readonly number[];
  /** Code point offset of the turn's text in the revision. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly points: CodePoints;
}

export class Reading {
  readonly turns: readonly Turn[];
  private readonly wordCache = new Map<number, Span[]>();
  private readonly sentenceCache = new Map<number, Span[]>();

  constructor(source: Iterable<{ number: number; start: number; text: string; lines?: readonly number[] }>) {
    this.turns = [...source]
      .map(({ number, start, text, lines = [] }) => {
        const points = new CodePoints(text);
        return { number, start, text, lines, points, end: start + points.length };
      })
      .sort((a, b) => a.start - b.start);
  }

  get end(): number {
    return this.turns.at(-1)?.end ?? 0;
  }

  /** Index of the turn that holds this offset; between two turns it is the one before. */
  indexAt(offset: number): number {
    let low = 0;
    let high = this.turns.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.turns[middle] as Turn).start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  turnAt(offset: number): Turn | undefined {
    return this.turns[this.indexAt(offset)];
  }

  /** The number of the line that holds this offset, as in the Word files. */
  lineAt(offset: number): number {
    const turn = this.turnAt(offset);
    if (!turn) return 0;
    const before = turn.lines.filter((begin) => begin <= offset - turn.start).length;
    return turn.number + Math.max(0, before - 1);
  }

  /** Indexes of the turns that a span touches, first to last. */
  touched(span: Span): number[] {
    const last = this.indexAt(Math.max(span.start, span.end - 1));
    const indexes: number[] = [];
    for (let index = this.indexAt(span.start); index <= last; index += 1) indexes.push(index);
    return indexes;
  }

  words(index: number): Span[] {
    return this.cached(this.wordCache, index, words);
  }

  sentences(index: number): Span[] {
    return this.cached(this.sentenceCache, index, sentences);
  }

  /** The words of a span; turns are joined by a line break. */
  textOf(span: Span): string {
    return this.touched(span)
      .map((index) => {
        const turn = this.turns[index];
        if (!turn) return "";
        return turn.text.slice(turn.points.toUtf16(span.start - turn.start), turn.points.toUtf16(span.end - turn.start));
      })
      .join("\n");
  }

  /** The span with half words made whole and without white space at its ends. */
  snapped(span: Span): Span {
    const first = this.turnAt(span.start);
    const last = this.turnAt(Math.max(span.start, span.end - 1));
    if (!first || !last) return span;
    const inFirst = this.snapInside(first, { start: span.start, end: Math.min(span.end, first.end) });
    const inLast = first === last ? inFirst : this.snapInside(last, { start: last.start, end: span.end });
    return { start: inFirst.start, end: Math.max(inFirst.start, inLast.end) };
  }

  private snapInside(turn: Turn, span: Span): Span {
    const cut = snap(turn.text, {
      start: turn.points.toUtf16(span.start - turn.start),
      end: turn.points.toUtf16(span.end - turn.start),
    });
    return this.inRevision(turn, cut);
  }

  private inRevision(turn: Turn, span: Span): Span {
    return {
      start: turn.start + turn.points.fromUtf16(span.start),
      end: turn.start + turn.points.fromUtf16(span.end),
    };
  }

  private cached(cache: Map<number, Span[]>, index: number, find: (text: string) => Span[]): Span[] {
    const known = cache.get(index);
    if (known) return known;
    const turn = this.turns[index];
    const spans = turn ? find(turn.text).map((span) => this.inRevision(turn, span)) : [];
    cache.set(index, spans);
    return spans;
  }
}
