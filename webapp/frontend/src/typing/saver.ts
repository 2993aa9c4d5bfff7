/**
 * Saving by itself: first on this phone, then on its way to the server. Knows no page and no network: both are handed in.
 *
 * A save says which version its text was made from, and which earlier saves of its own it had not heard of yet. So the
 * server can tell typing on (fine) from typing over somebody else (kept aside).
 */

import { same, type Text } from "./model";
import type { Local, Start } from "./reconcile";
import { toWire, type Typing } from "./wire";

export const KEEP_MS = 300;
export const KEEP_AT_LEAST_MS = 1000;
export const SEND_MS = 1500;
export const SEND_AT_LEAST_MS = 5000;
/** With this many answers not heard there is no network: sending waits longer, keeping does not. */
const FAR = 3;
const SEND_FAR_MS = 30_000;
const MOST_UNHEARD = 900;

export type Conflict = Typing & { readonly aside_id: string };

export interface Outside {
  /** Durable when it resolves. */
  keep(local: Local): Promise<void>;
  /** On its way when it resolves, and not lost from then on. */
  send(id: string, body: unknown): Promise<void>;
  newId(): string;
  now(): number;
  /** Something that the status line tells has changed. */
  changed(): void;
  /** The server has another text than this one was made from. */
  conflict(found: Conflict): void;
  /** The server took a BSN out: these turns, by their place in what was sent, have these words now. */
  bsn(turns: readonly (readonly [number, string])[], sent: Text): void;
}

export type State = "nothing" | "saved" | "kept" | "busy" | "failed";

export class Saver {
  text: Text;
  base: string | null;
  version: number;
  after: readonly string[];
  dirty: boolean;
  /** When the server last said yes, and when this phone last kept it, in ms since 1970. */
  savedAt: number | null = null;
  keptAt: number | null = null;
  /** What is wrong, as the server says it; empty when it said nothing. */
  failed: string | null = null;
  waitsForChoice = false;
  private settles: readonly string[] = [];
  private keptText: Text | null = null;
  private sentText: Text | null = null;
  private readonly sent = new Map<string, { text: Text; settles: readonly string[] }>();
  private chain: Promise<void> = Promise.resolve();
  private keeping: Rhythm;
  private sending: Rhythm;

  constructor(
    private readonly outside: Outside,
    private readonly tab: string,
    start: Start,
    settled: { savedAt: number | null } = { savedAt: null },
  ) {
    this.text = start.text;
    this.base = start.base;
    this.version = start.version;
    this.after = start.after;
    this.dirty = start.dirty;
    this.savedAt = settled.savedAt;
    if (!start.dirty) this.keptText = this.sentText = start.text;
    this.keeping = new Rhythm(() => void this.keep());
    this.sending = new Rhythm(() => void this.flush());
  }

  get state(): State {
    if (this.failed !== null) return "failed";
    if (!this.dirty) return this.version === 0 && this.savedAt === null ? "nothing" : "saved";
    return this.keptText === this.text && this.keptAt !== null ? "kept" : "busy";
  }

  /** The text as it is now: kept and sent in a moment. */
  change(text: Text): void {
    if (text === this.text) return;
    this.text = text;
    this.dirty = true;
    const far = this.after.length >= FAR;
    this.keeping.beat(KEEP_MS, KEEP_AT_LEAST_MS);
    this.sending.beat(far ? SEND_FAR_MS / 2 : SEND_MS, far ? SEND_FAR_MS : SEND_AT_LEAST_MS);
    this.outside.changed();
  }

  /** Keep now what is not kept yet, without sending it. */
  keep(): Promise<void> {
    this.keeping.rest();
    return this.queue(async () => {
      if (this.keptText !== this.text) await this.store(this.text, this.after);
    });
  }

