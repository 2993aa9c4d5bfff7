/** The interviewee's page: a button at each passage that reads it aloud. The page reads and sends without it. */

import { canSpeak, findVoice, hush, speak } from "./consents/speech";

function button(id: string): HTMLElement | null {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) return null;
  const made = template.content.firstElementChild?.cloneNode(true);
  return made instanceof HTMLElement ? made : null;
}

function offerReading(passage: HTMLElement): void {
  const text = passage.querySelector("[data-read]");
  const read = button("read-aloud");
  const stop = button("read-stop");
  if (!text || !read || !stop) return;
  const back = () => {
    if (stop.isConnected) stop.replaceWith(read);
  };
  read.addEventListener("click", () => {
    speak(text.textContent ?? "", back);
    read.replaceWith(stop);
    stop.focus();
  });
  stop.addEventListener("click", () => {
    hush();
    back();
    read.focus();
  });
  text.after(read);
}

let offered = false;
findVoice(() => {
  if (offered || !canSpeak()) return;
  offered = true;
  for (const passage of document.querySelectorAll<HTMLElement>("[data-passage]")) offerReading(passage);
});
