/** Words chosen in the text with a mouse or a finger go into the question's field, so that nobody has to type them over. */

/** Return the words of a selection as they were said: what a name is replaced by is no part of them. */
export function chosenWords(selection: Selection | null, text: HTMLElement): string {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return "";
  const range = selection.getRangeAt(0);
  const turn = (node: Node): Element | null => (node instanceof Element ? node : node.parentElement)?.closest(".turn__text") ?? null;
  const first = turn(range.startContainer);
  // Words of two speakers are two passages.
  if (!first || first !== turn(range.endContainer) || !text.contains(first)) return "";
  const piece = range.cloneContents();
  piece.querySelectorAll(".instead, .waits").forEach((extra) => extra.remove());
  return (piece.textContent ?? "").replace(/\s+/g, " ").trim();
}

export function pointInText(page: HTMLElement): void {
  const text = page.querySelector<HTMLElement>("[data-part-text]");
  const field = page.querySelector<HTMLTextAreaElement>("[data-mark] [name='words']");
  if (!text || !field) return;
  document.addEventListener("selectionchange", () => {
    const words = chosenWords(document.getSelection(), text);
    if (!words) return;
    field.value = words;
    const details = field.closest("details");
    if (details) details.open = true;
  });
}
