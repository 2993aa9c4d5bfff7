/** Which key does what while the focus is on the transcript. */

import type { Span } from "../text/units";
import type { Reading } from "./reading";
import { isCaret, moveCaret, moveEnd, moveStart, sentence, toTurn, wholeTurn } from "./selection";

/** The span after this key, or null where the key is none of the desk's moves. */
export function moved(reading: Reading, span: Span, event: Pick<KeyboardEvent, "key" | "shiftKey">, letters: boolean): Span | null {
  const caret = isCaret(span);
  switch (event.key) {
    case "ArrowRight":
    case "ArrowLeft": {
      const step = event.key === "ArrowRight" ? 1 : -1;
      if (event.shiftKey) return moveStart(reading, span, step);
      return caret ? moveCaret(reading, span, "word", step) : moveEnd(reading, span, "word", step);
    }
    case "ArrowDown":
    case "ArrowUp": {
      const step = event.key === "ArrowDown" ? 1 : -1;
      return caret ? moveCaret(reading, span, "sentence", step) : moveEnd(reading, span, "sentence", step);
    }
  }
  if (!letters) return null;
  switch (event.key) {
    case "j":
      return toTurn(reading, span, 1);
    case "k":
      return toTurn(reading, span, -1);
    case "s":
      return sentence(reading, span, 1);
    case "S":
      return sentence(reading, span, -1);
    case "w":
      return moveEnd(reading, { start: span.start, end: span.start }, "word", 1);
    case "t":
      return wholeTurn(reading, span);
    default:
      return null;
  }
}
