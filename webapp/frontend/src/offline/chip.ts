/** What every page says about sending, and what every page does for working without network. Loaded after the page. */

import { announce } from "../page/announce";
import { readWords, say, type Words } from "../page/words";
import { takeAlong } from "./along";
import { forget, heldKey, LockedOut, meet, personOfPage, supported } from "./keys";
import * as outbox from "./outbox";
import { type Contact, interviewOfPage, PACK, type Pack } from "./pack";
import { drawRefusals } from "./refusals";
import { openStore, type Store } from "./store";

export type State = "sent" | "waiting" | "offline" | "trouble";

/** What there is to know before saying anything. */
export interface Facts {
  readonly waiting: number;
  readonly refused: number;
  readonly asking: number;
  readonly offline: boolean;
  readonly signedOut: boolean;
  readonly full: boolean;
}

/** The state to show, with the keys of its short and its long sentence; the worst first. */
export function stateOf(facts: Facts): { state: State; short: string; long: string; count: number } {
  const many = (count: number): string => (count === 1 ? "one" : "many");
  if (facts.full) return { state: "trouble", short: "full", long: "full_long", count: 0 };
  if (facts.refused) {
    return { state: "trouble", short: `trouble_${many(facts.refused)}`, long: "trouble_long", count: facts.refused };
  }
  if (facts.signedOut) return { state: "trouble", short: "signed_out", long: "signed_out_long", count: facts.waiting };
  if (facts.offline) return { state: "offline", short: "offline", long: "offline_long", count: facts.waiting };
  if (facts.waiting) {
    const long = facts.asking ? "asking" : "waiting_long";
    return { state: "waiting", short: `waiting_${many(facts.waiting)}`, long, count: facts.waiting };
  }
  return { state: "sent", short: "sent", long: "sent_long", count: 0 };
}

/** Start what this page needs. Never throws: a page works without any of it. */
export async function begin(): Promise<void> {
  if (!supported()) return;
  const person = personOfPage();
  const shell = document.documentElement.hasAttribute("data-shell");
  const bar = document.querySelector<HTMLDetailsElement>("[data-net]");
  if (!bar || (!shell && person === null)) {
    await leaveAlone(person);
    return;
  }
  if (navigator.serviceWorker) void navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => undefined);
  const words = readWords("net-words");
  guardForms(words);
  try {
    const store = await openStore();
    const chip = new Chip(bar, words, store);
    outbox.start(store);
    guardLeaving(store, words);
    await chip.show();
    if (shell) await showContact(store, words);
    else await takeAlong(store);
  } catch (error) {
    if (!(error instanceof LockedOut)) console.warn("working without network is not possible here");
  }
}

/** On a page of nobody, or of somebody who keeps no drafts: see whether what is on this phone must go. */
async function leaveAlone(person: string | null): Promise<void> {
  if (person === null) {
    await meet();
    return;
  }
  // Somebody else uses this browser now. The drafts stay, and open again for whom they are of.
  if (await heldKey().catch(() => null)) await forget();
}

class Chip {
  private full = false;
  private before: State | null = null;

  constructor(
    private readonly bar: HTMLDetailsElement,
    private readonly words: Words,
    private readonly store: Store,
  ) {
    for (const kind of ["change", "offline", "online", "signed-out", "refused"]) {
      outbox.outboxEvents.addEventListener(kind, () => void this.show());
    }
    outbox.outboxEvents.addEventListener("full", () => {
      this.full = true;
      void this.show();
    });
    window.addEventListener("online", () => void this.show());
    window.addEventListener("offline", () => void this.show());
    bar.addEventListener("toggle", () => bar.open && void this.open());
  }

  private async facts(): Promise<Facts> {
    const [waiting, refused, asking] = this.store.shut
      ? [0, 0, 0]
      : await Promise.all([
          outbox.waiting(this.store),
          this.store.ids("refused").then((found) => found.length),
          outbox.asking(this.store).then((found) => found.length),
        ]);
    const signedOut = outbox.isSignedOut() || this.store.shut;
    return { waiting, refused, asking, offline: outbox.isOffline(), signedOut, full: this.full };
  }

