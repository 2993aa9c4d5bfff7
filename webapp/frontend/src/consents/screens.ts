/** Each screen of asking for consent, drawn from values. What a person does comes back through `Deeds`. */

import { type Words, say } from "../page/words";
import { button, clone, fill, link, picture, slot } from "./drawing";
import { type Answers, type Asked, type Draft, type How, type TeachBack, type Texts, losesRecording, standing, touched } from "./model";
import { type Board, CROSS, makeBoard } from "./signature";

/** What a screen needs to know about the person on it. */
export interface Case {
  readonly person: Asked;
  readonly name: string;
  readonly texts: Texts;
  readonly draft: Draft;
  /** The answers on file, and those that are on their way. */
  readonly known: Answers;
  readonly words: Words;
  /** Which of how many. */
  readonly number: number;
  readonly total: number;
  readonly others: readonly { name: string; part: string; asked: boolean; here: boolean }[];
  readonly offline: boolean;
  readonly recorded: boolean;
  readonly outcome: "open" | "refused" | "silent" | "record";
  readonly interview: string;
  readonly next: string | null;
}

/** What a person can do on a screen. */
export interface Deeds {
  start(): void;
  answer(yes: boolean): void;
  teach(how: TeachBack): void;
  agree(yes: boolean): void;
  change(id: string): void;
  settle(): void;
  forget(): void;
  say(how: How): void;
  send(signature: string | null): void;
  back(): void;
  overview(): void;
  other(number: number): void;
  /** Shows a sentence that helps on, such as that the board is empty. */
  tell(sentence: string): void;
}

/** Draw the screen that the draft is at. */
export function draw(one: Case, deeds: Deeds): HTMLElement {
  const made = {
    start,
    choice,
    teach,
    agrees,
    overview,
    how,
    spoken,
    sign,
    done,
  }[one.draft.screen](one, deeds);
  made.querySelector<HTMLElement>("[data-do=back]")?.addEventListener("click", deeds.back);
  return made;
}

/** What is read aloud on a screen: everything there in Dutch for the one who is asked, in order. */
export function readable(one: Case): string {
  const { draft, texts } = one;
  const scope = texts.scopes.find((entry) => entry.id === draft.queue[draft.at]);
  switch (draft.screen) {
    case "start":
      return intro(one);
    case "choice":
      return scope ? `${scope.label} ${scope.explain}` : "";
    case "teach":
      return texts.teach_back;
    case "agrees":
      return texts.agrees;
    default:
      return "";
  }
}

function intro(one: Case): string {
  return one.person.represented_by ? one.texts.representative : one.texts.intro;
}

function start(one: Case, deeds: Deeds): HTMLElement {
  const screen = clone("screen-start");
  fill(screen, "count", one.total > 1 ? say(one.words, "person_count", { number: one.number, total: one.total }) : "");
  fill(screen, "sentence", intro(one));
  const who = one.person.represented_by;
  fill(screen, "represented", who ? say(one.words, "represented", { name: one.name, who }) : "");
  on(screen, "next", deeds.start);
  return screen;
}

function choice(one: Case, deeds: Deeds): HTMLElement {
  const { draft, texts, words } = one;
  const screen = clone("screen-choice");
  const scope = texts.scopes.find((entry) => entry.id === draft.queue[draft.at]);
  if (!scope) return screen;
  const number = draft.at + 1;
  fill(screen, "count", draft.single ? "" : say(words, "count", { number, total: draft.queue.length }));
  slot(screen, "picture").append(picture(scope.picture));
  fill(screen, "sentence", scope.label);
  fill(screen, "explain", scope.explain);
  fill(screen, "check", scope.check);
  const before = draft.said[scope.id] ?? (draft.single ? one.known[scope.id] : undefined);
  fill(screen, "chosen", before === undefined ? "" : say(words, "chosen", { answer: say(words, before ? "yes" : "no") }));
  chosen(screen, (value) => deeds.answer(value === "yes"));
  return screen;
}

function teach(one: Case, deeds: Deeds): HTMLElement {
  const screen = clone("screen-teach");
  fill(screen, "sentence", one.texts.teach_back);
  for (const scope of one.texts.scopes) {
    const line = document.createElement("li");
    line.textContent = `${scope.label} ${scope.explain}`;
    slot(screen, "explanations").append(line);
  }
  chosen(screen, (value) => deeds.teach(value === "right" ? "right" : "explained_again"));
  return screen;
}

function agrees(one: Case, deeds: Deeds): HTMLElement {
  const screen = clone("screen-agrees");
  fill(screen, "ask", say(one.words, "ask_self", { name: one.name }));
  fill(screen, "sentence", one.texts.agrees);
  chosen(screen, (value) => deeds.agree(value === "yes"));
  return screen;
}

function overview(one: Case, deeds: Deeds): HTMLElement {
  const { draft, words, texts, known } = one;
  const screen = clone("screen-overview");
  const changed = touched(draft);
  const now = standing(draft, known, one.person.represented_by !== null);
  const refused = now["use_research"] === false;
  fill(screen, "sentence", say(words, changed ? "look" : "on_file"));
  fill(screen, "note", draft.refusal || (changed && draft.agrees === false ? say(words, "does_not_want") : refused ? say(words, "without") : ""));
  fill(screen, "consequence", changed && one.recorded && losesRecording(known, now) ? say(words, "recording_goes") : "");
  fill(screen, "refused", refused ? texts.refused : "");
  for (const scope of texts.scopes) {
    if (refused && scope.id !== "use_research") continue;
    slot(screen, "rows").append(row(one, scope.id, scope.label, now[scope.id], deeds));
  }
  slot(screen, "go").hidden = !changed;
  on(screen, "next", deeds.settle);
  on(screen, "forget", deeds.forget);
  // With nothing on file there is nothing to go back to.
  const forget = screen.querySelector<HTMLElement>("[data-do=forget]");
  if (forget) forget.hidden = Object.keys(known).length === 0;
  slot(screen, "after").hidden = changed || Object.keys(known).length === 0;
  fill(screen, "withdraw", texts.withdraw);
  slot(screen, "copy").setAttribute("href", one.person.copy);
  slot(screen, "word").setAttribute("href", one.person.word);
  history(one, screen);
  if (!changed) slot(screen, "people").append(people(one, deeds));
  return screen;
}

