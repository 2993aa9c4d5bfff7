/** The box under a selection in which a theme is chosen: type to filter, Enter to take, 1 to 5 for the recent ones. */

import { announce } from "../page/announce";
import { say, type Words } from "../page/words";
import { findThemes, type Theme } from "./model";

export interface ThemeBoxEvents {
  chosen(theme: Theme): void;
  /** A new theme with this name is wanted; only where the project allows. `sure`: themes much like it were shown. */
  wanted(name: string, sure: boolean): void;
  /** The passage grows or shrinks. */
  adjusted(how: "word+" | "word-" | "sentence+" | "turn"): void;
  closed(): void;
}

interface Option {
  readonly theme?: Theme;
  readonly name?: string;
  readonly sure?: boolean;
}

export class ThemeBox {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly quick: HTMLElement;
  private options: Option[] = [];
  private recent: Theme[] = [];
  private active = 0;

  constructor(
    parent: HTMLElement,
    private readonly themes: readonly Theme[],
    private readonly words: Words,
    private readonly mayAdd: boolean,
    private readonly events: ThemeBoxEvents,
  ) {
    this.element = make("div", "theme-box bottom-sheet");
    this.element.hidden = true;
    this.element.tabIndex = -1;
    this.element.setAttribute("role", "dialog");
    this.element.setAttribute("aria-label", say(words, "box.title"));
    const label = make("label", "theme-box__label", say(words, "box.label"));
    label.setAttribute("for", "theme-box-input");
    this.input = document.createElement("input");
    this.input.id = "theme-box-input";
    this.input.className = "theme-box__input utrecht-textbox utrecht-textbox--html-input";
    this.input.autocomplete = "off";
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-controls", "theme-box-list");
    this.input.setAttribute("aria-autocomplete", "list");
    this.list = make("ul", "theme-box__list");
    this.list.id = "theme-box-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", say(words, "box.themes"));
    this.quick = make("div", "theme-box__quick");
    const head = make("div", "theme-box__head");
    const close = this.button("×", "theme-box__close", () => events.closed());
    close.setAttribute("aria-label", say(words, "box.close"));
    head.append(label, close);
    this.element.append(head, this.input, this.quick, this.list, this.adjusters());
    parent.append(this.element);
    this.input.addEventListener("input", () => this.fill());
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  /** Show the box; with `type` the cursor stands in it, else (touch) no keyboard comes up. */
  show(recent: Theme[], type: boolean): void {
    this.recent = recent;
    this.element.hidden = false;
    this.input.value = "";
    this.fill();
    (type ? this.input : this.element).focus({ preventScroll: true });
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Show themes that are much like the new one: one of them is chosen, or the new one is meant after all. */
  offer(sentence: string, similar: readonly Theme[], name: string): void {
    this.options = [...similar.map((theme) => ({ theme })), { name, sure: true }];
    this.active = 0;
    const note = make("li", "theme-box__none", sentence);
    note.setAttribute("role", "presentation");
    this.list.replaceChildren(note, ...this.options.map((option, index) => this.row(option, index)));
    this.mark();
    announce(sentence);
  }

  private fill(): void {
    const typed = this.input.value.trim();
    const found = findThemes(this.themes, typed);
    this.options = found.map((theme) => ({ theme }));
    const exact = found.some((theme) => theme.name.toLowerCase() === typed.toLowerCase());
    if (this.mayAdd && typed && !exact) this.options.push({ name: typed });
    this.active = 0;
    let group = "";
    const rows: HTMLElement[] = [];
    this.options.forEach((option, index) => {
      const { theme } = option;
      if (!typed && theme?.group_name && theme.group_name !== group) {
        group = theme.group_name;
        const heading = make("li", "theme-box__group", group);
        heading.setAttribute("role", "presentation");
        rows.push(heading);
      }
      rows.push(this.row(option, index));
    });
    if (!rows.length) {
      const none = make("li", "theme-box__none", say(this.words, "box.none", { typed }));
      none.setAttribute("role", "presentation");
      rows.push(none);
    }
    this.list.replaceChildren(...rows);
    this.list.scrollTop = 0;
    this.quick.hidden = Boolean(typed) || !this.recent.length;
    this.quick.replaceChildren(
      ...this.recent.map((theme, index) => {
        const chip = this.button("", `chip theme-box__recent theme--${theme.group}`, () => this.events.chosen(theme));
        const key = make("kbd", "", String(index + 1));
        chip.append(key, make("span", "", theme.name));
        return chip;
      }),
    );
    this.mark();
  }

  private row(option: Option, index: number): HTMLElement {
    const { theme } = option;
    const row = make("li", `theme-box__option${theme ? ` theme--${theme.group} theme-bar` : ""}`);
    row.id = `theme-option-${index}`;
    row.setAttribute("role", "option");
    row.append(make("span", "theme-box__name", theme ? theme.name : say(this.words, option.sure ? "box.sure" : "box.new", { name: option.name ?? "" })));
    if (theme?.definition) row.append(make("span", "theme-box__definition", theme.definition));
    row.addEventListener("mousemove", () => {
      this.active = index;
      this.mark();
    });
    row.addEventListener("click", () => this.take(index));
    return row;
  }

  private mark(): void {
    this.list.querySelectorAll("[role=option]").forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === this.active));
      if (index === this.active) this.input.setAttribute("aria-activedescendant", row.id);
    });
    if (!this.options.length) this.input.removeAttribute("aria-activedescendant");
  }

  private take(index: number): void {
    const option = this.options[index];
    if (option?.theme) this.events.chosen(option.theme);
    else if (option?.name) this.events.wanted(option.name, option.sure ?? false);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.events.closed();
      return;
    }
    if (event.target !== this.input && event.target !== this.element) return;
    const recent = /^[1-5]$/.test(event.key) && !this.input.value ? this.recent[Number(event.key) - 1] : undefined;
    if (recent) {
      event.preventDefault();
      this.events.chosen(recent);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const count = this.options.length || 1;
      this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
      this.mark();
      document.getElementById(`theme-option-${this.active}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.take(this.active);
    }
  }

  private adjusters(): HTMLElement {
    const row = make("div", "theme-box__adjust");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", say(this.words, "adjust.title"));
    for (const how of ["word-", "word+", "sentence+", "turn"] as const) {
      row.append(this.button(say(this.words, `adjust.${how}`), "chip", () => this.events.adjusted(how)));
    }
    return row;
  }

  private button(text: string, className: string, press: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    button.textContent = text;
    button.addEventListener("click", press);
    return button;
  }
}

/** An element with a class and a text. */
export function make(tag: string, className = "", text = ""): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
