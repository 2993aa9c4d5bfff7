/**
 * What happened with each question, kept on this phone first and sent from there. A text is never written over that this
 * phone has not seen: the server answers 409 with the other text, and both stay in the field.
 */

import type { Answer, Item } from "../offline/items";
import type { Store } from "../offline/store";
import type { Question, ServerNote } from "./guide";

export const NOTE = "note";
/** Kind under which notes are kept in the store: one value per interview and question, so that two tabs do not undo each other. */
const KEPT = "talk-notes";
/** Between two texts that were both written for one question. The server puts the same line. */
export const BETWEEN = "\n———\n";

type Known = Pick<ServerNote, "asked" | "skipped" | "text">;

/** A note on this phone. `sent` is the text that the server has, or will have once all that waits has arrived. */
export interface LocalNote extends ServerNote {
  readonly sent: string;
  /** What the server had before each of the last sends, and when the last one was, in ms since 1970. */
  readonly earlier?: readonly Known[];
  readonly sent_at?: number;
}

const MOST_EARLIER = 20;
/** So long after a send a page of the server may still be older than it. */
const MAY_BE_OLDER_MS = 5 * 60_000;

export type Marks = Partial<Pick<ServerNote, "asked" | "skipped" | "recording" | "at_ms">>;
export type Kept = Record<string, LocalNote>;

/** How a note is sent. */
export interface Post {
  send(item: Item): Promise<void>;
}

export const NOTHING: LocalNote = { asked: false, skipped: false, recording: null, at_ms: null, text: "", sent: "" };

/** Both texts with a line between them; one of them alone when it holds the other. */
export function both(mine: string, other: string): string {
  const [one, two] = [mine.trim(), other.trim()];
  if (one.includes(two)) return one;
  if (two.includes(one)) return two;
  return `${one}${BETWEEN}${two}`;
}

/**
 * What to begin with: what the server said, except where this phone knows better.
 *
 * `fresh`: the server said it just now. `waiting`: something of this interview still waits to be sent.
 */
export function beginWith(
  server: Readonly<Record<string, ServerNote>>, kept: Kept, fresh: boolean, waiting: boolean, now = Date.now(),
): Kept {
  const found: Kept = {};
  for (const [id, note] of Object.entries(server)) found[id] = { ...note, sent: note.text };
  for (const [id, local] of Object.entries(kept)) {
    const known = found[id];
    if (!known || waiting || !fresh || isOlder(known, local, now)) found[id] = local;
    // Typed, and the page went before it was put in the outbox.
    else if (local.text.trim() !== local.sent.trim()) found[id] = { ...known, text: local.text, sent: local.sent };
  }
  return found;
}

/** Whether the server made its page before it had what this phone sent a moment ago: from an outbox that is empty by now. */
function isOlder(known: ServerNote, local: LocalNote, now: number): boolean {
  const tidy = (text: string): string => text.trim().normalize("NFC");
  const older = (one: Known): boolean =>
    one.asked === known.asked && one.skipped === known.skipped && tidy(one.text) === tidy(known.text);
  return now - (local.sent_at ?? 0) < MAY_BE_OLDER_MS && (local.earlier ?? []).some(older);
}

/** What was changed in memory and is not in the outbox yet, with the note as it was before. */
interface Moving {
  many: number;
  readonly before: LocalNote;
}

/** The notes of one interview: each change is on this phone when its promise resolves. */
export class Notes {
  private queue: Promise<unknown> = Promise.resolve();
  /** Writes that have not begun: they take everything along that changes until then. */
  private readonly pending = new Map<string, Promise<void>>();
  private readonly moving = new Map<string, Moving>();

  constructor(
    private readonly store: Store,
    private readonly post: Post,
    private readonly interview: string,
    private kept: Kept,
  ) {}

  /** Open what this phone has of an interview; `server` is what the pack says. */
  static async open(
    store: Store, post: Post, interview: string, server: Readonly<Record<string, ServerNote>>, fresh: boolean, waiting: boolean,
  ): Promise<Notes> {
    return new Notes(store, post, interview, beginWith(server, await keptOf(store, interview), fresh, waiting));
  }

