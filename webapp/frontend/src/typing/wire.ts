/** The text as the server and the store know it, and as the editor does. */

import { turn, type Role, type Speaker, type Text } from "./model";

export interface WireTurn {
  readonly speaker: string | null;
  readonly text: string;
  readonly start_ms: number | null;
  readonly end_ms: number | null;
}

export interface Wire {
  readonly turns: readonly WireTurn[];
  readonly speakers: readonly { readonly label: string; readonly role: string }[];
}

/** A text that was kept aside and waits for a choice. */
export interface WireAside extends Wire {
  readonly id: string;
  readonly saved_at: string;
  /** Null for the computer. */
  readonly saved_by: string | null;
  readonly device: string;
}

/** The section `typing` of a pack, and with `aside_id` the answer 409 to a save. */
export interface Typing extends Wire {
  readonly version: number;
  readonly base: string | null;
  readonly save: string | null;
  readonly saved_at: string | null;
  readonly saved_by: string | null;
  readonly device: string;
  readonly aside: readonly WireAside[];
  readonly reason: string | null;
}

const ROLES = new Set(["interviewer", "interviewee", "companion", "unknown"]);

/** For the editor: there is always a turn to type in. */
export function fromWire(wire: Wire): Text {
  const speakers: Speaker[] = wire.speakers.map((one) => ({
    label: one.label,
    role: (ROLES.has(one.role) ? one.role : "unknown") as Role,
  }));
  const turns = wire.turns.map((one) => turn(one.speaker, one.text, one.start_ms, one.end_ms));
  return { speakers, turns: turns.length ? turns : [turn(speakers[0]?.label ?? null)] };
}

export function toWire(text: Text): Wire {
  return {
    turns: text.turns.map((one) => ({ speaker: one.speaker, text: one.text, start_ms: one.start, end_ms: one.end })),
    speakers: text.speakers.map((one) => ({ label: one.label, role: one.role })),
  };
}
