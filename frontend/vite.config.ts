import { defineConfig } from "vitest/config";

const server = process.env.DAYLINE_BASE_URL ?? "http://localhost:8080";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../backend/dayline/static",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the content security policy allows no inline assets but images
    modulePreload: { polyfill: false },
    target: "es2023",
  },
  server: {
    proxy: { "/api": { target: server, changeOrigin: true, ws: true, headers: { origin: server } } },
  },
  test: { include: ["src/**/*.test.{ts,tsx}"] },
});
