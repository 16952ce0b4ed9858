import { defineConfig } from "vitest/config";
import { catalogs } from "./build/vite-catalogs.mjs";

const server = process.env.DAYLINE_BASE_URL ?? "http://localhost:8080";

export default defineConfig({
  plugins: [catalogs()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../backend/dayline/static",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy allows no inline assets but images
    modulePreload: { polyfill: false },
    cssCodeSplit: false, // 12 KB in all: a page that came at the second try has its look, too
    target: "es2023",
  },
  server: {
    proxy: { "/api": { target: server, changeOrigin: true, ws: true, headers: { origin: server } } },
  },
  test: { include: ["src/**/*.test.{ts,tsx}"], setupFiles: ["src/text/test-setup.ts"] },
});
