/**
 * The recorder at the bottom of the talk page: opening it, and what the rest of the page knows of it.
 *
 * The page brings the markup: `{% include "recordings/_recorder.html" %}`.
 */

import { send, waiting } from "../offline/outbox";
import type { Pack } from "../offline/pack";
import type { Store } from "../offline/store";
import { readWords, say, type Words } from "../page/words";
import { answerQuestions } from "./answers";
import { Dock } from "./dock";
import { Keeping, unfinished, type Journal, type Post } from "./keeping";
import { Marks } from "./marks";
import type { RecordingSection } from "./section";
import { Session } from "./session";

/** How a page sees the recorder. */
export interface Recorder {
  state(): "idle" | "recording" | "paused" | "stopped";
  /** The id of the recording that runs or ran last; null before the first. */
  recording(): string | null;
  /** Milliseconds of sound in that recording. */
  now(): number;
  /** "change": the state changed; "time": half a second passed while recording; "mark": a moment was marked. */
  on(event: string, f: () => void): void;
}

/** Why there may be no recording, as a sentence; null when there may. Choices made without network count at once. */
export function refusal(pack: Pick<Pack, "people" | "recording">, words: Words): string | null {
  const section = pack.recording as RecordingSection | null | undefined;
  const said = pack.people.map((person) => person.choices["record"]);
  if (said.some((yes) => yes === false)) return say(words, "no_consent");
  if (said.length ? said.every((yes) => yes === true) : section?.allowed) return null;
  return section?.why ?? say(words, "ask_first");
}

/** Only one page of this browser records an interview at a time. Resolves to false when another one does. */
async function alone(interview: string): Promise<boolean> {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    void navigator.locks.request(`recorder ${interview}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // Held until the page goes.
      return lock === null ? undefined : new Promise<void>(() => undefined);
    });
  });
}

/** Put the recorder in `dock`. Without everybody's yes to a recording there is only the sentence that says so. */
export async function mountRecorder(dock: HTMLElement, pack: Pack, store: Store): Promise<Recorder> {
  const interview = pack.interview.id;
  const words = readWords("recorder-words");
  answerQuestions(store);
  const listeners = new Map<string, (() => void)[]>();
  const emit = (event: string): void => listeners.get(event)?.forEach((f) => f());
  const post: Post = { send: (item) => send(store, item), waiting: (of) => waiting(store, of) };
  const marks = new Marks(store, post, interview);
  const session: Session = new Session(store, post, interview, {
    state: (state) => {
      view.state(state);
      emit("change");
    },
    trouble: (why) => view.trouble(why),
    gap: (ms) => view.gap(ms),
    muted: (muted) => view.muted(muted),
    full: (full) => view.full(full),
    stream: (stream) => view.stream(stream),
  });
  const view = new Dock(dock, words, session, marks, emit);
  const recorder: Recorder = {
    state: () => (session.state === "interrupted" ? "paused" : session.state),
    recording: () => session.id(),
    now: () => Math.round(session.now()),
    on: (event, f) => void listeners.set(event, [...(listeners.get(event) ?? []), f]),
  };
  if (!(await alone(interview))) {
    view.refuse("elsewhere");
    return recorder;
  }
  await marks.sendLeft();
  const left = await takeIn(await unfinished(store, interview), store, post);
  const no = refusal(pack, words);
  if (no !== null) {
    // What was recorded while it was allowed is not thrown away here: it is finished, and the server decides.
    if (left) await finish(left, store, post);
    view.refuseWith(no);
  } else if (left) {
    await session.takeUp(left);
    view.found(left.kept_at);
  } else {
    view.ready();
  }
  return recorder;
}

/** Finish what was stopped, and every unfinished recording but the newest; return that one. */
async function takeIn(journals: readonly Journal[], store: Store, post: Post): Promise<Journal | null> {
  const going = journals.filter((journal) => !journal.stopped);
  const newest = going[going.length - 1] ?? null;
  for (const journal of journals) {
    if (journal !== newest) await finish(journal, store, post);
  }
  return newest;
}

async function finish(journal: Journal, store: Store, post: Post): Promise<void> {
  await (await Keeping.resume(store, post, journal)).finish();
}
