/** A board to draw on with a finger, a pen or a mouse: lines of 600 by 240, as the SVG path that the server knows. */

export const WIDTH = 600;
export const HEIGHT = 240;
/** Most characters of a path; the server's limit. */
export const LONGEST = 40_000;
/** A cross, for who cannot draw one. */
export const CROSS = "M230,60 L370,180 M370,60 L230,180";

const SVG = "http://www.w3.org/2000/svg";
const NEAR = 3;

export type Point = readonly [number, number];

/** Write lines as a path; points off the board come to its edge, and points close together are left out. */
export function pathOf(strokes: readonly (readonly Point[])[]): string {
  const parts: string[] = [];
  for (const stroke of strokes) {
    let last: Point | null = null;
    for (const point of stroke) {
      const here: Point = [fit(point[0], WIDTH), fit(point[1], HEIGHT)];
      if (last && Math.abs(here[0] - last[0]) < NEAR && Math.abs(here[1] - last[1]) < NEAR) continue;
      parts.push(`${last ? "L" : "M"}${here[0]},${here[1]}`);
      last = here;
    }
  }
  let length = 0;
  const room = parts.findIndex((part) => (length += part.length + 1) > LONGEST);
  return (room < 0 ? parts : parts.slice(0, room)).join(" ");
}

function fit(value: number, most: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(0, Math.round(value))) : 0;
}

export interface Board {
  path(): string;
  set(path: string): void;
}

/** Make `holder` a board; `changed` is called after each line. */
export function makeBoard(holder: HTMLElement, changed: () => void): Board {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  svg.append(line);
  holder.append(svg);
  let strokes: Point[][] = [];
  let fixed = "";
  let pen: number | null = null;

  const path = () => fixed || pathOf(strokes);
  const draw = () => line.setAttribute("d", dotted(path()));
  const place = (event: PointerEvent): Point => {
    const box = svg.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT];
  };

  svg.addEventListener("pointerdown", (event) => {
    if (pen !== null || event.button > 0) return;
    event.preventDefault();
    pen = event.pointerId;
    svg.setPointerCapture(pen);
    if (fixed) [fixed, strokes] = ["", []];
    strokes.push([place(event)]);
    draw();
  });
  svg.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pen) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const one of all.length ? all : [event]) strokes.at(-1)?.push(place(one));
    draw();
  });
  // A line is no gesture: else a quick stroke counts as a swipe, and the touch after it on a button is swallowed.
  for (const kind of ["touchstart", "touchmove", "touchend"]) {
    svg.addEventListener(kind, (event) => event.preventDefault(), { passive: false });
  }
  const up = (event: PointerEvent) => {
    if (event.pointerId !== pen) return;
    pen = null;
    changed();
  };
  svg.addEventListener("pointerup", up);
  svg.addEventListener("pointercancel", up);
  return {
    path,
    set(given) {
      [fixed, strokes] = [given, []];
      draw();
      changed();
    },
  };
}

/** A dot has no length and would not be seen: it is drawn as a very short line. */
function dotted(path: string): string {
  return path.replace(/M(\d+),(\d+)(?= M|$)/g, "M$1,$2 l1,0");
}
