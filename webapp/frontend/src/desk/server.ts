/** Talking with the server: JSON out, JSON back, and its own sentence when something is not possible. */

import type { Segment, Suggestion, Theme } from "./model";

/** What any answer may hold. */
export interface Answer {
  readonly segment?: Segment;
  readonly suggestion?: Suggestion;
  readonly theme?: Theme;
  readonly removed?: string;
  /** Posting to it undoes what was just done. */
  readonly undo_url?: string;
}

/** The server said no, or could not be reached. The message is a sentence for the person, or empty when there is none. */
export class Refused extends Error {
  constructor(
    message: string,
    /** Themes that are much like the new one: the person chooses one of them, or is sure. */
    readonly similar: readonly Theme[] = [],
  ) {
    super(message);
  }
}

export async function post(url: string, body: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
  const token = document.querySelector<HTMLMetaElement>("meta[name='csrf-token']")?.content ?? "";
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refused("");
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const { error, similar } = (answer ?? {}) as { error?: unknown; similar?: unknown };
    throw new Refused(typeof error === "string" ? error : "", Array.isArray(similar) ? (similar as Theme[]) : []);
  }
  return (answer ?? {}) as Answer;
}

/** A key that stays the same when one deed is sent twice; the server does it once. */
export function deedKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
