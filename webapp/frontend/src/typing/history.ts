/** Undo and redo over everything: structure and words alike. Texts share their turns, so a step back costs little. */

import type { Cursor, Text } from "./model";

const TOGETHER_MS = 1000;
const MOST = 500;

interface Step {
  readonly text: Text;
  /** Where one typed before the change that came after this text. */
  readonly cursor: Cursor | null;
}

export class History {
  private past: Step[] = [];
  private future: Step[] = [];
  private key = "";
  private since = -Infinity;

  constructor(private now: Text) {}

  get text(): Text {
    return this.now;
  }

  /**
   * Make `text` the present one. Changes with the same `key` (typing in one turn) within a second of the first are one
   * step; a change without key is always a step of its own.
   */
  change(text: Text, cursor: Cursor | null, key = "", at = Date.now()): void {
    if (text === this.now) return;
    const together = key !== "" && key === this.key && at - this.since < TOGETHER_MS;
    if (!together) {
      this.past.push({ text: this.now, cursor });
      if (this.past.length > MOST) this.past.shift();
      this.since = at;
    }
    this.key = key;
    this.future = [];
    this.now = text;
  }

  /** The text before the last step, or null when there is none. */
  undo(cursor: Cursor | null): Step | null {
    const step = this.past.pop();
    if (!step) return null;
    this.future.push({ text: this.now, cursor });
    this.key = "";
    this.now = step.text;
    return step;
  }

  redo(cursor: Cursor | null): Step | null {
    const step = this.future.pop();
    if (!step) return null;
    this.past.push({ text: this.now, cursor });
    this.key = "";
    this.now = step.text;
    return step;
  }

  /** Another text altogether, such as the server's: nothing before it can be undone. */
  restart(text: Text): void {
    this.now = text;
    this.past = [];
    this.future = [];
    this.key = "";
  }
}
