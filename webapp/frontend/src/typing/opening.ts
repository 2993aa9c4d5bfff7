/** Puts the pieces of the typing page together: text, saving, editor, player, questions, handing in. */

import { csrf, isOffline, onAnswer, outboxEvents, send, start as startSending, type Answer, type Item } from "../offline/outbox";
import { packOfPage, type Pack } from "../offline/pack";
import type { Store } from "../offline/store";
import { announce } from "../page/announce";
import { say, type Words } from "../page/words";
import type { Sound } from "../player/timeline";
import { showChoice, type Side } from "./choosing";
import { directly, type Direct } from "./direct";
import { Editor } from "./editor";
import { mountFinding } from "./finding";
import { mountHandingIn } from "./handingin";
import { kept, keep, forget, type Stored } from "./keeping";
import { TurnList } from "./list";
import type { Text, Turn } from "./model";
import { edit } from "./model";
import { Notices } from "./notices";
import { showQuestions, type GuideSection } from "./questions";
import { reconcile, type Start } from "./reconcile";
import { Saver, type Conflict } from "./saver";
import { mountStatus } from "./status";
import { ownTab } from "./tabs";
import { fromWire, type Typing, type Wire, type WireAside } from "./wire";
import { fromLines, withoutBsn } from "./words";

export const DRAFT = "draft";

/** Open the text of `pack`. False when this phone has none. */
export async function openTyping(root: HTMLElement, words: Words, pack: Pack, store: Store | null): Promise<boolean> {
  const interview = pack.interview.id;
  const typing = pack.typing as Typing | null;
  const notices = new Notices(root.querySelector<HTMLElement>("[data-notices]") as HTMLElement, words);
  const tab = await ownTab(interview, () => notices.once("other_tab", say(words, "other_tab")));
  const found = store ? await kept(store, interview, tab.id) : [];
  const own = found[0] ?? null;
  if (!typing && !own) return false;
  const fresh = packOfPage() !== null;
  const began = typing ?? { version: 0, base: null, save: null, turns: [], speakers: [], saved_at: null, saved_by: null, device: "", aside: [], reason: null };
  const from = reconcile(
    {
      base: began.base,
      version: began.version,
      save: began.save,
      text: fromWire(began),
      fresh,
      at: Date.parse(began.saved_at ?? pack.made_at) || 0,
    },
    own,
  );
  const page = new TypingPage(root, words, pack, store, tab.id, from, began, notices, () => tab.typing());
  page.open(own, found.slice(1));
  return true;
}

class TypingPage {
  private readonly interview: string;
  private readonly saver: Saver;
  private readonly editor: Editor;
  private readonly list: TurnList;
  private readonly direct: Direct | null;
  private readonly url: string;

  constructor(
    private readonly root: HTMLElement,
    private readonly words: Words,
    private readonly pack: Pack,
    private readonly store: Store | null,
    private readonly tab: string,
    private readonly from: Start,
    private readonly typing: Typing,
    private readonly notices: Notices,
    says: () => void,
  ) {
    this.interview = pack.interview.id;
    this.url = `/gesprekken/${this.interview}/uittypen/concept`;
    this.direct = store ? null : directly(this.url, (id, answer) => this.heard(id, answer));
    const part = <E extends HTMLElement>(name: string): E => root.querySelector<E>(`[data-${name}]`) as E;
    this.list = new TurnList(part("turns"), document.querySelector("template[data-turn]") as HTMLTemplateElement, words);
    this.saver = new Saver(
      {
        keep: async (local) => {
          if (store) await keep(store, this.interview, local);
        },
        send: (id, body) => this.send(id, body),
        newId: () => crypto.randomUUID(),
        now: () => Date.now(),
        changed: () => status.draw(),
        conflict: (conflict) => this.conflict(conflict),
        bsn: (turns, sent) => this.bsn(turns, sent),
      },
      tab,
      from,
      { savedAt: Date.parse(typing.saved_at ?? "") || null },
    );
    const status = mountStatus(document.querySelector("[data-status]") as HTMLElement, words, this.saver, typing, store !== null);
    this.editor = new Editor(
      {
        root,
        words,
        list: this.list,
        changed: (text) => {
          says();
          this.saver.change(this.clean(text));
        },
        read: (pasted, text) => this.read(pasted, text),
        notice: (text, action) => notices.show(text, action),
      },
      from.text,
    );
  }

