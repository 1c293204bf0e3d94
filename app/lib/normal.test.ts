import { expect, it } from "vitest";
import { between, cumulative, logCumulative } from "./normal";

/** Probabilities of less than x, from `scipy.special.ndtr`. */
const KNOWN: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [1, 0.8413447460685429],
  [1.96, 0.9750021048517795],
  [-1, 0.15865525393145707],
  [-2, 0.022750131948179195],
  [-3, 0.0013498980316300933],
  [-5, 2.866515718791933e-7],
  [-10, 7.61985302416047e-24],
];

it("has its digits in both tails", () => {
  for (const [x, expected] of KNOWN)
    expect(Math.abs(cumulative(x) / expected - 1), `N(${x})`).toBeLessThan(2e-14);
});

it("is continuous where the method changes", () => {
  expect(cumulative(-2 - 1e-12) / cumulative(-2 + 1e-12)).toBeCloseTo(1, 10);
});

it("has a logarithm where the probability is too small for a number", () => {
  expect(logCumulative(-50)).toBeCloseTo(-1254.8313611394199, 10);
  expect(logCumulative(1)).toBeCloseTo(Math.log(0.8413447460685429), 14);
});

it("measures an interval in the upper tail without cancellation", () => {
  expect(between(10, Number.POSITIVE_INFINITY) / 7.61985302416047e-24).toBeCloseTo(1, 13);
  expect(between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe(1);
});
