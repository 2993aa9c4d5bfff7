/** The editor: what is pressed and typed becomes a change of the text, is drawn, and is handed on to be saved. */

import { announce } from "../page/announce";
import { say, type Words } from "../page/words";
import type { Player } from "../player/player";
import { History } from "./history";
import { grow, type TurnList } from "./list";
import * as model from "./model";
import type { Change, Cursor, Role, Text } from "./model";
import { around, MARKS, parts, putIn, share, timeOf, type Mark } from "./words";

const BACK_MS = 3000;

export interface Page {
  readonly root: HTMLElement;
  readonly words: Words;
  readonly list: TurnList;
  /** Every new text, to be saved. */
  readonly changed: (text: Text) => void;
  /** Lines that were pasted, as turns. */
  readonly read: (pasted: string, text: Text) => Promise<{ turns: model.Turn[]; speakers: readonly model.Speaker[] }>;
  readonly notice: (text: string, action?: { words: string; deed: () => void }) => void;
}

export class Editor {
  readonly history: History;
  player: Player | null = null;
  private at: Cursor | null = null;
  private chosenEnd = 0;
  private told = 0;
  private locked = false;
  private readonly find: <E extends HTMLElement>(part: string) => E;

  constructor(
    private readonly page: Page,
    text: Text,
  ) {
    this.history = new History(text);
    this.find = <E extends HTMLElement>(part: string): E => page.root.querySelector<E>(`[data-${part}]`) as E;
    this.buildMarks();
    this.wire();
    this.draw();
  }

  get text(): Text {
    return this.history.text;
  }

  /** Another text altogether: the server's, or what was chosen. It can be undone like any change. */
  replace(text: Text): void {
    this.history.change(text, this.at);
    this.draw();
  }

  /** No more typing: it is on its way to be handed in. */
  lock(): void {
    this.locked = true;
    this.page.root.querySelectorAll<HTMLTextAreaElement>("textarea").forEach((area) => {
      area.readOnly = true;
    });
    this.find("dock").hidden = true;
  }

  apply(change: Change, key = ""): void {
    if (this.locked) return;
    if (change.text !== this.text) {
      this.history.change(change.text, this.at, key);
      this.draw();
      this.page.changed(this.text);
    }
    if (change.cursor) this.go(change.cursor);
  }

  private go(cursor: Cursor, end?: number): void {
    this.page.list.go(cursor, end);
    this.remember();
  }

  private draw(): void {
    this.page.list.draw(this.text);
    this.drawSpeakers();
    this.tellShare();
  }

  /** The turn one works in: where the cursor is or was, else the last. */
  private now(): Cursor {
    // Asked anew: the browser tells a moved cursor a little later.
    this.remember();
    const at = this.at;
    if (at && model.turnOf(this.text, at.id)) return at;
    const last = this.text.turns.at(-1) as model.Turn;
    return { id: last.id, at: last.text.length };
  }

  private remember(): void {
    const cursor = this.page.list.cursor();
    if (!cursor) return;
    const moved = cursor.id !== this.at?.id;
    this.at = cursor;
    this.chosenEnd = this.page.list.area(cursor.id)?.selectionEnd ?? cursor.at;
    if (moved) {
      this.page.list.mark(this.text, cursor.id);
      this.drawSpeakers();
    }
  }

  /** The moment in the recording for a new turn; null while nothing was listened to. */
  private moment(): number | null {
    const player = this.player;
    return player && player.duration() > 0 && (player.playing() || player.now() > 0) ? Math.round(player.now()) : null;
  }

  // What a turn is told by typing.