  open(own: Stored | null, others: readonly Stored[]): void {
    const { root, words, pack, store } = this;
    root.hidden = false;
    document.querySelector<HTMLElement>("[data-waiting]")?.setAttribute("hidden", "");
    const of = document.querySelector<HTMLElement>("[data-of]");
    if (of) of.textContent = [pack.interview.code, ...pack.interview.names].join(" ");
    mountFinding(root, words, this.editor, this.list);
    showQuestions(root, words, pack.guide as GuideSection | null);
    void this.sound();
    if (store) {
      startSending(store);
      onAnswer(DRAFT, (item, answer) => {
        if (item.interview === this.interview) this.heard(item.id, answer);
      });
    }
    mountHandingIn({ root, words, interview: this.interview, saver: this.saver, store, notices: this.notices, editor: this.editor, csrf,
      done: async () => {
        if (store) await forget(store, this.interview, this.tab);
      },
    });
    for (const moment of ["visibilitychange", "pagehide", "freeze"]) {
      document.addEventListener(moment, () => void this.saver.flush());
    }
    window.addEventListener("pagehide", () => void this.saver.flush());
    window.addEventListener("blur", () => void this.saver.flush());
    window.addEventListener("beforeunload", (event) => {
      // On this phone it is safe already; only what is nowhere yet is worth a question.
      if (this.saver.state === "busy" && !store) event.preventDefault();
    });
    outboxEvents.addEventListener("online", () => void this.saver.flush());
    if (this.from.from === "phone" && this.from.dirty) {
      this.notices.show(say(words, "restored"));
      void this.saver.flush();
    }
    if (own) void this.takeOver(own);
    void this.sendOthers(others);
    const waiting = this.typing.aside.find((one) => !this.from.after.includes(one.id));
    if (waiting) this.aside(waiting);
  }

  private async send(id: string, body: unknown): Promise<void> {
    if (!this.store) {
      this.direct?.send(id, body);
      return;
    }
    const url = `${this.url}?tab=${this.tab}`;
    await send(this.store, { id, interview: this.interview, kind: DRAFT, method: "PUT", url, json: body, latest: true } satisfies Item);
  }

  /** The text of a tab that is gone goes on here. It is kept once, under this tab: twice would look like two texts. */
  private async takeOver(gone: Stored): Promise<void> {
    if (!this.store || gone.tab === this.tab || !gone.dirty) return;
    if (this.from.from === "phone") await this.saver.keep();
    if (this.saver.state !== "failed") await forget(this.store, this.interview, gone.tab);
  }

  /** Texts of tabs that are gone: sent as they were, so that the server keeps them and shows both. */
  private async sendOthers(others: readonly Stored[]): Promise<void> {
    for (const one of others) {
      if (!this.store) return;
      if (one.dirty) {
        const id = crypto.randomUUID();
        const json = { save: id, version: one.version, base: one.base, after: one.after, settles: [], ...one.wire };
        await send(this.store, { id, interview: this.interview, kind: DRAFT, method: "PUT", url: this.url, json });
      }
      await forget(this.store, this.interview, one.tab);
    }
  }

  private heard(id: string, answer: Answer): void {
    const mine = this.saver.answered(id, answer.status, answer.json);
    const json = answer.json as Partial<Conflict> | null;
    if (!mine && answer.status === 409 && typeof json?.version === "number" && json.turns) {
      // A text of a tab that is gone was kept aside: it is in the list of what waits.
      const waits = json.aside?.find((one) => one.id === json.aside_id);
      if (waits) this.aside(waits);
    }
    if (mine && answer.status >= 200 && answer.status < 300) this.notices.gone("conflict");
  }

  /** What the server would take out is taken out before it is kept on the phone. */
  private clean(text: Text): Text {
    const dirty = text.turns.filter((one) => withoutBsn(one.text) !== one.text);
    if (!dirty.length) return text;
    return this.withoutBsns(dirty.map((one) => [one, withoutBsn(one.text)]));
  }

