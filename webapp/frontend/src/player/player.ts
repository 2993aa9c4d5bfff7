/**
 * Listening: one <audio>, one or more recordings on one line of time, large buttons. Nothing plays by itself, and nothing
 * is fetched before somebody asks for sound.
 *
 * The page brings the markup: `{% include "recordings/_player.html" %}`.
 */

import { announce } from "../page/announce";
import { readWords, say, type Words } from "../page/words";
import { clock, lengthInWords } from "./time";
import { Timeline, type Sound } from "./timeline";
import { mountWave, type Wave } from "./wave";

/** How a page steers the player. Times are milliseconds from the start of the first recording. */
export interface Player {
  toggle(): void;
  play(): void;
  pause(): void;
  back(ms: number): void;
  seek(ms: number): void;
  now(): number;
  rate(r: number): void;
  playing(): boolean;
  duration(): number;
  /** Where recording `id` starts on the line: a time noted in a recording is `startOf(id) + at_ms`. */
  startOf(id: string): number;
  on(event: PlayerEvent, f: () => void): void;
}

export type PlayerEvent = "time" | "play" | "pause" | "ready";

export interface PlayerOptions {
  /** Draw the waveform where the screen is wide enough. */
  waveform: boolean;
  /** Sentences; the page's own block `player-words` when left out. */
  words?: Words;
  /** Where the sound of a recording is; the server's address when left out. */
  source?: (id: string) => Promise<string> | string;
}

export const STEP_MS = 3000;
/** A browser tells the time about four times a second: what must go is passed over before it is heard. */
const BETWEEN_LOOKS_MS = 300;
export const RATES = [0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 2] as const;
const RATE_KEY = "player-rate";
const WIDE = "(min-width: 48rem)";

function fromTemplate(): DocumentFragment {
  const template = document.querySelector<HTMLTemplateElement>("template[data-player]");
  if (!template) throw new Error("The page has no player: include recordings/_player.html.");
  return template.content.cloneNode(true) as DocumentFragment;
}

/** Put a player in `element` for these recordings. What cannot be played yet, or any more, is said in words. */
export function mountPlayer(element: HTMLElement, recordings: readonly Sound[], options: PlayerOptions): Player {
  element.replaceChildren(fromTemplate());
  return new AudioPlayer(element, recordings, options);
}

class AudioPlayer implements Player {
  private readonly line: Timeline;
  private readonly words: Words;
  private readonly audio: HTMLAudioElement;
  private readonly seekBar: HTMLInputElement;
  private readonly listeners = new Map<PlayerEvent, (() => void)[]>();
  private readonly wave: Wave | null = null;
  private readonly find: <E extends HTMLElement>(part: string) => E;
  /** Which recording the audio element holds; -1 before the first press. */
  private index = -1;
  /** Where to go once the audio element knows its recording; null when it is there. */
  private wanted: number | null = 0;
  /** The person pressed play and has not pressed pause: sound goes on across recordings. */
  private going = false;
  private dragging = false;
  private tries = 0;

  constructor(
    element: HTMLElement,
    recordings: readonly Sound[],
    private readonly options: PlayerOptions,
  ) {
    this.words = options.words ?? readWords("player-words");
    this.line = new Timeline(recordings);
    this.find = <E extends HTMLElement>(part: string): E => {
      const found = element.querySelector<E>(`[data-part="${part}"]`);
      if (!found) throw new Error(`The player has no ${part}.`);
      return found;
    };
    this.audio = this.find<HTMLAudioElement>("audio");
    this.seekBar = this.find<HTMLInputElement>("seek");
    this.tell(recordings);
    this.find("controls").hidden = this.line.duration() === 0;
    this.seekBar.max = String(Math.ceil(this.line.duration() / 1000));
    this.wire();
    this.rate(rememberedRate());
    if (options.waveform && this.line.sounds.length && window.matchMedia(WIDE).matches) {
      this.wave = mountWave(this.find<HTMLCanvasElement>("wave"), this.line, (ms) => this.seek(ms));
    }
    this.show();
    queueMicrotask(() => this.emit("ready"));
  }

  toggle(): void {
    if (this.going) this.pause();
    else this.play();
  }

  play(): void {
    if (!this.line.sounds.length) return;
    if (this.now() >= this.duration()) this.wanted = 0;
    this.going = true;
    void this.go(this.line.past(this.wanted ?? this.now()));
    this.showPlaying();
  }

  pause(): void {
    this.going = false;
    this.audio.pause();
    this.showPlaying();
  }

  back(ms: number): void {
    this.seek(this.now() - ms);
  }

  seek(ms: number): void {
    const within = this.line.past(Math.min(Math.max(0, ms), this.duration()));
    this.wanted = within;
    // Before the first press of play a place is only remembered: no data is spent on it.
    if (this.index >= 0 || this.going) void this.go(within);
    this.show();
    this.emit("time");
  }

  now(): number {
    if (this.wanted !== null) return this.wanted;
    return Math.min(this.line.moment(this.index, this.audio.currentTime * 1000), this.duration());
  }

  rate(r: number): void {
    const rate = Math.min(2, Math.max(0.6, Number.isFinite(r) ? r : 1));
    this.audio.defaultPlaybackRate = rate;
    this.audio.playbackRate = rate;
    this.audio.preservesPitch = true;
    const select = this.find<HTMLSelectElement>("rate");
    select.value = String(RATES.reduce((best, each) => (Math.abs(each - rate) < Math.abs(best - rate) ? each : best), 1));
    remember(String(rate));
  }

  playing(): boolean {
    return this.going;
  }

  duration(): number {
    return this.line.duration();
  }

  startOf(id: string): number {
    return this.line.startOf(id);
  }

