/** The names review. Without this script each answer is a form of its own; with it one goes on without waiting. */

import { Review } from "./names/review";
import { pointInText } from "./names/pointing";

document.querySelectorAll<HTMLElement>("[data-names]").forEach((page) => new Review(page));
document.querySelectorAll<HTMLElement>("[data-indirect]").forEach((page) => pointInText(page));
