/** The coding desk: joins text, margin, theme box, suggestions and server. */

import { isTyping, shortcutsOn } from "../page/shortcuts";
import { say, type Words } from "../page/words";
import type { Span } from "../text/units";
import { Details } from "./details";
import { moved } from "./keys";
import { Margin } from "./margin";
import { Minimap } from "./minimap";
import { Recent, Segments, type Segment, type Suggestion, type SuggestionState, type Theme } from "./model";
import { MineList } from "./mine";
import { makePainter, type Painter } from "./paint";
import { Places } from "./place";
import { isCaret, moveEnd, sentence, wholeTurn } from "./selection";
import { deedKey, post, Refused, type Answer } from "./server";
import { StatusLine } from "./status";
import { SuggestionList } from "./suggestions";
import { ThemeBox } from "./themebox";
import { watchLongPress } from "./touch";

export interface DeskAddresses {
  /** The text that the page shows: passages in an older one are refused. */
  readonly revision: string;
  /** Absent for somebody who may read and not choose themes. */
  readonly create?: string | undefined;
  readonly answer?: string | undefined;
  readonly newTheme?: string | undefined;
}

export class Desk {
  private readonly places: Places;
  private readonly painter: Painter;
  private readonly segments: Segments;
  private readonly margin: Margin;
  private readonly minimap: Minimap;
  private readonly box: ThemeBox;
  private readonly details: Details;
  private readonly status: StatusLine;
  private readonly recent: Recent;
  private readonly suggestions: SuggestionList | null;
  private readonly mine: MineList | null;
  private readonly caret: HTMLElement;
  private span: Span = { start: 0, end: 0 };
  private undoUrl: string | null = null;
  private undoing: Suggestion | null = null;
  /** What gets the focus back when a panel closes. */
  private opener: HTMLElement | null = null;

  constructor(
    private readonly text: HTMLElement,
    host: { suggestions: HTMLElement | null; mine: HTMLElement | null },
    private readonly themes: Theme[],
    data: { segments: readonly Segment[]; suggestions: readonly Suggestion[] },
    private readonly addresses: DeskAddresses,
    private readonly words: Words,
  ) {
    this.places = new Places(text);
    this.painter = makePainter(this.places);
    this.segments = new Segments(data.segments);
    this.recent = new Recent(`recent-themes:${addresses.create ?? ""}`);
    this.caret = document.createElement("span");
    this.caret.className = "desk-caret";
    this.caret.hidden = true;
    text.append(this.caret);
    this.box = new ThemeBox(text, themes, words, Boolean(addresses.newTheme), {
      chosen: (theme) => void this.code(theme),
      wanted: (name, sure) => void this.addTheme(name, sure),
      adjusted: (how) => this.adjust(how),
      closed: () => this.closePanels(),
    });
    this.details = new Details(text, words, {
      removed: (segment) => void this.remove(segment),
      closed: () => this.closePanels(),
      lit: (segment) => this.painter.lit(segment, segment?.group),
    });
    this.status = new StatusLine(text.parentElement ?? text, words, () => void this.undo());
    this.margin = new Margin(this.places, this.segments, words, {
      lit: (segment) => this.painter.lit(segment, segment?.group),
      opened: (segment, label) => this.showDetails([segment], label.getBoundingClientRect(), label),
    });
    this.minimap = new Minimap(this.places, this.segments);
    this.suggestions = host.suggestions
      ? new SuggestionList(host.suggestions, data.suggestions, words, (one) => this.quote(one), {
          looked: (one) => this.look(one),
          shown: (one) => this.show(one),
          answered: (one, answer) => void this.answer(one, answer),
        })
      : null;
    this.mine = host.mine && addresses.create
      ? new MineList(host.mine, words, (one) => this.quote(one), {
          shown: (one) => this.show(one),
          removed: (one) => void this.remove(one),
          lit: (one) => this.painter.lit(one, one?.group),
        })
      : null;
    this.mine?.draw(this.segments.all());
    this.painter.put(this.segments.all());
    this.minimap.draw();
    this.listen();
  }

