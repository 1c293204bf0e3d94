import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { expectAccessible, expectFits, SIZES } from "./reading";
import { command } from "./serve";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const CONFIGURATION = join(REPOSITORY, "configs/spx_model_iron_condor.yaml");

let folder: string;
let address: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ironfly-report-"));
  const ironfly = (...words: string[]) =>
    execFileSync(command(), words, {
      cwd: REPOSITORY,
      stdio: ["ignore", "ignore", "inherit"],
      env: { IRONFLY_STORE: join(folder, "store"), ...process.env },
    });
  ironfly("run", CONFIGURATION, "--set", "end=2014-06-30", "--out", join(folder, "run"), "--quiet");
  ironfly("report", join(folder, "run"), "--html", "--out", folder);
  address = pathToFileURL(join(folder, "report.html")).href;
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a report opens without network and asks for nothing", async ({ page, context }) => {
  await context.setOffline(true);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(address, { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("spx-model-iron-condor");
  expect(asked.filter((one) => !one.startsWith("data:"))).toEqual([address]);
  expect(complaints).toEqual([]);
});

test("a report has landmarks, and the keyboard leads past its contents", async ({ page }) => {
  await page.goto(address);
  for (const landmark of ["banner", "navigation", "main", "contentinfo"] as const)
    await expect(page.getByRole(landmark)).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the report" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  for (const link of await page.getByRole("navigation").getByRole("link").all()) {
    const title = (await link.textContent()) ?? "";
    await link.press("Enter");
    await expect(page.getByRole("heading", { level: 2, name: title, exact: true })).toBeInViewport();
  }
});

// Contrast is the same on every screen, and takes most of the time.
const ALREADY_SEEN = { desktop: [], phone: ["color-contrast"] };

for (const size of ["desktop", "phone"] as const)
  test(`a report is accessible and fits on a ${size}`, async ({ page }) => {
    await page.setViewportSize(SIZES[size]);
    await page.goto(address);
    await expectFits(page);
    await expectAccessible(page, ALREADY_SEEN[size]);
  });
