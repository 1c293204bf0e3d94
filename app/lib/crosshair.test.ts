import { expect, it } from "vitest";
import { crosshairTarget } from "./crosshair";

const CHART = { stops: Array.from({ length: 101 }, (_, index) => 50 + index), at: 100, marks: [95, 105] };

it("steps by one, with Shift by ten, and stops at the ends", () => {
  expect(crosshairTarget("ArrowRight", false, CHART)).toBe(101);
  expect(crosshairTarget("ArrowLeft", true, CHART)).toBe(90);
  expect(crosshairTarget("ArrowRight", true, { ...CHART, at: 149 })).toBe(150);
  expect(crosshairTarget("Home", false, CHART)).toBe(50);
  expect(crosshairTarget("End", false, CHART)).toBe(150);
});

it("goes from break-even to break-even and round", () => {
  expect(crosshairTarget("b", false, CHART)).toBe(105);
  expect(crosshairTarget("b", false, { ...CHART, at: 105 })).toBe(95);
  expect(crosshairTarget("b", false, { ...CHART, marks: [] })).toBeUndefined();
});

it("lets go with Escape and leaves other keys alone", () => {
  expect(crosshairTarget("Escape", false, CHART)).toBeNull();
  expect(crosshairTarget("Tab", false, CHART)).toBeUndefined();
});
