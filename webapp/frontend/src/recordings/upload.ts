/**
 * Bringing one file in, piece by piece. A piece that is at the server is never sent again; a broken connection is waited
 * for. Nothing of the file is kept on this device: going on after a reload means choosing the same file again.
 */

import { keyOf } from "../recorder/keeping";
import { SLICE, slice, slices, type Chosen } from "./file";

/** The way to the server. Rejects when it cannot be reached. */
export interface Line {
  ask(method: "GET" | "POST" | "PUT", url: string, options?: { json?: unknown; body?: Uint8Array; key?: string }): Promise<Reply>;
  /** Resolves after `ms`, or sooner when the network comes back. */
  pause(ms: number): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly json: any;
}

export type Progress =
  | { readonly at: "sending"; readonly sent: number; readonly whole: number }
  | { readonly at: "waiting"; readonly why: "network" | "signed_out" }
  | { readonly at: "paused" }
  | { readonly at: "done" }
  | { readonly at: "refused"; readonly sentence: string }
  | { readonly at: "file_gone" };

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/** The server will not take it, however often it is asked. */
class Refused extends Error {}
/** The file is not there any more, or was changed. */
class FileGone extends Error {}
/** The person paused: no failure. */
class Stopped extends Error {}

/** One file on its way. `run` may be called again after a pause, a refusal or a file that was away. */
export class Upload {
  private paused = false;
  /** The person said "go on" while the last piece was still stopping. */
  private again = false;
  private running: Promise<void> | null = null;

  constructor(
    readonly recording: string,
    private readonly interview: string,
    private readonly file: Chosen,
    private readonly mediaType: string,
    private readonly line: Line,
    private readonly tell: (progress: Progress) => void,
  ) {}

  /** Send what the server does not have. Resolves when it is done, paused or refused; `tell` says which. */
  run(): Promise<void> {
    this.paused = false;
    this.running ??= this.work().finally(() => {
      this.running = null;
      if (this.again) {
        this.again = false;
        void this.run();
      }
    });
    return this.running;
  }

  pause(): void {
    this.paused = true;
    this.again = false;
    this.tell({ at: "paused" });
  }

  /** Go on after a pause. */
  goOn(): void {
    if (this.running && this.paused) this.again = true;
    else void this.run();
  }

  private async work(): Promise<void> {
    try {
      const whole = this.file.size;
      await this.begin();
      for (let round = 0; round < 5; round += 1) {
        const have = await this.have();
        if (have === null) return this.tell({ at: "done" });
        let sent = [...have].reduce((sum, number) => sum + this.bytesOf(number), 0);
        for (let number = 0; number < slices(whole); number += 1) {
          if (this.paused) return;
          if (have.has(number)) continue;
          this.tell({ at: "sending", sent, whole });
          await this.send(number);
          sent += this.bytesOf(number);
        }
        if (this.paused) return;
        this.tell({ at: "sending", sent: whole, whole });
        if (await this.finish()) return this.tell({ at: "done" });
      }
      throw new Refused("");
    } catch (error) {
      if (error instanceof FileGone) this.tell({ at: "file_gone" });
      else if (error instanceof Refused) this.tell({ at: "refused", sentence: error.message });
      else if (!(error instanceof Stopped)) throw error;
    }
  }

  private bytesOf(number: number): number {
    return Math.max(0, Math.min(this.file.size - number * SLICE, SLICE));
  }

  private async begin(): Promise<void> {
    const moment = new Date(this.file.lastModified);
    await this.stubborn("POST", `/gesprekken/${this.interview}/opnames`, {
      key: await keyOf(`begin ${this.recording}`),
      json: {
        id: this.recording,
        origin: "added",
        media_type: this.mediaType,
        started_at: moment.toISOString(),
        size: this.file.size,
      },
    });
  }

  /** The pieces that are at the server; null when it has the whole already. */
  private async have(): Promise<Set<number> | null> {
    const { json } = await this.stubborn("GET", `/opnames/${this.recording}/stukken.json`);
    if (json?.state !== "receiving" && json?.state !== "failed") return null;
    return new Set((json.have as [number, number][]).filter(([part]) => part === 0).map(([, number]) => number));
  }

  private async send(number: number): Promise<void> {
    let body: Uint8Array;
    try {
      body = await slice(this.file, number);
    } catch {
      throw new FileGone();
    }
    await this.stubborn("PUT", `/opnames/${this.recording}/stukken/0/${number}`, {
      key: await keyOf(`piece ${this.recording}/0/${number}`),
      body,
    });
  }

  /** Say that everything is there. False when the server misses something after all. */
  private async finish(): Promise<boolean> {
    const count = slices(this.file.size);
    const reply = await this.stubborn(
      "POST",
      `/opnames/${this.recording}/klaar`,
      { key: crypto.randomUUID(), json: { pieces: count, parts: [count] } },
      [409],
    );
    return reply.status !== 409;
  }

  /** Ask until there is an answer. A missing network, a busy server and a signed-out person are waited for. */
  private async stubborn(
    method: "GET" | "POST" | "PUT",
    url: string,
    options: { json?: unknown; body?: Uint8Array; key?: string } = {},
    alsoFine: readonly number[] = [],
  ): Promise<Reply> {
    let wait = FIRST_PAUSE;
    for (;;) {
      if (this.paused) throw new Stopped();
      let why: "network" | "signed_out" = "network";
      try {
        const reply = await this.line.ask(method, url, options);
        if ((reply.status >= 200 && reply.status < 300) || alsoFine.includes(reply.status)) return reply;
        if (reply.status === 401) why = "signed_out";
        else if (reply.status < 500 && reply.status !== 408 && reply.status !== 429) {
          throw new Refused(typeof reply.json?.error === "string" ? reply.json.error : "");
        }
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      if (this.paused) throw new Stopped();
      this.tell({ at: "waiting", why });
      await this.line.pause(wait);
      wait = Math.min(LONGEST_PAUSE, wait * 2);
    }
  }
}
