/** Moments that the interviewer marks. On disk at the press; sent when the short note beside it is done. */

import type { Post, Shelf } from "./keeping";

export interface Mark {
  readonly id: string;
  readonly interview: string;
  readonly recording: string;
  readonly at_ms: number;
  note: string;
}

const MARK = "mark";

export class Marks {
  constructor(
    private readonly shelf: Shelf,
    private readonly post: Post,
    private readonly interview: string,
  ) {}

  /** Mark a moment. It is on disk when this resolves. */
  async make(recording: string, at: number): Promise<Mark> {
    const mark: Mark = { id: crypto.randomUUID(), interview: this.interview, recording, at_ms: Math.round(at), note: "" };
    await this.keep(mark);
    return mark;
  }

  /** Keep what was typed beside a mark. */
  async keep(mark: Mark): Promise<void> {
    await this.shelf.put(MARK, `${this.interview}/${mark.id}`, mark);
  }

  /** The note is done: on its way. */
  async close(mark: Mark): Promise<void> {
    await this.post.send({
      id: mark.id,
      interview: this.interview,
      kind: MARK,
      method: "POST",
      url: `/opnames/${mark.recording}/markeringen`,
      json: { id: mark.id, at_ms: mark.at_ms, kind: "mark", note: mark.note.trim() },
    });
    await this.shelf.remove(MARK, `${this.interview}/${mark.id}`);
  }

  /** Send the marks that a page left behind when it died. */
  async sendLeft(): Promise<void> {
    for (const [, mark] of await this.shelf.list<Mark>(MARK, `${this.interview}/`)) await this.close(mark);
  }
}
