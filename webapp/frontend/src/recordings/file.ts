/** A sound file somebody chose: whether we can take it, how it is cut, and how it is known again. Nothing is sent here. */

import { joined } from "../recorder/keeping";

/** Bytes of one piece. The last one may be smaller. */
export const SLICE = 1024 * 1024;
/** 500 MB as people count them; the server holds to the same number. */
export const MOST = 500 * 1000 * 1000;

const TYPES: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg",
  m4a: "audio/mp4",
  mp4: "audio/mp4",
  aac: "audio/mp4",
  ogg: "audio/ogg",
  oga: "audio/ogg",
  opus: "audio/ogg",
  wav: "audio/wav",
  webm: "audio/webm",
};

/** What is needed of a `File`. */
export interface Chosen {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly lastModified: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

const starts = (bytes: Uint8Array, at: number, letters: string): boolean =>
  [...letters].every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

/** What a file is by its first bytes; null when that says nothing. */
export function sniffed(head: Uint8Array): string | null {
  if (starts(head, 0, "OggS")) return "audio/ogg";
  if (starts(head, 0, "RIFF") && starts(head, 8, "WAVE")) return "audio/wav";
  if (starts(head, 4, "ftyp")) return "audio/mp4";
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return "audio/webm";
  if (starts(head, 0, "ID3")) return "audio/mpeg";
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0) return "audio/mpeg";
  return null;
}

export type Verdict = { readonly type: string } | { readonly refused: "too_large" | "wrong_kind" | "empty" | "unreadable" };

/** Say whether this file can be taken: by its size, and by its first bytes rather than by its name alone. */
export async function judge(file: Chosen): Promise<Verdict> {
  if (file.size === 0) return { refused: "empty" };
  if (file.size > MOST) return { refused: "too_large" };
  let head: Uint8Array;
  try {
    head = await read(file, 0, 16);
  } catch {
    return { refused: "unreadable" };
  }
  const type = sniffed(head);
  if (type) return { type };
  // An mp3 may begin with rubbish before its first frame; then its name decides.
  const ending = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
  return TYPES[ending] === "audio/mpeg" ? { type: "audio/mpeg" } : { refused: "wrong_kind" };
}

/** How many pieces a file of `size` bytes is cut in. */
export function slices(size: number): number {
  return Math.ceil(size / SLICE);
}

/** Read bytes from `start` to `end`. Rejects when the file is gone or changed. */
export async function read(file: Chosen, start: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, Math.min(end, file.size)).arrayBuffer());
}

/** Piece number `number` of a file. */
export function slice(file: Chosen, number: number): Promise<Uint8Array> {
  return read(file, number * SLICE, (number + 1) * SLICE);
}

/**
 * What a file is known by when it is chosen again: its size, its name and its first and last piece. Two recordings of one
 * phone differ in that; the whole file need not be read.
 */
export async function fingerprint(file: Chosen): Promise<string> {
  const words = new TextEncoder().encode(`${file.size} ${file.name} `);
  const bytes = joined([words, await slice(file, 0), await slice(file, slices(file.size) - 1)]);
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
