/** The list of interviews without network: what is on this phone, and what of it waits to be sent. */

import { outboxEvents, waiting } from "./offline/outbox";
import { PACK, type Pack } from "./offline/pack";
import { LockedOut, type Store, openStore } from "./offline/store";
import { readWords, say } from "./page/words";

const words = readWords("list-words");
const RIGHTS: Readonly<Record<string, string>> = {
  gesprek: "TALK_HOLD",
  toestemming: "CONSENT_RECORD",
  uittypen: "RAW_EDIT",
};

function part(card: DocumentFragment | Element, name: string): HTMLElement {
  return card.querySelector(`[data-${name}]`) as HTMLElement;
}

async function draw(store: Store, list: HTMLElement): Promise<void> {
  const template = document.getElementById("list-card") as HTMLTemplateElement;
  const packs = (await store.list<Pack>(PACK)).map(([, pack]) => pack);
  const cards = await Promise.all(
    packs.map(async ({ interview, may }) => {
      const card = template.content.cloneNode(true) as DocumentFragment;
      const unnamed = !interview.names.length;
      part(card, "names").textContent = unnamed ? say(words, "unnamed") : interview.names.join(", ");
      part(card, "names").classList.toggle("card__title--unnamed", unnamed);
      part(card, "status").textContent = interview.status;
      const about = [interview.code, interview.perspective, ...(interview.practice ? [say(words, "practice")] : [])];
      part(card, "about").textContent = about.join(" · ");
      part(card, "next").textContent = interview.next;
      const count = await waiting(store, interview.id);
      if (count) {
        part(card, "waiting").textContent = say(words, count === 1 ? "waiting_one" : "waiting_many", { count });
        part(card, "waiting").hidden = false;
      }
      card.querySelectorAll<HTMLAnchorElement>("[data-to]").forEach((link) => {
        const to = link.dataset["to"] ?? "";
        link.href = `/gesprekken/${interview.id}/${to}`;
        link.hidden = !may[RIGHTS[to] ?? ""];
      });
      return card;
    }),
  );
  list.replaceChildren(...cards);
  (document.querySelector("[data-none]") as HTMLElement).hidden = packs.length > 0;
}

async function begin(): Promise<void> {
  document.querySelectorAll("[data-reload]").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      window.location.reload();
    }),
  );
  // With network again there is a better page at this address.
  window.addEventListener("online", () => window.location.reload());
  const list = document.querySelector<HTMLElement>("[data-list]");
  if (!list) return;
  try {
    const store = await openStore();
    await draw(store, list);
    outboxEvents.addEventListener("change", () => void draw(store, list));
  } catch (error) {
    if (!(error instanceof LockedOut)) throw error;
    (document.querySelector("[data-locked]") as HTMLElement).hidden = false;
  }
}

void begin();
