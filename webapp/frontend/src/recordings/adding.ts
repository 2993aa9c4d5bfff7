/** Adding recordings made elsewhere: each file a card that says how far it is, with a pause button. */

import { announce } from "../page/announce";
import { say, type Words } from "../page/words";
import { lengthInWords } from "../player/time";
import { fingerprint, judge, MOST } from "./file";
import { line } from "./line";
import type { Memory } from "./memory";
import { Pace } from "./pace";
import { Upload, type Progress } from "./upload";

const MEGA = 1_000_000;

function megabytes(bytes: number): string {
  const mb = bytes / MEGA;
  return mb < 10 ? mb.toFixed(1).replace(".", ",") : String(Math.ceil(mb));
}

/** One file, as a card in the page. */
class Card {
  readonly element: HTMLElement;
  private readonly pace = new Pace();
  private upload: Upload | null = null;
  private said = "";
  private isPaused = false;

  constructor(
    private readonly words: Words,
    file: File,
  ) {
    const template = document.querySelector<HTMLTemplateElement>("template[data-upload]");
    this.element = template?.content.firstElementChild?.cloneNode(true) as HTMLElement;
    this.part("name").textContent = file.name;
    this.part("size").textContent = say(words, "size", { size: megabytes(file.size) });
    this.part("pause").addEventListener("click", () => this.toggle());
  }

  refuse(sentence: string): void {
    this.state("refused", sentence);
    this.part("pause").hidden = true;
    this.part("bar").hidden = true;
  }

  start(upload: Upload): void {
    this.upload = upload;
    this.part("pause").hidden = false;
    void upload.run();
  }

  busy(): boolean {
    return this.element.dataset["state"] === "sending" || this.element.dataset["state"] === "waiting";
  }

  tell(progress: Progress): void {
    if (progress.at === "sending") this.sending(progress.sent, progress.whole);
    else if (progress.at === "waiting") {
      this.pace.broke();
      this.state("waiting", say(this.words, progress.why));
    } else if (progress.at === "paused") {
      this.pace.broke();
      this.state("paused", say(this.words, "paused"));
    } else if (progress.at === "done") {
      this.part<HTMLProgressElement>("bar").value = 1;
      this.part("pause").hidden = true;
      this.state("done", say(this.words, "done"));
    } else if (progress.at === "file_gone") this.refuse(say(this.words, "file_gone"));
    else this.refuse(progress.sentence || say(this.words, "broken_off"));
  }

  private sending(sent: number, whole: number): void {
    this.pace.note(performance.now(), sent);
    this.part<HTMLProgressElement>("bar").value = sent / whole;
    const left = this.pace.left(whole);
    const fields = { sent: megabytes(sent), whole: megabytes(whole) };
    const sentence =
      left === null
        ? say(this.words, "sending", fields)
        : say(this.words, "sending_left", { ...fields, left: lengthInWords(Math.max(1000, left), this.words) });
    this.state("sending", sentence);
  }

  private toggle(): void {
    this.isPaused = !this.isPaused;
    this.part("pause-text").textContent = say(this.words, this.isPaused ? "go_on" : "pause");
    this.part("pause-sign").hidden = this.isPaused;
    this.part("go-on-sign").hidden = !this.isPaused;
    if (this.isPaused) this.upload?.pause();
    else this.upload?.goOn();
  }

  private state(state: string, sentence: string): void {
    // A screen reader hears a change of what happens, not every piece.
    if (this.element.dataset["state"] !== state && sentence !== this.said) announce(sentence);
    this.element.dataset["state"] = state;
    this.said = sentence;
    this.part("said").textContent = sentence;
  }

  private part<E extends HTMLElement = HTMLElement>(name: string): E {
    const found = this.element.querySelector<E>(`[data-part="${name}"]`);
    if (!found) throw new Error(`The card has no ${name}.`);
    return found;
  }
}

export interface Place {
  readonly interview: string;
  readonly input: HTMLInputElement;
  readonly list: HTMLElement;
  /** The sentence for a file that is too large, with the person to call; `{size}` is filled in. */
  readonly words: Words;
}

/** Let people choose files; each goes on its way at once. `onDone` is called when one is wholly in. */
export function letAdd(place: Place, memory: Memory, onDone: () => void): void {
  const cards: Card[] = [];
  const busy = new Set<string>();
  place.input.addEventListener("change", () => {
    const files = [...(place.input.files ?? [])];
    // Emptied, so that the same file can be chosen again.
    place.input.value = "";
    for (const file of files) void add(file);
  });
  window.addEventListener("beforeunload", (event) => {
    if (cards.some((card) => card.busy())) event.preventDefault();
  });

  const add = async (file: File): Promise<void> => {
    const card = new Card(place.words, file);
    cards.push(card);
    place.list.append(card.element);
    const verdict = await judge(file);
    if ("refused" in verdict) {
      const fields = { size: Math.ceil(file.size / MEGA), most: MOST / MEGA };
      card.refuse(say(place.words, `refused_${verdict.refused}`, fields));
      return;
    }
    const print = await fingerprint(file).catch(() => null);
    if (print === null) return card.refuse(say(place.words, "file_gone"));
    if (busy.has(print)) return card.refuse(say(place.words, "twice"));
    busy.add(print);
    const known = await memory.find(print).catch(() => undefined);
    const recording = known?.recording ?? crypto.randomUUID();
    await memory
      .keep({ recording, interview: place.interview, fingerprint: print, name: file.name, size: file.size })
      // A full phone remembers nothing; the file goes on its way all the same.
      .catch(() => undefined);
    const upload = new Upload(recording, place.interview, file, verdict.type, line, (progress) => {
      if (["done", "refused", "file_gone"].includes(progress.at)) busy.delete(print);
      card.tell(progress);
      if (progress.at === "done") void memory.forget(recording).catch(() => undefined).then(onDone);
    });
    card.start(upload);
  };
}
