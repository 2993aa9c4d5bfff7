/** Long press: the way to point at a sentence with a thumb. */

const HELD_MS = 450;
const SLACK_PX = 10;

export interface Press {
  /** A finger rested on a place of the text. */
  held(x: number, y: number): void;
}

/** Watch an element for long presses by finger or pen; mouse and keyboard have ways of their own. */
export function watchLongPress(element: HTMLElement, press: Press): void {
  let timer = 0;
  let from = { x: 0, y: 0 };
  let touching = false;
  const stop = (): void => window.clearTimeout(timer);
  element.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" || !event.isPrimary) return;
    if ((event.target as Element).closest("button, a, input")) return;
    touching = true;
    from = { x: event.clientX, y: event.clientY };
    stop();
    timer = window.setTimeout(() => {
      swallowClick();
      press.held(from.x, from.y);
    }, HELD_MS);
  });
  element.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK_PX) stop();
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) element.addEventListener(end, stop);
  // The system's own menu and word selection would come over ours.
  element.addEventListener("contextmenu", (event) => {
    if (touching && (event as PointerEvent).pointerType !== "mouse") event.preventDefault();
  });
}

/** Lifting the finger after a long press is no press on what has come under it meanwhile. */
function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", swallow, { capture: true });
  const done = (): void => {
    window.setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 350);
  };
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, done, { capture: true, once: true });
}
