/** The tabs of one phone: each keeps its own text, and says that it is typing. */

const SAY_EVERY_MS = 2000;

export interface Tab {
  readonly id: string;
  /** Tell the other tabs that one types here. */
  typing(): void;
}

/** Give this tab an id that stays over a reload, and that no other living tab has. */
export async function ownTab(interview: string, heard: () => void): Promise<Tab> {
  const id = await claim();
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("dichterbij-typing");
  channel?.addEventListener("message", (event: MessageEvent<{ interview?: string; tab?: string }>) => {
    if (event.data.interview === interview && event.data.tab !== id) heard();
  });
  let last = 0;
  return {
    id,
    typing: () => {
      if (Date.now() - last < SAY_EVERY_MS) return;
      last = Date.now();
      channel?.postMessage({ interview, tab: id });
    },
  };
}

const KEY = "typing-tab";

async function claim(): Promise<string> {
  let id: string | null = null;
  try {
    id = window.sessionStorage.getItem(KEY);
  } catch {
    // Without storage a reload is another tab: its text is found by `alive`.
  }
  // A tab that was doubled has the same id; the lock says whether somebody has it.
  if (!id || !(await hold(id))) {
    id = crypto.randomUUID();
    await hold(id);
  }
  try {
    window.sessionStorage.setItem(KEY, id);
  } catch {
    // See above.
  }
  return id;
}

/** Hold the lock of this tab for as long as it lives. */
function hold(id: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(`typing-tab-${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => undefined) : undefined;
    });
  });
}

/** Whether the tab with this id still lives. */
export async function alive(id: string): Promise<boolean> {
  if (!navigator.locks) return false;
  const state = await navigator.locks.query();
  return (state.held ?? []).some((lock) => lock.name === `typing-tab-${id}`);
}