  private bsn(turns: readonly (readonly [number, string])[], sent: Text): void {
    const found = turns
      .map(([place, text]) => [sent.turns[place], text] as const)
      .filter((one): one is [Turn, string] => one[0] !== undefined && this.editor.text.turns.some((now) => now.id === one[0]?.id && now.text === one[0]?.text));
    if (found.length) this.saver.change(this.withoutBsns(found));
  }

  private withoutBsns(found: readonly (readonly [Turn, string])[]): Text {
    let text = this.editor.text;
    for (const [turn, words] of found) text = edit(text, turn.id, words);
    const cursor = this.list.cursor();
    this.editor.replace(text);
    if (cursor) this.list.go({ id: cursor.id, at: Math.min(cursor.at, this.list.area(cursor.id)?.value.length ?? 0) });
    this.notices.show(say(this.words, "bsn"));
    announce(say(this.words, "bsn"));
    return text;
  }

  // Two texts.

  private conflict(found: Conflict): void {
    if (!found.turns) {
      this.notices.once("conflict", say(this.words, "conflict_reload"));
      return;
    }
    const server = fromWire(found as Wire);
    this.notices.once("conflict", say(this.words, "conflict"), {
      words: say(this.words, "conflict_look"),
      deed: () =>
        this.choose(
          { title: say(this.words, "theirs"), by: this.by(found), text: server },
          { title: say(this.words, "mine"), by: "", text: this.editor.text },
          (text) => this.saver.choose(text, found.version, found.base, [found.aside_id]),
          () => this.conflict(found),
        ),
    });
  }

  private aside(one: WireAside): void {
    this.notices.once(`aside ${one.id}`, say(this.words, "conflict"), {
      words: say(this.words, "conflict_look"),
      deed: () =>
        this.choose(
          { title: say(this.words, "theirs"), by: "", text: this.editor.text },
          { title: say(this.words, "aside"), by: this.by(one), text: fromWire(one) },
          (text) => this.saver.choose(text, this.saver.version, this.saver.base, [one.id]),
          () => this.aside(one),
        ),
    });
  }

  private choose(left: Side, right: Side, take: (text: Text) => Promise<void>, later: () => void): void {
    const panel = this.root.querySelector<HTMLElement>("[data-conflict]") as HTMLElement;
    const editing = this.root.querySelector<HTMLElement>("[data-editor]") as HTMLElement;
    const dock = this.root.querySelector<HTMLElement>("[data-dock]") as HTMLElement;
    editing.hidden = dock.hidden = true;
    showChoice(panel, this.words, left, right, (text) => {
      editing.hidden = dock.hidden = false;
      if (!text) {
        later();
        return;
      }
      this.editor.replace(text);
      void take(text);
      this.notices.show(say(this.words, "chosen"));
    });
    panel.querySelector<HTMLElement>("h2")?.focus();
    panel.scrollIntoView({ block: "start" });
  }

  private by(one: { saved_by: string | null; saved_at: string | null; device: string }): string {
    const at = one.saved_at ? new Date(one.saved_at).toLocaleString(document.documentElement.lang || "nl", { dateStyle: "long", timeStyle: "short" }) : "";
    return [one.saved_by ?? say(this.words, "computer"), at, one.saved_by ? one.device : ""].filter(Boolean).join(", ");
  }

  // Sound and pasting.

  private async sound(): Promise<void> {
    const section = this.pack.recording as { recordings?: Sound[] } | null;
    const element = this.root.querySelector<HTMLElement>("[data-sound]");
    if (!element || !section?.recordings?.length || !document.querySelector("template[data-player]")) return;
    const { mountPlayer } = await import("../player/player");
    element.hidden = false;
    this.editor.player = mountPlayer(element, section.recordings, { waveform: true });
  }

  private async read(pasted: string, text: Text): Promise<{ turns: Turn[]; speakers: Text["speakers"] }> {
    try {
      if (isOffline()) throw new Error("offline");
      const answer = await fetch(`/gesprekken/${this.interview}/uittypen/plakken`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": await csrf() },
        credentials: "same-origin",
        body: JSON.stringify({ text: pasted }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const json = (await answer.json()) as Wire & { bsn: string | null };
      if (json.bsn) this.notices.show(json.bsn);
      const read = fromWire(json);
      return { turns: [...read.turns], speakers: read.speakers };
    } catch {
      return { turns: fromLines(pasted, text.speakers), speakers: [] };
    }
  }
}
