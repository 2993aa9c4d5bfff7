/**
 * The waveform: a picture of loud and soft, drawn from the server's peaks in the colours of the page.
 *
 * An own canvas instead of a library: it is sixty lines, and a library would need inline styles that the security policy
 * refuses.
 */

import type { Timeline } from "./timeline";

export interface Wave {
  /** Show that the sound is at `ms`. */
  at(ms: number): void;
}

interface Peaks {
  readonly step_ms: number;
  readonly peaks: string;
}

/** Bring `peaks` back to `bars` numbers between 0 and 1: the loudest of each stretch, so that no short word disappears. */
export function loudest(peaks: Uint8Array, bars: number): number[] {
  const top = peaks.reduce((most, each) => Math.max(most, each), 1);
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars));
    let most = 0;
    for (let at = from; at < to && at < peaks.length; at += 1) most = Math.max(most, peaks[at] as number);
    return most / top;
  });
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Draw the waveform of everything on `line`; a press on it calls `seek` with milliseconds. Without peaks it stays hidden. */
export function mountWave(canvas: HTMLCanvasElement, line: Timeline, seek: (ms: number) => void): Wave {
  const known = new Map<string, Peaks>();
  let now = 0;
  let bars: number[] = [];

  const fill = (): void => {
    const count = Math.max(1, Math.floor(canvas.clientWidth / 3));
    bars = [];
    for (const sound of line.sounds) {
      const share = Math.max(1, Math.round((count * (sound.duration_ms ?? 0)) / line.duration()));
      const peaks = known.get(sound.id);
      bars.push(...(peaks ? loudest(bytes(peaks.peaks), share) : Array.from({ length: share }, () => 0)));
    }
    draw();
  };

  const draw = (): void => {
    const paint = canvas.getContext("2d");
    if (!paint || !canvas.clientWidth) return;
    const dense = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(width * dense) || canvas.height !== Math.round(height * dense)) {
      canvas.width = Math.round(width * dense);
      canvas.height = Math.round(height * dense);
    }
    paint.setTransform(dense, 0, 0, dense, 0, 0);
    paint.clearRect(0, 0, width, height);
    const style = getComputedStyle(canvas);
    const heard = style.getPropertyValue("--wave-heard") || style.color;
    const ahead = style.getPropertyValue("--wave-ahead") || style.color;
    const step = width / bars.length;
    const here = line.duration() ? (now / line.duration()) * width : 0;
    bars.forEach((loud, index) => {
      const tall = Math.max(2, loud * (height - 4));
      paint.fillStyle = index * step < here ? heard : ahead;
      paint.fillRect(index * step, (height - tall) / 2, Math.max(1, step - 1), tall);
    });
    paint.fillStyle = heard;
    paint.fillRect(Math.min(width - 2, here), 0, 2, height);
  };

  canvas.addEventListener("pointerdown", (event) => {
    const box = canvas.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * line.duration());
  });
  window.addEventListener("resize", fill);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  void Promise.all(
    line.sounds.map(async (sound) => {
      const answer = await fetch(`/opnames/${sound.id}/golf.json`, { credentials: "same-origin" });
      if (answer.ok) known.set(sound.id, (await answer.json()) as Peaks);
    }),
  )
    .then(() => {
      canvas.hidden = known.size === 0;
      fill();
    })
    // The player works without the picture.
    .catch(() => undefined);

  return {
    at(ms) {
      now = ms;
      draw();
    },
  };
}
