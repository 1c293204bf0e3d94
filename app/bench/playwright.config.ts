import { defineConfig } from "@playwright/test";
import { BROWSER } from "../e2e/browser";

const PORT = 4179;

/** Figures of the built page in the real browser; it needs no service. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.bench.ts",
  workers: 1,
  reporter: [["line"]],
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    cwd: "..",
    url: `http://127.0.0.1:${PORT}/`,
    stdout: "ignore",
    stderr: "ignore",
  },
  use: { ...BROWSER, baseURL: `http://127.0.0.1:${PORT}` },
});
