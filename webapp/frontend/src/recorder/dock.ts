/** What is seen of the recorder. It says only what is true: what is kept, what is on its way, what went wrong. */

import { outboxEvents } from "../offline/outbox";
import { askToStay } from "../offline/store";
import { announce } from "../page/announce";
import { say, type Words } from "../page/words";
import { clock, lengthInWords } from "../player/time";
import { listenTo, type Level } from "./level";
import type { Mark, Marks } from "./marks";
import type { Trouble } from "./microphone";
import { Awake, minutesLeft, recordsWhenLocked } from "./room";
import { LONGEST_MS, type Session, type State } from "./session";

/** Room for fewer minutes than this is said. */
const LITTLE_ROOM = 30;
const ROOM_OFTEN_MS = 30_000;
const CLOCK_MS = 500;
/** A mark whose note nobody types goes on its way after this. */
const NOTE_MS = 30_000;
const GAP_MS = 2000;

type Shown = "found" | "main" | "no";

export class Dock {
  private readonly awake = new Awake();
  private level: Level | null = null;
  private mark: Mark | null = null;
  private noteTimer = 0;
  private clockTimer = 0;
  private roomTimer = 0;
  /** Sentences that hold for now, the most pressing last. */
  private readonly warnings = new Map<string, string>();

  constructor(
    private readonly root: HTMLElement,
    private readonly words: Words,
    private readonly session: Session,
    private readonly marks: Marks,
    private readonly emit: (event: string) => void,
  ) {
    const template = document.querySelector<HTMLTemplateElement>("template[data-recorder]");
    if (!template) throw new Error("The page has no recorder: include recordings/_recorder.html.");
    root.replaceChildren(template.content.cloneNode(true));
    this.wire();
  }

  /** Nothing was recorded before: the one button. */
  ready(): void {
    this.show("main");
    this.state("idle");
  }

  /** A page died while it recorded: the person says whether it goes on. `keptAt` is when sound was last kept. */
  found(keptAt: string): void {
    this.show("found");
    const fields = { length: lengthInWords(this.session.now(), this.words), time: this.hour(keptAt) };
    this.part("found-text").textContent = say(this.words, "found", fields);
    announce(say(this.words, "found", fields));
  }

  refuse(key: string): void {
    this.refuseWith(say(this.words, key));
  }

  refuseWith(sentence: string): void {
    this.show("no");
    this.part("no-text").textContent = sentence;
  }

  state(state: State): void {
    this.show("main");
    this.root.dataset["state"] = state;
    const on = state === "recording" || state === "paused" || state === "interrupted";
    this.part("start").hidden = on;
    this.part("running").hidden = !on;
    this.part("pause").hidden = state === "paused";
    this.part("go-on").hidden = state !== "paused";
    this.part<HTMLButtonElement>("mark").disabled = !on;
    this.part("start-text").textContent = say(this.words, state === "stopped" ? "start_again" : "start");
    this.part("state").textContent = say(this.words, `state_${state}`);
    this.part("banner").hidden = state !== "recording";
    this.warn("interrupted", state === "interrupted" ? say(this.words, "interrupted") : null);
    if (state === "stopped") {
      this.closeMark();
      this.note("stopped", { length: lengthInWords(this.session.now(), this.words) });
    } else {
      announce(say(this.words, `state_${state}`));
    }
    if (state === "recording") this.begin();
    else if (state !== "interrupted") this.rest();
    this.tick();
  }

  trouble(why: Trouble): void {
    this.show("main");
    this.note(`microphone_${why}`);
  }

  gap(ms: number): void {
    if (ms > GAP_MS) this.note("gap", { length: lengthInWords(ms, this.words) });
  }

  muted(muted: boolean): void {
    this.warn("muted", muted ? say(this.words, "muted") : null);
  }

  full(full: boolean): void {
    this.warn("full", full ? say(this.words, "full") : null);
  }

  stream(stream: MediaStream | null): void {
    this.level?.stop();
    this.level = null;
    if (!stream) return;
    const meter = this.part("level-bar");
    this.level = listenTo(
      stream,
      (level) => meter.style.setProperty("--level", level.toFixed(2)),
      (silent) => {
        if (this.session.state === "recording") this.warn("silent", silent ? say(this.words, "silent") : null);
      },
    );
  }

