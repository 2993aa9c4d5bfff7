/** Where brackets and labels go in the margin, so that none lies over another. Pure: heights in, places out. */

export interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** A lane for each bracket: the first in which it touches none that is there. In the order given; tallest first looks best. */
export function lanes(extents: readonly Extent[]): number[] {
  const placed: Extent[][] = [];
  return extents.map((extent) => {
    let lane = placed.findIndex((others) => others.every((other) => extent.bottom <= other.top || other.bottom <= extent.top));
    if (lane < 0) lane = placed.push([]) - 1;
    (placed[lane] as Extent[]).push(extent);
    return lane;
  });
}

export interface Stacked {
  /** Top of each label shown, in the order given. */
  readonly tops: readonly number[];
  /** How many at the end find no room and hide behind "+ n". */
  readonly hidden: number;
}

/**
 * Tops for labels of one height, each as near to its own line as room allows, none over another, all above `limit`.
 * Labels that would not fit are hidden, and one place is kept for the sentence that says how many.
 */
export function stack(wanted: readonly number[], height: number, limit: number): Stacked {
  const room = Math.max(1, Math.floor(limit / height));
  const shown = wanted.length <= room ? wanted.length : room - 1;
  const places = shown + (shown < wanted.length ? 1 : 0);
  const tops: number[] = [];
  let free = 0;
  for (let index = 0; index < shown; index += 1) {
    const latest = Math.max(0, limit - (places - index) * height);
    const top = Math.max(free, Math.min(wanted[index] as number, latest));
    tops.push(top);
    free = top + height;
  }
  return { tops, hidden: wanted.length - shown };
}
