/** Asking for consent, one choice per screen, with or without network. Each answer is on the phone at once. */

import { clone, link } from "./consents/drawing";
import {
  type Answers,
  type Asked,
  type Consent,
  type Draft,
  agree,
  answer,
  back,
  begin,
  change,
  open,
  outcome,
  payload,
  say as choose,
  settle,
  standing,
  start,
  teach,
} from "./consents/model";
import { type Case, type Deeds, draw, readable } from "./consents/screens";
import { canSpeak, findVoice, hush, speak } from "./consents/speech";
import { onAnswer, outboxEvents, send } from "./offline/outbox";
import { NoPack, PACK, type Pack, loadPack } from "./offline/pack";
import { Full, LockedOut, type Store, openStore } from "./offline/store";
import { announce } from "./page/announce";
import { readWords, say } from "./page/words";

const words = readWords("words");
const KIND = "consent";

/** One interview's consent on this phone. */
class Asking {
  private here = 0;
  private readonly drafts = new Map<string, Draft>();
  private busy = false;

  constructor(
    private readonly place: HTMLElement,
    private readonly store: Store,
    private pack: Pack,
    private consent: Consent,
  ) {}

  async begin(): Promise<void> {
    for (const person of this.consent.people) this.drafts.set(person.id, await this.kept(person));
    const asked = Number(new URLSearchParams(window.location.search).get("persoon")) - 1;
    const open = this.consent.people.findIndex((person) => !this.answered(person));
    this.here = this.consent.people[asked] ? asked : Math.max(0, open);
    onAnswer(KIND, (item, said) => this.heard(String((item.json as { person?: unknown }).person), item.id, said));
    for (const event of ["offline", "online"]) outboxEvents.addEventListener(event, () => this.atEnd());
    findVoice(() => this.offerReading());
    this.show(false);
  }

  private async kept(person: Asked): Promise<Draft> {
    const draft = await this.store.get<Draft>(KIND, this.key(person));
    const fresh = begin(this.texts(person), person.choices);
    if (!draft) return fresh;
    // Sent, and by now the server tells it itself.
    if (draft.talk !== null && person.talks.includes(draft.talk)) {
      await this.store.remove(KIND, this.key(person));
      return fresh;
    }
    return draft;
  }

  private key(person: Asked): string {
    return `${this.pack.interview.id}/${person.id}`;
  }

  private texts(person: Asked) {
    return this.consent.texts[person.part];
  }

  private draft(person: Asked): Draft {
    return this.drafts.get(person.id) ?? begin(this.texts(person), person.choices);
  }

  /** What is on file, and what is on its way there. */
  private known(person: Asked): Answers {
    const draft = this.draft(person);
    return draft.talk === null ? person.choices : standing(draft, person.choices, person.represented_by !== null);
  }

  private answered(person: Asked): boolean {
    const known = this.known(person);
    return Object.keys(known).length > 0 && open(this.texts(person), known).length === 0;
  }

  private name(person: Asked): string {
    const number = this.consent.people.indexOf(person) + 1;
    return this.pack.people.find((one) => one.id === person.id)?.label ?? say(words, "unnamed", { number });
  }

  private case(): Case | null {
    const person = this.consent.people[this.here];
    if (!person) return null;
    const everybody = this.consent.people.map((one) => ({ texts: this.texts(one), known: this.known(one) }));
    const recording = this.pack.recording as { recordings?: { state?: string }[] } | null;
    return {
      person,
      name: this.name(person),
      texts: this.texts(person),
      draft: this.draft(person),
      known: this.known(person),
      words,
      number: this.here + 1,
      total: this.consent.people.length,
      others: this.consent.people.map((one, number) => ({
        name: this.name(one),
        part: one.part,
        asked: this.answered(one),
        here: number === this.here,
      })),
      offline: !navigator.onLine,
      recorded: (recording?.recordings ?? []).some((one) => one.state !== "erased"),
      outcome: outcome(everybody),
      interview: this.consent.interview,
      next: this.consent.next,
    };
  }