  /** Keep and send now. Resolves when it is durable and on its way. */
  flush(): Promise<void> {
    this.keeping.rest();
    this.sending.rest();
    return this.queue(async () => {
      const text = this.text;
      if (text === this.sentText && !this.settles.length) {
        if (this.keptText !== text) await this.store(text, this.after);
        return;
      }
      const id = this.outside.newId();
      const unheard = [...this.after, id].slice(-MOST_UNHEARD);
      // The id first: after a crash the server may know this save while this page does not.
      await this.store(text, unheard);
      const body = this.body(id, text);
      this.after = [...this.after, id].slice(-MOST_UNHEARD);
      this.sent.set(id, { text, settles: this.settles });
      await this.outside.send(id, body);
      this.sentText = text;
    });
  }

  /** Hear the server's answer to save `id`. True when it was ours. Throws when it should be asked again. */
  answered(id: string, status: number, json: unknown): boolean {
    const place = this.after.indexOf(id);
    if (place < 0) return false;
    const said = (json ?? {}) as Partial<Conflict> & { error?: unknown; bsn?: [number, string][] };
    if (status >= 200 && status < 300 && typeof said.version === "number") this.yes(id, place, said);
    else if (status === 409 && typeof said.version === "number") this.stale(place, said as Conflict);
    else if (status === 409) throw new Error("asked again");
    else this.failed = typeof said.error === "string" ? said.error : "";
    this.outside.changed();
    return true;
  }

  private yes(id: string, place: number, said: { version?: number; base?: string | null; saved_at?: string | null; bsn?: [number, string][] }): void {
    const sent = this.sent.get(id);
    this.version = said.version as number;
    this.base = said.base ?? null;
    this.after = this.after.slice(place + 1);
    this.savedAt = Date.parse(said.saved_at ?? "") || this.outside.now();
    this.failed = null;
    this.waitsForChoice = false;
    if (sent && sent.settles === this.settles) this.settles = [];
    for (const known of [...this.sent.keys()]) if (!this.after.includes(known)) this.sent.delete(known);
    this.dirty = this.after.length > 0 || !sent || !same(sent.text, this.text);
    if (said.bsn?.length && sent) this.outside.bsn(said.bsn, sent.text);
    this.keptText = null;
    void this.keep();
  }

  private stale(place: number, found: Conflict): void {
    // Typing goes on: each next save takes the place of the one that was kept aside.
    this.after = this.after.slice(place);
    this.waitsForChoice = true;
    this.failed = null;
    this.outside.conflict(found);
  }

  /** A person chose: `text` goes on from the server's `version`, and takes the place of what was kept aside. */
  choose(text: Text, version: number, base: string | null, asides: readonly string[]): Promise<void> {
    this.settles = [...asides, ...this.after];
    this.after = [];
    this.version = version;
    this.base = base;
    this.text = text;
    this.dirty = true;
    this.sentText = null;
    this.waitsForChoice = false;
    this.outside.changed();
    return this.flush();
  }

  private body(id: string, text: Text): unknown {
    return { save: id, version: this.version, base: this.base, after: this.after, settles: this.settles, ...toWire(text) };
  }

  private async store(text: Text, after: readonly string[]): Promise<void> {
    const { base, version, dirty } = this;
    await this.outside.keep({ tab: this.tab, base, version, after, text, dirty, at: this.outside.now() });
    this.keptText = text;
    this.keptAt = this.outside.now();
    this.outside.changed();
  }

  private queue(work: () => Promise<void>): Promise<void> {
    this.chain = this.chain.then(work).catch((error: unknown) => {
      this.failed = "";
      this.outside.changed();
      this.sending.beat(SEND_FAR_MS / 3, SEND_FAR_MS / 3);
      console.warn("not kept", error instanceof Error ? error.name : "");
    });
    return this.chain;
  }
}

/** Waits for a pause in the typing, and no longer than `most` from the first key on. */
class Rhythm {
  private soon = 0;
  private late = 0;

  constructor(private readonly due: () => void) {}

  beat(pause: number, most: number): void {
    globalThis.clearTimeout(this.soon);
    this.soon = globalThis.setTimeout(() => this.due(), pause) as unknown as number;
    this.late ||= globalThis.setTimeout(() => this.due(), most) as unknown as number;
  }

  rest(): void {
    globalThis.clearTimeout(this.soon);
    globalThis.clearTimeout(this.late);
    this.late = 0;
  }
}
