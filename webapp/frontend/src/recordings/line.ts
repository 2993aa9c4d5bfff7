/** The way to the server for a file that comes in: straight, without the outbox, because the file itself is the store. */

import { csrf } from "../offline/outbox";
import type { Line } from "./upload";

/** A piece of 1 MB on a slow line takes minutes; longer than this it is a dead line. */
const PATIENCE_MS = 5 * 60_000;

export const line: Line = {
  async ask(method, url, { json, body, key } = {}) {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRFToken"] = await csrf();
    if (key) headers["Idempotency-Key"] = key;
    if (json !== undefined) headers["Content-Type"] = "application/json";
    if (body) headers["Content-Type"] = "application/octet-stream";
    const sent = body ?? (json === undefined ? undefined : JSON.stringify(json));
    const response = await fetch(url, {
      method,
      headers,
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(sent === undefined ? {} : { body: sent as BodyInit }),
    });
    return { status: response.status, json: await response.json().catch(() => null) };
  },

  pause(ms) {
    return new Promise((resolve) => {
      const done = (): void => {
        window.clearTimeout(timer);
        window.removeEventListener("online", done);
        resolve();
      };
      const timer = window.setTimeout(done, ms);
      window.addEventListener("online", done);
    });
  },
};