  private listen(): void {
    this.text.tabIndex = 0;
    this.text.addEventListener("keydown", (event) => this.key(event));
    // Also before the first arrow one sees where one is.
    this.text.addEventListener("focus", () => this.select(this.span));
    this.text.addEventListener("blur", () => (this.caret.hidden = true));
    // On the document: a drag may end outside the text.
    document.addEventListener("pointerup", (event) => {
      if (event.pointerType === "mouse") window.setTimeout(() => this.mouseSelected(event));
    });
    document.addEventListener("pointerdown", (event) => {
      const target = event.target as Element;
      if (target.closest(".theme-box, .segment-details, .label")) return;
      if (this.box.open || this.details.open) this.closePanels(false);
    });
    this.text.addEventListener("click", (event) => this.pressed(event));
    watchLongPress(this.text, {
      held: (x, y) => {
        const offset = this.places.offsetAt(x, y);
        if (offset === null) return;
        window.getSelection()?.removeAllRanges();
        this.select(sentence(this.places.reading, { start: offset, end: offset }));
        this.openBox(false);
      },
    });
    this.text.classList.toggle("is-touch", window.matchMedia("(pointer: coarse)").matches);
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.text || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const letters = shortcutsOn();
    const next = moved(this.places.reading, this.span, event, letters);
    if (next) {
      event.preventDefault();
      this.select(next);
      this.keepInSight(event.key === "ArrowLeft" || event.key === "ArrowUp" || isCaret(next) ? next.start : next.end - 1);
      return;
    }
    const recent = letters && /^[1-5]$/.test(event.key) ? this.recent.themes(this.themes)[Number(event.key) - 1] : undefined;
    if (event.key === "Enter") {
      event.preventDefault();
      if (isCaret(this.span)) this.select(sentence(this.places.reading, this.span));
      this.openBox(true);
    } else if (recent && !isCaret(this.span)) {
      event.preventDefault();
      void this.code(recent);
    } else if (event.key === "Escape") {
      this.select({ start: this.span.start, end: this.span.start });
    } else if (letters && event.key === "u") {
      void this.undo();
    } else if (letters && event.key === "v" && this.suggestions) {
      event.preventDefault();
      this.suggestions.focus();
    } else if (letters && event.key === "i") {
      const here = this.segments.touching({ start: this.span.start, end: Math.max(this.span.end, this.span.start + 1) });
      if (here.length) this.showDetails(here, this.rectOf(this.span), this.text);
    }
  }

  private mouseSelected(event: PointerEvent): void {
    if (!(event.target instanceof Node) || (event.target as Element).closest?.(".theme-box, .segment-details, button, a")) return;
    const selected = this.places.selected();
    if (!selected) return;
    const span = this.places.reading.snapped(selected);
    if (isCaret(span)) return;
    window.getSelection()?.removeAllRanges();
    this.select(span);
    this.openBox(true);
  }

  /** A press on a word: the caret goes there, and what lies over the word is pointed at. */
  private pressed(event: MouseEvent): void {
    if ((event.target as Element).closest(".theme-box, .segment-details, button, a") || this.box.open) return;
    const offset = this.places.offsetAt(event.clientX, event.clientY);
    if (offset === null) return;
    this.select({ start: offset, end: offset });
    const here = this.segments.touching({ start: offset, end: offset + 1 });
    this.margin.point(new Set(here.map((segment) => segment.id)));
    const first = here[0];
    this.painter.lit(first ?? null, first?.group);
    const touch = event instanceof PointerEvent && event.pointerType !== "mouse";
    if (touch && here.length) this.showDetails(here, new DOMRect(event.clientX, event.clientY, 0, 0), this.text);
  }

  private select(span: Span): void {
    this.span = span;
    this.painter.selection(isCaret(span) ? null : span);
    this.text.querySelector(".turn.is-here")?.classList.remove("is-here");
    this.places.block(this.places.reading.indexAt(span.start)).classList.add("is-here");
    this.drawCaret();
  }

