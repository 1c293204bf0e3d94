import { expect, it } from "vitest";
import { interpolate, nearest, nextAfter } from "./nearest";

it("finds the nearest of sorted numbers", () => {
  expect(nearest([1, 2, 10], 7)).toBe(2);
  expect(nearest([1, 2, 10], -5)).toBe(0);
  expect(nearest([], 1)).toBe(-1);
});

it("goes to the next number and round to the first", () => {
  expect(nextAfter([95, 105], 95)).toBe(105);
  expect(nextAfter([95, 105], 105)).toBe(95);
  expect(nextAfter([], 1)).toBeUndefined();
});

it("reads a broken line between and beyond its points", () => {
  expect(interpolate([0, 10, 20], [0, 100, 0], 5)).toBe(50);
  expect(interpolate([0, 10, 20], [0, 100, 0], 15)).toBe(50);
  expect(interpolate([0, 10, 20], [1, 2, 3], -9)).toBe(1);
  expect(interpolate([0, 10, 20], [1, 2, 3], 99)).toBe(3);
});