  of(question: string): LocalNote {
    return this.kept[question] ?? NOTHING;
  }

  /** The questions with a text that was typed and not sent. */
  unsent(): string[] {
    return Object.entries(this.kept).filter(([, note]) => note.text.trim() !== note.sent.trim()).map(([id]) => id);
  }

  /** Keep what is typed so far, on this phone only. */
  type(question: string, text: string): Promise<void> {
    this.set(question, { text });
    return this.write(question);
  }

  /** Mark a question, and send that. */
  mark(question: Question, marks: Marks): Promise<void> {
    return this.put(question.id, question.note, marks, marks);
  }

  /** Send the text of a question when it is another than was sent before. */
  async save(question: Question): Promise<boolean> {
    const note = this.of(question.id);
    const text = note.text.trim();
    if (text === note.sent.trim()) return false;
    await this.put(question.id, question.note, { sent: text }, { text, base: note.sent });
    return true;
  }

  /** What the server said to a note. After a 409 both texts stand in the field, and both are sent. */
  async answered(item: Item, answer: Answer): Promise<"saved" | "both" | "refused"> {
    if (answer.status < 300) return "saved";
    if (answer.status !== 409) return "refused";
    const question = questionOf(item);
    const other = String((answer.json as { text?: unknown } | null)?.text ?? "");
    const text = both(this.of(question).text, other);
    await this.put(question, item.url, { text, sent: text }, { text, base: other });
    return "both";
  }

  /**
   * Change a note and send `what`. In memory at once, because typing goes on; on disk only once it is in the outbox: a page
   * that dies in between sends it again, and not never.
   */
  private async put(question: string, url: string, change: Partial<LocalNote>, what: object): Promise<void> {
    const now = this.of(question);
    const moving = this.moving.get(question) ?? { many: 0, before: now };
    moving.many += 1;
    this.moving.set(question, moving);
    const { asked, skipped, sent } = now;
    const earlier = [...(now.earlier ?? []), { asked, skipped, text: sent }].slice(-MOST_EARLIER);
    this.set(question, { ...change, earlier, sent_at: Date.now() });
    try {
      const id = crypto.randomUUID();
      await this.post.send({ id, interview: this.interview, kind: NOTE, method: "PUT", url, json: { id, question, ...what } });
    } catch (error) {
      const { text: _typed, ...marks } = change;
      this.set(question, Object.fromEntries(Object.keys(marks).map((key) => [key, now[key as keyof LocalNote]])));
      throw error;
    } finally {
      moving.many -= 1;
      if (!moving.many) this.moving.delete(question);
    }
    await this.write(question);
  }

  private set(question: string, what: Partial<LocalNote>): void {
    this.kept = { ...this.kept, [question]: { ...this.of(question), ...what } };
  }

  private write(question: string): Promise<void> {
    const pending = this.pending.get(question);
    if (pending) return pending;
    const written = this.queue.then(() => {
      this.pending.delete(question);
      return this.store.put(KEPT, `${this.interview}/${question}`, this.durable(question));
    });
    this.pending.set(question, written);
    this.queue = written.catch(() => undefined);
    return written;
  }

  private durable(question: string): LocalNote {
    const now = this.of(question);
    const moving = this.moving.get(question);
    return moving ? { ...moving.before, text: now.text } : now;
  }
}

async function keptOf(store: Store, interview: string): Promise<Kept> {
  const found = await store.list<LocalNote>(KEPT, `${interview}/`);
  return Object.fromEntries(found.map(([id, note]) => [id.slice(interview.length + 1), note]));
}

/** The question that a note in the outbox is about. */
export function questionOf(item: Item): string {
  return String((item.json as { question?: unknown } | null)?.question ?? "");
}

/** Keep an answer to a note of an interview that no page shows. */
export async function answerElsewhere(store: Store, post: Post, item: Item, answer: Answer): Promise<void> {
  await new Notes(store, post, item.interview, await keptOf(store, item.interview)).answered(item, answer);
}
