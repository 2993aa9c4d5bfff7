/** Between places in the reading (code points) and places on the screen (DOM ranges and rectangles). */

import type { Span } from "../text/units";
import { Reading, type Turn } from "./reading";

export class Places {
  readonly reading: Reading;
  private readonly elements: HTMLElement[];

  constructor(readonly root: HTMLElement) {
    const found = [...root.querySelectorAll<HTMLElement>("[data-turn][data-start]")];
    // One text node per turn: offsets into it are what the server counts.
    for (const element of found) if (element.childNodes.length !== 1) element.textContent = element.textContent ?? "";
    const byStart = found
      .map((element) => ({ element, number: Number(element.dataset["turn"]), start: Number(element.dataset["start"]), lines: numbers(element.dataset["lines"]) }))
      .sort((a, b) => a.start - b.start);
    this.reading = new Reading(byStart.map((each) => ({ ...each, text: each.element.textContent ?? "" })));
    this.elements = byStart.map((each) => each.element);
  }

  /** The element with the text of a turn, by index. */
  element(index: number): HTMLElement {
    return this.elements[index] as HTMLElement;
  }

  /** The block of a turn (gutter, text, margin), by index. */
  block(index: number): HTMLElement {
    return this.element(index).closest<HTMLElement>(".turn") ?? this.element(index);
  }

  indexOfBlock(block: Element): number {
    const text = block.querySelector<HTMLElement>("[data-turn]") ?? (block as HTMLElement);
    return this.elements.indexOf(text);
  }

  /** The DOM range of a span. */
  range(span: Span): Range {
    const range = document.createRange();
    const [startNode, startOffset] = this.point(span.start);
    const [endNode, endOffset] = this.point(span.end, span.end > span.start);
    range.setStart(startNode, startOffset);
    range.setEnd(endNode, endOffset);
    return range;
  }

  /** The span that the person selected in the text with mouse or system handles; null where that is elsewhere or nothing. */
  selected(): Span | null {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    const start = this.offsetOf(range.startContainer, range.startOffset, "after");
    const end = this.offsetOf(range.endContainer, range.endOffset, "before");
    return start === null || end === null || start >= end ? null : { start, end };
  }

  /** The place in the reading at a point of the screen; null where that is not on a turn's text. */
  offsetAt(x: number, y: number): number | null {
    let node: Node | null = null;
    let offset = 0;
    if ("caretPositionFromPoint" in document && document.caretPositionFromPoint) {
      const position = document.caretPositionFromPoint(x, y);
      node = position?.offsetNode ?? null;
      offset = position?.offset ?? 0;
    } else {
      const range = document.caretRangeFromPoint(x, y);
      node = range?.startContainer ?? null;
      offset = range?.startOffset ?? 0;
    }
    const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement?.closest<HTMLElement>("[data-turn]") : null;
    return element && node ? this.offsetOf(node, offset, "after") : null;
  }

  private point(offset: number, endOfSpan = false): [Node, number] {
    // The end of a span that ends with its turn belongs to that turn, not to the next.
    const index = this.reading.indexAt(endOfSpan ? offset - 1 : offset);
    const turn = this.reading.turns[index] as Turn;
    return textPoint(this.element(index), turn.points.toUtf16(offset - turn.start));
  }

  private offsetOf(node: Node, offset: number, outside: "before" | "after"): number | null {
    const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : (node as Element);
    const element = holder?.closest<HTMLElement>("[data-turn]");
    if (element && this.root.contains(element)) {
      const turn = this.reading.turns[this.elements.indexOf(element)] as Turn;
      return turn.start + turn.points.fromUtf16(unitsBefore(element, node, offset));
    }
    // A drag that begins or ends in a gutter, or outside the text: the nearest turn on the inner side.
    const mark = document.createRange();
    mark.setStart(node, offset);
    mark.collapse(true);
    const ordered = outside === "after" ? this.elements : [...this.elements].reverse();
    const near = ordered.find((each) => {
      const side = mark.comparePoint(each, 0);
      return outside === "after" ? side >= 0 : side <= 0;
    });
    if (!near) return null;
    const turn = this.reading.turns[this.elements.indexOf(near)] as Turn;
    return outside === "after" ? turn.start : turn.end;
  }
}

function numbers(text: string | undefined): number[] {
  return text ? text.split(" ").map(Number) : [];
}

function textPoint(element: HTMLElement, unit: number): [Node, number] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = unit;
  let last: [Node, number] = [element, 0];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = (node as Text).data.length;
    if (left <= length) return [node, left];
    left -= length;
    last = [node, length];
  }
  return last;
}

function unitsBefore(element: HTMLElement, node: Node, offset: number): number {
  if (element.firstChild === node && node.nodeType === Node.TEXT_NODE) return offset;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(node, offset);
  return before.toString().length;
}
