import { AxeBuilder } from "@axe-core/playwright";
import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";
import type { PayoffRequest, PayoffResponse, Trade } from "../lib/api/types.gen";

export const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

/** Nothing sticks out to the right. */
export async function expectFits(page: Page): Promise<void> {
  const [needed, there] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    window.innerWidth,
  ]);
  expect(needed).toBeLessThanOrEqual(there ?? 0);
}

/** No violation of any rule of axe that applies, but for those that are left out. */
export async function expectAccessible(page: Page, without: string[] = []): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).disableRules(without).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  expect(found).toEqual([]);
}

/** The numbers of a read-out, to the last digit. */
export async function numbersOf(output: Locator): Promise<number[]> {
  return (
    await output.locator("data").evaluateAll((parts) => parts.map((part) => part.getAttribute("value")))
  ).map(Number);
}

export async function payoffOf(request: APIRequestContext, position: PayoffRequest): Promise<PayoffResponse> {
  const answer = await request.post("/api/payoff", { data: position });
  expect(answer.status()).toBe(200);
  return answer.json();
}

/** What the service says a position is worth at a spot: at the first expiry, and some years from now. */
export async function valuesAt(
  request: APIRequestContext,
  position: PayoffRequest,
  spot: number,
  elapsedYears = 0,
): Promise<{ expiry: number; elapsed: number }> {
  const later = {
    ...position,
    spot,
    years: position.years - elapsedYears,
    legs: position.legs.map((leg) => (leg.years == null ? leg : { ...leg, years: leg.years - elapsedYears })),
  };
  const { curves } = await payoffOf(request, later);
  const at = curves.spots.indexOf(spot);
  expect(at, `spot ${spot} is among the service's`).toBeGreaterThanOrEqual(0);
  return { expiry: curves.expiry_usd[at] ?? Number.NaN, elapsed: curves.today_usd[at] ?? Number.NaN };
}

/** Equal to 1e-9 of the amount. */
export function expectEqual(found: number | undefined, expected: number): void {
  const tolerance = 1e-9 * Math.max(1, Math.abs(expected));
  expect(Math.abs((found ?? Number.NaN) - expected), `${found} for ${expected}`).toBeLessThanOrEqual(
    tolerance,
  );
}

export async function tradesOf(request: APIRequestContext, id: string): Promise<Trade[]> {
  const answer = await request.get(`/api/backtests/${id}/trades`);
  return (await answer.json()).items;
}
