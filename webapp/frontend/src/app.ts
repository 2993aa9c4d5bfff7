/** What every page gets. Each page reads and sends without any of it. */

// In the build for the pages' <use href>, which asks the manifest for it.
import "./icons.svg?url";
import { draftsHere } from "./page/drafts";
import { closePanels, rememberDisclosures } from "./page/disclosures";
import { focusErrorSummary, guardText, submitOnce } from "./page/forms";
import { lockScreen } from "./page/lock";
import { shortcutSheet } from "./page/shortcuts";
import { makeTabs } from "./page/tabs";
import { readWords } from "./page/words";

const words = readWords("app-words");
document.documentElement.classList.add("has-script");
rememberDisclosures();
closePanels();
focusErrorSummary();
guardText();
submitOnce(words);
makeTabs();
shortcutSheet();
lockScreen(words);

// Working without network comes after the page. Who keeps no drafts and has none here loads nothing of it.
const person = document.querySelector<HTMLMetaElement>("meta[name='person']");
if (document.querySelector("[data-net]") || (person ? person.content === "other" && draftsHere() : draftsHere())) {
  void import("./offline/chip").then(({ begin }) => begin()).catch(() => undefined);
}
