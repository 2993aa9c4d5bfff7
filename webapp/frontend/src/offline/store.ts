/**
 * What this person keeps on this phone. Everything in it is AES-GCM ciphertext under the key of this person on this
 * device, bound to its place: a value cannot be moved to another kind, id or device.
 */

import { hear } from "./channel";
import { type Database, type Held, LockedOut, type Sealed, database, obtain } from "./keys";

export { LockedOut } from "./keys";

/** The phone has no room left. Nothing was stored. */
export class Full extends Error {}

export interface Store {
  readonly person: string;
  readonly device: string;
  get<T>(kind: string, id: string): Promise<T | undefined>;
  /** On disk when it resolves. Throws Full or LockedOut. */
  put<T>(kind: string, id: string, value: T): Promise<void>;
  remove(kind: string, id: string): Promise<void>;
  /** By id, in order; `prefix` of the id. A value that cannot be opened is left out. */
  list<T>(kind: string, prefix?: string): Promise<[string, T][]>;
  /** The ids alone, in order: opens nothing. */
  ids(kind: string, prefix?: string): Promise<string[]>;
  getBytes(kind: string, id: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  putBytes(kind: string, id: string, bytes: Uint8Array): Promise<void>;
  /** Several changes in one go: all of them or none. */
  change(deeds: Changes): Promise<void>;
  /** Whether the store was shut since: revoked, or somebody else signed in. */
  readonly shut: boolean;
}

export interface Changes {
  readonly put?: readonly (readonly [kind: string, id: string, value: unknown])[];
  readonly remove?: readonly (readonly [kind: string, id: string])[];
}

/** Says "full" when the phone has no room left, "shut" when the store was shut. */
export const storeEvents = new EventTarget();

const IV_BYTES = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

class SealedStore implements Store {
  shut = false;

  constructor(private readonly held: Held) {
    hear((said) => {
      if (said.type === "locked" && said.device === this.device) this.close();
    });
  }

  get person(): string {
    return this.held.person;
  }

  get device(): string {
    return this.held.device;
  }

  close(): void {
    if (this.shut) return;
    this.shut = true;
    storeEvents.dispatchEvent(new Event("shut"));
  }

  async get<T>(kind: string, id: string): Promise<T | undefined> {
    const plain = await this.getBytes(kind, id);
    return plain && (JSON.parse(decoder.decode(plain)) as T);
  }

  async put<T>(kind: string, id: string, value: T): Promise<void> {
    await this.change({ put: [[kind, id, value]] });
  }

  async remove(kind: string, id: string): Promise<void> {
    await this.change({ remove: [[kind, id]] });
  }

  async list<T>(kind: string, prefix = ""): Promise<[string, T][]> {
    const found: [string, T][] = [];
    for (const id of await this.ids(kind, prefix)) {
      try {
        const value = await this.get<T>(kind, id);
        if (value !== undefined) found.push([id, value]);
      } catch (error) {
        if (error instanceof LockedOut) throw error;
        console.warn(`a kept ${kind} cannot be opened`);
      }
    }
    return found;
  }

  async ids(kind: string, prefix = ""): Promise<string[]> {
    const range = IDBKeyRange.bound([this.device, kind, prefix], [this.device, kind, `${prefix}\uffff`]);
    return (await (await this.open()).getAllKeys("values", range)).map((key) => key[2]);
  }

  async getBytes(kind: string, id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const sealed = await (await this.open()).get("values", [this.device, kind, id]);
    if (!sealed) return undefined;
    const bound = this.bound(kind, id);
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData: bound }, this.held.key, sealed.data),
    );
  }

  async putBytes(kind: string, id: string, bytes: Uint8Array): Promise<void> {
    await this.write([[kind, id, await this.seal(kind, id, bytes)]], []);
  }

  async change({ put = [], remove = [] }: Changes): Promise<void> {
    // Sealed first: a transaction of IndexedDB does not wait for anything else.
    const sealed: [string, string, Sealed][] = [];
    for (const [kind, id, value] of put) {
      sealed.push([kind, id, await this.seal(kind, id, encoder.encode(JSON.stringify(value)))]);
    }
    await this.write(sealed, remove);
  }

  private async write(put: readonly [string, string, Sealed][], remove: Changes["remove"]): Promise<void> {
    const open = await this.open();
    try {
      const change = open.transaction("values", "readwrite", { durability: "strict" });
      void change.done.catch(() => undefined);
      for (const [kind, id] of remove ?? []) void change.store.delete([this.device, kind, id]);
      for (const [kind, id, value] of put) void change.store.put(value, [this.device, kind, id]).catch(() => undefined);
      await change.done;
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "QuotaExceededError")) throw error;
      storeEvents.dispatchEvent(new Event("full"));
      throw new Full();
    }
  }

  private async open(): Promise<Database> {
    if (this.shut) throw new LockedOut("signed-out");
    return database();
  }

  private async seal(kind: string, id: string, plain: Uint8Array): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const bound = this.bound(kind, id);
    const bytes = plain as Uint8Array<ArrayBuffer>;
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, this.held.key, bytes) };
  }

  private bound(kind: string, id: string): Uint8Array<ArrayBuffer> {
    return encoder.encode(JSON.stringify([this.device, kind, id])) as Uint8Array<ArrayBuffer>;
  }
}

let store: Promise<SealedStore> | null = null;

/** Return the store of this person on this phone; the same one for the whole page. Throws LockedOut. */
export function openStore(): Promise<Store> {
  store ??= make().catch((error: unknown) => {
    store = null;
    throw error;
  });
  return store;
}

async function make(): Promise<SealedStore> {
  return new SealedStore(await obtain());
}

/** Ask the browser not to throw this away when the phone gets full. It may say no. */
export async function askToStay(): Promise<boolean> {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
