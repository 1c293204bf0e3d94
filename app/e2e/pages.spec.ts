import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { expectAccessible, expectEqual, expectFits, numbersOf, payoffOf, SIZES } from "./reading";

const MOST_BYTES = 200_000;

const PLACES = {
  runs: "/",
  "new-run": "/runs/new",
  payoff: "/payoff",
  table: "/payoff?table=true",
  nowhere: "/nowhere",
} as const;

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      test("every page fits and is accessible", async ({ page }) => {
        for (const [name, path] of Object.entries(PLACES)) {
          await page.goto(path);
          await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
          await page.waitForLoadState("networkidle");
          await expectFits(page);
          await expectAccessible(page);
          await page.screenshot({
            path: `e2e/screenshots/${name}-${size}-${colorScheme}.png`,
            fullPage: true,
          });
        }
      });
    });
  }
}

test("the first load is small", async ({ page }) => {
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (/\.(js|css|html)$|\/$/.test(new URL(response.url()).pathname)) bodies.push(response.body());
  });
  await page.goto("/", { waitUntil: "networkidle" });
  const bytes = (await Promise.all(bodies)).reduce((total, body) => total + gzipSync(body).length, 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes, "gzipped").toBeLessThan(MOST_BYTES);
});

test("a run that does not exist is said to be missing, with a remedy", async ({ page }) => {
  await page.goto("/runs/00000000000000000000000000000000");
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
});

test("legs typed in have the service's figures, and stay in the address", async ({ page, request }) => {
  await page.goto("/payoff");
  await page.getByLabel("Replace the legs by a structure").selectOption("Call calendar");
  await page.getByLabel("Leg 2: strike").fill("101");
  await expect(page).toHaveURL(/strike%22%3A101/);
  const position = JSON.parse(new URL(page.url()).searchParams.get("position") ?? "null");
  const answer = await payoffOf(request, position);
  const crosshair = page.getByRole("slider", { name: "Cross-hair over the price of the underlying" });
  await crosshair.focus();
  await page.keyboard.press("b");
  const [spot = Number.NaN, expiry] = await numbersOf(page.locator("output"));
  expectEqual(spot, nearestOf(answer.breakevens, spot));
  expectEqual(expiry, 0);
  await page.reload();
  await expect(page.getByLabel("Leg 2: strike")).toHaveValue("101");
});

function nearestOf(numbers: readonly number[], to: number): number {
  return numbers.reduce((best, one) => (Math.abs(one - to) < Math.abs(best - to) ? one : best));
}
