/** The talk: the guide question by question with the recorder below it, with or without network. */

import { type Answer, type Item, isOffline, onAnswer, outboxEvents, send, start, waits } from "./offline/outbox";
import { type Pack, NoPack, loadPack, packOfPage } from "./offline/pack";
import { Full, LockedOut, type Store, openStore } from "./offline/store";
import { readWords, say } from "./page/words";
import { type Recorder, mountRecorder } from "./recorder/recorder";
import type { Guide } from "./talk/guide";
import { NOTE, Notes, answerElsewhere, questionOf } from "./talk/notes";
import { Screen, copyOf, slot } from "./talk/screen";

const words = readWords("words");
const place = document.querySelector<HTMLElement>("[data-talk]");
/** Kind under which the place in the guide is kept. */
const PLACE = "talk-place";
const HELD = "held";

function tell(key: string): void {
  const message = copyOf("talk-message");
  slot(message, "text").textContent = say(words, key);
  place?.before(message);
}

/** Show the form that needs no script: better than nothing where the phone keeps nothing. */
function plain(): void {
  document.querySelector(".talk")?.classList.add("talk--plain");
}

function failed(error: unknown): void {
  document.querySelectorAll(".talk > .notice").forEach((notice) => notice.remove());
  tell(error instanceof Full ? "full" : error instanceof LockedOut ? "locked_out" : "failed");
}

async function open(target: HTMLElement): Promise<void> {
  let store: Store;
  let pack: Pack;
  try {
    store = await openStore();
    pack = await loadPack(store);
  } catch (error) {
    if (packOfPage()) plain();
    else tell(error instanceof NoPack ? "no_pack" : error instanceof LockedOut ? "locked_out" : "failed");
    return;
  }
  const guide = pack.guide as Guide | null;
  const who = document.querySelector("[data-who]");
  if (who) who.textContent = pack.interview.names.join(", ") || pack.interview.code;
  if (!guide) {
    tell("not_allowed");
    return;
  }
  if (!guide.questions.length) tell("no_guide");
  await run(target, store, pack, guide);
}

async function run(target: HTMLElement, store: Store, pack: Pack, guide: Guide): Promise<void> {
  const interview = pack.interview.id;
  const post = { send: (item: Item) => send(store, item) };
  let recorder: Recorder | null = null;
  const pending = await waits(store, interview, NOTE);
  const notes = await Notes.open(store, post, interview, guide.notes, packOfPage() !== null, pending);
  const begun = await store.get<{ question: string }>(PLACE, interview);
  const heldHere = await waits(store, interview, HELD);
  const screen = new Screen(target, pack, heldHere && !guide.held_on ? { ...guide, held_on: pack.made_at } : guide, notes, words, {
    recorder: () => recorder,
    offline: isOffline,
    at: (question) => void store.put(PLACE, interview, { question }).catch(failed),
    held: async (day) => {
      const id = crypto.randomUUID();
      await send(store, { id, interview, kind: HELD, method: "PUT", url: guide.urls.held, json: { id, on: day } });
    },
    failed,
  }, begun?.question ?? null);
  document.querySelector("[data-plain]")?.remove();
  onAnswer(NOTE, async (item, answer) => {
    if (item.interview !== interview) return answerElsewhere(store, post, item, answer);
    const what = await notes.answered(item, answer);
    // A mark, or a text that was typed over since: nothing to say yet.
    if (what === "saved" && (item.json as { text?: unknown }).text !== notes.of(questionOf(item)).sent) return undefined;
    screen.arrived(questionOf(item), what, sentenceOf(what, answer));
    return undefined;
  });
  window.addEventListener("pagehide", () => void screen.leave());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void screen.leave());
  outboxEvents.addEventListener("full", () => failed(new Full()));
  await sendLeft(notes, guide);
  start(store);
  recorder = await withRecorder(store, pack);
  recorder?.on("change", () => screen.recording());
}

function sentenceOf(what: "saved" | "both" | "refused", answer: Answer): string {
  if (what === "saved") {
    const time = new Date().toLocaleTimeString(document.documentElement.lang || "nl", { hour: "2-digit", minute: "2-digit" });
    return say(words, "saved", { time: document.documentElement.lang === "nl" ? time.replace(":", ".") : time });
  }
  if (what === "both") return say(words, "both");
  const said: unknown = (answer.json as { error?: unknown } | null)?.error;
  return typeof said === "string" ? said : say(words, "refused");
}

/** What was typed when the page went, and was never put in the outbox. */
async function sendLeft(notes: Notes, guide: Guide): Promise<void> {
  for (const id of notes.unsent()) {
    const question = guide.questions.find((one) => one.id === id);
    if (question) await notes.save(question);
  }
}

async function withRecorder(store: Store, pack: Pack): Promise<Recorder | null> {
  const dock = document.getElementById("recorder");
  if (!dock) return null;
  try {
    dock.hidden = false;
    return await mountRecorder(dock, pack, store);
  } catch (error) {
    // Questions and notes go on without sound.
    console.warn("the recorder did not start", error instanceof Error ? error.message : "");
    dock.hidden = true;
    return null;
  }
}

if (place) {
  if (place.hasAttribute("data-plain-first")) plain();
  else void open(place).catch(failed);
}
