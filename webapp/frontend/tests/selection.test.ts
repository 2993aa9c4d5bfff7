import { describe, expect, test } from "vitest";
import { moved } from "../src/desk/keys";
import { Reading } from "../src/desk/reading";
import { isCaret, moveCaret, moveEnd, moveStart, sentence, toTurn, wholeTurn } from "../src/desk/selection";

const TEXTS = ["Hoe ging dat?", "Ze belde 🙂 terug. Dat deed iets met me. Echt waar.", "En toen?", "Niks 👩‍👧."];

function reading(): Reading {
  let start = 0;
  return new Reading(
    TEXTS.map((text, index) => {
      const turn = { number: index + 1, start, text };
      start += [...text].length + 1;
      return turn;
    }),
  );
}

const whole = [...TEXTS.join("\n")];
const said = ({ start, end }: { start: number; end: number }) => whole.slice(start, end).join("");
const caret = (start: number) => ({ start, end: start });

describe("reading", () => {
  test("the words of a span are the server's words, emoji and turn ends included", () => {
    const text = reading();
    for (let start = 0; start < whole.length; start += 3) {
      for (let end = start + 1; end <= whole.length; end += 4) {
        // A span that starts or ends on the line break between two turns has nothing to show there.
        expect(text.textOf({ start, end }).trim()).toBe(said({ start, end }).trim());
      }
    }
  });

  test("a selection across turns takes whole words at both sides", () => {
    const text = reading();
    expect(said(text.snapped({ start: 10, end: 20 }))).toBe("dat?\nZe belde");
  });
});

describe("selecting by keyboard", () => {
  test("j and k walk over the turns and stop at both ends", () => {
    const text = reading();
    let span = caret(0);
    const seen = [0, 1, 2, 3, 4].map(() => (span = toTurn(text, span, 1)).start);
    expect(seen.map((start) => text.turnAt(start)?.number)).toEqual([2, 3, 4, 4, 4]);
    expect(toTurn(text, caret(0), -1)).toEqual(caret(0));
  });

  test("s takes the sentence, again the next, over the end of the turn", () => {
    const text = reading();
    const seen: string[] = [];
    let span = caret(14);
    for (let press = 0; press < 5; press += 1) seen.push(said((span = sentence(text, span))));
    expect(seen).toEqual(["Ze belde 🙂 terug.", "Dat deed iets met me.", "Echt waar.", "En toen?", "Niks 👩‍👧."]);
    expect(said(sentence(text, sentence(text, span, -1), -1))).toBe("Echt waar.");
  });

  test("arrows make the passage a word or a sentence longer or shorter", () => {
    const text = reading();
    const first = sentence(text, caret(14));
    const longer = moveEnd(text, first, "word", 1);
    expect(said(longer)).toBe("Ze belde 🙂 terug. Dat");
    expect(said(moveEnd(text, longer, "sentence", 1))).toBe("Ze belde 🙂 terug. Dat deed iets met me.");
    expect(said(moveEnd(text, first, "word", -1))).toBe("Ze belde 🙂 terug");
    expect(said(moveStart(text, first, 1))).toBe("belde 🙂 terug.");
  });

  test("a passage never shrinks to nothing", () => {
    const text = reading();
    let span = sentence(text, caret(14));
    for (let press = 0; press < 20; press += 1) span = moveEnd(text, span, "word", -1);
    expect(said(span)).toBe("Ze");
    for (let press = 0; press < 5; press += 1) span = moveStart(text, span, 1);
    expect(said(span)).toBe("Ze");
  });

  test("a caret walks word by word through the whole interview and back", () => {
    const text = reading();
    const stops: number[] = [];
    let span = caret(0);
    for (let press = 0; press < 40; press += 1) {
      const next = moveCaret(text, span, "word", 1);
      if (next.start === span.start) break;
      stops.push((span = next).start);
    }
    expect(stops.length).toBe(17);
    for (const stop of [...stops].reverse().slice(1)) expect((span = moveCaret(text, span, "word", -1)).start).toBe(stop);
  });

  test("t takes the turn", () => {
    const text = reading();
    expect(said(wholeTurn(text, caret(20)))).toBe(TEXTS[1]);
  });

  test("letters do nothing for somebody who switched shortcuts off; arrows still do", () => {
    const text = reading();
    expect(moved(text, caret(0), { key: "j", shiftKey: false }, false)).toBeNull();
    const next = moved(text, caret(0), { key: "ArrowRight", shiftKey: false }, false);
    expect(next && isCaret(next) && next.start).toBe(4);
  });
});
