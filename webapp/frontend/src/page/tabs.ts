/**
 * Sections under one another become tabs: `[data-tabs]` holds `section[data-tab]` with the tab's text in `data-tab`. Without
 * script all sections are there to read.
 */
export function makeTabs(): void {
  document.querySelectorAll<HTMLElement>("[data-tabs]").forEach((host, hostIndex) => {
    const panels = [...host.querySelectorAll<HTMLElement>(":scope > [data-tab]")];
    if (panels.length < 2) return;
    const list = document.createElement("div");
    list.className = "tabs__list";
    list.setAttribute("role", "tablist");
    const name = host.getAttribute("aria-label");
    if (name) list.setAttribute("aria-label", name);
    const tabs = panels.map((panel, index) => {
      panel.id ||= `tab-panel-${hostIndex}-${index}`;
      panel.setAttribute("role", "tabpanel");
      panel.tabIndex = -1;
      const tab = document.createElement("button");
      tab.type = "button";
      tab.className = "tabs__tab";
      tab.id = `${panel.id}-tab`;
      tab.textContent = panel.dataset["tab"] ?? "";
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", () => show(index));
      list.append(tab);
      return tab;
    });
    const show = (chosen: number): void => {
      tabs.forEach((tab, index) => {
        tab.setAttribute("aria-selected", String(index === chosen));
        tab.tabIndex = index === chosen ? 0 : -1;
        (panels[index] as HTMLElement).hidden = index !== chosen;
      });
    };
    list.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const now = tabs.indexOf(document.activeElement as HTMLButtonElement);
      if (!step || now < 0) return;
      event.preventDefault();
      const next = (now + step + tabs.length) % tabs.length;
      show(next);
      tabs[next]?.focus();
    });
    host.prepend(list);
    const linked = panels.findIndex((panel) => window.location.hash === `#${panel.id}`);
    show(Math.max(0, linked));
  });
}
