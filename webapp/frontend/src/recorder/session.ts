/** Recording one interview: the microphone on one side, the phone's disk on the other, and what happens in between. */

import { Keeping, type Journal, type Post, type Shelf } from "./keeping";
import { mediaType, Microphone, NoMicrophone, type Trouble } from "./microphone";

export type State = "idle" | "recording" | "paused" | "interrupted" | "stopped";

/** What the page is told. */
export interface Tells {
  state(state: State): void;
  /** The microphone could not be opened. */
  trouble(why: Trouble): void;
  /** Sound goes on after `ms` in which nothing was recorded. */
  gap(ms: number): void;
  muted(muted: boolean): void;
  /** The phone has no room: true when keeping failed, false when it works again. */
  full(full: boolean): void;
  /** The microphone is open. */
  stream(stream: MediaStream | null): void;
}

/** The longest a recording may be; then another begins by itself. */
export const LONGEST_MS = 3 * 60 * 60 * 1000;
const AGAIN_MS = 3000;
const FULL_AGAIN_MS = 4000;

type Step = { chunk: Uint8Array; length: number } | "part";

export class Session {
  state: State = "idle";
  private microphone: Microphone | null = null;
  private keeping: Keeping | null = null;
  /** Milliseconds before this sitting of the microphone. */
  private before = 0;
  private steps: Step[] = [];
  private keepingUp: Promise<void> = Promise.resolve();
  private isKeeping = false;
  private lostAt = 0;
  private again = 0;
  /** Opening or closing the microphone is under way: a second press does nothing. */
  private busy = false;

  constructor(
    private readonly shelf: Shelf,
    private readonly post: Post,
    private readonly interview: string,
    private readonly tells: Tells,
  ) {
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.microphone?.hand();
      else if (this.state === "interrupted") void this.tryAgain();
    });
    // What the browser holds goes to disk as far as there is time for it.
    window.addEventListener("pagehide", () => this.microphone?.hand());
  }

  /** The recording that is being made or was made last; null before the first. */
  id(): string | null {
    return this.keeping?.id ?? null;
  }

  now(): number {
    return this.before + (this.microphone?.length() ?? 0);
  }

  /** Open the microphone and begin a recording, or go on with the one taken up. */
  async start(): Promise<void> {
    if (this.busy || this.state === "recording") return;
    if (this.state === "stopped") this.keeping = null;
    this.busy = true;
    try {
      await this.openMicrophone();
      if (!this.keeping) {
        this.before = 0;
        this.keeping = await Keeping.begin(this.shelf, this.post, {
          id: crypto.randomUUID(),
          interview: this.interview,
          media_type: (mediaType() as string).split(";")[0] as string,
          started_at: new Date().toISOString(),
        });
        this.keepUp();
      }
      this.turn("recording");
    } catch (error) {
      await this.closeMicrophone();
      if (error instanceof NoMicrophone) this.tells.trouble(error.why);
      else this.tells.full(true);
    } finally {
      this.busy = false;
    }
  }

  /** Take up a recording that a page left unfinished. Its sound goes on its way; the person says whether it goes on. */
  async takeUp(journal: Journal): Promise<void> {
    this.keeping = await Keeping.resume(this.shelf, this.post, journal);
    this.before = this.keeping.length();
  }

  pause(): void {
    window.clearTimeout(this.again);
    this.microphone?.pause();
    this.turn("paused");
  }

  async goOn(): Promise<void> {
    if (this.microphone) {
      this.microphone.goOn();
      this.turn("recording");
    } else {
      await this.start();
    }
  }

  /** The recording is over. Everything is on disk and in the outbox when this resolves. */
  async stop(): Promise<void> {
    window.clearTimeout(this.again);
    // The microphone may just be opening: the press counts all the same.
    while (this.busy) await new Promise((resolve) => window.setTimeout(resolve, 50));
    if (!this.keeping || this.state === "stopped") return;
    this.busy = true;
    try {
      await this.closeMicrophone();
      await this.keepingUp;
      await this.keeping.finish();
      this.turn("stopped");
    } finally {
      this.busy = false;
    }
  }

  /** Another recording begins where this one is as long as the server takes. */
  async rollOver(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private turn(state: State): void {
    this.state = state;
    this.tells.state(state);
  }

  private async openMicrophone(): Promise<void> {
    this.microphone = await Microphone.start({
      chunk: (chunk, length) => this.add({ chunk, length }),
      lost: () => this.lost(),
      muted: (muted) => this.tells.muted(muted),
    });
    this.tells.stream(this.microphone.stream);
  }

  private async closeMicrophone(): Promise<void> {
    const microphone = this.microphone;
    if (!microphone) return;
    await microphone.close();
    this.before += microphone.length();
    this.microphone = null;
    this.add("part");
    this.tells.stream(null);
  }

  private add(step: Step): void {
    this.steps.push(step);
    this.keepUp();
  }

  /** Bring to disk what waits, in order. Without room it waits in memory and is tried again. */
  private keepUp(): void {
    if (this.isKeeping || !this.keeping) return;
    const keeping = this.keeping;
    this.isKeeping = true;
    this.keepingUp = (async () => {
      let full = false;
      for (let step = this.steps[0]; step; step = this.steps[0]) {
        try {
          if (step === "part") await keeping.nextPart();
          else await keeping.keep(step.chunk, step.length);
          this.steps.shift();
          if (full) this.tells.full((full = false));
        } catch {
          if (!full) this.tells.full((full = true));
          await new Promise((resolve) => window.setTimeout(resolve, FULL_AGAIN_MS));
        }
      }
      this.isKeeping = false;
    })();
  }

  /** The microphone was taken away: say so, and take it back as soon as that is possible. */
  private lost(): void {
    const was = this.state;
    this.lostAt = Date.now();
    void this.closeMicrophone();
    if (was !== "recording") return;
    this.turn("interrupted");
    this.again = window.setTimeout(() => void this.tryAgain(), 500);
  }

  private async tryAgain(): Promise<void> {
    window.clearTimeout(this.again);
    if (this.state !== "interrupted" || this.busy) return;
    this.busy = true;
    try {
      await this.openMicrophone();
      this.tells.gap(Date.now() - this.lostAt);
      this.turn("recording");
    } catch {
      this.again = window.setTimeout(() => void this.tryAgain(), AGAIN_MS);
    } finally {
      this.busy = false;
    }
  }
}