  on(event: PlayerEvent, f: () => void): void {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), f]);
  }

  private emit(event: PlayerEvent): void {
    this.listeners.get(event)?.forEach((f) => f());
  }

  /** Bring the audio element to `ms`, into another recording where that is needed, and play on when it was playing. */
  private async go(ms: number): Promise<void> {
    const place = this.line.place(ms);
    if (!place) return;
    this.wanted = ms;
    if (place.index !== this.index) {
      this.index = place.index;
      const source = this.options.source ?? ((id: string) => `/opnames/${id}/geluid`);
      const address = await source(place.id);
      if (this.index !== place.index) return; // Somebody went elsewhere in the meantime.
      this.audio.preload = "auto";
      this.audio.src = address;
      this.audio.load();
      return; // Goes on at `loadedmetadata`.
    }
    if (this.audio.readyState < HTMLMediaElement.HAVE_METADATA) return;
    this.audio.currentTime = place.at / 1000;
    this.wanted = null;
    this.playOn();
  }

  private playOn(): void {
    if (!this.going || !this.audio.paused) return;
    this.audio.play().catch((error: unknown) => {
      // A new place or a pause came first: no failure.
      if (error instanceof DOMException && error.name === "AbortError") return;
      this.pause();
      this.say("not_playing");
    });
  }

  private wire(): void {
    const audio = this.audio;
    this.find("toggle").addEventListener("click", () => this.toggle());
    this.find("back").addEventListener("click", () => this.back(STEP_MS));
    this.find("forward").addEventListener("click", () => this.seek(this.now() + STEP_MS));
    this.find<HTMLSelectElement>("rate").addEventListener("change", (event) => {
      this.rate(Number((event.target as HTMLSelectElement).value));
    });
    this.seekBar.addEventListener("input", () => {
      this.dragging = true;
      this.showTime(Number(this.seekBar.value) * 1000);
    });
    this.seekBar.addEventListener("change", () => {
      this.dragging = false;
      this.seek(Number(this.seekBar.value) * 1000);
    });
    audio.addEventListener("loadedmetadata", () => {
      if (this.wanted !== null) void this.go(this.wanted);
    });
    audio.addEventListener("timeupdate", () => {
      if (this.wanted !== null) return;
      this.tries = 0;
      const here = this.now();
      const on = this.line.past(here, BETWEEN_LOOKS_MS);
      if (on > here) {
        this.seek(on);
        return;
      }
      this.show();
      this.emit("time");
    });
    audio.addEventListener("ended", () => this.ended());
    // The browser may stop the sound by itself: a call, a headset pulled out.
    audio.addEventListener("pause", () => {
      if (this.going && !audio.ended && this.wanted === null && audio.readyState > 0) this.pause();
    });
    audio.addEventListener("error", () => this.failed());
  }

  private ended(): void {
    const next = this.index + 1;
    if (this.going && next < this.line.sounds.length) {
      void this.go(this.line.moment(next, 0));
      return;
    }
    this.pause();
  }

  /** The connection broke: try again from the same place, a few times, and then say so. */
  private failed(): void {
    if (this.index < 0) return;
    const here = this.now();
    this.wanted = here;
    this.index = -1;
    this.tries += 1;
    if (this.going && this.tries <= 3 && navigator.onLine) {
      window.setTimeout(() => {
        if (this.going && this.index < 0) void this.go(here);
      }, 1000 * this.tries);
      return;
    }
    this.tries = 0;
    this.pause();
    this.say(navigator.onLine ? "not_playing" : "no_network");
  }

  private show(): void {
    if (!this.dragging) this.showTime(this.now());
  }

  private showTime(ms: number): void {
    this.find("now").textContent = clock(ms);
    this.find("whole").textContent = clock(this.duration());
    if (!this.dragging) this.seekBar.value = String(Math.floor(ms / 1000));
    this.seekBar.setAttribute("aria-valuetext", say(this.words, "at", { time: clock(ms), whole: clock(this.duration()) }));
    this.wave?.at(ms);
  }

  private showPlaying(): void {
    const button = this.find("toggle");
    button.dataset["playing"] = String(this.going);
    this.find("toggle-text").textContent = say(this.words, this.going ? "pause" : "play");
    if (this.going) this.find("said").textContent = "";
    this.show();
    this.emit(this.going ? "play" : "pause");
  }

  private say(key: string): void {
    this.find("said").textContent = say(this.words, key);
    announce(say(this.words, key));
  }

  /** What is not there to play, in words: still coming in, being made ready, failed, erased. */
  private tell(recordings: readonly Sound[]): void {
    const states = new Set(recordings.map((sound) => sound.state));
    const keys = ["receiving", "whole", "failed"].filter((state) => states.has(state));
    if (states.has("erased") && states.size === 1) keys.push("erased");
    if (!recordings.length) keys.push("none");
    const list = this.find("states");
    list.replaceChildren(
      ...keys.map((key) => {
        const line = document.createElement("p");
        line.textContent = say(this.words, `state_${key}`);
        return line;
      }),
    );
    list.hidden = !keys.length;
    if (this.line.sounds.length > 1) {
      this.find("states").hidden = false;
      const line = document.createElement("p");
      line.textContent = say(this.words, "several", {
        n: this.line.sounds.length,
        length: lengthInWords(this.line.duration(), this.words),
      });
      list.append(line);
    }
  }
}

/** The speed somebody listens at is theirs, on this device. It says nothing about anybody. */
function rememberedRate(): number {
  try {
    return Number(window.localStorage.getItem(RATE_KEY) ?? 1) || 1;
  } catch {
    return 1;
  }
}

function remember(rate: string): void {
  try {
    window.localStorage.setItem(RATE_KEY, rate);
  } catch {
    // Without storage it starts at 1 each time.
  }
}
