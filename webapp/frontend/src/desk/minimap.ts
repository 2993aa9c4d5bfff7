/** The whole interview as a thin strip: a dash of colour per segment, and a frame for what is on the screen. */

import type { Segments } from "./model";
import type { Places } from "./place";

/** For eyes and mouse only: what it shows is in the margin and the lists too. */
export class Minimap {
  private readonly strip: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly frame: HTMLElement;
  private waiting = false;

  constructor(
    private readonly places: Places,
    private readonly segments: Segments,
  ) {
    this.strip = document.createElement("div");
    this.strip.className = "minimap";
    this.strip.setAttribute("aria-hidden", "true");
    this.canvas = document.createElement("canvas");
    this.frame = document.createElement("div");
    this.frame.className = "minimap__frame";
    this.strip.append(this.canvas, this.frame);
    places.root.after(this.strip);
    this.strip.addEventListener("pointerdown", (event) => {
      this.strip.setPointerCapture(event.pointerId);
      this.jump(event.clientY);
    });
    this.strip.addEventListener("pointermove", (event) => {
      if (this.strip.hasPointerCapture(event.pointerId)) this.jump(event.clientY);
    });
    window.addEventListener("scroll", () => this.follow(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(places.root);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  /** Draw all dashes, in the next frame. */
  draw(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.paint();
      this.follow();
    });
  }

  private paint(): void {
    const { root, reading } = this.places;
    const whole = root.scrollHeight;
    const tops = reading.turns.map((_, index) => this.places.block(index).offsetTop);
    const heights = reading.turns.map((_, index) => this.places.element(index).offsetHeight);
    const width = this.strip.clientWidth;
    const height = this.strip.clientHeight;
    const context = this.canvas.getContext("2d");
    if (!context || !whole || !width) return;
    const sharp = window.devicePixelRatio || 1;
    this.canvas.width = width * sharp;
    this.canvas.height = height * sharp;
    context.scale(sharp, sharp);
    const hues = new Map<string, string>();
    const at = (offset: number): number => {
      const index = reading.indexAt(offset);
      const turn = reading.turns[index];
      if (!turn) return 0;
      const part = turn.end > turn.start ? Math.min(1, (offset - turn.start) / (turn.end - turn.start)) : 0;
      return (((tops[index] ?? 0) + part * (heights[index] ?? 0)) / whole) * height;
    };
    for (const segment of this.segments.all()) {
      const top = at(segment.start);
      context.fillStyle = this.hue(hues, segment.group);
      context.globalAlpha = segment.mine ? 0.85 : 0.45;
      context.fillRect(segment.mine ? 2 : width / 2, top, width / 2 - 2, Math.max(2, at(segment.end) - top));
    }
  }

  private hue(known: Map<string, string>, group: string): string {
    const found = known.get(group);
    if (found) return found;
    const probe = document.createElement("span");
    probe.className = `theme--${group}`;
    this.strip.append(probe);
    const hue = getComputedStyle(probe).getPropertyValue("--hue").trim() || "currentcolor";
    probe.remove();
    known.set(group, hue);
    return hue;
  }

  private follow(): void {
    const box = this.places.root.getBoundingClientRect();
    const height = this.strip.clientHeight;
    if (!box.height || !height) return;
    const top = Math.max(0, -box.top / box.height);
    const bottom = Math.min(1, (window.innerHeight - box.top) / box.height);
    this.frame.style.top = `${top * height}px`;
    this.frame.style.height = `${Math.max(12, (bottom - top) * height)}px`;
  }

  private jump(clientY: number): void {
    const strip = this.strip.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (clientY - strip.top) / strip.height));
    const box = this.places.root.getBoundingClientRect();
    window.scrollTo({ top: window.scrollY + box.top + part * box.height - window.innerHeight / 2 });
  }
}
