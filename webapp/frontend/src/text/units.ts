/** Words and sentences of a turn. Half-open spans in UTF-16 units of the text. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

// Letters with their combining marks, joined by apostrophe or hyphen (zo'n, foto's, re-integratie); an emoji with all that
// belongs to it; a flag.
const WORD =
  /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’\-‑][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*|\p{Regional_Indicator}{2}|\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]*(?:\u200D\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]*)*/gu;

const ABBREVIATIONS = new Set("dhr mevr mw dr drs ir mr prof bijv bv enz nr ca evt incl excl resp st ds blz art".split(" "));

/** The words, in order. */
export function words(text: string): Span[] {
  return [...text.matchAll(WORD)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The sentences, in order, without the white space between them. Together they hold every other character. */
export function sentences(text: string): Span[] {
  const found: Span[] = [];
  const ends = /[.!?…]+["'”’»)\]]*(?=\s)/gu;
  let start = /\S/.exec(text)?.index ?? text.length;
  for (const match of text.matchAll(ends)) {
    const end = match.index + match[0].length;
    if (end <= start) continue;
    const before = /([\p{L}]+)$/u.exec(text.slice(start, match.index))?.[1] ?? "";
    if (match[0] === "." && (ABBREVIATIONS.has(before.toLowerCase()) || /^\p{Lu}$/u.test(before))) continue;
    const next = end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
    // After a dot a sentence starts with a capital, a number or a mark; "… en toen" goes on.
    if (next < text.length && /^\p{Ll}/u.test(text.slice(next))) continue;
    found.push({ start, end });
    start = next;
  }
  const rest = text.slice(start).trimEnd();
  if (rest) found.push({ start, end: start + rest.length });
  return found;
}

/** The span without white space at its ends, and with the words it cuts through made whole. Empty where it holds nothing. */
export function snap(text: string, span: Span, all: readonly Span[] = words(text)): Span {
  let start = Math.min(span.start, span.end);
  let end = Math.max(span.start, span.end);
  while (start < end && /\s/.test(text[start] as string)) start += 1;
  while (end > start && /\s/.test(text[end - 1] as string)) end -= 1;
  if (start === end) return { start, end };
  for (const word of all) {
    if (word.start < start && start < word.end) start = word.start;
    if (word.start < end && end < word.end) end = word.end;
  }
  return { start, end };
}
