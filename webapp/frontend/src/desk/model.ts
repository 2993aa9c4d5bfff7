/** What the server says about one transcript, and what the desk keeps of it. */

import type { Span } from "../text/units";

export interface Theme {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly group_name?: string;
  readonly definition?: string;
  /** False for a theme that only gathers others. */
  readonly assignable?: boolean;
}

export interface Segment extends Span {
  readonly id: string;
  readonly theme: string;
  readonly group: string;
  readonly name: string;
  readonly mine: boolean;
  readonly coder: string;
  readonly origin: string;
  /** Where taking it away is posted; only on what this person may take away. */
  readonly remove_url?: string;
  /** Shown already, not yet confirmed by the server. */
  readonly pending?: boolean;
}

export type SuggestionState = "open" | "fits" | "not" | "later";

export interface Suggestion extends Span {
  readonly id: string;
  readonly theme: string;
  readonly group: string;
  readonly name: string;
  readonly why: readonly string[];
  readonly state: SuggestionState;
}

/** The segments, findable by place. */
export class Segments {
  private readonly byId = new Map<string, Segment>();
  private byPlace: Segment[] | null = null;

  constructor(segments: Iterable<Segment>) {
    for (const segment of segments) this.byId.set(segment.id, segment);
  }

  get(id: string): Segment | undefined {
    return this.byId.get(id);
  }

  put(segment: Segment): void {
    this.byId.set(segment.id, segment);
    this.byPlace = null;
  }

  take(id: string): Segment | undefined {
    const segment = this.byId.get(id);
    this.byId.delete(id);
    this.byPlace = null;
    return segment;
  }

  /** All, by start and then the longest first. */
  all(): readonly Segment[] {
    this.byPlace ??= [...this.byId.values()].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
    return this.byPlace;
  }

  /** Those that share a character with the span. */
  touching(span: Span): Segment[] {
    return this.all().filter((segment) => segment.start < span.end && span.start < segment.end);
  }
}

const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Themes that answer what is typed, the best first: name starts so, a word in it does, name has it, definition has it. */
export function findThemes(themes: readonly Theme[], typed: string): Theme[] {
  const wanted = fold(typed.trim());
  const assignable = themes.filter((theme) => theme.assignable !== false);
  if (!wanted) return [...assignable];
  const rank = (theme: Theme): number => {
    const name = fold(theme.name);
    if (name.startsWith(wanted)) return 0;
    if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 1;
    if (name.includes(wanted)) return 2;
    return fold(`${theme.definition ?? ""} ${theme.group_name ?? ""}`).includes(wanted) ? 3 : 4;
  };
  return assignable
    .map((theme, index) => ({ theme, index, rank: rank(theme) }))
    .filter((each) => each.rank < 4)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map((each) => each.theme);
}

/** The last five themes used, the newest first; kept for this tab. */
export class Recent {
  private ids: string[] = [];

  constructor(private readonly key: string) {
    try {
      const kept: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? "[]");
      if (Array.isArray(kept)) this.ids = kept.filter((id): id is string => typeof id === "string");
    } catch {
      this.ids = [];
    }
  }

  use(id: string): void {
    this.ids = [id, ...this.ids.filter((other) => other !== id)].slice(0, 5);
    try {
      window.sessionStorage.setItem(this.key, JSON.stringify(this.ids));
    } catch {
      // Without storage the five last until the page is left.
    }
  }

  themes(all: readonly Theme[]): Theme[] {
    return this.ids.flatMap((id) => all.find((theme) => theme.id === id) ?? []);
  }
}
