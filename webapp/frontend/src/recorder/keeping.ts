/**
 * A recording that is being made, as it is kept on the phone.
 *
 * Every two seconds of sound (a chunk) is on disk, as ciphertext, before it counts. Chunks are joined to pieces, and pieces go
 * to the server by the outbox. A page may die between any two steps here: what happens next time is written down first
 * (`Journal.packing`), every step can be done twice, and a chunk goes only after its piece is in the outbox.
 */

import type { Item } from "../offline/items";

/** The part of the encrypted store that is needed here. */
export interface Shelf {
  get<T>(kind: string, id: string): Promise<T | undefined>;
  put<T>(kind: string, id: string, value: T): Promise<void>;
  remove(kind: string, id: string): Promise<void>;
  list<T>(kind: string, prefix?: string): Promise<[string, T][]>;
  getBytes(kind: string, id: string): Promise<Uint8Array | undefined>;
  putBytes(kind: string, id: string, bytes: Uint8Array): Promise<void>;
}

/** The way out: puts an item in the outbox durably, and says how much still waits there for an interview. */
export interface Post {
  send(item: Item): Promise<void>;
  waiting(interview: string): Promise<number>;
}

/** One stretch of sound without a break. A browser that died and started again begins another. */
interface Part {
  /** Chunks that were put on disk; they are numbered from 0. */
  kept: number;
  /** The first so many chunks are in pieces. */
  packed: number;
  pieces: number;
  length_ms: number;
}

interface Packing {
  readonly part: number;
  readonly from: number;
  readonly to: number;
}

/** What is written down about a recording that is not finished. */
export interface Journal {
  readonly id: string;
  readonly interview: string;
  readonly media_type: string;
  readonly started_at: string;
  parts: Part[];
  packing: Packing | null;
  /** The last moment that sound was kept. */
  kept_at: string;
  /** The person said that it is over. */
  stopped: boolean;
}

export const JOURNAL = "recording";
export const CHUNK = "chunk";
export const PIECE = "piece";
/** With network, so many chunks go together: one request per six seconds. */
export const FEW_CHUNKS = 3;
/** When there is something to catch up with, pieces are about this large. */
export const PIECE_BYTES = 200_000;

export const chunkId = (recording: string, part: number, number: number): string => `${recording}/${part}/${number}`;

/**
 * Return the same uuid for the same words, always: sending one thing twice is recognised by its key. Not a secret, so an
 * ordinary hash will do.
 */
export async function keyOf(words: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words))).slice(0, 16);
  hash[6] = ((hash[6] as number) & 0x0f) | 0x50;
  hash[8] = ((hash[8] as number) & 0x3f) | 0x80;
  const hex = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Put byte strings behind one another. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Return the recordings of `interview` that were begun on this phone and are not wholly in the outbox, the oldest first. One
 * that is `stopped` only has to be finished once more.
 */
export async function unfinished(shelf: Shelf, interview: string): Promise<Journal[]> {
  const found = await shelf.list<Journal>(JOURNAL, `${interview}/`);
  return found.map(([, journal]) => journal).sort((a, b) => a.started_at.localeCompare(b.started_at));
}

/** One recording on this phone. All work is done one step after the other, in the order in which it was asked for. */
export class Keeping {
  private line: Promise<unknown> = Promise.resolve();
  /** The part that new chunks belong to; made when its first chunk is on disk. */
  private part: number;
  /** Sizes of chunks that are on disk and in no piece yet. */
  private loose = 0;

  private constructor(
    private readonly shelf: Shelf,
    private readonly post: Post,
    private readonly journal: Journal,
  ) {
    this.part = journal.parts.length;
  }

  /** Begin a recording, on disk and in the outbox. */
  static async begin(
    shelf: Shelf,
    post: Post,
    about: { id: string; interview: string; media_type: string; started_at: string },
  ): Promise<Keeping> {
    const journal: Journal = { ...about, parts: [], packing: null, kept_at: about.started_at, stopped: false };
    const keeping = new Keeping(shelf, post, journal);
    await keeping.write();
    await keeping.announceBegin();
    return keeping;
  }

  /** Take up a recording where a page left it, whatever it was doing. */
  static async resume(shelf: Shelf, post: Post, journal: Journal): Promise<Keeping> {
    const keeping = new Keeping(shelf, post, structuredClone(journal));
    await keeping.after(() => keeping.recover());
    return keeping;
  }

  get id(): string {
    return this.journal.id;
  }

  get mediaType(): string {
    return this.journal.media_type;
  }

  /** When sound was last kept. */
  get keptAt(): string {
    return this.journal.kept_at;
  }

  /** Milliseconds of sound that are on disk or sent. */
  length(): number {
    return this.journal.parts.reduce((sum, part) => sum + part.length_ms, 0);
  }

  /** What comes now does not join on to what came before. */
  nextPart(): Promise<void> {
    return this.after(async () => {
      if (this.part < this.journal.parts.length) {
        await this.pack(true);
        this.part = this.journal.parts.length;
      }
    });
  }

