/** Talking with the server about names: a form out, as without script, and how it stands now back. No words of the text. */

/** How one thing stands, and each of its places. */
export interface Standing {
  readonly state: string;
  readonly places: Readonly<Record<string, string>>;
}

export interface Answer {
  /** "Nog 6 stukken niet bekeken." */
  readonly progress: string;
  readonly waiting: number;
  /** The list holds other things now: the page is to be asked again. */
  readonly again: boolean;
  readonly may_undo: boolean;
  readonly things: Readonly<Record<string, Standing>>;
}

/** The server said no, with a sentence, or could not be reached, with an empty one. */
export class Refused extends Error {}

export async function post(url: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
  const token = document.querySelector<HTMLMetaElement>("meta[name='csrf-token']")?.content ?? "";
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      body: new URLSearchParams(fields),
    });
  } catch {
    throw new Refused("");
  }
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok || answer === null) {
    const error = (answer as { error?: unknown } | null)?.error;
    throw new Refused(typeof error === "string" ? error : "");
  }
  return answer as Answer;
}
