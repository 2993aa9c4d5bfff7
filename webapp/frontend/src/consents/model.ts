/**
 * Asking somebody for consent, as values: what was said, which screen comes next, and what is sent. Knows no page.
 *
 * What is not asked is no. Who does not take part is asked nothing more: that no holds for everything.
 */

export type Part = "teller" | "companion";
export type Answers = Readonly<Record<string, boolean>>;
export type TeachBack = "right" | "explained_again";
export type How = "spoken" | "signed" | "cross";
export type Screen = "start" | "choice" | "teach" | "overview" | "agrees" | "how" | "spoken" | "sign" | "done";

export interface ScopeText {
  readonly id: string;
  readonly label: string;
  readonly explain: string;
  readonly check: string;
  readonly picture: string;
}

export interface Texts {
  readonly intro: string;
  readonly representative: string;
  readonly agrees: string;
  readonly teach_back: string;
  readonly refused: string;
  readonly withdraw: string;
  readonly thanks: string;
  readonly scopes: readonly ScopeText[];
}

export interface Moment {
  readonly at: string;
  readonly how: string;
  readonly who: string | null;
  readonly answers: readonly (readonly [string, boolean])[];
}

/** Somebody who is asked, as the server knows them. */
export interface Asked {
  readonly id: string;
  readonly part: Part;
  readonly represented_by: string | null;
  readonly choices: Answers;
  readonly talks: readonly string[];
  readonly history: readonly Moment[];
  readonly copy: string;
  readonly word: string;
}

/** The section `consent` of a pack. */
export interface Consent {
  readonly text_version: string;
  readonly texts: Readonly<Record<Part, Texts>>;
  readonly people: readonly Asked[];
  readonly talk: string;
  readonly interview: string;
  readonly next: string | null;
}

/** What was said until now, kept on the phone after each answer. */
export interface Draft {
  readonly screen: Screen;
  /** The uses to ask, in order, and which one is on the screen. */
  readonly queue: readonly string[];
  readonly at: number;
  /** One answer is being changed; the rest stays as it is. */
  readonly single: boolean;
  readonly said: Answers;
  readonly teach: TeachBack | null;
  readonly agrees: boolean | null;
  readonly how: How | null;
  /** Of the talk that was sent; null until then. */
  readonly talk: string | null;
  /** The sentence of a server that refused. */
  readonly refusal: string;
}

const FIRST = "use_research";
const RECORD = "record";

/** Which uses were never asked; none once somebody said not to take part. */
export function open(texts: Texts, known: Answers): string[] {
  if (known[FIRST] === false) return [];
  return texts.scopes.map((one) => one.id).filter((id) => !(id in known));
}

/** Begin with somebody: with the first use that is open, or with the table when none is. */
export function begin(texts: Texts, known: Answers): Draft {
  const queue = open(texts, known);
  return {
    screen: queue.length ? "start" : "overview",
    queue,
    at: 0,
    single: false,
    said: {},
    teach: null,
    agrees: null,
    how: null,
    talk: null,
    refusal: "",
  };
}

/** The answers as they stand: what is on file, and over it what was said now, as it counts. */
export function standing(draft: Draft, known: Answers, represented: boolean): Answers {
  const all: Record<string, boolean> = { ...known, ...draft.said };
  const willing = !represented || draft.agrees !== false;
  if (all[FIRST] === true && willing) return all;
  if (FIRST in draft.said || !willing) for (const id of Object.keys(all)) all[id] = false;
  return all;
}

/** Something was said that is not sent yet. */
export function touched(draft: Draft): boolean {
  return draft.talk === null && Object.keys(draft.said).length > 0;
}

/** Leave the first screen. */
export function start(draft: Draft): Draft {
  return { ...draft, screen: "choice", at: 0 };
}

