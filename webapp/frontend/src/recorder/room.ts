/** How much room this phone has for sound, and keeping its screen from sleeping. */

/** Ciphertext of an hour of sound, with some to spare for pieces that exist twice for a moment. */
const BYTES_PER_MINUTE = 300_000;

/** Return for how many minutes of sound there is room, or null when the browser does not say. */
export async function minutesLeft(): Promise<number | null> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    if (quota === undefined || usage === undefined) return null;
    return Math.max(0, Math.floor((quota - usage) / BYTES_PER_MINUTE));
  } catch {
    return null;
  }
}

/** Whether this phone goes on recording with its screen locked. iOS takes the microphone away then. */
export function recordsWhenLocked(agent: string, touches: number): boolean {
  return !/iPhone|iPad|iPod/.test(agent) && !(/Macintosh/.test(agent) && touches > 1);
}

/** Keeps the screen on as long as it is held, where the browser can. */
export class Awake {
  private lock: WakeLockSentinel | null = null;
  private wanted = false;

  constructor() {
    document.addEventListener("visibilitychange", () => {
      if (this.wanted && !document.hidden) void this.take();
    });
  }

  hold(): void {
    this.wanted = true;
    void this.take();
  }

  release(): void {
    this.wanted = false;
    void this.lock?.release().catch(() => undefined);
    this.lock = null;
  }

  private async take(): Promise<void> {
    try {
      this.lock = (await navigator.wakeLock?.request("screen")) ?? null;
    } catch {
      this.lock = null; // A low battery, or the person's setting: the recording goes on all the same.
    }
  }
}
