/** Lengths of sound, for the eye ("12:05") and as words ("12 minuten"). */

import { say, type Words } from "../page/words";

/** Return `ms` as a clock: "0:07", "12:05", "1:02:03". */
export function clock(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1000));
  const two = (number: number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Return `ms` in words of the page: seconds below a minute, then minutes, then hours and minutes. */
export function lengthInWords(ms: number, words: Words): string {
  const counted = (one: string, many: string, n: number) => (n === 1 ? say(words, one) : say(words, many, { n }));
  if (ms < 59_500) return counted("second", "seconds", Math.max(1, Math.round(ms / 1000)));
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return counted("minute", "minutes", minutes);
  const hours = counted("hour", "hours", Math.floor(minutes / 60));
  const rest = minutes % 60;
  return rest ? say(words, "and", { first: hours, second: counted("minute", "minutes", rest) }) : hours;
}