/** Write down yes or no for the use on the screen, and go on. */
export function answer(draft: Draft, texts: Texts, known: Answers, yes: boolean): Draft {
  const id = draft.queue[draft.at];
  if (id === undefined) return draft;
  if (id === FIRST && !yes) {
    return { ...draft, said: { [FIRST]: false }, queue: [FIRST], at: 0, single: true, teach: null, screen: "overview" };
  }
  const said = { ...draft.said, [id]: yes };
  if (id === FIRST && draft.single && (known[FIRST] === false || draft.said[FIRST] === false)) {
    // Taking part after all: nothing else was ever a yes, so everything is asked.
    const rest = texts.scopes.map((one) => one.id).filter((one) => one !== FIRST);
    return { ...draft, said, queue: [FIRST, ...rest], at: 1, single: false, agrees: null };
  }
  if (draft.at + 1 < draft.queue.length) return { ...draft, said, at: draft.at + 1 };
  return { ...draft, said, screen: draft.single ? "overview" : "teach", agrees: null };
}

/** Ask one use again. */
export function change(draft: Draft, id: string): Draft {
  const fresh = draft.talk !== null;
  return {
    ...draft,
    screen: "choice",
    queue: [id],
    at: 0,
    single: true,
    said: fresh ? {} : draft.said,
    teach: fresh ? null : draft.teach,
    agrees: null,
    how: null,
    talk: null,
    refusal: "",
  };
}

/** Write down whether it was understood. */
export function teach(draft: Draft, how: TeachBack): Draft {
  return { ...draft, teach: how, screen: "overview" };
}

/** Whether the person is asked as well: only for a yes of somebody who does not decide alone. */
export function asksSelf(draft: Draft, represented: boolean): boolean {
  return represented && draft.agrees === null && Object.values(draft.said).some(Boolean);
}

/** The table is right: go on to the person's own word, or to how it is said. */
export function settle(draft: Draft, represented: boolean): Draft {
  return { ...draft, screen: asksSelf(draft, represented) ? "agrees" : "how" };
}

/** Write down whether the person who is represented wants it. After a no the table is shown once more. */
export function agree(draft: Draft, yes: boolean): Draft {
  return { ...draft, agrees: yes, screen: yes ? "how" : "overview" };
}

/** Choose how it is said. */
export function say(draft: Draft, how: How): Draft {
  return { ...draft, how, screen: how === "spoken" ? "spoken" : "sign" };
}

/** One screen back. */
export function back(draft: Draft): Draft {
  switch (draft.screen) {
    case "choice":
      if (draft.at > 0) return { ...draft, at: draft.at - 1 };
      return { ...draft, screen: draft.single ? "overview" : "start" };
    case "teach":
      return { ...draft, screen: "choice", at: Math.max(0, draft.queue.length - 1) };
    case "agrees":
    case "how":
      return { ...draft, screen: "overview" };
    case "spoken":
    case "sign":
      return { ...draft, screen: "how" };
    default:
      return draft;
  }
}

/** What is sent. `at` is when it was said; `signature` is an SVG path or null. */
export interface Payload {
  readonly id: string;
  readonly person: string;
  readonly choices: Answers;
  readonly how: How;
  readonly teach_back: TeachBack | "not_asked";
  readonly signature: string | null;
  readonly by_representative: boolean;
  readonly agrees: boolean | null;
  readonly at: string;
  readonly text_version: string;
}

/** Put together what is sent. Throws RangeError when something is missing. */
export function payload(
  draft: Draft,
  person: Asked,
  sent: { id: string; at: string; version: string; signature: string | null },
): Payload {
  if (!draft.how || !Object.keys(draft.said).length) throw new RangeError("nothing was said");
  const represented = person.represented_by !== null;
  return {
    id: sent.id,
    person: person.id,
    choices: draft.said,
    how: draft.how,
    teach_back: draft.teach ?? "not_asked",
    signature: sent.signature,
    by_representative: represented,
    agrees: represented ? draft.agrees : null,
    at: sent.at,
    text_version: sent.version,
  };
}

/** What follows for the interview from everybody's answers. */
export function outcome(everybody: readonly { texts: Texts; known: Answers }[]): "open" | "refused" | "silent" | "record" {
  if (everybody.some((one) => one.known[FIRST] === false)) return "refused";
  if (everybody.some((one) => open(one.texts, one.known).length > 0)) return "open";
  return everybody.every((one) => one.known[RECORD] === true) ? "record" : "silent";
}

/** A yes to recording becomes a no: what was recorded goes. */
export function losesRecording(before: Answers, after: Answers): boolean {
  return before[RECORD] === true && after[RECORD] === false;
}