function row(one: Case, id: string, label: string, yes: boolean | undefined, deeds: Deeds): HTMLElement {
  const made = clone("row");
  fill(made, "label", label);
  slot(made, "sign").append(picture(yes === undefined ? "minus" : yes ? "check" : "x"));
  fill(made, "answer", say(one.words, yes === undefined ? "open" : yes ? "yes" : "no"));
  const press = on(made, "change", () => deeds.change(id));
  press?.setAttribute("aria-label", say(one.words, "change", { label }));
  return made;
}

function history(one: Case, screen: HTMLElement): void {
  slot(screen, "history").hidden = one.person.history.length === 0;
  const labels = new Map(one.texts.scopes.map((scope) => [scope.id, scope.label]));
  for (const moment of one.person.history) {
    const line = document.createElement("li");
    const when = document.createElement("p");
    when.className = "small soft";
    when.translate = false;
    when.textContent = [moment.at, moment.who, moment.how].filter(Boolean).join(" · ");
    const list = document.createElement("ul");
    for (const [id, yes] of moment.answers) {
      const item = document.createElement("li");
      const said = document.createElement("strong");
      said.textContent = say(one.words, yes ? "yes" : "no");
      const about = document.createElement("span");
      about.lang = "nl";
      about.textContent = labels.get(id) ?? id;
      item.append(said, " ", about);
      list.append(item);
    }
    line.append(when, list);
    slot(screen, "moments").append(line);
  }
}

function how(_one: Case, deeds: Deeds): HTMLElement {
  const screen = clone("screen-how");
  chosen(screen, (value) => deeds.say(value as How));
  return screen;
}

function spoken(_one: Case, deeds: Deeds): HTMLElement {
  const screen = clone("screen-spoken");
  on(screen, "send", () => deeds.send(null));
  return screen;
}

function sign(one: Case, deeds: Deeds): HTMLElement {
  const screen = clone("screen-sign");
  const cross = one.draft.how === "cross";
  fill(screen, "sentence", say(one.words, cross ? "cross" : "sign"));
  const drawn = slot(screen, "drawn");
  const board: Board = makeBoard(slot(screen, "board"), () => {
    drawn.textContent = say(one.words, board.path() ? "drawn" : "empty");
    if (board.path()) screen.querySelector("[data-told]")?.remove();
  });
  drawn.textContent = say(one.words, "empty");
  const put = on(screen, "cross", () => board.set(CROSS));
  if (put) put.hidden = !cross;
  on(screen, "clear", () => board.set(""));
  on(screen, "paper", () => deeds.send(null));
  on(screen, "send", () => {
    const path = board.path();
    if (path) deeds.send(path);
    else deeds.tell(say(one.words, "draw_first"));
  });
  return screen;
}

function done(one: Case, deeds: Deeds): HTMLElement {
  const { words, texts } = one;
  const screen = clone("screen-done");
  const now = standing(one.draft, one.known, one.person.represented_by !== null);
  const sent = one.draft.talk === null;
  fill(screen, "sentence", say(words, "on_file"));
  fill(screen, "state", say(words, sent ? "saved" : one.offline ? "kept" : "sending"));
  fill(screen, "thanks", now["use_research"] ? texts.thanks : texts.refused);
  const ends = { record: "may_record", silent: "may_not_record", refused: "does_not_take_part", open: "others" } as const;
  fill(screen, "outcome", say(words, ends[one.outcome]));
  const ways = slot(screen, "ways");
  const next = one.others.findIndex((other) => !other.asked && !other.here);
  if (one.outcome === "open" && next >= 0) {
    ways.append(button(say(words, "next_person", { name: one.others[next]?.name ?? "" }), "primary", () => deeds.other(next)));
  } else if (one.next && one.outcome !== "refused") {
    ways.append(link(say(words, "to_talk"), "primary", one.next));
  }
  if (sent) ways.append(link(say(words, "copy"), "secondary", one.person.copy));
  ways.append(link(say(words, "to_interview"), "secondary", one.interview));
  slot(screen, "people").append(people(one, deeds));
  on(screen, "overview", deeds.overview);
  return screen;
}

function people(one: Case, deeds: Deeds): Node {
  if (one.others.length < 2) return document.createDocumentFragment();
  const made = clone("people");
  one.others.forEach((other, number) => {
    const line = document.createElement("li");
    const name = other.part === "companion" ? say(one.words, "companion", { name: other.name }) : other.name;
    const words = say(one.words, other.asked ? "asked" : "not_asked", { name });
    const press = button(words, "secondary", () => deeds.other(number));
    if (other.here) press.setAttribute("aria-current", "true");
    line.append(press);
    slot(made, "list").append(line);
  });
  return made;
}

function on(screen: ParentNode, what: string, then: () => void): HTMLElement | null {
  const found = screen.querySelector<HTMLElement>(`[data-do="${what}"]`);
  found?.addEventListener("click", then);
  return found;
}

function chosen(screen: ParentNode, then: (value: string) => void): void {
  for (const press of screen.querySelectorAll<HTMLButtonElement>("button[name=answer]")) {
    press.type = "button";
    press.addEventListener("click", () => then(press.value));
  }
}
