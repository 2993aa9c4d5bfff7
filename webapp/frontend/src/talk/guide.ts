/** The guide of one interview as the pack has it (webapp/packs/guide.py). */

export interface Question {
  readonly id: string;
  readonly key: string;
  readonly topic: string;
  readonly topic_name: string;
  /** Should always be asked. */
  readonly must: boolean;
  /** As it is said to this person, with "je" or "u". */
  readonly text: string;
  readonly follow_up: readonly string[];
  readonly themes: readonly string[];
  /** Where a note on it is sent. */
  readonly note: string;
}

export interface ServerNote {
  readonly asked: boolean;
  readonly skipped: boolean;
  readonly recording: string | null;
  /** Where in the recording it was asked, ms. */
  readonly at_ms: number | null;
  readonly text: string;
}

export interface Guide {
  readonly id: string | null;
  readonly version: string | null;
  readonly questions: readonly Question[];
  readonly notes: Readonly<Record<string, ServerNote>>;
  /** A day, "2026-12-01", or null when the interview is still to come. */
  readonly held_on: string | null;
  readonly urls: { readonly interview: string; readonly held: string; readonly after: string | null };
}

/** The questions that should always be asked and were neither asked nor skipped. */
export function stillToAsk(questions: readonly Question[], note: (id: string) => Pick<ServerNote, "asked" | "skipped">): Question[] {
  return questions.filter((one) => one.must && !note(one.id).asked && !note(one.id).skipped);
}

/** Which way a finger went: far enough, and clearly sideways; null for anything else. */
export function swiped(dx: number, dy: number): "next" | "back" | null {
  if (Math.abs(dx) < 60 || Math.abs(dx) < 2 * Math.abs(dy)) return null;
  return dx < 0 ? "next" : "back";
}
