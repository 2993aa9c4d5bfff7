/** Which files were on their way, so that choosing one again goes on. Kept as ciphertext; without it everything still works. */

import type { Shelf } from "../recorder/keeping";

/** A file of which not everything was at the server when we last heard. */
export interface Remembered {
  readonly recording: string;
  readonly interview: string;
  readonly fingerprint: string;
  /** The file's name, to say which one to choose. */
  readonly name: string;
  readonly size: number;
}

const UPLOAD = "upload";

export class Memory {
  /** `shelf` is null where nothing can be kept; then nothing is remembered. */
  constructor(
    private readonly shelf: Promise<Shelf | null>,
    private readonly interview: string,
  ) {}

  /** The files of this interview that are not wholly in. */
  async all(): Promise<Remembered[]> {
    const shelf = await this.shelf;
    if (!shelf) return [];
    return (await shelf.list<Remembered>(UPLOAD, `${this.interview}/`)).map(([, upload]) => upload);
  }

  async find(fingerprint: string): Promise<Remembered | undefined> {
    return (await this.all()).find((upload) => upload.fingerprint === fingerprint);
  }

  async keep(upload: Remembered): Promise<void> {
    await (await this.shelf)?.put(UPLOAD, this.place(upload.recording), upload);
  }

  async forget(recording: string): Promise<void> {
    await (await this.shelf)?.remove(UPLOAD, this.place(recording));
  }

  private place(recording: string): string {
    return `${this.interview}/${recording}`;
  }
}
