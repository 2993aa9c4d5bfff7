/** The microphone: chunks of sound in, and at once a word when the phone takes it away. */

/** How often the browser hands over what it has. What is lost when a tab dies is at most this and a little. */
export const CHUNK_MS = 2000;
/** Speech on a table between two people; 14 MB for an hour. */
export const BITS_PER_SECOND = 32_000;
const NOTHING_FOR_MS = 10_000;

/** Why there is no sound. */
export type Trouble = "refused" | "absent" | "busy" | "unsupported";

export class NoMicrophone extends Error {
  constructor(readonly why: Trouble) {
    super(why);
  }
}

export interface Hears {
  /** A chunk, and how many milliseconds this sitting lasts until its end. In order, one after the other. */
  chunk(bytes: Uint8Array, length: number): void;
  /** The phone took the microphone away (a call, another program): this sitting is over. */
  lost(): void;
  /** The microphone is there but silent (muted by the phone), or not any more. */
  muted(muted: boolean): void;
}

const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"] as const;

/** The kind of sound this browser makes, or null when it makes none. */
export function mediaType(): string | null {
  if (typeof MediaRecorder === "undefined") return null;
  return KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)) ?? null;
}

async function open(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia || !mediaType()) throw new NoMicrophone("unsupported");
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") throw new NoMicrophone("refused");
    if (name === "NotFoundError" || name === "OverconstrainedError") throw new NoMicrophone("absent");
    throw new NoMicrophone("busy");
  }
}

/** One sitting of the microphone, from opening to closing. Its sound joins on without a break, pauses left out. */
export class Microphone {
  private readonly recorder: MediaRecorder;
  private readonly track: MediaStreamTrack;
  private line: Promise<void> = Promise.resolve();
  private since = 0;
  private before = 0;
  private heardAt = 0;
  private readonly watch: number;
  private closed = false;

  private constructor(
    readonly stream: MediaStream,
    private readonly hears: Hears,
  ) {
    this.track = stream.getAudioTracks()[0] as MediaStreamTrack;
    this.recorder = new MediaRecorder(stream, {
      mimeType: mediaType() as string,
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    this.recorder.addEventListener("dataavailable", (event) => this.take(event.data));
    this.recorder.addEventListener("error", () => this.fail());
    this.track.addEventListener("ended", () => this.fail());
    this.track.addEventListener("mute", () => hears.muted(true));
    this.track.addEventListener("unmute", () => hears.muted(false));
    this.recorder.start(CHUNK_MS);
    this.since = performance.now();
    this.heardAt = this.since;
    // A browser may stop handing over without saying so: a page that was frozen, a recorder that died.
    this.watch = window.setInterval(() => {
      if (this.recorder.state === "recording" && performance.now() - this.heardAt > NOTHING_FOR_MS) this.fail();
    }, 1000);
  }

  /** Ask for the microphone and start. Rejects with NoMicrophone. */
  static async start(hears: Hears): Promise<Microphone> {
    const stream = await open();
    try {
      return new Microphone(stream, hears);
    } catch {
      stream.getTracks().forEach((track) => track.stop());
      throw new NoMicrophone("busy");
    }
  }

  /** Milliseconds of sound in this sitting. */
  length(): number {
    return this.before + (this.since ? performance.now() - this.since : 0);
  }

  pause(): void {
    if (this.recorder.state !== "recording") return;
    // First what was said until now: a pause can be long, and a phone can die in it.
    this.recorder.requestData();
    this.recorder.pause();
    this.before = this.length();
    this.since = 0;
  }

  goOn(): void {
    if (this.recorder.state !== "paused") return;
    this.recorder.resume();
    this.since = performance.now();
    this.heardAt = this.since;
  }

  /** Hand over now what the browser still holds. */
  hand(): void {
    if (this.recorder.state === "recording") this.recorder.requestData();
  }

  /** Stop. Every chunk has been handed over when this resolves. */
  async close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      window.clearInterval(this.watch);
      this.before = this.length();
      this.since = 0;
      if (this.recorder.state !== "inactive") {
        await new Promise<void>((resolve) => {
          const late = window.setTimeout(resolve, 3000);
          this.recorder.addEventListener("stop", () => {
            window.clearTimeout(late);
            resolve();
          });
          this.recorder.stop();
        });
      }
      this.stream.getTracks().forEach((track) => track.stop());
    }
    await this.line;
  }

  private take(data: Blob): void {
    this.heardAt = performance.now();
    if (!data.size) return;
    const length = this.length();
    // In order: reading one blob may take longer than reading the next.
    this.line = this.line.then(async () => {
      this.hears.chunk(new Uint8Array(await data.arrayBuffer()), length);
    });
  }

  private fail(): void {
    if (this.closed) return;
    void this.close().then(() => this.hears.lost());
  }
}