  private drawCaret(): void {
    const shown = isCaret(this.span) && document.activeElement === this.text;
    this.caret.hidden = !shown;
    if (!shown) return;
    const box = this.rectOf({ start: this.span.start, end: this.span.start + 1 });
    const origin = this.text.getBoundingClientRect();
    this.caret.style.top = `${box.top - origin.top}px`;
    this.caret.style.left = `${box.left - origin.left - 1}px`;
    this.caret.style.height = `${box.height}px`;
  }

  private rectOf(span: Span): DOMRect {
    const rects = this.places.range(span).getClientRects();
    return rects[rects.length - 1] ?? this.places.range(span).getBoundingClientRect();
  }

  private keepInSight(offset: number): void {
    const box = this.rectOf({ start: offset, end: offset + 1 });
    const edge = 96;
    if (box.top < edge) window.scrollBy({ top: box.top - edge });
    else if (box.bottom > window.innerHeight - edge) window.scrollBy({ top: box.bottom - window.innerHeight + edge });
  }

  private openBox(type: boolean): void {
    if (!this.addresses.create) return;
    this.details.hide();
    this.opener = this.text;
    this.box.show(this.recent.themes(this.themes), type);
    const words = this.places.range(this.span).getBoundingClientRect();
    this.putUnder(this.box.element, this.rectOf(this.span), words);
    // A sheet at the bottom of a phone may come over the very words it is about.
    const panel = this.box.element.getBoundingClientRect();
    const over = getComputedStyle(this.box.element).position === "fixed" ? words.bottom + 16 - panel.top : 0;
    if (over > 0) window.scrollBy({ top: Math.min(over, words.top - 16) });
  }

  private showDetails(segments: readonly Segment[], under: DOMRect, opener: HTMLElement): void {
    this.box.hide();
    this.opener = opener;
    this.details.show(segments);
    this.putUnder(this.details.element, under);
  }

  /** Under the words, or above them where only there is room. On a phone the style sheet puts it at the bottom. */
  private putUnder(panel: HTMLElement, under: DOMRect, above: DOMRect = under): void {
    const origin = this.text.getBoundingClientRect();
    const size = panel.getBoundingClientRect();
    const below = under.bottom + 8 + size.height <= window.innerHeight || above.top - 8 < size.height;
    // Above, it is the lower edge that stays in place when the list in it gets shorter.
    panel.style.top = below ? `${under.bottom + 8 - origin.top}px` : "auto";
    panel.style.bottom = below ? "auto" : `${origin.bottom - above.top + 8}px`;
    panel.style.left = `${Math.max(0, Math.min(under.left, origin.right - size.width) - origin.left)}px`;
  }

  private closePanels(refocus = true): void {
    this.box.hide();
    this.details.hide();
    this.painter.lit(null);
    if (refocus) (this.opener?.isConnected ? this.opener : this.text).focus({ preventScroll: true });
  }

  private adjust(how: "word+" | "word-" | "sentence+" | "turn"): void {
    const { reading } = this.places;
    if (how === "turn") this.select(wholeTurn(reading, this.span));
    else this.select(moveEnd(reading, this.span, how === "sentence+" ? "sentence" : "word", how === "word-" ? -1 : 1));
    this.putUnder(this.box.element, this.rectOf(this.span), this.places.range(this.span).getBoundingClientRect());
  }

  /** Give the selected passage this theme: shown at once, taken back when the server refuses. */
  private async code(theme: Theme): Promise<void> {
    const { start, end } = this.span;
    const { create, revision } = this.addresses;
    if (start >= end || !create) return;
    const key = deedKey();
    const shown: Segment = {
      id: `new-${key}`, theme: theme.id, group: theme.group, name: theme.name, start, end,
      mine: true, coder: "", origin: "person", pending: true,
    };
    this.recent.use(theme.id);
    this.closePanels();
    this.select({ start: end, end });
    this.change(shown);
    const quote = this.places.reading.textOf({ start, end });
    const answer = await this.ask(create, { revision, theme: theme.id, start, end, quote, key });
    this.change(answer?.segment ?? null, shown.id);
    if (!answer) return;
    this.undoUrl = answer.undo_url ?? answer.segment?.remove_url ?? null;
    this.undoing = null;
    this.status.tell(say(this.words, "coded", { theme: theme.name, line: this.places.reading.lineAt(start) }), { canUndo: this.undoUrl !== null });
  }

