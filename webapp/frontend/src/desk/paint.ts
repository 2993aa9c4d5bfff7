/** Colouring words without touching the text: CSS highlights, or flat spans in a browser that has none. */

import type { Span } from "../text/units";
import type { Segment } from "./model";
import type { Places } from "./place";

export interface Painter {
  /** Segments that came, faint, a colour per group. */
  put(segments: readonly Segment[]): void;
  /** A segment that went. */
  take(segment: Segment): void;
  /** The one that is pointed at or has the focus, in the tint of its group; null for none. */
  lit(span: Span | null, group?: string): void;
  /** The passage being selected. */
  selection(span: Span | null): void;
}

/** The groups that style sheets know; any other is painted as the last. */
const GROUPS = ["bel", "sys", "hlp", "wrd", "idee", "hue-6", "hue-7", "hue-8", "other"];
const groupOf = (group: string): string => (GROUPS.includes(group) ? group : "other");

export function makePainter(places: Places): Painter {
  return typeof Highlight === "function" && "highlights" in CSS ? new HighlightPainter(places) : new SpanPainter(places);
}

class HighlightPainter implements Painter {
  private readonly layers = new Map<string, Highlight>();
  private readonly ranges = new Map<string, Range>();

  constructor(private readonly places: Places) {
    for (const group of GROUPS) {
      this.layer(`segment-${group}`, 1);
      this.layer(`lit-${group}`, 2);
    }
    this.layer("selection", 3);
  }

  put(segments: readonly Segment[]): void {
    for (const segment of segments) {
      this.take(segment);
      const range = this.places.range(segment);
      this.ranges.set(segment.id, range);
      this.layers.get(`segment-${groupOf(segment.group)}`)?.add(range);
    }
  }

  take(segment: Segment): void {
    const range = this.ranges.get(segment.id);
    if (!range) return;
    this.ranges.delete(segment.id);
    for (const group of GROUPS) this.layers.get(`segment-${group}`)?.delete(range);
  }

  lit(span: Span | null, group = "other"): void {
    for (const each of GROUPS) this.layers.get(`lit-${each}`)?.clear();
    if (span) this.layers.get(`lit-${groupOf(group)}`)?.add(this.places.range(span));
  }

  selection(span: Span | null): void {
    this.layers.get("selection")?.clear();
    if (span && span.end > span.start) this.layers.get("selection")?.add(this.places.range(span));
  }

  private layer(name: string, priority: number): void {
    const highlight = new Highlight();
    highlight.priority = priority;
    this.layers.set(name, highlight);
    CSS.highlights.set(name, highlight);
  }
}

interface Layer extends Span {
  readonly name: string;
}

/** Each touched turn is cut once at all the edges in it, into spans that do not nest. */
class SpanPainter implements Painter {
  private readonly base = new Map<string, Layer>();
  private light: Layer[] = [];
  private chosen: Layer[] = [];

  constructor(private readonly places: Places) {}

  put(segments: readonly Segment[]): void {
    for (const { id, start, end, group } of segments) this.base.set(id, { start, end, name: `segment-${groupOf(group)}` });
    this.redraw(segments);
  }

  take(segment: Segment): void {
    if (this.base.delete(segment.id)) this.redraw([segment]);
  }

  lit(span: Span | null, group = "other"): void {
    const before = this.light;
    this.light = span ? [{ start: span.start, end: span.end, name: `lit-${groupOf(group)}` }] : [];
    this.redraw([...before, ...this.light]);
  }

  selection(span: Span | null): void {
    const before = this.chosen;
    this.chosen = span && span.end > span.start ? [{ start: span.start, end: span.end, name: "selection" }] : [];
    this.redraw([...before, ...this.chosen]);
  }

  private redraw(changed: readonly Span[]): void {
    const { reading } = this.places;
    const layers = [...this.base.values(), ...this.light, ...this.chosen];
    for (const index of new Set(changed.flatMap((span) => reading.touched(span)))) {
      const turn = reading.turns[index];
      if (!turn) continue;
      const here = layers.filter((layer) => layer.start < turn.end && turn.start < layer.end);
      const edges = new Set([turn.start, turn.end]);
      for (const layer of here) {
        edges.add(Math.max(turn.start, layer.start));
        edges.add(Math.min(turn.end, layer.end));
      }
      const cuts = [...edges].sort((a, b) => a - b);
      const pieces = cuts.slice(1).map((end, piece) => {
        const start = cuts[piece] as number;
        const text = turn.text.slice(turn.points.toUtf16(start - turn.start), turn.points.toUtf16(end - turn.start));
        const names = here.filter((layer) => layer.start <= start && end <= layer.end).map((layer) => layer.name);
        if (!names.length) return document.createTextNode(text);
        const span = document.createElement("span");
        span.className = names.join(" ");
        span.textContent = text;
        return span;
      });
      this.places.element(index).replaceChildren(...pieces);
    }
  }
}
