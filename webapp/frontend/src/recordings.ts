/** The page with the recordings of an interview: listening, and adding recordings made elsewhere. */

import { openStore } from "./offline/store";
import { announce } from "./page/announce";
import { readWords, say } from "./page/words";
import { mountPlayer, type Player } from "./player/player";
import type { Sound } from "./player/timeline";
import { answerQuestions } from "./recorder/answers";
import { letAdd } from "./recordings/adding";
import { Memory } from "./recordings/memory";
import { watchStates } from "./recordings/watching";

const words = readWords("recordings-words");
const here = document.querySelector<HTMLElement>("[data-recordings]");

let player: Player | null = null;
let heard = "";

async function start(page: HTMLElement): Promise<void> {
  const interview = page.dataset["recordings"] ?? "";
  const changed = (fresh: Document): void => {
    announce(say(words, "changed"));
    listen(fresh);
  };
  listen(document);
  watchStates(page, changed);
  const adding = page.querySelector<HTMLElement>("[data-adding]");
  const input = adding?.querySelector<HTMLInputElement>("input[type=file]");
  const list = adding?.querySelector<HTMLElement>("[data-uploads]");
  // Without the store (a device that was revoked, an old browser) a file still comes in; it is not known again after a reload.
  const store = openStore().catch(() => null);
  void store.then((opened) => opened && answerQuestions(opened));
  if (!adding || !input || !list) return;
  const memory = new Memory(store, interview);
  adding.hidden = false;
  letAdd({ interview, input, list, words }, memory, () => {
    watchStates(page, changed, true);
    void showLeft(memory, adding);
  });
  await showLeft(memory, adding);
}

/** Say which files were not wholly in when the page was left. */
async function showLeft(memory: Memory, adding: HTMLElement): Promise<void> {
  const left = adding.querySelector<HTMLElement>("[data-left]");
  if (!left) return;
  const uploads = await memory.all().catch(() => []);
  left.hidden = !uploads.length;
  const names = uploads.map((upload) => {
    const line = document.createElement("p");
    line.textContent = upload.name;
    return line;
  });
  left.querySelector("[data-left-text]")?.replaceChildren(...names);
}

/** Put what `page` says can be heard in the player, unless somebody is listening. */
function listen(page: Document): void {
  const section = document.querySelector<HTMLElement>("[data-listen]");
  const place = section?.querySelector<HTMLElement>("[data-player-here]");
  const said = page.getElementById("recordings-sounds")?.textContent ?? "[]";
  if (!section || !place || said === heard || player?.playing()) return;
  heard = said;
  const sounds = (JSON.parse(said) as Sound[]).filter((sound) => sound.state === "ready");
  section.hidden = !sounds.length;
  player = mountPlayer(place, sounds, { waveform: true });
}

if (here) void start(here);
