/** Several recordings one after the other, as if they were one. Pure: no sound is touched here. */

/** What the player needs to know of a recording. */
export interface Sound {
  readonly id: string;
  readonly duration_ms: number | null;
  readonly state: string;
  /** Stretches [from, to] in milliseconds that must go: they are passed over. */
  readonly hidden?: readonly (readonly [number, number])[];
}

/** A moment in one recording. */
export interface Place {
  readonly index: number;
  readonly id: string;
  /** Milliseconds from the start of that recording. */
  readonly at: number;
}

/** The recordings that can be played, in order. Times are milliseconds from the start of the first. */
export class Timeline {
  readonly sounds: readonly Sound[];
  private readonly starts: readonly number[];
  /** What must go, on the line, in order. */
  private readonly hidden: readonly (readonly [number, number])[];

  constructor(all: readonly Sound[]) {
    this.sounds = all.filter((sound) => sound.state === "ready" && (sound.duration_ms ?? 0) > 0);
    let start = 0;
    this.starts = this.sounds.map((sound) => {
      const mine = start;
      start += sound.duration_ms ?? 0;
      return mine;
    });
    this.hidden = this.sounds
      .flatMap((sound, index) =>
        (sound.hidden ?? []).map(([from, to]) => [this.moment(index, from), this.moment(index, to)] as const),
      )
      .sort((one, other) => one[0] - other[0]);
  }

  /** Length of everything together. */
  duration(): number {
    const last = this.sounds.length - 1;
    return last < 0 ? 0 : (this.starts[last] as number) + (this.sounds[last]?.duration_ms ?? 0);
  }

  /** Where a recording starts; 0 for one that is not on the line. */
  startOf(id: string): number {
    const index = this.sounds.findIndex((sound) => sound.id === id);
    return index < 0 ? 0 : (this.starts[index] as number);
  }

  /** The place at `ms`, held within the line. The end of one recording is the start of the next. Null when nothing plays. */
  place(ms: number): Place | null {
    const last = this.sounds.length - 1;
    if (last < 0) return null;
    const wanted = Math.min(Math.max(0, Number.isFinite(ms) ? ms : 0), this.duration());
    let index = last;
    while (index > 0 && (this.starts[index] as number) > wanted) index -= 1;
    return { index, id: (this.sounds[index] as Sound).id, at: wanted - (this.starts[index] as number) };
  }

  /** Where to go on at `ms`: there, or behind what must go when that is there or begins within `ahead` milliseconds. */
  past(ms: number, ahead = 0): number {
    let here = ms;
    for (const [from, to] of this.hidden) {
      if (here + ahead >= from && here < to) here = to;
    }
    return Math.min(here, this.duration());
  }

  /** The moment on the line of `at` in recording number `index`. */
  moment(index: number, at: number): number {
    return (this.starts[index] ?? 0) + at;
  }
}
