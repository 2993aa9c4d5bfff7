/** What the pack of an interview says about sound (webapp/packs/recording.py). */

export interface KnownRecording {
  readonly id: string;
  readonly state: "receiving" | "whole" | "ready" | "failed" | "erased";
  readonly origin: "recorded" | "added";
  readonly duration_ms: number | null;
  readonly size: number;
  readonly media_type: string;
  /** A day, "2026-12-01", or null. */
  readonly erase_on: string | null;
}

export interface RecordingSection {
  /** Everybody said yes to a recording, and this person may make one. */
  readonly allowed: boolean;
  /** The sentence that says why not. */
  readonly why: string | null;
  readonly recordings: readonly KnownRecording[];
  readonly urls: Readonly<Record<string, string>>;
}
