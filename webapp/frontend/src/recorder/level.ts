/** How loud it is: for the meter, and to notice that the microphone hears nothing at all. */

const OFTEN_MS = 125;
/** Below this nothing is heard: not even a quiet room. */
const SILENCE = 0.003;
const SILENT_FOR_MS = 15_000;

export interface Level {
  stop(): void;
}

/** Turn the largest swing of a moment (0–1) into what the eye expects: soft speech is about half. */
export function seen(swing: number): number {
  if (swing <= 0) return 0;
  const decibel = 20 * Math.log10(swing);
  return Math.min(1, Math.max(0, (decibel + 60) / 60));
}

/** Call `show` with 0–1 while the page is looked at, and `silent` when it changes whether anything is heard at all. */
export function listenTo(stream: MediaStream, show: (level: number) => void, silent: (silent: boolean) => void): Level {
  let context: AudioContext;
  try {
    context = new AudioContext();
  } catch {
    return { stop: () => undefined };
  }
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let heardAt = performance.now();
  let isSilent = false;
  const timer = window.setInterval(() => {
    if (context.state !== "running" || document.hidden) {
      heardAt = performance.now();
      return;
    }
    analyser.getFloatTimeDomainData(samples);
    const swing = samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    show(seen(swing));
    if (swing > SILENCE) heardAt = performance.now();
    const nowSilent = performance.now() - heardAt > SILENT_FOR_MS;
    if (nowSilent !== isSilent) {
      isSilent = nowSilent;
      silent(isSilent);
    }
  }, OFTEN_MS);
  void context.resume().catch(() => undefined);
  return {
    stop() {
      window.clearInterval(timer);
      show(0);
      void context.close().catch(() => undefined);
    },
  };
}
