// Writes src/icons.svg: the few Lucide icons the pages use, as one sprite. Run by hand (`npm run icons`) after adding a
// name; the result is kept in the repository, so that building needs no 60 MB icon package.
import { readFileSync, writeFileSync } from "node:fs";

const names = [
  "archive", "arrow-down", "arrow-left", "arrow-right", "arrow-up", "badge-check", "book-open", "calendar", "check", "chevron-down",
  "chevron-right", "circle-alert", "circle-check", "circle-help", "circle-play", "circle-stop", "clock", "cloud-off",
  "coffee", "download", "ear", "eye", "eye-off", "file-text", "flag", "folder", "heart-handshake", "house", "info",
  "keyboard", "landmark", "layers", "lightbulb", "list-checks", "lock", "log-out", "map-pin", "menu", "message-circle",
  "messages-square", "mic", "minus", "notebook-pen", "octagon-alert", "pause", "pencil", "phone", "play", "plus",
  "printer", "quote", "rotate-ccw", "rotate-cw", "save", "scissors", "search", "send", "settings", "skip-forward", "sparkles", "square-pen",
  "star", "table", "tag", "tags", "trash-2", "triangle-alert", "undo-2", "upload", "user", "users", "volume-2", "x",
];

const symbols = names.map((name) => {
  const source = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8");
  const shapes = source.slice(source.indexOf(">", source.indexOf("<svg")) + 1, source.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>`;
});
const notice = readFileSync("node_modules/lucide-static/LICENSE", "utf8").split("\n").slice(0, 3).join(" ").trim();
writeFileSync(
  "src/icons.svg",
  `<!-- Icons: Lucide. ${notice.replace(/--/g, "-")} -->\n` +
    `<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2" ` +
    `stroke-linecap="round" stroke-linejoin="round">\n${symbols.join("\n")}\n</svg>\n`,
);
