import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

// One entry per page: the files that lie right in src/. A style sheet is an entry of its own, so that a page reads well
// before any script arrives.
const entries = readdirSync("src").filter((name) => /\.(ts|css)$/.test(name));

export default defineConfig({
  // Relative addresses inside the style sheets: the folder may be served from any path.
  base: "./",
  publicDir: false,
  build: {
    outDir: "../static/build",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsDir: "assets",
    // Nothing as a data: address: the content security policy names our own host only.
    assetsInlineLimit: 0,
    modulePreload: false,
    target: ["es2021", "chrome100", "firefox100", "safari15.4"],
    rollupOptions: { input: entries.map((name) => `src/${name}`) },
  },
});
