/**
 * The right margin: a bracket per segment with the theme's name beside it.
 *
 * Drawn for turns near the screen only, so that 2,000 segments cost no more than 20. Per batch of turns all places are read
 * first and all marks written after, which leaves the browser one layout to compute.
 */

import { lanes, stack } from "./lanes";
import type { Segment, Segments } from "./model";
import type { Places } from "./place";
import { say, type Words } from "../page/words";

const LABEL_HEIGHT = 24;
const LANE_WIDTH = 10;
const MOST_LANES = 6;

export interface MarginEvents {
  /** A segment's label is pointed at or focused; null when no longer. */
  lit(segment: Segment | null): void;
  /** A segment's label is pressed. */
  opened(segment: Segment, label: HTMLElement): void;
}

interface Measured {
  readonly index: number;
  readonly height: number;
  readonly marks: readonly { segment: Segment; top: number; bottom: number; begins: boolean }[];
}

export class Margin {
  private readonly hosts = new Map<number, HTMLElement>();
  private readonly near = new Set<number>();
  private readonly expanded = new Set<number>();
  private readonly watcher: IntersectionObserver;
  private width = 0;

  constructor(
    private readonly places: Places,
    private readonly segments: Segments,
    private readonly words: Words,
    private readonly events: MarginEvents,
  ) {
    this.watcher = new IntersectionObserver(
      (entries) => {
        const arrived: number[] = [];
        for (const entry of entries) {
          const index = places.indexOfBlock(entry.target);
          if (!entry.isIntersecting) this.near.delete(index);
          else if (!this.near.has(index)) {
            this.near.add(index);
            arrived.push(index);
          }
        }
        this.draw(arrived);
      },
      { rootMargin: "60% 0px" },
    );
    places.reading.turns.forEach((_, index) => this.watcher.observe(places.block(index)));
    new ResizeObserver(() => {
      const width = places.root.clientWidth;
      if (width === this.width) return;
      this.width = width;
      this.draw([...this.near]);
    }).observe(places.root);
    window.addEventListener("beforeprint", () => this.draw(places.reading.turns.map((_, index) => index)));
  }

  /** Draw the turns of these segments again. */
  refresh(touched: readonly Segment[]): void {
    const indexes = new Set(touched.flatMap((segment) => this.places.reading.touched(segment)));
    this.draw([...indexes].filter((index) => this.near.has(index)));
  }

  /** Mark the labels of these segments, as an answer to a press on the text. */
  point(ids: ReadonlySet<string>): void {
    this.places.root.querySelectorAll<HTMLElement>(".label").forEach((label) => {
      label.classList.toggle("is-pointed", ids.has(label.dataset["segment"] ?? ""));
    });
  }

  private draw(indexes: readonly number[]): void {
    const measured = indexes.map((index) => this.measure(index));
    for (const each of measured) this.write(each);
  }

  private measure(index: number): Measured {
    const turn = this.places.reading.turns[index];
    if (!turn) return { index, height: 0, marks: [] };
    const text = this.places.element(index).getBoundingClientRect();
    const marks = this.segments.touching(turn).map((segment) => {
      const here = { start: Math.max(turn.start, segment.start), end: Math.min(turn.end, segment.end) };
      const box = this.places.range(here).getBoundingClientRect();
      return { segment, top: box.top - text.top, bottom: box.bottom - text.top, begins: segment.start >= turn.start };
    });
    return { index, height: text.height, marks };
  }

  private write({ index, height, marks }: Measured): void {
    const host = this.host(index);
    const tallest = [...marks].sort((a, b) => b.bottom - b.top - (a.bottom - a.top) || a.top - b.top);
    const lane = new Map(lanes(tallest).map((number, order) => [tallest[order], Math.min(number, MOST_LANES - 1)]));
    const used = Math.max(-1, ...lane.values()) + 1;
    const begun = marks.filter((mark) => mark.begins);
    const needed = begun.length * LABEL_HEIGHT;
    const open = this.expanded.has(index);
    const room = open ? Math.max(height, needed) : Math.max(height, LABEL_HEIGHT);
    const { tops, hidden } = stack(
      begun.map((mark) => mark.top + 3),
      LABEL_HEIGHT,
      room,
    );
    host.style.minBlockSize = open ? `${needed}px` : "";
    host.style.setProperty("--lanes", String(used));
    const parts: HTMLElement[] = marks.map((mark) => bracket(mark, lane.get(mark) ?? 0));
    tops.forEach((top, order) => parts.push(this.label((begun[order] as (typeof begun)[number]).segment, top)));
    if (hidden || (open && needed > height)) {
      const last = tops.at(-1);
      const top = open ? needed : last === undefined ? 0 : last + LABEL_HEIGHT;
      parts.push(this.more(index, hidden, open ? top - LABEL_HEIGHT : top, open));
    }
    host.replaceChildren(...parts);
  }

  private host(index: number): HTMLElement {
    const known = this.hosts.get(index);
    if (known) return known;
    const host = document.createElement("div");
    host.className = "margin-labels";
    this.places.block(index).append(host);
    this.hosts.set(index, host);
    return host;
  }

  private label(segment: Segment, top: number): HTMLElement {
    const label = document.createElement("button");
    label.type = "button";
    label.className = `label theme--${segment.group}${segment.mine ? "" : " label--other"}${segment.pending ? " is-pending" : ""}`;
    label.dataset["segment"] = segment.id;
    label.style.top = `${top}px`;
    const name = document.createElement("span");
    name.className = "label__name";
    name.textContent = segment.name;
    label.append(name);
    if (!segment.mine) {
      const coder = document.createElement("span");
      coder.className = "label__coder";
      coder.textContent = segment.coder;
      label.append(coder);
    }
    label.title = segment.mine ? segment.name : `${segment.name} · ${segment.coder}`;
    label.addEventListener("mouseenter", () => this.events.lit(segment));
    label.addEventListener("mouseleave", () => this.events.lit(null));
    label.addEventListener("focus", () => this.events.lit(segment));
    label.addEventListener("blur", () => this.events.lit(null));
    label.addEventListener("click", () => this.events.opened(segment, label));
    return label;
  }

  private more(index: number, hidden: number, top: number, open: boolean): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "label label--more";
    button.style.top = `${top}px`;
    button.textContent = open ? say(this.words, "margin.fewer") : say(this.words, "margin.more", { count: hidden });
    button.setAttribute("aria-expanded", String(open));
    button.addEventListener("click", () => {
      if (open) this.expanded.delete(index);
      else this.expanded.add(index);
      this.draw([index]);
      this.hosts.get(index)?.querySelector<HTMLElement>(".label--more")?.focus();
    });
    return button;
  }
}

function bracket(mark: Measured["marks"][number], lane: number): HTMLElement {
  const element = document.createElement("span");
  element.className = `bracket theme--${mark.segment.group}${mark.begins ? "" : " bracket--goes-on"}`;
  element.setAttribute("aria-hidden", "true");
  element.dataset["segment"] = mark.segment.id;
  element.style.top = `${mark.top + 4}px`;
  element.style.height = `${Math.max(8, mark.bottom - mark.top - 8)}px`;
  element.style.insetInlineStart = `${lane * LANE_WIDTH}px`;
  return element;
}