  private wire(): void {
    const press = (part: string, deed: () => void): void => this.part(part).addEventListener("click", deed);
    press("start", () => void this.session.start());
    press("found-go", () => void this.session.goOn());
    press("found-done", () => void this.session.stop());
    press("stop", () => void this.session.stop());
    press("pause", () => {
      this.session.pause();
      this.part("go-on").focus();
    });
    press("go-on", () => {
      void this.session.goOn().then(() => this.part("pause").focus());
    });
    press("mark", () => void this.makeMark());
    this.part<HTMLFormElement>("mark-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.closeMark();
      this.part("mark").focus();
    });
    this.part<HTMLInputElement>("mark-note").addEventListener("input", (event) => {
      if (!this.mark) return;
      this.mark.note = (event.target as HTMLInputElement).value;
      void this.marks.keep(this.mark);
      this.waitForNote();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.session.state === "recording") event.preventDefault();
    });
    for (const event of ["change", "offline", "online"]) outboxEvents.addEventListener(event, () => this.tick());
    this.part("banner-text").textContent = say(
      this.words,
      recordsWhenLocked(navigator.userAgent, navigator.maxTouchPoints) ? "may_lock" : "keep_on",
    );
  }

  private begin(): void {
    void askToStay();
    this.awake.hold();
    window.clearInterval(this.clockTimer);
    window.clearInterval(this.roomTimer);
    this.clockTimer = window.setInterval(() => this.tick(), CLOCK_MS);
    this.roomTimer = window.setInterval(() => void this.checkRoom(), ROOM_OFTEN_MS);
    void this.checkRoom();
    this.note(null);
  }

  private rest(): void {
    this.awake.release();
    window.clearInterval(this.clockTimer);
    window.clearInterval(this.roomTimer);
    for (const key of ["silent", "muted"]) this.warn(key, null);
  }

  private tick(): void {
    const now = this.session.now();
    this.part("time").textContent = clock(now);
    this.emit("time");
    if (this.session.state === "recording" && now >= LONGEST_MS) {
      void this.session.rollOver().then(() => this.note("rolled_over"));
    }
  }

  private async checkRoom(): Promise<void> {
    const left = await minutesLeft();
    const little = left !== null && left < LITTLE_ROOM;
    this.warn("room", little ? say(this.words, "room", { length: lengthInWords(left * 60_000, this.words) }) : null);
  }

  private async makeMark(): Promise<void> {
    const recording = this.session.id();
    if (!recording) return;
    const at = this.session.now();
    this.closeMark();
    this.mark = await this.marks.make(recording, at);
    this.part("mark-text").textContent = say(this.words, "marked", { time: clock(at) });
    this.part<HTMLInputElement>("mark-note").value = "";
    this.part("mark-form").hidden = false;
    announce(say(this.words, "marked", { time: clock(at) }));
    this.emit("mark");
    this.waitForNote();
  }

  private waitForNote(): void {
    window.clearTimeout(this.noteTimer);
    this.noteTimer = window.setTimeout(() => this.closeMark(), NOTE_MS);
  }

  private closeMark(): void {
    window.clearTimeout(this.noteTimer);
    this.part("mark-form").hidden = true;
    if (this.mark) void this.marks.close(this.mark);
    this.mark = null;
  }

  /** One passing sentence; it stays until the next. */
  private note(key: string | null, fields: Record<string, string | number> = {}): void {
    const line = this.part("said");
    line.textContent = key === null ? "" : say(this.words, key, fields);
    line.hidden = key === null;
    if (key !== null) announce(line.textContent);
  }

  private warn(key: string, sentence: string | null): void {
    const before = this.warnings.get(key);
    if (sentence === null) this.warnings.delete(key);
    else this.warnings.set(key, sentence);
    const said = [...this.warnings.values()].join(" ");
    this.part("warning").hidden = !said;
    this.part("warning-text").textContent = said;
    if (sentence !== null && before !== sentence) announce(sentence);
  }

  private show(shown: Shown): void {
    for (const part of ["found", "main", "no"]) this.part(part).hidden = part !== shown;
    this.root.hidden = false;
  }

  private hour(iso: string): string {
    const at = new Date(iso);
    return `${at.getHours()}.${String(at.getMinutes()).padStart(2, "0")}`;
  }

  private part<E extends HTMLElement = HTMLElement>(name: string): E {
    const found = this.root.querySelector<E>(`[data-part="${name}"]`);
    if (!found) throw new Error(`The recorder has no ${name}.`);
    return found;
  }
}
