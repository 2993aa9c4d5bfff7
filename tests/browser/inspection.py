"""What every page must do for people: the rules of WCAG, a narrow screen, large letters, fingers, and a keyboard."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320
FINGER = 44
"""Smallest side of a touch target in CSS pixels, for the pages that are used on a phone."""

_RUN_AXE = """async ([tags]) => {
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], elementRef: false,
  });
  return found.violations.map((one) => ({
    rule: one.id, help: one.help,
    nodes: one.nodes.map((node) => node.target.join(" ") + " — " + (node.any[0] || node.all[0] || node.none[0] || {}).message),
  }));
}"""

_WIDER = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  // What scrolls sideways in a box of its own (a table, a minimap) does not make the page wider.
  const boxed = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !boxed(element));
  const last = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  return [`${root.scrollWidth} > ${root.clientWidth}`, ...last.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
}"""

# Letters that do not fit any more: the box hides what sticks out. A line cut off on purpose says so with an ellipsis and
# has its whole text in a title or elsewhere on the page.
_CUT = """() => [...document.body.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  if (!element.textContent.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  if (element.closest(".visually-hidden, [aria-hidden=true], svg")) return false;
  if (element.clientWidth <= 1 || element.clientHeight <= 1) return false;
  const hides = (axis) => ["hidden", "clip"].includes(axis);
  return (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2)
    || (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 2 && style.textOverflow !== "ellipsis");
}).slice(0, 5).map((element) => element.outerHTML.slice(0, 120))"""

_SMALL = """(finger) => {
  const inText = (element) => {
    // A link within a sentence is as high as its line; the rule leaves those out.
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    const words = (element.closest("p, li, td, th, dd, dt, label, legend, figcaption") || element.parentElement).textContent.trim();
    return words.length > element.textContent.trim().length;
  };
  const touched = (element) => {
    // A box to tick is touched through its words too.
    if (!["radio", "checkbox"].includes(element.type)) return element.getBoundingClientRect();
    const boxes = [element, ...element.labels].map((one) => one.getBoundingClientRect());
    const left = Math.min(...boxes.map((box) => box.left)), right = Math.max(...boxes.map((box) => box.right));
    const top = Math.min(...boxes.map((box) => box.top)), bottom = Math.max(...boxes.map((box) => box.bottom));
    return { width: right - left, height: bottom - top };
  };
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter((element) => !element.disabled && !element.closest(".visually-hidden, .utrecht-skip-link") && !inText(element))
    .map((element) => ({ element, box: touched(element) }))
    .filter(({ box }) => box.width > 0 && box.height > 0 && (box.width < finger - 0.5 || box.height < finger - 0.5))
    .map(({ element, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${element.outerHTML.slice(0, 140)}`);
}"""

_FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const name = element.outerHTML.slice(0, 120);
  const key = [...document.querySelectorAll("*")].indexOf(element);
  const ring = (one, pseudo) => {
    const style = getComputedStyle(one, pseudo);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  const labels = element.labels ? [...element.labels] : [];
  // A ring on what holds the focus, on its words, or on a frame around it that says :focus-within. In the text of a
  // conversation a bar stands beside the piece one is in: a ring around ten thousand words would show nothing.
  const bar = element.querySelector(".is-here");
  const visible = [element, ...labels, element.parentElement].some((one) => ring(one) || ring(one, "::before") || ring(one, "::after"))
    || (bar && parseFloat(getComputedStyle(bar, "::before").width) >= 4);
  const box = element.getBoundingClientRect();
  const middle = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 40));
  const onTop = !middle || element.contains(middle) || middle.contains(element) || labels.some((one) => one.contains(middle));
  const within = box.bottom > 0 && box.top < innerHeight;
  return { key, name, visible: Boolean(visible), reachable: onTop && within };
}"""


def axe_violations(page: Page, axe: str) -> list[str]:
    """Return what axe finds wrong on the page, one line per rule. Needs its source, which CSP does not hold back here."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate(_RUN_AXE, [TAGS])
    return [f"{one['rule']}: {one['help']}: {json.dumps(one['nodes'][:4], ensure_ascii=False)}" for one in found]


def wider_than(page: Page, width: int = NARROW) -> list[str]:
    """Return what makes the page wider than a screen of `width` pixels."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 740})
    found: list[str] = page.evaluate(_WIDER)
    if before is not None:
        page.set_viewport_size(before)
    return found


def cut_off_at_double_size(page: Page) -> list[str]:
    """Return which texts do not fit when letters are twice as large."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found: list[str] = page.evaluate(_CUT) + page.evaluate(_WIDER)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def small_targets(page: Page) -> list[str]:
    """Return what is hard to touch. Links within a sentence are left out."""
    found: list[str] = page.evaluate(_SMALL, FINGER)
    return found


def lost_focus(page: Page, *, most: int = 60) -> list[str]:
    """Walk through the page with Tab; return where one cannot see where one is. Stops after `most` steps."""
    page.evaluate("document.activeElement && document.activeElement.blur(); scrollTo(0, 0)")
    found: list[str] = []
    seen: set[int] = set()
    for _ in range(most):
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(_FOCUSED)
        if here is None or here["key"] in seen:
            break
        seen.add(here["key"])
        if not here["visible"]:
            found.append(f"no ring: {here['name']}")
        if not here["reachable"]:
            found.append(f"hidden behind something: {here['name']}")
    if not seen:
        found.append("nothing on this page can be reached with Tab")
    return found


def is_notebook(page: Page) -> bool:
    """Tell whether this is a page for a phone first."""
    return bool(page.evaluate("document.documentElement.classList.contains('layout-notebook')"))
