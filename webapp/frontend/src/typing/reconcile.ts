/** When the editor opens: does what this phone kept go on, or what the server has? Nothing is decided about words here. */

import { same, type Text } from "./model";

/** What one tab keeps of one interview, written before anything is sent. */
export interface Local {
  readonly tab: string;
  readonly base: string | null;
  /** The server's version that this text was made from. */
  readonly version: number;
  /** Saves of this text whose answer was not heard yet, oldest first. */
  readonly after: readonly string[];
  readonly text: Text;
  /** There are words in it that the server did not say yes to. */
  readonly dirty: boolean;
  readonly at: number;
}

export interface Server {
  readonly base: string | null;
  readonly version: number;
  readonly save: string | null;
  readonly text: Text;
  /** It came with this page, and is no older copy on the phone. */
  readonly fresh: boolean;
  readonly at: number;
}

export interface Start {
  readonly from: "server" | "phone";
  readonly text: Text;
  readonly base: string | null;
  readonly version: number;
  readonly after: readonly string[];
  readonly dirty: boolean;
}

export function reconcile(server: Server, local: Local | null): Start {
  const theirs: Start = { from: "server", text: server.text, base: server.base, version: server.version, after: [], dirty: false };
  if (!local) return theirs;
  const ours: Start = { ...local, from: "phone" };
  if (!local.dirty) {
    // Also a fresh page may be older: the server made it while a save of the page before it was under way.
    const newer = local.base === server.base ? local.version > server.version : !server.fresh && local.at > server.at;
    return newer ? ours : theirs;
  }
  if (same(local.text, server.text)) return theirs;
  const own = server.save !== null && local.after.includes(server.save);
  if (local.base === server.base && own) {
    // The server has an earlier save of this very text: we go on from there.
    const later = local.after.slice(local.after.indexOf(server.save as string) + 1);
    return { ...ours, version: server.version, after: later };
  }
  // Based on another text: the save will be kept aside by the server, and both are shown.
  return ours;
}
