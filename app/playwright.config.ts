import { defineConfig } from "@playwright/test";
import { BROWSER } from "./e2e/browser";

/** Drives the built page on a real `ironfly serve`; IRONFLY_URL names one that runs already. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/serve.ts",
  workers: 1,
  timeout: 300_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: { ...BROWSER, baseURL: process.env["IRONFLY_URL"] },
});
