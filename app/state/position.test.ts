import { expect, it } from "vitest";
import type { Position } from "../lib/payoff";
import {
  addLeg,
  daysToExpiry,
  elapsedYears,
  flipLeg,
  moveCursor,
  openPosition,
  removeLeg,
  setLeg,
  setMarket,
  setScenario,
  shownPosition,
  toggleLeg,
} from "./position";

const SPREAD: Position = {
  legs: [
    { kind: "put", quantity: 1, price: 1.2, strike: 95, years: 0.1, volatility: 0.22 },
    { kind: "put", quantity: -1, price: 3.1, strike: 100, years: 0.2 },
  ],
  spot: 101,
  rate: 0,
  dividend_yield: 0,
  volatility: 0.2,
  years: 0.2,
  fees_usd: 0,
};

it("changes nothing of the state it is given", () => {
  const before = Object.freeze(openPosition(SPREAD));
  for (const move of [
    setScenario({ elapsed_days: 3 }),
    moveCursor(99),
    flipLeg(0),
    toggleLeg(1),
    removeLeg(0),
  ]) {
    expect(move(before)).not.toBe(before);
  }
  expect(before).toEqual(openPosition(SPREAD));
});

it("keeps the date between now and the first expiry of the shown legs", () => {
  expect(setScenario({ elapsed_days: 99 })(openPosition(SPREAD)).elapsed_days).toBeCloseTo(36.5, 12);
  expect(setScenario({ elapsed_days: -1 })(openPosition(SPREAD)).elapsed_days).toBe(0);
  const later = setScenario({ elapsed_days: 60 })(toggleLeg(0)(openPosition(SPREAD)));
  expect(later.elapsed_days).toBe(60);
  expect(toggleLeg(0)(later).elapsed_days).toBeCloseTo(36.5, 12);
  expect(elapsedYears(later)).toBeCloseTo(60 / 365, 15);
});

it("shows the legs that are on, at the scenario's volatility", () => {
  const state = setScenario({ volatility_points: 5 })(toggleLeg(1)(openPosition(SPREAD)));
  const shown = shownPosition(state);
  expect(shown.legs).toHaveLength(1);
  expect(shown.legs[0]?.volatility).toBeCloseTo(0.27, 15);
  expect(shown.volatility).toBeCloseTo(0.25, 15);
});

it("never leaves a position without a leg", () => {
  const one = removeLeg(1)(openPosition(SPREAD));
  expect(removeLeg(0)(one).position.legs).toHaveLength(1);
  expect(toggleLeg(0)(one).hidden).toEqual([]);
});

it("moves the marks of hidden legs along when one before them goes", () => {
  const state = removeLeg(0)(
    toggleLeg(1)(addLeg({ kind: "stock", quantity: 100, price: 101 })(openPosition(SPREAD))),
  );
  expect(state.hidden).toEqual([0]);
  expect(state.position.legs.map((leg) => leg.kind)).toEqual(["put", "stock"]);
});

it("flips and edits one leg only", () => {
  const state = setLeg(1, { strike: 99 })(flipLeg(0)(openPosition(SPREAD)));
  expect(state.position.legs.map((leg) => [leg.quantity, leg.strike])).toEqual([
    [-1, 95],
    [-1, 99],
  ]);
});

it("rests the cross-hair when the market moves", () => {
  const state = setMarket({ spot: 90 })(moveCursor(99)(openPosition(SPREAD)));
  expect(state.cursor).toBeNull();
  expect(state.position.spot).toBe(90);
  expect(daysToExpiry(state)).toBeCloseTo(36.5, 12);
});
