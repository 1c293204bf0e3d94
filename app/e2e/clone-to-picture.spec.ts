import { expect, type Page, test } from "@playwright/test";
import type { Equity, Summary } from "../lib/api/types.gen";
import * as format from "../lib/format";
import {
  expectAccessible,
  expectEqual,
  expectFits,
  numbersOf,
  payoffOf,
  SIZES,
  tradesOf,
  valuesAt,
} from "./reading";

const NAME = "first condor";

/** From a fresh database to a payoff chart whose numbers are the service's. */
test("a run is started from the form, watched, opened, and read by keyboard", async ({ page, request }) => {
  const id = await test.step("the form starts the demo with changed parameters", () => startRun(page));

  await test.step("its progress is shown until it is complete", async () => {
    await expect(page.getByRole("progressbar", { name: `Progress of ${NAME}` })).toBeVisible();
    await expect(page.getByText("Complete", { exact: false })).toBeVisible({ timeout: 150_000 });
  });

  await test.step("it is opened from the list", async () => {
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Runs" }).click();
    await expectAccessible(page);
    await page.getByRole("link", { name: NAME }).click();
    await expect(page).toHaveURL(new RegExp(`/runs/${id}$`));
  });

  await test.step("key figures and equity are the service's", () => expectResult(page, id));
  await test.step("what is said of the result is the service's, and adds up", () => expectAnalysis(page, id));
  await test.step("a trade's payoff is the service's under every stop of the cross-hair", () =>
    expectPayoff(page, id));
  await expectAccessible(page);

  await test.step("view state stands in the address", async () => {
    await page.getByRole("button", { name: "Show as table" }).click();
    await expect(page).toHaveURL(/table=true/);
    await page.reload();
    await expect(page.getByRole("region", { name: "Payoff as a table" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: /Switch to the/ }).click();
    await expectAccessible(page);
  });

  await test.step("it fits and is accessible on every screen", async () => {
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await page.evaluate(() => localStorage.clear());
        await page.goto(`/runs/${id}?trade=1`, { waitUntil: "networkidle" });
        await expectFits(page);
        await expectAccessible(page);
        await page.screenshot({ path: `e2e/screenshots/run-${size}-${colorScheme}.png`, fullPage: true });
      }
    }
  });

  async function startRun(on: Page): Promise<string> {
    await on.goto("/");
    await expect(on.getByText("No runs yet")).toBeVisible();
    await expectAccessible(on);
    await on.getByRole("link", { name: "Set up the demo run" }).click();
    await on.getByLabel("Name").fill("");
    await on.getByRole("button", { name: "Start run" }).click();
    await expect(on.getByText("Give it a name")).toBeVisible();
    await on.getByLabel("Name").fill(NAME);
    await on.getByLabel("Initial cash").fill("300000");
    await expectAccessible(on);
    await on.getByRole("button", { name: "Start run" }).click();
    await expect(on).toHaveURL(/\/runs\/(?!new)[^/]+$/);
    return new URL(on.url()).pathname.split("/").at(-1) ?? "";
  }

  async function expectResult(on: Page, run: string): Promise<void> {
    const summary: Summary = await (await request.get(`/api/backtests/${run}/summary`)).json();
    expect(summary.capital.start_usd).toBe(300_000);
    const figures = on.getByLabel("Key figures", { exact: true }).locator("dl");
    await expect(figures).toContainText(`P/L${format.profit(summary.capital.profit_usd)}`);
    await expect(figures).toContainText(`Sharpe${format.decimal(summary.returns.sharpe)}`);

    const equity: Equity = await (await request.get(`/api/backtests/${run}/equity`)).json();
    const panel = on.getByRole("region", { name: "Equity and drawdown" });
    await panel.getByRole("slider").focus();
    for (const [key, point] of [
      ["Home", equity.points[0]],
      ["ArrowRight", equity.points[1]],
      ["End", equity.points.at(-1)],
    ] as const) {
      await on.keyboard.press(key);
      const [worth, , drawdown] = await numbersOf(panel.locator("output"));
      expect([worth, drawdown]).toEqual([point?.net_liquidation_usd, point?.drawdown]);
    }
  }

  async function expectAnalysis(on: Page, run: string): Promise<void> {
    const summary: Summary = await (await request.get(`/api/backtests/${run}/summary`)).json();
    const sum = Object.values(summary.attribution.causes).reduce((total, usd) => total + usd, 0);
    expect(sum).toBeCloseTo(summary.capital.profit_usd, 4);
    const causes = on.getByRole("region", { name: "Where the profit came from" });
    await expect(causes.getByRole("row").last()).toHaveText(
      `P/L${format.profit(summary.capital.profit_usd)}`,
    );

    const months = on.getByRole("table").filter({ has: on.getByRole("columnheader", { name: "Jan" }) });
    for (const { year, total } of summary.periods.years)
      await expect(months.getByRole("row", { name: String(year) })).toContainText(
        format.signedPercent(total, 1),
      );
    const fills = on.getByRole("region", { name: "At other fills" });
    await expect(fills.getByRole("row", { name: "At the touch" })).toContainText(
      format.profit(summary.fill_sensitivity.touch_usd),
    );

    await on.getByLabel("Group trades by").selectOption("weekday");
    await expect(on).toHaveURL(/by=weekday/);
    const groups = on.getByRole("region", { name: "Table of groups of trades" });
    for (const { name, profit_usd } of summary.trades.groups.weekday)
      await expect(groups.getByRole("row", { name })).toContainText(format.profit(profit_usd));

    const download = on.waitForEvent("download");
    await on.getByRole("link", { name: "Report (PDF)" }).click();
    expect((await download).suggestedFilename()).toContain(run);
  }

  async function expectPayoff(on: Page, run: string): Promise<void> {
    const [trade] = await tradesOf(request, run);
    if (trade === undefined) throw new Error("the demo run has no trade");
    await on.getByRole("button", { name: `Payoff of trade ${trade.id}`, exact: true }).click();
    const panel = on.getByRole("region", { name: `Trade ${trade.id}:` });
    const answer = await payoffOf(request, trade.payoff);
    await expect(panel.getByLabel(`Course of trade ${trade.id}`)).toContainText(
      `Worst (MAE)${format.profit(trade.worst_usd)}`,
    );
    await expect(
      panel.getByRole("region", { name: `Legs of trade ${trade.id}` }).getByRole("row"),
    ).toHaveCount(trade.legs.length + 1);
    const measures = panel.getByLabel("Payoff at the first expiry");
    await expect(measures).toContainText(
      `Probability of profit${format.percent(answer.probability_of_profit, 1)}`,
    );
    await expect(measures).toContainText(answer.breakevens.map(format.level).join(" · "));
    await expect(panel.getByLabel("Greeks at T+0")).toContainText(
      `Theta, USD/day${format.signed(answer.greeks.theta_usd_per_day)}`,
    );

    const output = panel.locator("output");
    const crosshair = panel.getByRole("slider", { name: "Cross-hair over the price of the underlying" });
    await crosshair.focus();
    const seen = new Set<number>();
    for (const key of [
      "Home",
      "ArrowRight",
      "Shift+ArrowRight",
      "b",
      "b",
      "ArrowLeft",
      "Shift+ArrowLeft",
      "End",
      "Escape",
    ]) {
      await on.keyboard.press(key);
      const [spot = Number.NaN, expiry, elapsed] = await numbersOf(output);
      const expected = await valuesAt(request, trade.payoff, spot);
      expectEqual(expiry, expected.expiry);
      expectEqual(elapsed, expected.elapsed);
      if (key === "b")
        expect(answer.breakevens.some((zero) => Math.abs(zero - spot) < 1e-9 * zero)).toBe(true);
      seen.add(spot);
    }
    expect(seen.size).toBeGreaterThan(6);

    await panel.getByRole("slider", { name: "Date" }).focus();
    await on.keyboard.press("ArrowRight");
    const [spot = Number.NaN, , elapsed] = await numbersOf(output);
    expectEqual(elapsed, (await valuesAt(request, trade.payoff, spot, 1 / 365)).elapsed);
    await expect(on).toHaveURL(/days=1/);
  }
});