  private async addTheme(name: string, sure: boolean): Promise<void> {
    if (!this.addresses.newTheme) return;
    let answer: Answer;
    try {
      answer = await post(this.addresses.newTheme, { name, sure, key: deedKey() });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.similar.length) this.box.offer(error.message, error.similar, name);
      else this.refused(error);
      return;
    }
    if (!answer.theme) return;
    this.themes.push(answer.theme);
    await this.code(answer.theme);
  }

  private async remove(segment: Segment): Promise<void> {
    if (!segment.remove_url) return;
    this.closePanels();
    this.change(null, segment.id);
    const answer = await this.ask(segment.remove_url, { key: deedKey() });
    if (!answer) {
      this.change(segment);
      return;
    }
    this.undoUrl = answer.undo_url ?? null;
    this.undoing = null;
    this.status.tell(say(this.words, "removed", { theme: segment.name }), { canUndo: this.undoUrl !== null });
  }

  private async answer(suggestion: Suggestion, answer: Exclude<SuggestionState, "open">): Promise<void> {
    if (!this.addresses.answer) return;
    this.suggestions?.settle(suggestion, answer);
    const said = await this.ask(this.addresses.answer, { suggestion: suggestion.id, answer, key: deedKey() });
    if (!said) {
      this.suggestions?.restore(suggestion);
      return;
    }
    this.change(said.segment ?? null, said.removed);
    this.undoUrl = said.undo_url ?? null;
    this.undoing = suggestion;
    this.status.tell(say(this.words, `answered.${answer}`, { theme: suggestion.name }), { canUndo: this.undoUrl !== null });
  }

  private async undo(): Promise<void> {
    const url = this.undoUrl;
    if (!url) {
      this.status.tell(say(this.words, "undo.nothing"));
      return;
    }
    this.undoUrl = null;
    const answer = await this.ask(url, { key: deedKey() });
    if (!answer) return;
    this.change(answer.segment ?? null, answer.removed);
    if (this.undoing) this.suggestions?.restore(this.undoing);
    this.undoing = null;
    this.status.tell(say(this.words, "undone"));
  }

  /** Put one segment in and take another out, and draw what that touches. */
  private change(put: Segment | null, take?: string): void {
    const touched: Segment[] = [];
    const taken = take ? this.segments.take(take) : undefined;
    if (taken) {
      this.painter.take(taken);
      touched.push(taken);
    }
    if (put) {
      this.segments.put(put);
      this.painter.put([put]);
      touched.push(put);
    }
    if (!touched.length) return;
    this.painter.lit(null);
    this.margin.refresh(touched);
    this.minimap.draw();
    this.mine?.draw(this.segments.all());
  }

  private async ask(url: string, body: Readonly<Record<string, unknown>>): Promise<Answer | null> {
    try {
      return await post(url, body);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refused(error);
      return null;
    }
  }

  private refused(error: Refused): void {
    this.status.tell(error.message || say(this.words, "refused"), { wrong: true });
  }

  private look(suggestion: Suggestion | null): void {
    this.painter.lit(suggestion, suggestion?.group);
    if (suggestion) this.bring(suggestion);
  }

  private show(span: Span): void {
    this.bring(span);
    this.select({ start: span.start, end: span.end });
    this.text.focus({ preventScroll: true });
  }

  /** The passage in the middle of the screen, unless it can be seen already. */
  private bring(span: Span): void {
    const box = this.places.range(span).getBoundingClientRect();
    if (box.top >= 64 && box.bottom <= window.innerHeight - 64) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.scrollBy({ top: box.top - window.innerHeight / 3, behavior: calm ? "auto" : "smooth" });
  }

  private quote(span: Span): { text: string; line: number } {
    return { text: this.places.reading.textOf(span), line: this.places.reading.lineAt(span.start) };
  }
}