  private show(focus = true): void {
    hush();
    const one = this.case();
    if (!one) return;
    const who = document.querySelector<HTMLElement>("[data-who]");
    if (who) who.textContent = say(words, "of", { name: one.name });
    const screen = draw(one, this.deeds());
    this.place.replaceChildren(screen);
    this.offerReading();
    if (!focus) return;
    // The sentence and both answers in one sight, also on a small phone.
    (this.place.closest(".consent") ?? this.place).scrollIntoView({ block: "start" });
    screen.querySelector<HTMLElement>("h2[tabindex]")?.focus({ preventScroll: true });
  }

  private deeds(): Deeds {
    // Asked each time: an answer of the server makes another value of the person.
    const who = () => this.consent.people[this.here] as Asked;
    const go = (next: (draft: Draft, person: Asked) => Draft) => void this.step(who(), (draft) => next(draft, who()));
    return {
      start: () => go(start),
      answer: (yes) => go((draft, person) => answer(draft, this.texts(person), person.choices, yes)),
      teach: (how) => go((draft) => teach(draft, how)),
      agree: (yes) => go((draft) => agree(draft, yes)),
      change: (id) => go((draft) => change(draft, id)),
      settle: () => go((draft, person) => settle(draft, person.represented_by !== null)),
      forget: () => go((_draft, person) => begin(this.texts(person), person.choices)),
      say: (how) => go((draft) => choose(draft, how)),
      send: (signature) => void this.send(who(), signature),
      back: () => go(back),
      overview: () => go((draft) => ({ ...draft, screen: "overview" })),
      other: (number) => {
        this.here = number;
        this.show();
      },
      tell: announceHere(this.place),
    };
  }

  /** Keep what was said, and only then show the next screen. */
  private async step(person: Asked, next: (draft: Draft) => Draft): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const draft = next(this.draft(person));
      await this.store.put(KIND, this.key(person), draft);
      this.drafts.set(person.id, draft);
      this.show();
    } catch (error) {
      this.trouble(error);
    } finally {
      this.busy = false;
    }
  }

  private async send(person: Asked, signature: string | null): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const id = crypto.randomUUID();
      const draft = this.draft(person);
      const at = new Date().toISOString();
      const json = payload(draft, person, { id, at, version: this.consent.text_version, signature });
      const after: Draft = { ...draft, talk: id, refusal: "", screen: "done" };
      this.drafts.set(person.id, after);
      try {
        // First that it goes out, then that it is done: a phone that dies in between asks once more, and loses nothing.
        await send(this.store, { id, interview: this.pack.interview.id, kind: KIND, method: "POST", url: this.consent.talk, json });
      } catch (error) {
        this.drafts.set(person.id, draft);
        throw error;
      }
      // Unless the answer came meanwhile.
      if (this.drafts.get(person.id) === after) {
        await this.store.put(KIND, this.key(person), after);
        await this.remember(person.id, standing(after, person.choices, person.represented_by !== null), null);
      }
      this.show();
    } catch (error) {
      this.trouble(error);
    } finally {
      this.busy = false;
    }
  }

  /** The server's answer: what counts now, or why it does not. */
  private async heard(id: string, talk: string, said: { status: number; json: any }): Promise<void> {
    const person = this.consent.people.find((one) => one.id === id);
    if (!person) return;
    const key = this.key(person);
    const draft = this.draft(person);
    const ours = draft.talk === talk;
    if (said.status >= 200 && said.status < 300) {
      await this.remember(id, said.json?.choices ?? {}, talk);
      // Something else is being said already: that goes on.
      if (!ours) return;
      const after = this.consent.people.find((one) => one.id === id) as Asked;
      this.drafts.set(id, { ...begin(this.texts(after), after.choices), screen: draft.screen === "done" ? "done" : "overview" });
      await this.store.remove(KIND, key);
    } else if (ours) {
      const refusal = typeof said.json?.error === "string" ? said.json.error : say(words, "refused");
      const after: Draft = { ...draft, talk: null, how: null, screen: "overview", refusal };
      this.drafts.set(id, after);
      await this.store.put(KIND, key, after);
    }
    this.atEnd();
  }

  /** Write the answers into the pack on this phone, so that the other screens know them without network too. */
  private async remember(id: string, choices: Answers, talk: string | null): Promise<void> {
    const people = this.consent.people.map((one) => {
      if (one.id !== id || talk === null) return one;
      return { ...one, choices, talks: [...one.talks, talk] };
    });
    this.consent = { ...this.consent, people };
    const everybody = people.map((one) => ({ texts: this.texts(one), known: one.id === id ? choices : this.known(one) }));
    const recording = this.pack.recording as Record<string, unknown> | null;
    const allowed = outcome(everybody) === "record";
    this.pack = {
      ...this.pack,
      people: this.pack.people.map((one) => (one.id === id ? { ...one, choices } : one)),
      consent: this.consent,
      recording: recording && { ...recording, allowed, why: allowed ? null : say(words, "may_not_record") },
      may: "RECORDING_ADD" in this.pack.may ? { ...this.pack.may, RECORDING_ADD: allowed && Boolean(this.pack.may["TALK_HOLD"]) } : this.pack.may,
    };
    await this.store.put(PACK, this.pack.interview.id, this.pack);
  }

  /** Show again what the last screen says about sending; never under somebody's fingers on another one. */
  private atEnd(): void {
    const screen = this.case()?.draft.screen;
    if (screen === "done" || (screen === "overview" && !document.activeElement?.closest("[data-consent]"))) this.show(false);
    else if (screen === "overview" && this.case()?.draft.refusal) this.show(false);
  }

  private offerReading(): void {
    const press = this.place.querySelector<HTMLButtonElement>("[data-do=read]");
    const one = this.case();
    if (!press || !one) return;
    press.hidden = !canSpeak() || !readable(one);
    const label = press.querySelector("span");
    if (press.dataset["ready"] || !label) return;
    press.dataset["ready"] = "yes";
    let reading = false;
    const set = (now: boolean) => {
      reading = now;
      label.textContent = say(words, now ? "stop" : "read");
    };
    press.addEventListener("click", () => {
      if (reading) {
        hush();
        set(false);
      } else {
        speak(readable(one), () => set(false));
        set(true);
      }
    });
  }

  private trouble(error: unknown): void {
    if (error instanceof LockedOut) sayInstead(this.place, "locked");
    else if (error instanceof Full) announceHere(this.place)(say(words, "no_room"));
    else throw error;
  }
}

