import { describe, expect, test } from "vitest";
import { CodePoints } from "../src/text/offsets";
import { sentences, snap, words } from "../src/text/units";

const TEXTS = [
  "",
  "Gewoon Nederlands: één, zo'n, Şeyma.",
  "👋",
  "Ze belde terug 🙂 en toen 👩‍👧 samen 🇳🇱.",
  "e\u0301e\u0301n combinatie e\u0308",
  "𝒜 buiten het basisvlak 𝄞",
  "من العربية ثم ✊🏾 Nederlands",
];

describe("code points and UTF-16 units", () => {
  test.each(TEXTS)("every code point of %j comes back from its unit", (text) => {
    const points = new CodePoints(text);
    expect(points.length).toBe([...text].length);
    for (let point = 0; point <= points.length; point += 1) {
      expect(points.fromUtf16(points.toUtf16(point))).toBe(point);
      expect([...text].slice(0, point).join("")).toBe(text.slice(0, points.toUtf16(point)));
    }
  });

  test("random texts agree with the language's own counting", () => {
    let seed = 7;
    const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    const letters = ["a", "é", "e\u0301", "🙂", "👩‍👧", "𝄞", " ", ".", "م", "🇳🇱"];
    for (let round = 0; round < 300; round += 1) {
      const text = Array.from({ length: next(30) }, () => letters[next(letters.length)]).join("");
      const points = new CodePoints(text);
      const start = next(points.length + 1);
      const end = start + next(points.length - start + 1);
      expect(text.slice(points.toUtf16(start), points.toUtf16(end))).toBe([...text].slice(start, end).join(""));
    }
  });

  test("a unit inside a pair belongs to the character it is half of", () => {
    expect(new CodePoints("a🙂b").fromUtf16(2)).toBe(1);
  });

  test("what lies outside the text is brought to its nearest end", () => {
    const points = new CodePoints("🙂🙂");
    expect([points.toUtf16(-3), points.toUtf16(9), points.fromUtf16(-3), points.fromUtf16(9)]).toEqual([0, 4, 0, 2]);
  });
});

const cut = (text: string, spans: { start: number; end: number }[]) => spans.map(({ start, end }) => text.slice(start, end));

describe("words and sentences", () => {
  test("a word keeps its apostrophe, hyphen, accents and combining marks", () => {
    const text = "Zo'n re-integratie, foto’s; e\u0301e\u0301n 🙂!";
    expect(cut(text, words(text))).toEqual(["Zo'n", "re-integratie", "foto’s", "e\u0301e\u0301n", "🙂"]);
  });

  test("a family emoji and a flag are one word each", () => {
    const text = "👩‍👧🇳🇱 ✊🏾";
    expect(cut(text, words(text))).toEqual(["👩‍👧", "🇳🇱", "✊🏾"]);
  });

  test("a sentence ends at its mark, not at an abbreviation, an initial or a hesitation", () => {
    const text = "Ik belde dhr. Jansen. Die zei … en toen niets! 'Nee.' Klaar?  Ja";
    expect(cut(text, sentences(text))).toEqual(["Ik belde dhr. Jansen.", "Die zei … en toen niets!", "'Nee.'", "Klaar?", "Ja"]);
  });

  test("the sentences together hold every word of the turn", () => {
    for (const text of TEXTS) {
      const inside = sentences(text);
      for (const word of words(text)) {
        expect(inside.some((one) => one.start <= word.start && word.end <= one.end)).toBe(true);
      }
    }
  });

  test("a selection that cuts through words takes them whole and drops the spaces", () => {
    const text = "weer van voren af aan 🙂.";
    const snapped = snap(text, { start: 6, end: 22 });
    expect(text.slice(snapped.start, snapped.end)).toBe("van voren af aan");
    expect(snap(text, { start: 4, end: 5 })).toEqual({ start: 5, end: 5 });
    // Half of the emoji's two units is all of the emoji.
    expect(snap(text, { start: 22, end: 23 })).toEqual({ start: 22, end: 24 });
  });
});
