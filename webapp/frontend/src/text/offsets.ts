/**
 * The border between the server's offsets and the browser's.
 *
 * The server counts Unicode code points, the browser UTF-16 units: "👋" is one of the first and two of the second. All
 * offsets of the desk are code points; only what touches the page's text nodes is UTF-16, and goes through here.
 */
export class CodePoints {
  /** Length of the text in code points. */
  readonly length: number;
  /** UTF-16 offset at which each code point starts; null where every code point is one unit, as in most turns. */
  private readonly starts: Uint32Array | null;
  private readonly units: number;

  constructor(text: string) {
    this.units = text.length;
    if (!/[\uD800-\uDFFF]/.test(text)) {
      this.starts = null;
      this.length = text.length;
      return;
    }
    const starts: number[] = [];
    for (let unit = 0; unit < text.length; ) {
      starts.push(unit);
      unit += (text.codePointAt(unit) as number) > 0xffff ? 2 : 1;
    }
    this.starts = Uint32Array.from(starts);
    this.length = starts.length;
  }

  /** The UTF-16 offset of a code point offset. Out of range is brought to the nearest end. */
  toUtf16(point: number): number {
    if (point <= 0) return 0;
    if (point >= this.length) return this.units;
    return this.starts ? (this.starts[point] as number) : point;
  }

  /** The code point offset of a UTF-16 offset. In the middle of a pair it is the offset before the pair. */
  fromUtf16(unit: number): number {
    if (unit <= 0) return 0;
    if (unit >= this.units) return this.length;
    if (!this.starts) return unit;
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
