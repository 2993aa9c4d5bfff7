import { describe, expect, test } from "vitest";
import { Timeline } from "../src/player/timeline";
import { loudest } from "../src/player/wave";

const sound = (id: string, duration_ms: number | null, state = "ready") => ({ id, duration_ms, state });

describe("several recordings on one line", () => {
  const line = new Timeline([sound("a", 1000), sound("away", 700, "erased"), sound("b", 2000), sound("c", 500), sound("busy", null, "whole")]);

  test("every moment is in one recording, and back again", () => {
    expect(line.duration()).toBe(3500);
    for (let ms = 0; ms <= 3500; ms += 50) {
      const place = line.place(ms);
      expect(place && line.moment(place.index, place.at)).toBe(ms);
    }
    expect(line.place(1000)).toEqual({ index: 1, id: "b", at: 0 });
    expect(line.startOf("c")).toBe(3000);
    expect(line.startOf("away")).toBe(0);
  });

  test("outside the line is at its ends, and nothing is nowhere", () => {
    expect(line.place(-5)).toEqual({ index: 0, id: "a", at: 0 });
    expect(line.place(9999)).toEqual({ index: 2, id: "c", at: 500 });
    expect(line.place(Number.NaN)).toEqual({ index: 0, id: "a", at: 0 });
    expect(new Timeline([]).place(3)).toBeNull();
    expect(new Timeline([sound("x", null)]).duration()).toBe(0);
  });
});

describe("what must go", () => {
  const line = new Timeline([
    { ...sound("a", 10_000), hidden: [[2000, 4000], [4000, 5000]] },
    { ...sound("b", 5000), hidden: [[0, 1000], [4500, 5000]] },
  ]);

  test("is passed over from every moment in it, in each recording", () => {
    for (let ms = 0; ms <= 15_000; ms += 100) {
      const on = line.past(ms);
      const within = (ms >= 2000 && ms < 5000) || (ms >= 10_000 && ms < 11_000) || ms >= 14_500;
      expect(on > ms || on === line.duration()).toBe(within || ms === 15_000);
      if (!within) expect(on).toBe(ms);
    }
    expect(line.past(2500)).toBe(5000);
    expect(line.past(10_000)).toBe(11_000);
    expect(line.past(14_600)).toBe(15_000);
  });

  test("is passed over before it begins, when the browser would look too late", () => {
    expect(line.past(1800, 300)).toBe(5000);
    expect(line.past(1600, 300)).toBe(1600);
  });
});

describe("the waveform", () => {
  test("keeps every loud moment, however few bars there are", () => {
    const peaks = new Uint8Array(1000);
    peaks[377] = 200;
    for (const bars of [1, 7, 100, 999, 1000, 1500]) {
      const drawn = loudest(peaks, bars);
      expect(drawn).toHaveLength(bars);
      expect(Math.max(...drawn)).toBe(1);
      expect(drawn.filter((bar) => bar > 0).length).toBeLessThanOrEqual(Math.ceil(bars / 1000) + 1);
    }
  });

  test("of silence is flat, and of nothing too", () => {
    expect(loudest(new Uint8Array(10), 5)).toEqual([0, 0, 0, 0, 0]);
    expect(loudest(new Uint8Array(0), 3)).toEqual([0, 0, 0]);
  });
});