  private wire(): void {
    const { root } = this.page;
    const turns = this.find("turns");
    turns.addEventListener("input", (event) => this.typed(event.target as HTMLTextAreaElement));
    turns.addEventListener("beforeinput", (event) => this.before(event));
    turns.addEventListener("paste", (event) => void this.paste(event));
    turns.addEventListener("focusin", () => this.remember());
    turns.addEventListener("click", (event) => this.pressed(event));
    document.addEventListener("selectionchange", () => this.remember());
    root.addEventListener("keydown", (event) => this.key(event));
    const dock = this.find("dock");
    // A press on a tool leaves the cursor where it is, and the keyboard of a phone open.
    dock.addEventListener("pointerdown", (event) => {
      const button = (event.target as Element).closest("button");
      if (button && !button.closest("[data-sound]")) event.preventDefault();
    });
    root.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-do]");
      if (button) this.do(button.dataset["do"] ?? "");
    });
    const asked = this.find<HTMLDialogElement>("new-speaker");
    asked.addEventListener("close", () => {
      if (asked.returnValue) this.addSpeaker(asked.returnValue as Role);
      asked.returnValue = "";
    });
  }

  private typed(area: HTMLTextAreaElement): void {
    const id = this.page.list.idOf(area);
    if (id === null || this.locked) return;
    if (area.value.includes("\n")) {
      // A keyboard that puts in line ends without asking: each line is a turn.
      this.lines(id, area);
      return;
    }
    const before = this.at;
    this.history.change(model.edit(this.text, id, area.value), before, `edit ${id}`);
    this.page.list.draw(this.text);
    grow(area);
    this.remember();
    this.tellShare();
    this.page.changed(this.text);
  }

  private lines(id: number, area: HTMLTextAreaElement): void {
    const [first = "", ...rest] = area.value.split("\n");
    let text = model.edit(this.text, id, first);
    let index = model.indexOf(text, id);
    let cursor: Cursor = { id, at: first.length };
    for (const line of rest) {
      const made = model.turn(model.other(text, index), line, this.moment());
      const put = text.turns.slice();
      put.splice(index + 1, 0, made);
      text = { ...text, turns: put };
      index += 1;
      cursor = { id: made.id, at: 0 };
    }
    this.apply({ text, cursor });
  }

  private before(event: InputEvent): void {
    const area = event.target as HTMLTextAreaElement;
    const id = this.page.list.idOf(area);
    if (id === null) return;
    if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
      event.preventDefault();
      this.do(event.inputType === "historyUndo" ? "undo" : "redo");
    } else if (event.inputType === "insertLineBreak" || event.inputType === "insertParagraph") {
      event.preventDefault();
      this.enter(id, area);
    } else if (event.inputType === "deleteContentBackward" && area.selectionEnd === 0) {
      event.preventDefault();
      this.apply(model.merge(this.text, id));
    }
  }

  private enter(id: number, area: HTMLTextAreaElement): void {
    const at = area.selectionEnd;
    this.apply(model.enter(this.text, id, at, this.moment()));
  }

  private async paste(event: ClipboardEvent): Promise<void> {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    const id = this.page.list.idOf(event.target);
    if (id === null || !/[\r\n]/.test(pasted.trim())) return;
    event.preventDefault();
    const read = await this.page.read(pasted, this.text);
    this.apply(model.insert(this.text, id, read.turns, read.speakers));
    const count = read.turns.length;
    announce(say(this.page.words, count === 1 ? "pasted.one" : "pasted.many", { count }));
  }

  private pressed(event: Event): void {
    const target = event.target as Element;
    const id = this.page.list.idOf(target);
    const turn = id === null ? undefined : model.turnOf(this.text, id);
    if (!turn) return;
    if (target.closest("[data-who]")) {
      this.apply({ text: model.speak(this.text, turn.id, model.next(this.text, turn.speaker)), cursor: null });
    } else if (target.closest("[data-time]") && turn.start !== null) {
      this.player?.seek(turn.start);
      this.player?.play();
    }
  }

  // Keys.

  private key(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented) return;
    const deed = this.deedOf(event);
    if (!deed) return;
    event.preventDefault();
    deed();
  }

  private deedOf(event: KeyboardEvent): (() => void) | null {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey;
    const { key } = event;
    if (key === "F2" || (control && event.code === "Space")) return () => this.player?.toggle();
    if (key === "F1" || (control && key.toLowerCase() === "j")) return () => this.player?.back(BACK_MS);
    if (event.altKey && !control && /^Digit[1-9]$/.test(event.code)) return () => this.choose(Number(event.code.slice(5)) - 1);
    const area = event.target instanceof HTMLTextAreaElement ? event.target : null;
    const inside = area && this.page.list.idOf(area) !== null;
    if (control && inside && key.toLowerCase() === "z") return () => this.do(event.shiftKey ? "redo" : "undo");
    if (control && inside && key.toLowerCase() === "y") return () => this.do("redo");
    return inside ? this.inTurn(event, area, control) : null;
  }

  private inTurn(event: KeyboardEvent, area: HTMLTextAreaElement, control: boolean): (() => void) | null {
    const id = this.page.list.idOf(area) as number;
    const { key } = event;
    if (key === "Enter" && control) return () => this.do("split");
    if (key === "Enter" && !event.altKey) return () => this.enter(id, area);
    if (key === "Backspace" && area.selectionEnd === 0 && model.indexOf(this.text, id) > 0) return () => this.do("merge");
    if (event.altKey && key === "ArrowUp") return () => this.do("up");
    if (event.altKey && key === "ArrowDown") return () => this.do("down");
    if (event.shiftKey || event.altKey || control || area.selectionStart !== area.selectionEnd) return null;
    const step = key === "ArrowUp" && area.selectionEnd === 0 ? -1 : key === "ArrowDown" && area.selectionEnd === area.value.length ? 1 : 0;
    const beside = step && this.text.turns[model.indexOf(this.text, id) + step];
    return beside ? () => this.go({ id: beside.id, at: step < 0 ? beside.text.length : 0 }) : null;
  }

  private choose(place: number): void {
    const speaker = this.text.speakers[place];
    const { id } = this.now();
    if (speaker) this.apply({ text: model.speak(this.text, id, speaker.label), cursor: null });
  }

  // Tools.

  do(what: string): void {
    const { id, at } = this.now();
    const speaker = model.turnOf(this.text, id)?.speaker ?? null;
    const deeds: Record<string, () => void> = {
      undo: () => this.step("undo"),
      redo: () => this.step("redo"),
      split: () => this.apply(model.split(this.text, id, at, speaker, this.moment())),
      merge: () => this.apply(model.merge(this.text, id)),
      up: () => this.apply({ text: model.move(this.text, id, -1), cursor: { id, at } }),
      down: () => this.apply({ text: model.move(this.text, id, 1), cursor: { id, at } }),
      time: () => this.apply({ text: model.setTime(this.text, id, this.moment()), cursor: { id, at } }),
      remove: () => this.remove(id),
      add: () => this.add(),
      speaker: () => this.find<HTMLDialogElement>("new-speaker").showModal(),
    };
    deeds[what]?.();
  }

  private step(way: "undo" | "redo"): void {
    const { words } = this.page;
    const step = this.history[way](this.at);
    if (!step) {
      announce(say(words, `nothing_${way}`));
      return;
    }
    this.draw();
    this.page.changed(this.text);
    if (step.cursor) this.go(step.cursor);
  }

  private remove(id: number): void {
    const { words } = this.page;
    this.apply(model.remove(this.text, id));
    this.page.notice(say(words, "removed"), {
      words: say(words, "put_back"),
      deed: () => {
        this.do("undo");
        announce(say(words, "undone"));
      },
    });
  }

  private add(): void {
    const index = this.text.turns.length - 1;
    const made = model.turn(model.other(this.text, index), "", this.moment());
    this.apply({ text: { ...this.text, turns: [...this.text.turns, made] }, cursor: { id: made.id, at: 0 } });
  }

  private addSpeaker(role: Role): void {
    const { text, label } = model.addSpeaker(this.text, role);
    const { id, at } = this.now();
    this.apply({ text: model.speak(text, id, label), cursor: { id, at } });
  }

  // The dock.

  private drawSpeakers(): void {
    const bar = this.find("speakers");
    const { words } = this.page;
    const here = this.at && model.turnOf(this.text, this.at.id);
    const now = (here ?? this.text.turns.at(-1))?.speaker ?? null;
    const wanted = this.text.speakers.map((one) => `${one.label}|${one.role}`).join(",");
    if (bar.dataset["drawn"] !== wanted) {
      bar.dataset["drawn"] = wanted;
      const chips = this.text.speakers.map((one, place) => {
        const chip = this.chip(one.label, () => this.choose(place));
        chip.dataset["speaker"] = one.label;
        chip.setAttribute("aria-label", say(words, "speaker_pressed", { speaker: one.label, role: say(words, `role.${one.role}`) }));
        return chip;
      });
      const more = this.chip("+", () => this.do("speaker"));
      more.setAttribute("aria-label", say(words, "speaker_more"));
      bar.replaceChildren(...chips, more);
    }
    for (const chip of bar.querySelectorAll<HTMLElement>("[data-speaker]")) {
      chip.setAttribute("aria-pressed", String(chip.dataset["speaker"] === now));
    }
  }

  private buildMarks(): void {
    this.find("marks").replaceChildren(
      ...MARKS.map((mark) => {
        const shown = mark.whole ? mark.before + mark.after : `${mark.before.trim()}${mark.after && " "}${mark.after}`;
        const chip = this.chip(shown, () => this.mark(mark));
        chip.setAttribute("aria-label", say(this.page.words, "mark.label", { mark: shown }));
        return chip;
      }),
    );
  }

  private chip(text: string, deed: () => void): HTMLButtonElement {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.lang = "nl";
    chip.translate = false;
    chip.textContent = text;
    chip.addEventListener("click", deed);
    return chip;
  }

  private mark(mark: Mark): void {
    const { id, at } = this.now();
    const turn = model.turnOf(this.text, id) as model.Turn;
    const end = Math.max(at, Math.min(this.chosenEnd, turn.text.length));
    const moment = this.moment() ?? turn.start;
    const time = mark.timed && moment !== null ? ` ${timeOf(moment, ":")}` : "";
    const put = mark.whole ? putIn(turn.text, end, end, mark.before + time + mark.after) : around(turn.text, at, end, mark);
    this.apply({ text: model.edit(this.text, id, put.words), cursor: { id, at: put.at } });
  }

  private tellShare(): void {
    window.clearTimeout(this.told);
    this.told = window.setTimeout(() => {
      const { words } = this.page;
      const { told, total } = share(this.text);
      const about = parts(told, total);
      this.find("share").textContent = !about
        ? ""
        : about.told === 0
          ? say(words, "share.none")
          : about.of === 1
            ? say(words, "share.all")
            : say(words, "share", { told: about.told, of: about.of });
    }, 400);
  }
}
