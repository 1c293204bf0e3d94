import { expect, it } from "vitest";
import { analyse } from "./payoff";
import { PRESET_NAMES, presetLegs } from "./presets";

const MARKET = {
  spot: 2926.17,
  rate: 0.02,
  dividend_yield: 0.018,
  volatility: 0.14,
  years: 30 / 365,
  fees_usd: 0,
};

it("makes a position that can be measured of every preset, at round strikes", () => {
  for (const name of PRESET_NAMES) {
    const legs = presetLegs(name, MARKET);
    expect(legs.length, name).toBeGreaterThan(0);
    expect(
      legs.every(({ strike }) => (strike ?? 1) % 50 === 0),
      name,
    ).toBe(true);
    expect(analyse({ ...MARKET, legs }).breakevens.length, name).toBeGreaterThan(0);
  }
});

it("has nothing under a name that is not known", () => {
  expect(presetLegs("no such thing", MARKET)).toEqual([]);
});