/** Show a sentence on the screen, for eyes and ears. */
function announceHere(place: HTMLElement): (sentence: string) => void {
  return (sentence) => {
    place.querySelector("[data-told]")?.remove();
    const told = document.createElement("p");
    told.className = "consent__told";
    told.dataset["told"] = "";
    told.textContent = sentence;
    place.querySelector("h2")?.after(told);
    announce(sentence);
  };
}

/** There is no asking now: say why, and where to go. */
function sayInstead(place: HTMLElement, why: "no_pack" | "no_store" | "locked" | "not_allowed"): void {
  const told = document.createElement("p");
  told.textContent = say(words, why);
  const plain = place.dataset["plain"];
  const ways: Node[] = [];
  if (why === "locked") ways.push(link(say(words, "sign_in"), "primary", "/inloggen"));
  else if (plain && why === "no_store") ways.push(link(say(words, "plain"), "primary", plain));
  place.replaceChildren(told, ...ways);
}

async function main(): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-consent]");
  if (!place) return;
  try {
    const store = await openStore();
    const pack = await loadPack(store);
    const consent = pack.consent as Consent | null;
    if (!consent?.people.length) sayInstead(place, "not_allowed");
    else await new Asking(place, store, pack, consent).begin();
  } catch (error) {
    if (error instanceof NoPack) sayInstead(place, "no_pack");
    else if (error instanceof LockedOut && !place.dataset["plain"]) sayInstead(place, "locked");
    else sayInstead(place, "no_store");
    if (!(error instanceof NoPack || error instanceof LockedOut)) throw error;
  }
}

// Templates that are missing are a fault of ours: better at once than at the last screen.
clone("screen-choice");
void main();
