/** Reading aloud by this device, in Dutch. Without a Dutch voice of its own there is no button. */

let voice: SpeechSynthesisVoice | null = null;

function find(): SpeechSynthesisVoice | null {
  const dutch = window.speechSynthesis.getVoices().filter((one) => /^nl\b/i.test(one.lang.replace("_", "-")));
  // A voice of this device only: another one sends what it reads to its maker, and people's stories are read here too.
  return dutch.find((one) => one.localService) ?? null;
}

/** Call `changed` when a Dutch voice is known; browsers find their voices late. */
export function findVoice(changed: () => void): void {
  if (!("speechSynthesis" in window)) return;
  const look = () => {
    const found = find();
    if (found?.voiceURI === voice?.voiceURI) return;
    voice = found;
    changed();
  };
  look();
  window.speechSynthesis.addEventListener("voiceschanged", look);
  window.addEventListener("pagehide", hush);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hush();
  });
}

/** Whether this browser can read Dutch aloud. */
export function canSpeak(): boolean {
  return voice !== null;
}

/** Read `text` aloud from the start; `ended` is called when it stops, for whatever reason. */
export function speak(text: string, ended: () => void): void {
  hush();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = "nl-NL";
  said.voice = voice;
  said.rate = 0.9;
  said.addEventListener("end", ended);
  said.addEventListener("error", ended);
  window.speechSynthesis.speak(said);
}

/** Stop reading aloud. */
export function hush(): void {
  if ("speechSynthesis" in window) window.speechSynthesis.cancel();
}