  async show(): Promise<void> {
    const { state, short, count } = stateOf(await this.facts());
    this.bar.hidden = false;
    this.bar.dataset["state"] = state;
    this.bar.querySelectorAll<HTMLElement>("[data-net-sign]").forEach((sign) => {
      sign.hidden = sign.dataset["netSign"] !== state;
    });
    const text = this.bar.querySelector<HTMLElement>("[data-net-short]");
    const said = say(this.words, short, { count });
    if (text && text.textContent !== said) text.textContent = said;
    // What is shown for the first time is read with the page; after that only a change of state is worth a word.
    if (this.before !== null && this.before !== state) await this.tell();
    this.before = state;
    if (this.bar.open) await this.open();
  }

  private async tell(): Promise<void> {
    const { long } = stateOf(await this.facts());
    announce(say(this.words, long));
  }

  /** Fill the panel. */
  private async open(): Promise<void> {
    const panel = this.bar.querySelector<HTMLElement>("[data-net-panel]");
    if (!panel) return;
    const { long, short, count, state } = stateOf(await this.facts());
    const parts: Node[] = [line(say(this.words, long))];
    if (state === "offline" && count) parts.push(line(say(this.words, count === 1 ? "waiting_one" : "waiting_many", { count })));
    if (short === "signed_out") parts.push(link(say(this.words, "sign_in"), `/inloggen?next=${encodeURIComponent(location.pathname)}`));
    if (!this.store.shut) {
      for (const interview of await outbox.asking(this.store)) {
        parts.push(link(say(this.words, "open"), `/gesprekken/${interview}`));
      }
      parts.push(...(await drawRefusals(this.store, this.words)));
    }
    panel.replaceChildren(...parts);
  }
}

function line(text: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

function link(text: string, url: string): HTMLElement {
  const made = document.createElement("p");
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.textContent = text;
  made.append(anchor);
  return made;
}

/** A form sent without network would be lost with its page: say so and keep the page. */
function guardForms(words: Words): void {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      if (form.method !== "post" || navigator.onLine !== false || form.hasAttribute("data-sign-out")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      window.alert(say(words, "form_offline"));
    },
    { capture: true },
  );
}

/** Signing out takes the key from this phone; while things wait it asks first. */
function guardLeaving(store: Store, words: Words): void {
  const dialog = document.querySelector<HTMLDialogElement>("[data-net-ask]");
  document.querySelectorAll<HTMLFormElement>("form[data-sign-out]").forEach((form) =>
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void (async () => {
        if (navigator.onLine === false) {
          window.alert(say(words, "leave_offline"));
          return;
        }
        const waits = store.shut ? 0 : (await outbox.waiting(store)) + (await store.ids("refused")).length;
        if (waits && dialog && !(await agreed(dialog))) return;
        await forget().catch(() => undefined);
        form.submit();
      })();
    }),
  );
}

function agreed(dialog: HTMLDialogElement): Promise<boolean> {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((settle) => {
    dialog.addEventListener("close", () => settle(dialog.returnValue === "leave"), { once: true });
  });
}

/** Whom to call, from what is on the phone: a page that was kept for everybody does not know. */
async function showContact(store: Store, words: Words): Promise<void> {
  const place = document.querySelector<HTMLElement>("[data-net-contact]");
  const here = interviewOfPage();
  const contact =
    (here ? (await store.get<Pack>(PACK, here))?.contact : null) ?? (await store.get<Contact>("along", "contact"));
  const text = place?.querySelector("span");
  const anchor = place?.querySelector("a");
  if (!place || !contact || !text || !anchor) return;
  text.textContent = say(words, "call", { name: contact.name });
  anchor.textContent = contact.phone;
  if (contact.uri) anchor.href = contact.uri;
  place.hidden = false;
}
