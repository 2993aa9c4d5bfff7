/** Sentences that the server wrote into the page, in the language of the page. */

export type Words = Readonly<Record<string, string>>;

/** Read the JSON block with this id. A page without one gets no words, and the caller its own key back. */
export function readWords(id: string): Words {
  const block = document.getElementById(id);
  if (!block?.textContent) return {};
  return JSON.parse(block.textContent) as Words;
}

/** Fill the `{fields}` of a sentence. An unknown key is shown as it is, so that a missing sentence is seen. */
export function say(words: Words, key: string, fields: Record<string, string | number> = {}): string {
  const sentence = words[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in fields ? String(fields[name]) : whole));
}
