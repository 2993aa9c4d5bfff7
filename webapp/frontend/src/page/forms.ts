/** What every form gets: one submit per press, and a warning before typed text is lost. */

import { announce } from "./announce";
import { say, type Words } from "./words";

function signature(form: HTMLFormElement): string {
  const parts: string[] = [];
  for (const [name, value] of new FormData(form)) {
    if (name === "csrf_token") continue;
    parts.push(`${name}=${typeof value === "string" ? value : value.name}`);
  }
  return parts.join("\n");
}

/** A second press while the first is under way does nothing, and says so. Back in the page, the form works again. */
export function submitOnce(words: Words): void {
  const sent = new Set<HTMLFormElement>();
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.hasAttribute("data-once") || event.defaultPrevented) return;
    if (sent.has(form)) {
      event.preventDefault();
      announce(say(words, "busy"));
      return;
    }
    sent.add(form);
    // Not `disabled`: that would take the button's name and value out of what is sent.
    const button = event.submitter as HTMLButtonElement | null;
    button?.setAttribute("aria-disabled", "true");
    const busy = button?.dataset["busy"];
    const label = button?.querySelector("span:last-child");
    if (busy && label) label.textContent = busy;
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of sent) {
      form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
    }
    sent.clear();
  });
}

/** Leaving a page with changed text in a `data-guard` form asks first. Sending the form does not. */
export function guardText(): void {
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-guard]")];
  if (!forms.length) return;
  const before = new Map(forms.map((form) => [form, signature(form)]));
  let leavingBySubmit = false;
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) leavingBySubmit = true;
  });
  window.addEventListener("pageshow", () => {
    leavingBySubmit = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (leavingBySubmit || forms.every((form) => signature(form) === before.get(form))) return;
    event.preventDefault();
  });
}

/** The list of what is not right yet gets the focus, and its links lead into the fields. */
export function focusErrorSummary(): void {
  const summary = document.querySelector<HTMLElement>("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const field = target.matches("input, select, textarea")
      ? target
      : target.querySelector<HTMLElement>("input, select, textarea, button");
    (field ?? target).scrollIntoView({ block: "center" });
    (field ?? target).focus({ preventScroll: true });
  });
}
