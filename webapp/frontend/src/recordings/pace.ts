/** How long something still takes, from how fast it went lately. */

/** Milliseconds of the past that count. */
const WINDOW = 20_000;
/** Before this much time no guess is made. */
const ENOUGH = 3000;

export class Pace {
  private seen: { at: number; done: number }[] = [];

  /** Note that `done` is done at the moment `at` (ms). */
  note(at: number, done: number): void {
    this.seen.push({ at, done });
    while (this.seen.length > 2 && at - (this.seen[0] as { at: number }).at > WINDOW) this.seen.shift();
  }

  /** A break is no slowness. */
  broke(): void {
    this.seen = [];
  }

  /** Milliseconds that `whole` still takes, or null when it is too early to say. */
  left(whole: number): number | null {
    const first = this.seen[0];
    const last = this.seen[this.seen.length - 1];
    if (!first || !last || last.at - first.at < ENOUGH || last.done <= first.done) return null;
    return ((whole - last.done) * (last.at - first.at)) / (last.done - first.done);
  }
}
