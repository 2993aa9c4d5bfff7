import { describe, expect, test } from "vitest";
import { lanes, stack } from "../src/desk/lanes";
import { Reading } from "../src/desk/reading";
import { findThemes, Segments, type Segment, type Theme } from "../src/desk/model";

const segment = (id: string, start: number, end: number): Segment => ({
  id, start, end, theme: "t", group: "bel", name: "Stress", mine: true, coder: "", origin: "person",
});

describe("brackets in the margin", () => {
  test("no two in one lane touch each other, whatever lies over what", () => {
    let seed = 3;
    const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 100; round += 1) {
      const extents = Array.from({ length: 1 + next(25) }, () => {
        const top = next(300);
        return { top, bottom: top + 10 + next(90) };
      });
      const placed = lanes(extents);
      extents.forEach((a, i) =>
        extents.forEach((b, j) => {
          if (i < j && placed[i] === placed[j]) expect(a.bottom <= b.top || b.bottom <= a.top).toBe(true);
        }),
      );
    }
  });

  test("brackets that do not meet share the first lane", () => {
    expect(lanes([{ top: 0, bottom: 30 }, { top: 30, bottom: 60 }, { top: 10, bottom: 40 }])).toEqual([0, 0, 1]);
  });
});

describe("labels in the margin", () => {
  test("labels keep a line of their own and stay beside their turn", () => {
    const { tops, hidden } = stack([0, 0, 90, 95], 24, 120);
    expect(hidden).toBe(0);
    expect(tops).toEqual([0, 24, 72, 96]);
  });

  test("what finds no room is counted, and the count has a place too", () => {
    const { tops, hidden } = stack([0, 0, 0, 0, 0, 0], 24, 72);
    expect([tops, hidden]).toEqual([[0, 24], 4]);
  });
});

describe("segments", () => {
  test("overlapping segments are all found at the words they share", () => {
    const all = new Segments([segment("a", 0, 10), segment("b", 5, 8), segment("c", 8, 20)]);
    expect(all.touching({ start: 7, end: 9 }).map((each) => each.id)).toEqual(["a", "b", "c"]);
    all.take("a");
    all.put(segment("d", 1, 2));
    expect(all.touching({ start: 0, end: 5 }).map((each) => each.id)).toEqual(["d"]);
  });
});

describe("finding a theme", () => {
  const themes: Theme[] = [
    { id: "1", group: "bel", name: "Niet serieus genomen", definition: "Weggewuifd worden." },
    { id: "2", group: "hlp", name: "Eén vast gezicht" },
    { id: "3", group: "hlp", name: "Helpend", assignable: false },
    { id: "4", group: "wrd", name: "Serieus overleg" },
  ];

  test("the name that starts so comes first, and accents do not matter", () => {
    expect(findThemes(themes, "serieus").map((each) => each.id)).toEqual(["4", "1"]);
    expect(findThemes(themes, "een v").map((each) => each.id)).toEqual(["2"]);
  });

  test("the description helps who does not know the name", () => {
    expect(findThemes(themes, "weggewuifd").map((each) => each.id)).toEqual(["1"]);
  });

  test("a theme that only gathers others cannot be chosen", () => {
    expect(findThemes(themes, "").map((each) => each.id)).toEqual(["1", "2", "4"]);
  });
});

describe("line numbers", () => {
  const reading = new Reading([
    { number: 1, start: 0, text: "Kort 😀.", lines: [0] },
    { number: 2, start: 8, text: "Een lange beurt die over drie regels loopt.", lines: [0, 10, 25] },
    { number: 5, start: 52, text: "Einde.", lines: [0] },
  ]);

  test("a place in a long turn has the number of its own line, as in the Word file", () => {
    expect([0, 7, 8, 17, 18, 33, 50, 52].map((offset) => reading.lineAt(offset))).toEqual([1, 1, 2, 2, 3, 4, 4, 5]);
  });

  test("a page that does not say where lines begin gives the number of the turn", () => {
    expect(new Reading([{ number: 7, start: 0, text: "Een twee drie." }]).lineAt(9)).toBe(7);
  });
});
