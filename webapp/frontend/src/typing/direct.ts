/** Saving straight to the server, for a browser that cannot keep anything: the newest text, until the server says yes. */

import { csrf } from "../offline/outbox";

const AGAIN_MS = 10_000;

export interface Direct {
  send(id: string, body: unknown): void;
}

export function directly(url: string, heard: (id: string, answer: { status: number; json: unknown }) => void): Direct {
  let waiting: { id: string; body: unknown } | null = null;
  let busy = false;

  async function go(): Promise<void> {
    if (busy || !waiting) return;
    busy = true;
    const now = waiting;
    try {
      const answer = await fetch(url, {
        method: "PUT",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": await csrf() },
        body: JSON.stringify(now.body),
      });
      if (answer.status >= 500 || answer.status === 401) throw new Error(String(answer.status));
      heard(now.id, { status: answer.status, json: await answer.json().catch(() => null) });
      if (waiting === now) waiting = null;
    } catch {
      window.setTimeout(() => void go(), AGAIN_MS);
    }
    busy = false;
    if (waiting && waiting !== now) void go();
  }

  return {
    send: (id, body) => {
      waiting = { id, body };
      void go();
    },
  };
}