  /**
   * Keep a chunk; `length` is how many milliseconds its part lasts until now. On disk when this resolves. Rejects when the
   * phone has no room: then the chunk is not kept, and keeping it again later is right.
   */
  keep(chunk: Uint8Array, length: number): Promise<void> {
    return this.after(async () => {
      if (!chunk.length) return;
      const kept = this.journal.parts[this.part]?.kept ?? 0;
      await this.shelf.putBytes(CHUNK, chunkId(this.id, this.part, kept), chunk);
      const part = (this.journal.parts[this.part] ??= { kept: 0, packed: 0, pieces: 0, length_ms: 0 });
      part.kept = kept + 1;
      part.length_ms = Math.max(part.length_ms, Math.round(length));
      this.journal.kept_at = new Date().toISOString();
      this.loose += chunk.length;
      await this.write();
      await this.packWhenReady();
    });
  }

  /** Put everything that is on disk in the outbox now. */
  flush(): Promise<void> {
    return this.after(() => this.pack(true));
  }

  /** The recording is over: send the rest, and then how much there is. */
  finish(): Promise<void> {
    return this.after(async () => {
      this.journal.stopped = true;
      await this.write();
      await this.packAll();
      const pieces = this.journal.parts.map((part) => part.pieces);
      if (pieces.length) {
        await this.post.send({
          id: await keyOf(`finish ${this.id}`),
          interview: this.journal.interview,
          kind: "recording",
          method: "POST",
          url: `/opnames/${this.id}/klaar`,
          afterPieces: true,
          json: { pieces: pieces.reduce((sum, each) => sum + each, 0), parts: pieces },
        });
      }
      await this.shelf.remove(JOURNAL, this.place());
    });
  }

  private after<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.line.then(work);
    // One step that fails (no room) does not stop the next.
    this.line = mine.catch(() => undefined);
    return mine;
  }

  private place(): string {
    return `${this.journal.interview}/${this.id}`;
  }

  private write(): Promise<void> {
    return this.shelf.put(JOURNAL, this.place(), this.journal);
  }

  private async announceBegin(): Promise<void> {
    const { id, interview, media_type, started_at } = this.journal;
    await this.post.send({
      id: await keyOf(`begin ${id}`),
      interview,
      kind: "recording",
      method: "POST",
      url: `/gesprekken/${interview}/opnames`,
      json: { id, origin: "recorded", media_type, started_at },
    });
  }

  /** Do again what may not have been done: it is all right when it was. */
  private async recover(): Promise<void> {
    if (this.journal.parts.every((part) => part.packed === 0)) await this.announceBegin();
    if (this.journal.packing) await this.carryOut(this.journal.packing);
    // A chunk that is on disk but was not yet counted, of the newest part or of one that had just begun.
    for (const number of [this.journal.parts.length - 1, this.journal.parts.length]) {
      if (number >= 0) await this.countLate(number);
    }
    await this.packAll();
    this.part = this.journal.parts.length;
  }

  private async countLate(number: number): Promise<void> {
    for (;;) {
      const kept = this.journal.parts[number]?.kept ?? 0;
      const late = await this.shelf.getBytes(CHUNK, chunkId(this.id, number, kept));
      if (!late) return;
      const part = (this.journal.parts[number] ??= { kept: 0, packed: 0, pieces: 0, length_ms: 0 });
      part.kept = kept + 1;
      await this.write();
    }
  }

  private async packWhenReady(): Promise<void> {
    const part = this.journal.parts[this.part];
    if (!part) return;
    const caughtUp = part.kept - part.packed >= FEW_CHUNKS && (await this.post.waiting(this.journal.interview)) === 0;
    if (caughtUp || this.loose >= PIECE_BYTES) await this.pack(true);
  }

  private async packAll(): Promise<void> {
    for (let number = 0; number < this.journal.parts.length; number += 1) {
      this.part = number;
      await this.pack(true);
    }
  }

  /** Make pieces of the loose chunks of this part; `rest` takes a last small one too. */
  private async pack(rest: boolean): Promise<void> {
    for (;;) {
      const part = this.journal.parts[this.part];
      if (!part || part.kept === part.packed) break;
      const to = await this.endOfPiece(part.packed, part.kept);
      if (to === part.kept && !rest) break;
      this.journal.packing = { part: this.part, from: part.packed, to };
      await this.write();
      await this.carryOut(this.journal.packing);
    }
    this.loose = 0;
  }

  private async endOfPiece(from: number, kept: number): Promise<number> {
    let size = 0;
    let to = from;
    while (to < kept && size < PIECE_BYTES) {
      size += (await this.shelf.getBytes(CHUNK, chunkId(this.id, this.part, to)))?.length ?? 0;
      to += 1;
    }
    return to;
  }

  private async carryOut(packing: Packing): Promise<void> {
    const { part: number, from, to } = packing;
    const part = this.journal.parts[number];
    if (part && part.packed === from) {
      const chunks: Uint8Array[] = [];
      for (let at = from; at < to; at += 1) {
        const chunk = await this.shelf.getBytes(CHUNK, chunkId(this.id, number, at));
        if (chunk) chunks.push(chunk);
      }
      const whole = joined(chunks);
      if (whole.length) {
        const id = chunkId(this.id, number, part.pieces);
        await this.shelf.putBytes(PIECE, id, whole);
        await this.post.send({
          id: await keyOf(`piece ${id}`),
          interview: this.journal.interview,
          kind: PIECE,
          method: "PUT",
          url: `/opnames/${this.id}/stukken/${number}/${part.pieces}`,
          bytes: { kind: PIECE, id },
        });
        part.pieces += 1;
      }
      part.packed = to;
      await this.write();
    }
    for (let at = from; at < to; at += 1) await this.shelf.remove(CHUNK, chunkId(this.id, number, at));
    this.journal.packing = null;
    await this.write();
  }
}
