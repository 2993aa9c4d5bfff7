/** Screens out of the templates in the page: clone one, fill its slots. */

/** Clone the one element of the template `id`. Throws when the page has no such template. */
export function clone(id: string): HTMLElement {
  const template = document.getElementById(id);
  const first = template instanceof HTMLTemplateElement ? template.content.firstElementChild : null;
  if (!first) throw new Error(`the page has no template ${id}`);
  return first.cloneNode(true) as HTMLElement;
}

/** The slot `name` in `screen`. Throws when there is none. */
export function slot(screen: ParentNode, name: string): HTMLElement {
  const found = screen.querySelector<HTMLElement>(`[data-slot="${name}"]`);
  if (!found) throw new Error(`a screen has no slot ${name}`);
  return found;
}

/** Put words in a slot and show it; without words it is hidden. */
export function fill(screen: ParentNode, name: string, words: string): HTMLElement {
  const found = slot(screen, name);
  found.textContent = words;
  found.hidden = !words;
  return found;
}

/** An icon of the page by its name, or nothing. */
export function picture(name: string): Node {
  const template = document.getElementById("pictures");
  const found =
    template instanceof HTMLTemplateElement ? template.content.querySelector(`[data-picture="${CSS.escape(name)}"]`) : null;
  return found?.firstElementChild?.cloneNode(true) ?? document.createTextNode("");
}

/** A button with words. */
export function button(words: string, kind: "primary" | "secondary" | "subtle", then: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = looks(kind);
  made.append(span(words));
  made.addEventListener("click", then);
  return made;
}

/** A link that looks like a button. */
export function link(words: string, kind: "primary" | "secondary" | "subtle", url: string): HTMLAnchorElement {
  const made = document.createElement("a");
  made.className = `${looks(kind)} button-link`;
  made.href = url;
  made.append(span(words));
  return made;
}

function looks(kind: "primary" | "secondary" | "subtle"): string {
  return `utrecht-button utrecht-button--${{ primary: "primary-action", secondary: "secondary-action", subtle: "subtle" }[kind]}`;
}

function span(words: string): HTMLSpanElement {
  const made = document.createElement("span");
  made.textContent = words;
  return made;
}
